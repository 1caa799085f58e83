// Paths of light among spheres, some bounces and samples a frame.
const int SPHERES = 6;
uint seed;

float random() {
    seed = seed * 747796405u + 2891336453u;
    uint w = ((seed >> ((seed >> 28u) + 4u)) ^ seed) * 277803737u;
    return float((w >> 22u) ^ w) / 4294967295.0;
}

vec4 sphere(int i) {
    if (i == 0) return vec4(0.0, -100.5, 0.0, 100.0);
    float a = float(i) * 1.2566 + 0.2 * iTime;
    return vec4(1.4 * cos(a), 0.0, 1.4 * sin(a), 0.5);
}

int hit(vec3 o, vec3 d, inout float t) {
    int found = -1;
    for (int i = 0; i < SPHERES; i++) {
        vec4 s = sphere(i);
        vec3 c = o - s.xyz;
        float b = dot(c, d);
        float h = b * b - dot(c, c) + s.w * s.w;
        if (h < 0.0) continue;
        float u = -b - sqrt(h);
        if (u > 0.001 && u < t) { t = u; found = i; }
    }
    return found;
}

vec3 trace(vec3 o, vec3 d) {
    vec3 light = vec3(0.0);
    vec3 through = vec3(1.0);
    int bounce = 0;
    do {
        float t = 1e9;
        int i = hit(o, d, t);
        if (i < 0) {
            light += through * (0.6 + 0.4 * d.y) * vec3(0.7, 0.8, 1.0);
            break;
        }
        vec4 s = sphere(i);
        o += d * t;
        vec3 n = (o - s.xyz) / s.w;
        float a = 6.2831 * random();
        float z = 2.0 * random() - 1.0;
        vec3 r = vec3(sqrt(1.0 - z * z) * vec2(cos(a), sin(a)), z);
        d = i % 2 == 1 ? normalize(reflect(d, n) + 0.1 * r) : normalize(n + r);
        through *= i == 0 ? vec3(0.5) : 0.5 + 0.4 * cos(float(i) + vec3(0.0, 2.0, 4.0));
    } while (++bounce < 4);
    return light;
}

void mainImage(out vec4 color, in vec2 pixel) {
    seed = uint(pixel.x) * 1973u + uint(pixel.y) * 9277u + uint(iFrame) * 26699u;
    vec3 sum = vec3(0.0);
    for (int i = 0; i < 3; i++) {
        vec2 uv = (2.0 * (pixel + vec2(random(), random())) - iResolution.xy) / iResolution.y;
        sum += trace(vec3(0.0, 0.6, -4.5), normalize(vec3(uv, 2.0)));
    }
    color = vec4(sqrt(sum / 3.0), 1.0);
}
