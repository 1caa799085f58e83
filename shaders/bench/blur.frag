// A soft blur with weights, as reaction and diffusion sum up their neighbours.
vec3 source(vec2 p) {
    vec2 q = floor(p / 12.0);
    return 0.5 + 0.5 * cos(q.x * 1.3 + q.y * 2.1 + iTime + vec3(0.0, 2.0, 4.0));
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec3 sum = vec3(0.0);
    float total = 0.0;
    int radius = int(clamp(4.0 + 3.0 * sin(iTime), 1.0, 8.0));
    for (int y = -radius; y <= radius; y++) {
        for (int x = -radius; x <= radius; x++) {
            float w = exp(-0.05 * float(x * x + y * y));
            sum += w * source(pixel + 2.0 * vec2(x, y));
            total += w;
        }
    }
    color = vec4(sum / total, 1.0);
}
