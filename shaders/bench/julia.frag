// A Julia set with four samples a pixel and a trap of orbits.
#define SAMPLES 2
#define ITERATIONS 96

vec3 julia(vec2 z, vec2 c) {
    float trap = 1e9;
    int i = 0;
    for (; i < ITERATIONS; ++i) {
        z = vec2(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y) + c;
        trap = min(trap, abs(z.x * z.y));
        if (dot(z, z) > 16.0) break;
    }
    float f = float(i) / float(ITERATIONS);
    return vec3(f, sqrt(f), f * f) + vec3(0.3, 0.1, 0.5) * exp(-8.0 * trap);
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 c = 0.7885 * vec2(cos(0.4 * iTime), sin(0.4 * iTime));
    vec3 sum = vec3(0.0);
    for (int y = 0; y < SAMPLES; y++)
        for (int x = 0; x < SAMPLES; x++) {
            vec2 p = pixel + vec2(x, y) / float(SAMPLES);
            sum += julia(2.8 * (p - 0.5 * iResolution.xy) / iResolution.y, c);
        }
    color = vec4(sum / float(SAMPLES * SAMPLES), 1.0);
}
