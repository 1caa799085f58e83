uniform sampler2D before;
uniform sampler2D dots;
out vec4 color;

void main() {
    ivec2 p = ivec2(gl_FragCoord.xy);
    vec3 old = texelFetch(before, p, 0).rgb;
    // It spreads a little while it fades, as light in haze does.
    vec3 around = vec3(0.0);
    for (int i = 0; i < 4; i++) {
        ivec2 q = p + ivec2[4](ivec2(1, 0), ivec2(-1, 0), ivec2(0, 1), ivec2(0, -1))[i];
        around += texelFetch(before, clamp(q, ivec2(0), textureSize(before, 0) - 1), 0).rgb;
    }
    old = mix(old, 0.25 * around, 0.10);
    color = vec4(old * 0.955 + texelFetch(dots, p, 0).rgb, 1.0);
}
