// Light adds up over time: what was there in the frame before fades slowly, and each mote adds
// its own to it. backbuffer is the last picture.

uniform sampler2D backbuffer;

in vec2 within;
flat in vec3 light;
out vec4 color;

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

void main() {
    vec3 old = texelFetch(backbuffer, ivec2(gl_FragCoord.xy), 0).rgb;
    // Bright light fades fast and dim light slowly; chance rounds, so that no step is lost.
    float chance = hash(gl_FragCoord.xy + 17.0 * fract(vec2(7.13, 3.71) * float(iFrame)));
    old = max(old * 0.965 - 0.004 * chance, 0.0);

    float soft = exp(-3.0 * dot(within, within));
    vec3 c = old + light * soft * (1.0 - old);

    vec2 p = gl_FragCoord.xy / iResolution.xy - 0.5;
    vec3 night = vec3(0.030, 0.026, 0.060) * exp(-5.0 * dot(p, p));
    color = vec4(max(c, night), 1.0);
}
