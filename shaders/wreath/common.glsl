// The wind: the curl of a noise, so that it neither gathers nor thins what it carries.
float hash(vec2 p) {
    p = fract(p * vec2(123.34, 456.21));
    p += dot(p, p + 45.32);
    return fract(p.x * p.y);
}

float noise(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    return mix(
        mix(hash(i), hash(i + vec2(1, 0)), f.x),
        mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}

float potential(vec2 p, float t) {
    return noise(2.1 * p + vec2(0.0, 0.10 * t)) + 0.42 * noise(4.7 * p - vec2(0.13 * t, 7.0));
}

vec2 curl(vec2 p, float t) {
    const float e = 0.004;
    float dx = potential(p + vec2(e, 0), t) - potential(p - vec2(e, 0), t);
    float dy = potential(p + vec2(0, e), t) - potential(p - vec2(0, e), t);
    return vec2(dy, -dx) / (2.0 * e);
}
