// The Mandelbrot set, with as many rounds as it takes.
void mainImage(out vec4 color, in vec2 pixel) {
    vec2 c = 2.6 * (pixel - 0.5 * iResolution.xy) / iResolution.y - vec2(0.6, 0.0);
    vec2 z = vec2(0.0);
    float n = 0.0;
    while (dot(z, z) < 64.0 && n < 180.0) {
        z = vec2(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y) + c;
        n += 1.0;
    }
    float m = n - log2(max(1.0, log2(dot(z, z))));
    color = vec4(n > 179.0 ? vec3(0.0) : 0.5 + 0.5 * cos(0.2 * m + vec3(0.0, 0.6, 1.0) + iTime), 1.0);
}
