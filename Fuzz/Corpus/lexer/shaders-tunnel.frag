// Through a woven tube of light, in Shadertoy's dialect.
// The mouse steers: press a button and move.

const float speed = 0.9;
const float strands = 9.0;

vec2 bend(float z) {
    return vec2(sin(0.31 * z) + 0.5 * sin(0.17 * z), 0.7 * cos(0.23 * z)) * 0.35;
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 p = (2.0 * pixel - iResolution.xy) / iResolution.y;
    if (iMouse.z > 0.0) p += 0.9 * (iMouse.xy / iResolution.xy - 0.5);
    float travel = speed * iTime;

    // Each shell of the tube is a cylinder; its depth follows from its radius alone.
    vec3 sum = vec3(0.0);
    for (float shell = 0.0; shell < 3.0; shell++) {
        float radius = 0.55 + 0.30 * shell;
        vec2 q = p;
        float depth = radius / max(length(q), 0.03);
        // One correction for the bend: look again from where the axis is at that depth.
        q -= (bend(travel + depth) - bend(travel)) * min(1.0, 0.35 * depth) / (0.6 + depth) * 1.6;
        float far = length(q);
        depth = radius / max(far, 0.02);

        float angle = atan(q.y, q.x) / 6.2832;
        float z = depth + travel;
        float twist = (mod(shell, 2.0) * 2.0 - 1.0) * 0.11;
        float weave = 0.5 - abs(fract((angle + twist * z) * strands) - 0.5);
        float hoop = abs(fract(1.5 * z) - 0.5);

        // Lines keep their width on the screen as they recede, then fade into haze.
        float sharp = 0.012 + 0.010 * depth;
        float thread = sharp / (weave + sharp) + 0.5 * sharp / (hoop + sharp);
        float haze = exp(-0.34 * depth);
        vec3 light = 0.5 + 0.5 * cos(vec3(0.0, 1.1, 2.3) + 0.55 * z + 1.3 * shell);
        sum += light * thread * thread * haze * (1.0 - 0.22 * shell);

        // Sparks that run along the strands.
        float strand = floor((angle + twist * z) * strands + 0.5);
        float run = fract(0.12 * z + 0.22 * iTime + fract(0.618 * strand));
        float spark = smoothstep(0.9, 0.995, run) * smoothstep(1.0, 0.995, run);
        float narrow = sharp / (weave + sharp);
        sum += vec3(1.0, 0.9, 0.7) * spark * narrow * narrow * haze * 6.0;
    }

    sum += vec3(0.55, 0.75, 1.0) * 0.035 / (dot(p, p) + 0.06);
    color = vec4(1.0 - exp(-1.1 * sum), 1.0);
}
