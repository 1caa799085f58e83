// Plain GLSL without a #version: Phosphor puts 450 core and its uniforms before it.
// Seven lanterns drift on still water; the water gives their light back.

const int lanterns = 7;

vec2 drift(float lantern, float time) {
    vec2 turn = vec2(0.23 + 0.05 * lantern, 0.31 - 0.02 * lantern) * time + 2.4 * lantern;
    return vec2(0.72 * sin(turn.x), 0.13 + 0.09 * sin(turn.y));
}

void main() {
    vec2 p = (gl_FragCoord.xy - 0.5 * iResolution.xy) / iResolution.y;
    float shore = -0.08;

    // Below the shore we look at the mirror image, moved by ripples that grow towards us.
    float depth = max(0.0, shore - p.y);
    vec2 q = vec2(p.x, abs(p.y - shore) + shore);
    float ripple = sin(2.6 / (depth + 0.02) + 1.5 * iTime) + sin(34.0 * p.x + 90.0 * depth - iTime);
    q.x += depth * 0.05 * ripple;
    q.y += depth * 0.10 * ripple;

    vec3 sum = mix(vec3(0.010, 0.014, 0.030), vec3(0.030, 0.020, 0.045), exp(-7.0 * abs(q.y - shore)));
    for (int i = 0; i < lanterns; i++) {
        float n = float(i);
        vec2 away = q - drift(n, iTime);
        float size = 0.0016 * (1.0 + 0.5 * sin(1.7 * n + 0.8 * iTime));
        vec3 light = 0.55 + 0.45 * cos(vec3(0.2, 1.4, 2.7) + 0.75 * n);
        sum += light * size / (dot(away, away) + 0.0012);
    }

    // The water keeps a third of what falls on it.
    sum *= mix(1.0, 0.62, smoothstep(0.0, 0.01, depth));
    sum *= 1.0 - 0.3 * dot(p, p);
    gl_FragColor = vec4(1.0 - exp(-1.2 * sum), 1.0);
}
