// The fragment stage: a swell at dusk. Its inputs come from waves.vert beside it.

in vec2 place;
in vec3 ray;
out vec4 color;

const vec3 sun = normalize(vec3(0.18, 0.07, -1.0));

vec3 sky(vec3 d) {
    float up = max(d.y, 0.0);
    vec3 c = mix(vec3(0.95, 0.46, 0.24), vec3(0.16, 0.20, 0.42), smoothstep(0.0, 0.24, up));
    c = mix(c, vec3(0.03, 0.05, 0.13), smoothstep(0.15, 0.7, up));
    float s = max(dot(d, sun), 0.0);
    c += vec3(1.0, 0.55, 0.22) * (0.28 * pow(s, 12.0) + 0.5 * pow(s, 120.0));
    return c + vec3(1.0, 0.85, 0.6) * smoothstep(0.99935, 0.9996, s);
}

// The slope of the sea: a few sines in directions of their own, each steeper ones smaller.
vec2 slope(vec2 p, float far) {
    vec2 sum = vec2(0.0);
    vec2 direction = vec2(0.8, 0.6);
    float frequency = 0.7;
    float height = 0.22;
    for (int i = 0; i < 7; i++) {
        float phase = dot(direction, p) * frequency + iTime * sqrt(frequency) * 1.5;
        // Waves finer than a pixel would only flicker: fade them out in the distance.
        float fade = 1.0 / (1.0 + 0.0016 * far * far * frequency);
        sum += direction * cos(phase + 0.8 * sin(0.5 * phase)) * height * fade;
        direction = mat2(0.36, 0.93, -0.93, 0.36) * direction;
        frequency *= 1.63;
        height *= 0.80;
    }
    return sum;
}

void main() {
    vec3 d = normalize(ray);
    vec3 c;
    if (d.y >= -0.002) {
        c = sky(d);
    } else {
        float far = 1.6 / -d.y;
        vec2 p = d.xz * far;
        vec2 s = slope(p, far);
        vec3 n = normalize(vec3(-s.x, 1.9, -s.y));
        vec3 r = reflect(d, n);
        r.y = abs(r.y);
        float mirror = 0.04 + 0.96 * pow(1.0 - max(dot(-d, n), 0.0), 5.0);
        vec3 deep = vec3(0.010, 0.045, 0.065) + vec3(0.02, 0.10, 0.09) * max(0.0, s.y) * 0.6;
        c = mix(deep, sky(r), mirror);
        c += vec3(1.0, 0.62, 0.3) * 1.6 * pow(max(dot(r, sun), 0.0), 260.0);
        c = mix(c, sky(vec3(d.x, 0.0, d.z)), smoothstep(30.0, 400.0, far));
    }
    c *= 1.0 - 0.5 * dot(place - 0.5, place - 0.5);
    color = vec4(pow(1.0 - exp(-1.5 * c), vec3(0.9)), 1.0);
}
