#version 330 core
// With a #version of its own a source goes to the driver as it stands; only a
// loop whose end nobody can tell beforehand is counted, and there is none here.
// It declares what it uses, and Phosphor fills what it knows by name.
uniform vec3 iResolution;
uniform float iTime;

in vec2 uv;
out vec4 color;

// One set of rings: thin lines at even distances, turned and tilted a little.
float rings(vec2 p, float count, float phase) {
    float r = length(p) * count - phase;
    float width = fwidth(r);
    float line = abs(fract(r) - 0.5);
    return 1.0 - smoothstep(0.035, 0.035 + 1.5 * width, 0.5 - line);
}

mat2 turn(float angle) {
    float c = cos(angle);
    float s = sin(angle);
    return mat2(c, s, -s, c);
}

void main() {
    vec2 p = (uv - 0.5) * vec2(iResolution.x / iResolution.y, 1.0);
    vec3 sum = vec3(0.016, 0.018, 0.024);

    // Three sets, one for each light, nearly on top of each other: where they
    // part, they colour; where they meet, they are white.
    for (int i = 0; i < 3; i++) {
        float n = float(i);
        float angle = 0.15 * iTime + 2.094 * n;
        vec2 center = 0.004 * vec2(cos(angle), sin(angle)) * (1.5 + sin(0.4 * iTime));
        vec2 q = turn(0.2 * sin(0.1 * iTime)) * (p - center);
        q.y *= 1.0 + 0.02 * sin(0.23 * iTime + 0.7 * n);
        float line = rings(q, 15.0, 0.3 * iTime);
        vec3 light = i == 0 ? vec3(1.0, 0.30, 0.22) : i == 1 ? vec3(0.16, 1.0, 0.48)
            : vec3(0.28, 0.42, 1.0);
        float far = length(p);
        float wave = 0.5 + 0.5 * sin(7.0 * far - 1.2 * iTime + 0.4 * n);
        sum += light * line * (0.25 + 0.75 * wave) * exp(-1.1 * far);
    }

    sum += 0.05 * vec3(0.2, 1.0, 0.6) * exp(-9.0 * dot(p, p));
    color = vec4(sqrt(1.0 - exp(-1.6 * sum * sum - 0.3 * sum)), 1.0);
}
