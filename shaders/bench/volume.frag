// Light through smoke: steps along the ray, and at each a few towards the lamp.
float hash(vec3 p) { return fract(sin(dot(p, vec3(127.1, 311.7, 74.7))) * 43758.5453); }

float noise(vec3 p) {
    vec3 i = floor(p);
    vec3 f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(mix(hash(i), hash(i + vec3(1, 0, 0)), f.x),
                   mix(hash(i + vec3(0, 1, 0)), hash(i + vec3(1, 1, 0)), f.x), f.y),
               mix(mix(hash(i + vec3(0, 0, 1)), hash(i + vec3(1, 0, 1)), f.x),
                   mix(hash(i + vec3(0, 1, 1)), hash(i + vec3(1, 1, 1)), f.x), f.y), f.z);
}

float density(vec3 p) {
    float d = 0.8 - length(p);
    float w = 0.5;
    vec3 q = 2.0 * p - vec3(0.0, 0.4 * iTime, 0.0);
    for (int i = 0; i < 3; i++) {
        d += w * (noise(q) - 0.5);
        q = q * 2.1 + 1.3;
        w *= 0.5;
    }
    return max(d, 0.0);
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 uv = (2.0 * pixel - iResolution.xy) / iResolution.y;
    vec3 o = vec3(0.0, 0.0, -3.0);
    vec3 d = normalize(vec3(uv, 2.0));
    vec3 lamp = normalize(vec3(0.5, 0.8, -0.3));
    vec3 light = vec3(0.0);
    float through = 1.0;
    float t = 1.8;
    while (t < 4.2 && through > 0.02) {
        vec3 p = o + d * t;
        float here = density(p);
        if (here > 0.0) {
            float shade = 0.0;
            for (int i = 1; i <= 3; i++) shade += density(p + lamp * 0.18 * float(i));
            float a = 1.0 - exp(-6.0 * here * 0.08);
            light += through * a * exp(-1.4 * shade) * vec3(1.0, 0.8, 0.6);
            through *= 1.0 - a;
        }
        t += 0.08;
    }
    color = vec4(light + through * vec3(0.1, 0.15, 0.25), 1.0);
}
