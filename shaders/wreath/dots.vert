in vec4 mote;
in vec2 motion;
flat out vec3 tint;

void main() {
    vec2 p = mote.xy * min(vec2(1.0), iResolution.yx / iResolution.xy) * 1.28;
    gl_Position = vec4(p, 0.0, 1.0);
    gl_PointSize = max(1.0, iResolution.y / 620.0);
    // Gold where the ring is quiet, blue and violet where the wind has taken a mote away.
    float away = smoothstep(0.02, 0.26, abs(length(mote.xy) - 0.56));
    float quick = smoothstep(0.05, 0.30, length(motion));
    vec3 gold = vec3(1.00, 0.52, 0.16), rose = vec3(0.85, 0.16, 0.42), blue = vec3(0.10, 0.30, 1.00);
    tint = mix(mix(gold, rose, smoothstep(0.0, 0.5, away)), blue, smoothstep(0.45, 1.0, away));
    tint *= (0.35 + 0.9 * quick) * smoothstep(0.0, 0.8, mote.z);
    // As much light on a small picture as on a large one.
    tint *= 0.085 * iResolution.x * iResolution.y / (1280.0 * 720.0) * 16.0
        / (gl_PointSize * gl_PointSize * 16.0);
}
