// Many bodies that pull at each other, and a short list sorted by nearness.
#define BODIES 40
#define NEAREST 6

vec2 body(int i) {
    float a = float(i) * 2.399963;
    float r = 0.12 * sqrt(float(i));
    return r * vec2(cos(a + iTime / (1.0 + r)), sin(a + iTime / (1.0 + r)));
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 uv = (2.0 * pixel - iResolution.xy) / iResolution.y;
    float list[NEAREST];
    for (int i = 0; i < NEAREST; i++) list[i] = 1e3;
    vec2 pull = vec2(0.0);
    for (int i = 0; i < BODIES; i++) {
        vec2 d = body(i) - uv;
        float l = dot(d, d) + 0.001;
        pull += d / (l * sqrt(l));
        if (l >= list[NEAREST - 1]) continue;
        int k = NEAREST - 1;
        while (k > 0 && list[k - 1] > l) { list[k] = list[k - 1]; k--; }
        list[k] = l;
    }
    float glow = 0.0;
    for (int i = 0; i < NEAREST; i++) glow += 0.002 / list[i];
    color = vec4(glow * vec3(1.0, 0.7, 0.4) + 0.01 * length(pull) * vec3(0.2, 0.4, 1.0), 1.0);
}
