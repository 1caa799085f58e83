// Shows the light that the sparks of sparks.comp have left behind them.
// Both stages name the same buffer by its binding and see the same numbers.

#define GRID ivec2(320, 180)

layout(std430, binding = 1) buffer Light {
    uint turn;
    uint shown;
    uint light[3][320 * 180];
};

const float glow = 1.0;

float at(ivec2 cell) {
    cell = clamp(cell, ivec2(0), GRID - 1);
    return float(light[shown % 3u][cell.y * GRID.x + cell.x]) * 0.001;
}

void main() {
    vec2 uv = gl_FragCoord.xy / iResolution.xy;
    vec2 place = uv * vec2(GRID) - 0.5;
    ivec2 cell = ivec2(floor(place));
    vec2 f = smoothstep(0.0, 1.0, place - vec2(cell));
    float bright = mix(mix(at(cell), at(cell + ivec2(1, 0)), f.x),
        mix(at(cell + ivec2(0, 1)), at(cell + ivec2(1, 1)), f.x), f.y);
    // A wider veil around bright places.
    float veil = 0.25 * (at(cell + ivec2(3, 0)) + at(cell - ivec2(3, 0))
        + at(cell + ivec2(0, 3)) + at(cell - ivec2(0, 3)));

    // The next frame takes the next sheet.
    if (ivec2(gl_FragCoord.xy) == ivec2(0)) turn = shown + 1u;

    vec2 p = 2.0 * uv - 1.0;
    float heat = glow * (bright + 0.35 * veil);
    vec3 cold = mix(vec3(0.20, 0.32, 1.00), vec3(0.10, 0.85, 0.80), 0.5 + 0.5 * sin(2.2 * p.x + 0.3 * iTime));
    vec3 warm = vec3(1.00, 0.56, 0.24);
    vec3 color = mix(cold, warm, smoothstep(0.3, 2.2, heat)) * heat;
    color += vec3(1.0, 0.95, 0.85) * smoothstep(1.6, 4.5, heat);
    color += vec3(0.010, 0.014, 0.030) * (1.2 - 0.5 * dot(p, p));
    gl_FragColor = vec4(1.0 - exp(-1.3 * color), 1.0);
}
