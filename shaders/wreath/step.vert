// Where a mote goes: x, y, what is left of its life, and which it is; then how it moves.
in vec4 mote;
in vec2 motion;
out vec4 new_mote;
out vec2 new_motion;

uniform float wind = 1.0;

void main() {
    float n = float(gl_VertexID);
    float dt = clamp(iTimeDelta, 0.0, 0.05);
    new_mote = mote;
    if (mote.z <= 0.0) {
        // A life is over, or never began: a new one starts somewhere on the ring.
        float seed = fract(mote.w + hash(vec2(n, 0.37 + fract(iTime))));
        float a = 6.2831853 * hash(vec2(n, seed));
        float r = 0.56 + 0.035 * (hash(vec2(seed, n + 3.0)) - 0.5);
        new_mote = vec4(r * vec2(cos(a), sin(a)), 0.6 + 4.4 * hash(vec2(n + 9.0, seed)), seed);
        new_motion = 0.12 * vec2(-sin(a), cos(a));
        return;
    }
    vec2 blow = 0.10 * wind * curl(mote.xy, iTime);
    // The ring turns, and holds what comes near it.
    float r = max(length(mote.xy), 0.001);
    vec2 out_ = mote.xy / r;
    blow += 0.13 * vec2(-out_.y, out_.x) - 0.55 * out_ * (r - 0.56);
    new_motion = mix(motion, blow, 1.0 - exp(-3.0 * dt));
    new_mote.xy += dt * new_motion;
    new_mote.z -= dt;
}
