// The fragment stage: paper that glows, and behind it sky, hills, lake and raft.

flat in int kind;
in vec3 place;
in vec2 paper;
flat in vec3 tint;
out vec4 color;

const float raft = 1.6;

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float noise(float x, float seed) {
    float i = floor(x);
    float f = x - i;
    return mix(hash(vec2(i, seed)), hash(vec2(i + 1.0, seed)), f * f * (3.0 - 2.0 * f));
}

vec3 stars(vec3 d) {
    vec2 p = d.xz / (0.35 + abs(d.y)) * 46.0;
    vec2 cell = floor(p);
    float bright = pow(hash(cell + 3.1), 18.0);
    vec2 off = p - cell - 0.5 - 0.6 * (vec2(hash(cell), hash(cell + 7.7)) - 0.5);
    float twinkle = 0.75 + 0.25 * sin(2.5 * iTime + 40.0 * hash(cell + 1.3));
    return vec3(0.8, 0.9, 1.0) * bright * twinkle * smoothstep(0.17, 0.0, length(off));
}

// Three ranges of hills, the far ones paler; how high each is in a direction.
vec3 sky(vec3 d) {
    float up = max(d.y, 0.0);
    vec3 c = mix(vec3(0.150, 0.085, 0.120), vec3(0.020, 0.030, 0.085), smoothstep(0.0, 0.32, up));
    c = mix(c, vec3(0.006, 0.010, 0.030), smoothstep(0.25, 0.9, up));
    c += vec3(0.32, 0.13, 0.05) * exp(-14.0 * up) * (0.55 + 0.45 * d.z / (length(d.xz) + 1e-4) * -1.0);
    c += stars(d) * smoothstep(0.03, 0.25, up);
    float turn = atan(d.x, -d.z);
    float slant = d.y / (length(d.xz) + 1e-4);
    for (int i = 0; i < 3; i++) {
        float k = float(i);
        float x = (turn + 3.2) * (3.0 + 2.0 * k);
        // The angle ends where it begins: behind you the hills must meet.
        float seam = smoothstep(3.14159, 2.7, abs(turn));
        float high = 0.65 * noise(x, k) + 0.25 * noise(2.7 * x, k + 5.0) + 0.10 * noise(7.0 * x, k + 9.0);
        high = (0.135 - 0.035 * k) * mix(0.45, high, seam);
        vec3 hill = mix(vec3(0.070, 0.048, 0.080), vec3(0.010, 0.011, 0.020), k / 2.0);
        c = mix(c, hill, smoothstep(-0.0015, 0.0015, high - slant));
    }
    return c;
}

// The light that lanterns near the raft throw on its planks.
vec3 planks(vec2 p) {
    vec2 q = vec2(p.x / 0.22, p.y);
    float plank = floor(q.x);
    float edge = smoothstep(0.5, 0.44, abs(fract(q.x) - 0.5));
    float grain = 0.75 + 0.25 * sin(40.0 * (q.y + 0.3 * hash(vec2(plank, 1.0))) * (0.2 + 0.05 * hash(vec2(plank, 2.0))))
        * (0.6 + 0.4 * noise(9.0 * q.y, plank));
    vec3 wood = vec3(0.20, 0.12, 0.07) * grain * edge * (0.7 + 0.6 * hash(vec2(plank, 3.0)));
    float rim = smoothstep(raft, raft - 0.05, length(p));
    return wood * (0.35 + 0.65 * rim) * vec3(1.0, 0.72, 0.48);
}

vec3 lake(vec3 d) {
    float t = iEyePosition.y / max(-d.y, 1e-4);
    vec2 p = iEyePosition.xz + t * d.xz;
    if (length(p) < raft) return planks(p);
    float fade = 1.0 / (1.0 + 0.004 * t * t);
    vec2 s = 0.045 * fade * vec2(
        cos(0.9 * p.x + 0.5 * p.y + 0.8 * iTime) + 0.6 * cos(2.3 * p.y - 1.7 * p.x + 1.3 * iTime),
        cos(0.8 * p.y - 0.6 * p.x + 0.7 * iTime) + 0.6 * cos(2.1 * p.x + 1.9 * p.y + 1.1 * iTime));
    vec3 n = normalize(vec3(-s.x, 1.0, -s.y));
    vec3 r = reflect(d, n);
    r.y = abs(r.y) + 0.002;
    float fresnel = 0.06 + 0.94 * pow(1.0 - max(dot(-d, n), 0.0), 5.0);
    vec3 c = mix(vec3(0.004, 0.009, 0.016), sky(normalize(r)), fresnel);
    // Glints of all the lanterns together.
    float glint = pow(max(0.0, 1.0 - abs(r.x * 2.0 + s.x)), 6.0) * pow(abs(s.y) * 14.0, 2.0);
    return c + vec3(0.55, 0.24, 0.08) * min(glint, 1.0) * 0.25 * fade;
}

void main() {
    vec3 c;
    if (kind == 0) {
        vec3 d = normalize(place);
        c = 0.55 * (d.y < 0.0 && iEyePosition.y > 0.0 ? lake(d) : sky(d));
    } else {
        vec3 to = place - iEyePosition;
        if (kind == 2) {
            // Seen through the water's surface; not through the raft.
            float t = iEyePosition.y / max(iEyePosition.y - place.y, 1e-4);
            if (length(iEyePosition.xz + t * to.xz) < raft || iEyePosition.y < 0.0) discard;
        }
        // The flame stands low: the paper is brightest just above it and dims towards the head.
        float up = paper.y;
        float flame = exp(-9.0 * (up - 0.18) * (up - 0.18));
        float rib = smoothstep(0.05, 0.12, abs(fract(paper.x + 0.5) - 0.5));
        c = tint * (0.26 + 0.95 * flame) * (0.70 + 0.30 * rib);
        c += tint * vec3(0.9, 0.75, 0.45) * 0.9 * flame * flame;
        if (up < 0.04) c *= 0.35;
        float away = length(to);
        c = mix(vec3(0.020, 0.014, 0.024), c, exp(-0.010 * away));
    }
    color = vec4(pow(1.0 - exp(-2.1 * c), vec3(0.46)), 1.0);
}
