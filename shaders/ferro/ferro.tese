// Tessellation evaluation: runs at each place of the cut patch, and puts it on the drop.
// The square becomes a disc, the disc the half of a ball that looks at us, and that grows spikes.

layout(quads, fractional_even_spacing, ccw) in;

out vec3 place;
out vec3 slope;
out float behind;      // 1 where the patch has left the drop and is the wall behind it

const float pi = 3.14159265;

// The magnet's pull: it swells and calms down, and wanders around the drop.
float pull(vec3 n) {
    float beat = 0.5 + 0.5 * sin(0.7 * iTime + 1.2 * sin(0.31 * iTime));
    vec3 magnet = normalize(vec3(sin(0.43 * iTime), 0.7 * cos(0.37 * iTime), 1.1));
    return mix(0.25, 1.0, beat) * smoothstep(-0.35, 0.85, dot(n, magnet));
}

// Spikes stand in a spiral, each as far from its neighbours as can be (a Fibonacci lattice):
// how near the nearest one is. Only those that could be nearest are asked.
float spike(vec3 n) {
    const float count = 96.0;
    const float golden = 2.39996323;
    float best = -1.0;
    float middle = (1.0 - n.z) * 0.5 * count;
    for (float k = -16.0; k <= 16.0; k += 1.0) {
        float i = floor(middle) + k;
        if (i < 0.0 || i >= count) continue;
        float z = 1.0 - 2.0 * (i + 0.5) / count;
        float a = golden * i + 0.10 * iTime;
        vec3 tip = vec3(sqrt(1.0 - z * z) * vec2(cos(a), sin(a)), z);
        best = max(best, dot(n, tip));
    }
    float away = acos(clamp(best, -1.0, 1.0)) * sqrt(count) / 3.6;
    return exp(-5.0 * away * away);
}

// A way from the drop's middle becomes a place on its skin.
vec3 skin(vec3 n) {
    float t = 0.6 * iTime;
    float wobble = 0.035 * (sin(2.0 * n.x + t) + sin(2.6 * n.y - 1.3 * t) + sin(2.2 * n.z + 0.8 * t));
    return n * (0.66 + wobble + 0.30 * pull(n) * spike(n));
}

void main() {
    // Rings of the square become rings of a disc, and these, bent, reach a little behind the
    // drop's edge. The last ring of all is drawn out over the whole picture.
    vec2 p = 2.0 * gl_TessCoord.xy - 1.0;
    float r = max(abs(p.x), abs(p.y));
    vec2 way = r > 0.0 ? p / length(p) : vec2(1.0, 0.0);
    float turn = 0.60 * pi * min(r / 0.96, 1.0);
    vec3 n = vec3(way * sin(turn), cos(turn));
    place = skin(n);

    // How the skin slopes, from two places beside this one.
    vec3 a = normalize(cross(n, abs(n.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0)));
    vec3 b = cross(n, a);
    const float e = 0.02;
    slope = normalize(cross(skin(normalize(n + e * a)) - place, skin(normalize(n + e * b)) - place));

    // A lens that is near: what comes towards us is larger.
    float depth = 3.0 - place.z;
    vec2 at = 2.35 * place.xy / depth;
    vec2 aspect = iResolution.xy / min(iResolution.x, iResolution.y);
    gl_Position = vec4(at / aspect, 0.2 * depth - 0.5, 1.0);
    behind = step(0.999, r);
    if (behind > 0.5) gl_Position = vec4(4.0 * way, 0.9, 1.0);
}
