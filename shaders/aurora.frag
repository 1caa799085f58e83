// @var title  Aurora
// @var eyePos 0.0 1.6 0.0
// @var float veils 1.0 0.0 2.0 0.01
// @var vec3 low 0.16 1.00 0.48 color
// @var vec3 high 0.62 0.22 0.95 color
//
// Northern lights over a frozen lake: a world around you, by a function from a ray to its colour.
// RiftRay's names: getSceneColor(eye, ray), iGlobalTime, and values that the lines above declare.

uniform float veils;
uniform vec3 low;
uniform vec3 high;

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float noise(vec2 p) {
    vec2 i = floor(p);
    vec2 f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash(i), hash(i + vec2(1.0, 0.0)), f.x),
        mix(hash(i + vec2(0.0, 1.0)), hash(i + vec2(1.0, 1.0)), f.x), f.y);
}

// How bright a curtain is over a place: three bands that wander, each sharp towards one side.
float curtain(vec2 p) {
    float t = 0.05 * iGlobalTime;
    vec2 bend = vec2(noise(0.55 * p + t), noise(0.55 * p.yx - t + 7.0)) - 0.5;
    vec2 q = p + 2.6 * bend;
    float band = 1.15 * q.y + 0.55 * sin(0.8 * q.x + 2.0 * t) + 0.3 * sin(1.9 * q.x - 3.0 * t);
    float edge = fract(0.42 * band);
    float sheet = smoothstep(0.0, 0.035, edge) * exp(-5.5 * edge);
    // Rays stand in it, and patches of it come and go.
    float rays = 0.45 + 0.55 * noise(vec2(9.0 * q.x + 4.0 * bend.y, 5.0 * t + 0.8 * band));
    return sheet * rays * smoothstep(0.12, 0.62, noise(0.4 * p + vec2(3.0 * t, -t) + 3.0));
}

vec3 lights(vec3 d, float dither) {
    const int steps = 20;
    vec3 sum = vec3(0.0);
    for (int i = 0; i < steps; i++) {
        float up = (float(i) + dither) / float(steps);
        // The sky is a bowl: low in it the layers are far, but not endlessly so.
        float away = (1.0 + 0.95 * up) / (d.y + 0.09);
        float fade = smoothstep(0.0, 0.06, up) * exp(-3.2 * up);
        vec3 tone = mix(low, high, smoothstep(0.12, 0.75, up));
        sum += tone * fade * curtain(d.xz * away) * exp(-0.06 * away);
    }
    return sum * veils * 11.0 / float(steps);
}

vec3 stars(vec3 d) {
    vec2 p = d.xz / (0.4 + d.y) * 34.0;
    vec2 cell = floor(p);
    vec2 off = p - cell - 0.5 - 0.6 * (vec2(hash(cell), hash(cell + 7.7)) - 0.5);
    float twinkle = 0.7 + 0.3 * sin(3.0 * iGlobalTime + 40.0 * hash(cell + 1.3));
    return vec3(0.75, 0.85, 1.0) * pow(hash(cell + 3.1), 12.0) * twinkle * exp(-170.0 * dot(off, off)) * 1.6;
}

// Mountains all around; the angle's ends meet behind you.
float range(vec3 d, float seed, float rough) {
    vec2 q = normalize(d.xz) * rough;
    return 0.6 * noise(q + seed) + 0.28 * noise(2.6 * q - seed) + 0.12 * noise(7.0 * q + seed);
}

vec3 sky(vec3 d, float dither) {
    vec3 c = mix(vec3(0.006, 0.022, 0.040), vec3(0.001, 0.003, 0.012), smoothstep(0.0, 0.6, d.y));
    c += low * 0.05 * exp(-7.0 * d.y);
    c += stars(d) * smoothstep(0.03, 0.25, d.y);
    c += lights(d, dither);
    float slant = d.y / (length(d.xz) + 1e-4);
    for (int i = 0; i < 2; i++) {
        float near = float(i);
        float top = mix(0.21, 0.11, near) * range(d, 4.0 + 9.0 * near, 2.6 + 1.6 * near) - 0.012;
        vec3 rock = mix(vec3(0.006, 0.020, 0.032), vec3(0.002, 0.005, 0.010), near);
        // Snow on the slopes that the lights reach.
        rock += low * 0.028 * smoothstep(0.45, 0.95, slant / max(top, 1e-3)) * noise(90.0 * d.xz / length(d.xz) + 60.0 * slant);
        c = mix(c, rock, smoothstep(-0.0012, 0.0012, top - slant));
    }
    return c;
}

vec3 getSceneColor(vec3 eye, vec3 ray) {
    // RiftRay's viewers begin looking along plus z; what there is to see lies the other way.
    eye.xz = -eye.xz;
    ray.xz = -ray.xz;
    float dither = hash(gl_FragCoord.xy);
    if (ray.y >= 0.0) return pow(1.0 - exp(-1.7 * sky(ray, dither)), vec3(0.64));

    // The lake: black ice, with snow that the wind has swept into drifts.
    float t = max(eye.y, 0.05) / max(-ray.y, 1e-4);
    vec2 p = eye.xz + t * ray.xz;
    float near = exp(-0.03 * t);
    float drift = smoothstep(0.46, 0.70, 0.65 * noise(vec2(0.10, 0.24) * p) + 0.35 * noise(vec2(0.5, 1.2) * p));
    vec2 rough = (vec2(noise(2.0 * p), noise(2.0 * p + 9.0)) - 0.5) * 0.05 * near;
    vec3 r = normalize(reflect(ray, normalize(vec3(rough.x, 1.0, rough.y))));
    r.y = abs(r.y) + 0.003;
    float mirror = 0.10 + 0.90 * pow(1.0 - min(-ray.y, 1.0), 4.0);
    vec3 ice = vec3(0.001, 0.005, 0.009) + sky(r, dither) * mirror;
    // Cracks, where the ice has broken and frozen again.
    vec2 q = p + 0.5 * vec2(noise(1.7 * p), noise(1.7 * p + 5.0)) + 0.15 * noise(6.0 * p);
    float crack = min(abs(noise(0.35 * q) - 0.5), 1.6 * abs(noise(0.9 * q + 3.0) - 0.5));
    ice += vec3(0.05, 0.13, 0.15) * smoothstep(0.010 + 0.002 * t, 0.0, crack) * near * near * 0.25;
    vec3 snow = vec3(0.008, 0.018, 0.032) + low * 0.035 * (0.7 + 0.6 * noise(3.0 * p) * near);
    vec3 c = mix(ice, snow, 0.85 * drift * smoothstep(160.0, 20.0, t));
    return pow(1.0 - exp(-1.7 * c), vec3(0.64));
}
