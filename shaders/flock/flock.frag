// Light on paper, and the evening behind it.

in vec3 place;
in vec3 slope;
in float sheet;
out vec4 color;

const vec3 sun = normalize(vec3(-0.45, 0.10, -1.0));

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

vec3 sky(vec3 d) {
    float up = max(d.y, 0.0);
    float near = max(dot(d, sun), 0.0);
    vec3 c = mix(vec3(0.96, 0.55, 0.36), vec3(0.36, 0.36, 0.60), smoothstep(0.0, 0.38, up));
    c = mix(c, vec3(0.09, 0.12, 0.30), smoothstep(0.25, 0.95, up));
    c += vec3(1.00, 0.48, 0.20) * (0.45 * pow(near, 6.0) + 0.35 * pow(near, 60.0));
    // High thin clouds, drawn out by the wind.
    vec2 p = d.xz / (up + 0.16);
    float cloud = 0.6 * noise(vec2(0.7, 1.9) * p + 0.02 * iTime) + 0.4 * noise(vec2(1.7, 5.2) * p - 0.03 * iTime);
    c = mix(c, vec3(1.00, 0.72, 0.60), 0.50 * smoothstep(0.45, 0.85, cloud) * smoothstep(0.02, 0.25, up));
    return c;
}

// Below, hills in the mist, one behind the other; the angle's ends meet behind you.
vec3 land(vec3 d) {
    vec3 c = sky(vec3(d.x, max(d.y, 0.0), d.z));
    float slant = d.y / (length(d.xz) + 1e-4);
    vec2 way = normalize(d.xz);
    for (int i = 0; i < 6; i++) {
        float n = float(i);
        float top = 0.045 - 0.032 * n * (0.7 + 0.30 * n) + 0.075 * noise((3.0 + n) * way + 7.0 * n) + 0.018 * noise((11.0 + n) * way);
        vec3 hill = mix(vec3(0.70, 0.42, 0.42), vec3(0.115, 0.105, 0.205), n / 5.0);
        hill += vec3(0.55, 0.22, 0.10) * pow(max(dot(d, sun), 0.0), 5.0) * (1.0 - 0.18 * n);
        // Mist lies in the valleys.
        hill = mix(hill, vec3(0.86, 0.55, 0.47), 0.55 * exp(-16.0 * max(slant - top + 0.16, 0.0)) * (1.0 - 0.16 * n));
        c = mix(c, hill, smoothstep(-0.0012, 0.0012, top - slant));
    }
    return c;
}

void main() {
    vec3 c;
    if (sheet < 0.0) {
        c = land(normalize(place));
    } else {
        vec3 to = place - iEyePosition;
        vec3 d = normalize(to);
        vec3 n = dot(slope, d) > 0.0 ? -slope : slope;
        vec3 paper = sheet > 0.86 ? vec3(0.90, 0.22, 0.16) : mix(vec3(0.98, 0.92, 0.84), vec3(0.86, 0.88, 0.94), sheet);
        // Paper lets light through: it glows where the sun stands behind it.
        float front = max(dot(n, sun), 0.0);
        float through = max(dot(-n, sun), 0.0);
        c = paper * (vec3(0.30, 0.30, 0.46) + vec3(0.55, 0.42, 0.42) * (0.5 + 0.5 * n.y));
        c += paper * vec3(1.10, 0.62, 0.36) * (1.30 * front + 1.00 * through);
        c = mix(c, sky(d), 1.0 - exp(-0.012 * length(to)));
    }
    c = pow(1.0 - exp(-1.55 * c), vec3(0.95));
    color = vec4(c + (hash(gl_FragCoord.xy) - 0.5) / 255.0, 1.0);
}
