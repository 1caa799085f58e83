// Glazed outside, pearl inside. Its pattern is rule 30, laid down row by row at the mouth while it grew.

in vec3 place;
in vec3 slope;
in vec2 cell;
out vec4 color;
uniform sampler2D rule30;

// What a glaze mirrors: a long warm lamp, a cold window, the dark.
vec3 room(vec3 d) {
    float lamp = smoothstep(0.30, 0.0, abs(d.x - 0.55)) * smoothstep(-0.1, 0.35, d.y) * smoothstep(1.0, 0.7, d.y);
    float window = smoothstep(0.5, 0.0, abs(d.x + 0.85)) * smoothstep(-0.5, 0.2, d.y) * smoothstep(0.9, 0.3, d.y);
    return vec3(1.0, 0.72, 0.42) * 2.2 * lamp + vec3(0.35, 0.62, 1.0) * 1.3 * window + vec3(0.02, 0.03, 0.05);
}

void main() {
    vec3 eye = normalize(vec3(0.0, 0.1, 5.2) - place);
    vec3 n = normalize(slope);
    bool isInside = dot(n, eye) < 0.0;
    if (isInside) n = -n;
    float facing = max(dot(n, eye), 0.0);
    float warm = max(dot(n, normalize(vec3(0.7, 0.9, 0.6))), 0.0);
    float cold = max(dot(n, normalize(vec3(-0.9, 0.1, -0.15))), 0.0);
    vec3 light = vec3(1.0, 0.86, 0.66) * 1.25 * warm + vec3(0.22, 0.42, 0.85) * 0.9 * cold
        + vec3(0.06, 0.07, 0.10) + vec3(0.10, 0.05, 0.03) * max(-n.y, 0.0);
    float pattern = texture(rule30, cell).r;
    float bands = 0.5 + 0.5 * cos(6.28318 * 2.0 * cell.x + 1.0);
    vec3 cream = mix(vec3(0.96, 0.86, 0.68), vec3(0.92, 0.60, 0.36), 0.6 * bands);
    vec3 brown = mix(vec3(0.30, 0.09, 0.03), vec3(0.10, 0.03, 0.02), bands);
    vec3 c = mix(cream, brown, smoothstep(0.25, 0.75, pattern)) * light;
    float mirror = 0.04 + 0.96 * pow(1.0 - facing, 5.0);
    c += room(reflect(-eye, n)) * (mirror + 0.05);
    if (isInside) {
        // Pearl: its colours run with the angle.
        vec3 film = 0.5 + 0.5 * cos(6.28318 * (1.2 * facing + 0.6 * place.y + vec3(0.0, 0.33, 0.67)));
        c = (vec3(0.95, 0.80, 0.74) * 0.55 + 0.25 * film) * (0.25 + light) * 0.8;
        c += film * room(reflect(-eye, n)) * 0.4;
    }
    color = vec4(c, 1.0);
}
