// Characters out of segments, by their distance.
float segment(vec2 p, vec2 a, vec2 b) {
    vec2 d = b - a;
    return length(p - a - d * clamp(dot(p - a, d) / dot(d, d), 0.0, 1.0));
}

float glyph(vec2 p, int bits) {
    float d = 1e3;
    for (int i = 0; i < 9; i++) {
        if ((bits >> i & 1) == 0) continue;
        vec2 a = vec2(i % 3, i / 3) * 0.3;
        vec2 b = vec2((i * 2 + 1) % 3, (i * 5 + 2) % 4) * 0.3;
        d = min(d, segment(p, a, b));
    }
    return d - 0.03;
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 uv = 10.0 * pixel / iResolution.y + vec2(iTime, 0.0);
    vec2 cell = floor(uv / vec2(1.0, 1.4));
    float d = 1e3;
    for (int k = -1; k <= 1; k++) {
        vec2 c = cell + vec2(k, 0);
        int bits = int(511.0 * fract(sin(dot(c, vec2(17.0, 59.4))) * 1351.3)) | 5;
        d = min(d, glyph(uv - (c + vec2(0.2, 0.2)) * vec2(1.0, 1.4), bits));
    }
    vec3 c = mix(vec3(0.02, 0.05, 0.04), vec3(0.5, 1.0, 0.7), smoothstep(0.03, 0.0, d));
    color = vec4(c + 0.15 * exp(-6.0 * max(d, 0.0)), 1.0);
}
