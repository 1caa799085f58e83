// Clouds of noise, warped by noise.
float hash(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }

float noise(vec2 p) {
    vec2 i = floor(p);
    vec2 f = fract(p);
    vec2 u = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash(i), hash(i + vec2(1, 0)), u.x),
               mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), u.x), u.y);
}

float fbm(vec2 p, int octaves) {
    float sum = 0.0;
    float weight = 0.5;
    for (int i = 0; i < octaves; i++) {
        sum += weight * noise(p);
        p = mat2(1.6, 1.2, -1.2, 1.6) * p + 3.1;
        weight *= 0.5;
    }
    return sum;
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 p = 3.0 * pixel / iResolution.y;
    int octaves = 5 + int(iTime * 0.0);
    vec2 q = vec2(fbm(p + 0.1 * iTime, octaves), fbm(p + 5.2, octaves));
    vec2 r = vec2(fbm(p + 4.0 * q + 1.7, octaves), fbm(p + 4.0 * q + 9.2, octaves));
    float f = fbm(p + 4.0 * r, octaves);
    vec3 c = mix(vec3(0.1, 0.2, 0.4), vec3(0.9, 0.8, 0.6), f * f * 2.0);
    color = vec4(mix(c, vec3(0.5, 0.1, 0.1), 0.5 * dot(q, r)), 1.0);
}
