// The shell before a deep blue, over still water, with the glow of what is bright.

out vec4 color;
uniform sampler2D scene;

vec3 backdrop(vec2 p) {
    float pool = length((p - vec2(0.06, 0.12)) * vec2(0.8, 1.0));
    vec3 c = mix(vec3(0.016, 0.038, 0.062), vec3(0.001, 0.002, 0.006), smoothstep(0.0, 0.8, pool));
    c += vec3(0.045, 0.016, 0.004) * smoothstep(0.6, 0.0, length(p - vec2(0.55, 0.28)));
    return c;
}

vec3 world(vec2 uv, float level) {
    vec2 p = (uv - 0.5) * iResolution.xy / min(iResolution.x, iResolution.y);
    vec4 s = textureLod(scene, uv, level);
    return mix(backdrop(p), s.rgb / max(s.a, 1e-3), s.a);
}

void main() {
    vec2 uv = gl_FragCoord.xy / iResolution.xy;
    const float shore = 0.16;
    vec3 c;
    if (uv.y > shore) {
        c = world(uv, 0.0);
    } else {
        float depth = (shore - uv.y) / shore;
        float far = 1.0 / (0.08 + depth);
        float wave = sin(26.0 * far + 1.3 * iTime) * sin(7.0 * uv.x * (1.0 + 2.0 * depth) + 0.7 * iTime + 3.0 * far);
        vec2 seen = vec2(uv.x + 0.004 * wave * (0.3 + depth), 2.0 * shore - uv.y + 0.010 * wave * depth);
        c = world(seen, 1.5 + 2.5 * depth) * mix(0.75, 0.12, depth);
        c += vec3(0.004, 0.010, 0.016) * smoothstep(0.96, 1.0, wave) * (1.0 - depth);
    }
    // Bright places shine over into what is around them.
    vec3 glow = vec3(0.0);
    for (float level = 2.0; level < 7.0; level += 1.0) {
        vec4 s = textureLod(scene, uv, level);
        glow += max(s.rgb - 0.35 * s.a, 0.0);
    }
    c += glow * 0.050;
    vec2 q = uv - 0.5;
    c *= 1.0 - 0.9 * dot(q, q);
    // Grain against stripes.
    vec3 grain = fract(vec3(gl_FragCoord.xyx) * 0.1031);
    grain += dot(grain, grain.yzx + 33.33);
    c *= 0.97 + 0.06 * fract((grain.x + grain.y) * grain.z);
    color = vec4(pow(1.0 - exp(-1.6 * c), vec3(1.0 / 2.1)), 1.0);
}
