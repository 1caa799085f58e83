// Cells with borders: two passes over the neighbours.
vec2 hash(vec2 p) {
    return fract(sin(vec2(dot(p, vec2(127.1, 311.7)), dot(p, vec2(269.5, 183.3)))) * 43758.5453);
}

vec3 voronoi(vec2 x) {
    vec2 n = floor(x);
    vec2 f = fract(x);
    vec2 best;
    vec2 cell;
    float near = 8.0;
    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++) {
            vec2 g = vec2(i, j);
            vec2 r = g + 0.5 + 0.5 * sin(iTime + 6.2831 * hash(n + g)) - f;
            float d = dot(r, r);
            if (d < near) { near = d; best = r; cell = g; }
        }
    float border = 8.0;
    for (int j = -2; j <= 2; j++)
        for (int i = -2; i <= 2; i++) {
            vec2 g = cell + vec2(i, j);
            vec2 r = g + 0.5 + 0.5 * sin(iTime + 6.2831 * hash(n + g)) - f;
            if (dot(best - r, best - r) > 0.00001)
                border = min(border, dot(0.5 * (best + r), normalize(r - best)));
        }
    return vec3(border, best);
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec3 v = voronoi(8.0 * pixel / iResolution.y);
    vec3 c = v.x * (0.5 + 0.5 * sin(64.0 * v.x)) * vec3(1.0);
    color = vec4(mix(vec3(1.0, 0.6, 0.0), c, smoothstep(0.04, 0.07, v.x)), 1.0);
}
