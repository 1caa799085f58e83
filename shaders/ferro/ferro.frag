// Black oil in a dark studio: what is seen of it is only what it mirrors.

in vec3 place;
in vec3 slope;
in float behind;
out vec4 color;

// Long lamps stand around, one warm, one cold; below lies a glowing floor.
vec3 studio(vec3 d) {
    vec3 c = vec3(0.010, 0.012, 0.020) + vec3(0.02, 0.03, 0.05) * smoothstep(-0.2, 1.0, d.y);
    float turn = 0.12 * iTime;
    d.xz = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * d.xz;
    float angle = atan(d.x, d.z);
    float warm = smoothstep(0.75, 0.0, abs(angle + 1.1)) * smoothstep(-0.45, 0.15, d.y) * smoothstep(1.0, 0.5, d.y);
    float cold = smoothstep(0.85, 0.0, abs(angle - 1.5)) * smoothstep(-0.55, 0.05, d.y) * smoothstep(0.95, 0.4, d.y);
    float above = smoothstep(0.55, 1.0, d.y);
    c += vec3(1.00, 0.46, 0.16) * 2.6 * warm;
    c += vec3(0.16, 0.52, 1.00) * 2.6 * cold;
    c += vec3(0.90, 0.95, 1.00) * 1.3 * above;
    c += vec3(0.38, 0.10, 0.42) * 0.55 * smoothstep(-0.15, -0.95, d.y);
    return c;
}

// The wall: a pool of light that breathes with the drop, and grain against stripes.
vec3 wall(vec2 p) {
    float far = length(p * vec2(0.85, 1.0) - vec2(0.0, 0.05));
    vec3 c = mix(vec3(0.050, 0.036, 0.075), vec3(0.003, 0.003, 0.006), smoothstep(0.0, 1.15, far));
    c += vec3(0.050, 0.018, 0.006) * smoothstep(0.9, 0.0, length(p - vec2(-0.75, 0.15)));
    c += vec3(0.004, 0.020, 0.050) * smoothstep(0.9, 0.0, length(p - vec2(0.80, 0.05)));
    vec3 q = fract(vec3(gl_FragCoord.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return c * (0.96 + 0.08 * fract((q.x + q.y) * q.z));
}

void main() {
    if (behind > 0.0) {
        vec2 p = (gl_FragCoord.xy - 0.5 * iResolution.xy) / min(iResolution.x, iResolution.y);
        color = vec4(pow(1.0 - exp(-2.4 * wall(p)), vec3(0.6)), 1.0);
        return;
    }
    vec3 n = normalize(slope);
    vec3 eye = normalize(vec3(0.0, 0.0, 3.0) - place);
    vec3 r = reflect(-eye, n);
    float facing = max(dot(n, eye), 0.0);
    float mirror = 0.16 + 0.84 * pow(1.0 - facing, 4.0);
    vec3 c = studio(r) * mirror;
    // A film of oil: its colours run with the angle.
    vec3 film = 0.5 + 0.5 * cos(6.28318 * (1.4 * facing + vec3(0.0, 0.33, 0.67)) + 2.0 * place.y);
    c += film * 0.030 * (1.0 - facing);
    color = vec4(pow(1.0 - exp(-2.4 * c), vec3(0.6)), 1.0);
}
