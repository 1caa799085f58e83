// Feedback: what was drawn in the frame before is in backbuffer, black in frame 0.
// Five brushes paint; all that is older drifts outwards, turns a little, changes its
// colour and fades. Edit while it runs: the picture goes on. F6 begins anew.

uniform sampler2D backbuffer;

const float fade = 0.994;     // what is left of the light after a frame
const float spread = 0.9965;   // below 1 the smoke moves away from the middle
const float swirl = 0.008;

mat2 turn(float a) {
    return mat2(cos(a), sin(a), -sin(a), cos(a));
}

// Where a brush is: a curve that takes minutes to meet itself again.
vec2 brush(float n, float t) {
    vec2 a = vec2(0.83 + 0.11 * n, 1.07 - 0.13 * n) * t + 2.1 * n;
    return vec2(0.50 * sin(a.x) + 0.13 * sin(2.3 * a.y), 0.26 * cos(a.y + sin(0.3 * t)) + 0.07 * sin(3.0 * a.x));
}

// How far a place is from a stretch of a brush's way.
float stroke(vec2 p, vec2 a, vec2 b) {
    vec2 along = b - a;
    float at = clamp(dot(p - a, along) / max(dot(along, along), 1e-6), 0.0, 1.0);
    return length(p - a - along * at);
}

void main() {
    vec2 p = (gl_FragCoord.xy - 0.5 * iResolution.xy) / iResolution.y;

    // Look where this light was a moment ago; slow waves bend the way there.
    vec2 q = spread * (turn(swirl * sin(0.21 * iTime)) * p);
    q += 0.0016 * vec2(sin(7.0 * p.y + 0.9 * iTime), cos(6.0 * p.x - 0.7 * iTime));
    vec2 uv = q * iResolution.y / iResolution.xy + 0.5;
    vec2 pixel = 1.0 / iResolution.xy;
    vec3 old = texture(backbuffer, uv).rgb;
    vec3 near = 0.25 * (texture(backbuffer, uv + pixel * vec2(1.5, 0.0)).rgb
        + texture(backbuffer, uv - pixel * vec2(1.5, 0.0)).rgb
        + texture(backbuffer, uv + pixel * vec2(0.0, 1.5)).rgb
        + texture(backbuffer, uv - pixel * vec2(0.0, 1.5)).rgb);
    old = mix(old, near, 0.35);
    // Old light cools from gold to violet; a byte must lose at least half a step to fade.
    old *= fade * vec3(0.998, 0.990, 0.998);
    old = max(old + 0.012 * old.b * vec3(0.30, -0.20, 0.45) - 0.0016, 0.0);

    // New light: each brush draws the way that it came since the last frame.
    vec3 fresh = vec3(0.0);
    for (int i = 0; i < 5; i++) {
        float n = float(i);
        vec2 here = brush(n, iTime);
        vec2 there = brush(n, iTime - max(iTimeDelta, 0.016));
        float away = stroke(p, there, here);
        vec3 light = 0.55 + 0.45 * cos(vec3(0.0, 0.9, 2.2) + 1.7 * n + 0.23 * iTime);
        float width = 0.006 + 0.003 * sin(1.3 * iTime + 2.0 * n);
        fresh += light * (exp(-away * away / (width * width)) + 0.003 / (away + 0.01) * 0.16);
    }

    // It never gets darker than the night, which is a little violet.
    vec3 night = vec3(0.055, 0.030, 0.085) * exp(-1.1 * dot(p, p))
        * (0.75 + 0.25 * sin(3.0 * p.x + 2.0 * p.y + 0.2 * iTime));
    vec3 sum = max(old + fresh * (1.0 - 0.6 * old), night);
    gl_FragColor = vec4(min(sum, 1.0), 1.0);
}
