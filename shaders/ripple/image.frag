// The field, with a glow from its smaller copies, over a night that is a little lighter at its horizon.
uniform sampler2D field;
out vec4 color;

void main() {
    vec2 uv = gl_FragCoord.xy / iResolution.xy;
    vec4 seen = texture(field, uv);
    float y = uv.y - 0.80;
    vec3 night = vec3(0.003, 0.005, 0.012) + vec3(0.005, 0.018, 0.036) * exp(-22.0 * y * y);
    vec3 light = night * (1.0 - seen.a) + seen.rgb;
    vec3 glow = vec3(0.0);
    float levels = log2(iResolution.y) - 2.0;
    for (int i = 1; i <= 4; i++) {
        float level = levels * float(i) / 5.0;
        // Small copies are coarse: four places around blur their texels' edges.
        vec2 e = 0.5 * exp2(level) / iResolution.xy;
        for (int k = 0; k < 4; k++) {
            vec2 at = uv + e * (vec2(k & 1, k >> 1) * 2.0 - 1.0);
            glow += max(textureLod(field, at, level).rgb - 0.04, 0.0) / float(2 * i + 6);
        }
    }
    light += 0.55 * glow;
    vec2 q = uv - 0.5;
    light *= 1.0 - 0.55 * dot(q, q);
    light = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14);
    color = vec4(pow(light, vec3(1.0 / 2.2)), 1.0);
}
