// Above the clouds in the evening: a march through a field of noise.
// Wind, cover and the height of the sun are here to be changed.

const float wind = 0.45;
const float cover = 0.47;
const vec3 sun = normalize(vec3(0.75, 0.16, -0.65));
const int steps = 30;

// A number from 0 to 1 that belongs to a place.
float hash(vec3 p) {
    p = fract(p * vec3(0.1031, 0.1030, 0.0973));
    p += dot(p, p.yzx + 33.33);
    return fract((p.x + p.y) * p.z);
}

// Smooth noise: the numbers of the eight corners around a place, blended.
float noise(vec3 p) {
    vec3 i = floor(p);
    vec3 f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    vec4 near = vec4(hash(i), hash(i + vec3(1, 0, 0)), hash(i + vec3(0, 1, 0)),
        hash(i + vec3(1, 1, 0)));
    vec4 far = vec4(hash(i + vec3(0, 0, 1)), hash(i + vec3(1, 0, 1)), hash(i + vec3(0, 1, 1)),
        hash(i + vec3(1, 1, 1)));
    vec4 z = mix(near, far, f.z);
    vec2 y = mix(z.xy, z.zw, f.y);
    return mix(y.x, y.y, f.x);
}

// How thick the cloud is at a place; the fine grain only where it pays.
float density(vec3 p, int octaves) {
    vec3 q = vec3(0.75, 0.95, 0.75) * p + vec3(0.0, 0.0, -wind * iTime);
    float sum = 0.0;
    float weight = 0.5;
    for (int i = 0; i < octaves; i++) {
        sum += weight * noise(q);
        q = 2.03 * q + vec3(1.7, 9.2, 3.1);
        weight *= 0.5;
    }
    float height = 1.0 - smoothstep(-1.3, 0.5, p.y);
    return clamp(3.2 * (sum - cover + 0.5 * height - 0.25), 0.0, 1.0);
}

vec3 sky(vec3 d) {
    float up = clamp(d.y, 0.0, 1.0);
    vec3 c = mix(vec3(1.00, 0.62, 0.38), vec3(0.10, 0.17, 0.42), 1.0 - exp(-3.2 * up));
    float s = max(dot(d, sun), 0.0);
    c += vec3(1.0, 0.45, 0.15) * 0.35 * pow(s, 6.0);
    return c + vec3(1.0, 0.85, 0.6) * (0.5 * pow(s, 60.0) + 3.0 * pow(s, 1500.0));
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 p = (2.0 * pixel - iResolution.xy) / iResolution.y;
    float look = 0.35 + 0.12 * sin(0.11 * iTime);
    vec3 d = normalize(vec3(p.x, p.y - 0.18, -1.6));
    d.xz = mat2(cos(look), sin(look), -sin(look), cos(look)) * d.xz;
    vec3 eye = vec3(0.0, 1.15, 0.0);

    // Clouds lie in a layer; only the way through it is marched.
    vec3 background = sky(d);
    float top = (0.6 - eye.y) / min(d.y, -0.001);
    float bottom = (-1.4 - eye.y) / min(d.y, -0.001);
    float far = min(bottom, 24.0);
    float t = top;
    vec3 light = vec3(0.0);
    float clear = 1.0;
    if (d.y < 0.0) {
        // A first step of random length turns bands into grain.
        t += 0.14 * hash(vec3(pixel, mod(float(iFrame), 64.0)));
        for (int i = 0; i < steps && t < far && clear > 0.03; i++) {
            vec3 at = eye + t * d;
            float here = density(at, t < 6.0 ? 4 : 3);
            float pace = 0.05 + 0.055 * t;
            if (here > 0.01) {
                float shade = clamp(0.3 + 1.1 * (here - density(at + 0.4 * sun, 2)), 0.0, 1.0);
                vec3 c = mix(vec3(0.13, 0.14, 0.27), vec3(1.55, 0.95, 0.58), shade * shade);
                c *= 0.5 + 0.6 * smoothstep(-1.2, 0.4, at.y);
                c = mix(c, background, 1.0 - exp(-0.006 * t * t));
                float opaque = 1.0 - exp(-6.0 * here * pace);
                light += clear * opaque * c;
                clear *= 1.0 - opaque;
            }
            t += pace;
        }
    }
    vec3 c = light + clear * background;
    color = vec4(1.0 - exp(-1.35 * c * (0.45 + 0.75 * c)), 1.0);
}
