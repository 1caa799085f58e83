#version 120
// @var headSize 2
// @var eyePos 0 1 -23.0.993
vec3 getSceneColor( in vec3 ro, in vec3 rd )
{
    vec3 sample = texture2D(iChannel0, rd.xy).xyz;
    for (int i = 0; i < 9; i++) ro += rd * sample;
    return ro;
}
#ifndef RIFTRAY
void main() { gl_FragColor = vec4(getSceneColor(vec3(0), vec3(1)), 1); }
#else
#endif
