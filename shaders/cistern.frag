// A cistern under a city: columns in still water, vaults over them, lamps that float, and
// daylight through a well. It is a place: with a headset you stand in it, on the round
// stone; without one, mainImage takes you through. One unit is a metre, y is up.
//
// Rays go from bay to bay and meet columns and vaults by formula, without a march.

const float bay = 4.0;            // from column to column
const float halfBay = 2.0;
const float spring = 3.1;         // where the vaults begin; they are half circles
const float water = -0.12;
const float stone = 1.35;         // the round stone under your feet
const vec2 well = vec2(0.0, -8.0);
const float wellRadius = 0.85;

const vec3 day = vec3(0.62, 0.84, 1.00);

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float noise(vec2 p) {
    vec2 i = floor(p);
    vec2 f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x),
        mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}

// ---------------------------------------------------------------- lamps

// The lamp that floats in a bay: place, and light in w. The well and the stone have none.
vec4 lampIn(vec2 cell) {
    float chance = hash(cell + 3.7);
    if (chance < 0.28 || abs(cell.x) + abs(cell.y) < 0.5 || abs(cell.x) + abs(cell.y + 2.0) < 0.5) {
        return vec4(0.0);
    }
    float other = fract(57.3 * chance);
    float a = 40.0 * chance + 0.11 * iTime * (0.5 + other);
    vec2 place = bay * cell + (0.35 + 0.75 * other) * vec2(cos(a), sin(a));
    float flicker = sin(9.0 * iTime + 90.0 * chance);
    return vec4(place.x, water + 0.16 + 0.003 * flicker, place.y, 0.92 + 0.08 * flicker);
}

vec3 lampColor(vec2 cell) {
    float chance = hash(cell + 5.3);
    return chance < 0.82 ? mix(vec3(1.00, 0.46, 0.13), vec3(1.00, 0.66, 0.30), chance)
        : vec3(0.30, 0.85, 0.80);
}

// The light of the four lamps around a place, and of the well.
vec3 lightAt(vec3 p, vec3 n) {
    vec3 sum = vec3(0.006, 0.009, 0.013);
    vec2 first = floor(p.xz / bay);
    for (int i = 0; i < 4; i++) {
        vec2 cell = first + vec2(i & 1, i >> 1);
        vec4 lamp = lampIn(cell);
        vec3 to = lamp.xyz - p;
        float d2 = dot(to, to);
        // Light comes around edges a little: the flame is no point.
        float facing = max(0.0, 0.15 + 0.85 * dot(n, to) * inversesqrt(d2));
        sum += lamp.w * lampColor(cell) * facing * 4.2 / (0.35 + d2);
    }
    // What the pool of daylight below the well throws back.
    vec3 to = vec3(well.x, 0.2, well.y) - p;
    float d2 = dot(to, to);
    sum += day * max(0.0, 0.3 + 0.7 * dot(n, to) * inversesqrt(d2)) * 4.5 / (1.2 + d2);
    return sum;
}

// ---------------------------------------------------------------- rays

const int nothing = 0;
const int column = 1;
const int vault = 2;
const int pool = 3;
const int floorStone = 4;

struct Hit {
    float t;
    int kind;
    vec3 normal;
    vec2 cell;
    vec3 glow;      // of the lamps that the ray passes
};

// A column with base and capital: three cylinders on one axis, with the rings between them.
void meetColumn(vec3 eye, vec3 ray, vec2 axis, inout Hit hit) {
    vec2 o = eye.xz - axis;
    float a = dot(ray.xz, ray.xz);
    float b = dot(o, ray.xz);
    float near = b * b - a * (dot(o, o) - 0.3136);
    if (near < 0.0 || (b > 0.0 && dot(o, o) > 0.3136)) return;
    float inside = b * b - a * dot(o, o);
    for (int i = 0; i < 3; i++) {
        float radius = i == 0 ? 0.33 : i == 1 ? 0.47 : 0.55;
        vec2 span = i == 0 ? vec2(-1.0, 9.0) : i == 1 ? vec2(-1.0, 0.26) : vec2(spring - 0.24, spring + 0.05);
        float disc = inside + a * radius * radius;
        if (disc < 0.0) continue;
        float t = (-b - sqrt(disc)) / a;
        float y = eye.y + t * ray.y;
        if (t > 0.0 && t < hit.t && y > span.x && y < span.y) {
            hit.t = t;
            hit.kind = column;
            hit.normal = vec3((o + t * ray.xz) / radius, 0.0).xzy;
        }
        // The ring's edge, seen from above on the base and from below on the capital.
        if (i > 0) {
            float edge = i == 1 ? span.y : span.x;
            t = (edge - eye.y) / ray.y;
            vec2 q = o + t * ray.xz;
            if (t > 0.0 && t < hit.t && dot(q, q) < radius * radius && (i == 1) == (ray.y < 0.0)) {
                hit.t = t;
                hit.kind = column;
                hit.normal = vec3(0.0, i == 1 ? 1.0 : -1.0, 0.0);
            }
        }
    }
}

// When a ray is inside a half circle of vault, seen along its axis.
vec2 barrel(vec2 o, vec2 d) {
    float a = dot(d, d);
    float b = dot(o, d);
    float disc = b * b - a * (dot(o, o) - halfBay * halfBay);
    if (disc < 0.0) return vec2(1e9, -1e9);
    float root = sqrt(disc);
    return vec2(-b - root, -b + root) / a;
}

Hit meet(vec3 eye, vec3 ray, int bays) {
    Hit hit = Hit(1e9, nothing, vec3(0.0, 1.0, 0.0), vec2(0.0), vec3(0.0));
    if (ray.y < 0.0) {
        float t = -eye.y / ray.y;
        if (eye.y > 0.0 && length(eye.xz + t * ray.xz) < stone) {
            hit.t = t;
            hit.kind = floorStone;
        } else if (eye.y > water) {
            hit.t = (water - eye.y) / ray.y;
            hit.kind = pool;
        }
    }
    ray += vec3(equal(ray, vec3(0.0))) * 1e-6;
    vec2 cell = floor(eye.xz / bay + 0.5);
    vec2 way = sign(ray.xz);
    vec2 pace = bay / abs(ray.xz);
    vec2 next = ((cell + 0.5 * way) * bay - eye.xz) / ray.xz;
    float enter = 0.0;
    float rise = (spring - eye.y) / ray.y;
    for (int i = 0; i < bays; i++) {
        float leave = min(next.x, next.y);
        vec2 middle = bay * cell;
        // Those at the edge through which the ray leaves; those where it came in, it has met.
        for (int k = -1; k < 2; k += 2) {
            vec2 corner = halfBay * (next.x < next.y ? vec2(way.x, k) : vec2(k, way.y));
            meetColumn(eye, ray, middle + corner, hit);
            if (i == 0) meetColumn(eye, ray, middle - corner, hit);
        }
        if (ray.y > 0.0 && rise < leave) {
            vec2 a = barrel(vec2(eye.x - middle.x, eye.y - spring), ray.xy);
            vec2 b = barrel(vec2(eye.z - middle.y, eye.y - spring), ray.zy);
            float now = max(enter, rise) + 1e-4;
            bool isInA = a.x <= now && now <= a.y;
            float end = isInA ? a.y : b.y;
            bool endsInA = isInA;
            if (isInA && b.x <= end && b.y > end) { end = b.y; endsInA = false; }
            if (!isInA && a.x <= end && a.y > end) { end = a.y; endsInA = true; }
            if (end < leave && end < hit.t) {
                vec3 p = eye + end * ray;
                hit.t = end;
                hit.kind = vault;
                hit.normal = endsInA ? vec3(middle.x - p.x, spring - p.y, 0.0)
                    : vec3(0.0, spring - p.y, middle.y - p.z);
                hit.normal /= halfBay;
            }
        }
        vec4 lamp = lampIn(cell);
        if (lamp.w > 0.0) {
            vec3 to = lamp.xyz - eye;
            float along = dot(to, ray);
            if (along > 0.0 && along < hit.t + 0.05) {
                float d2 = dot(to, to) - along * along;
                float core = smoothstep(0.0049, 0.0016, d2);
                hit.glow += lamp.w * lampColor(cell) * exp(-0.035 * along)
                    * (5.0 * core + 0.0080 / (0.006 + d2));
            }
        }
        hit.cell = cell;
        if (hit.t < leave) break;
        enter = leave;
        if (next.x < next.y) {
            cell.x += way.x;
            next.x += pace.x;
        } else {
            cell.y += way.y;
            next.y += pace.y;
        }
    }
    return hit;
}

// ---------------------------------------------------------------- surfaces

vec3 air(vec3 color, float t) {
    return mix(vec3(0.020, 0.026, 0.032), color, exp(-0.0011 * t * t - 0.028 * t));
}

// Daylight in the dust under the well: how much of it the ray has gone through.
vec3 shaft(vec3 eye, vec3 ray, float t) {
    vec2 o = eye.xz - well;
    float a = dot(ray.xz, ray.xz) + 1e-5;
    float b = dot(o, ray.xz);
    float wide = wellRadius + 0.12;
    float disc = b * b - a * (dot(o, o) - wide * wide);
    if (disc <= 0.0) return vec3(0.0);
    float root = sqrt(disc);
    float from = max(0.0, (-b - root) / a);
    float to = min(t, (-b + root) / a);
    if (to <= from) return vec3(0.0);
    vec3 p = eye + 0.5 * (from + to) * ray;
    // Softer towards its edge, brighter above, with streaks that drift.
    float edge = disc / (a * wide * wide);
    float turn = atan(p.x - well.x, p.z - well.y);
    float streak = 0.75 + 0.25 * sin(7.0 * turn + 0.3 * iTime) * sin(3.0 * turn - 0.23 * iTime);
    return day * 0.34 * (to - from) * edge * streak * (0.45 + 0.12 * p.y);
}

vec3 stoneColor(vec3 p, vec3 n, int kind) {
    vec3 base = vec3(0.47, 0.42, 0.36);
    if (kind == column) {
        vec2 axis = bay * floor(p.xz / bay) + halfBay;
        float turn = atan(p.x - axis.x, p.z - axis.y);
        float chance = hash(axis);
        float joint = 0.45 + 0.55 * smoothstep(0.002, 0.010, abs(fract(p.y / 0.93 + chance) - 0.5));
        float flute = p.y > 0.26 && p.y < spring - 0.24 ? 0.80 + 0.20 * cos(24.0 * turn) : 1.0;
        float grain = 0.75 + 0.5 * noise(vec2(9.0 * turn, 5.0 * p.y) + 31.0 * chance);
        // Damp climbs up from the water.
        float damp = smoothstep(0.9, 0.0, p.y + 0.35 * noise(3.0 * p.xz + p.y));
        return mix(base * joint * flute * grain, vec3(0.10, 0.13, 0.10) * grain, 0.75 * damp);
    }
    if (kind == vault) {
        vec2 q = abs(p.xz - bay * floor(p.xz / bay + 0.5));
        float along = abs(n.x) > abs(n.z) ? p.z : p.x;
        float around = abs(n.x) > abs(n.z) ? atan(n.x, -n.y) : atan(n.z, -n.y);
        vec2 brick = vec2(along * 2.6, around * 13.0);
        brick.x += 0.5 * mod(floor(brick.y), 2.0);
        vec2 f = abs(fract(brick) - 0.5);
        float mortar = smoothstep(0.5, 0.42, f.x) * smoothstep(0.5, 0.36, f.y);
        float tone = 0.7 + 0.5 * hash(floor(brick));
        vec3 clay = mix(vec3(0.34, 0.30, 0.26), vec3(0.50, 0.29, 0.19) * tone, mortar);
        // Ribs of light stone where two vaults meet, and where the bays do.
        float rib = smoothstep(0.13, 0.10, abs(q.x - q.y));
        rib = max(rib, smoothstep(halfBay - 0.20, halfBay - 0.17, max(q.x, q.y)));
        return mix(clay, base, rib);
    }
    float ring = length(p.xz);
    float slab = smoothstep(0.02, 0.05, abs(ring - 0.8)) * smoothstep(stone, stone - 0.04, ring);
    float part = 6.0 * atan(p.x, p.z) / 3.14159;
    if (ring > 0.8) slab *= smoothstep(0.01, 0.03, abs(fract(part) - 0.5) * ring);
    return base * (0.35 + 0.65 * slab) * (0.7 + 0.5 * noise(7.0 * p.xz));
}

// Corners are dark: under the capitals, in the bays' edges, at the water.
float corner(vec3 p, int kind) {
    vec2 q = abs(p.xz - bay * floor(p.xz / bay + 0.5));
    float dark = 1.0;
    if (kind == vault) dark *= 0.35 + 0.65 * smoothstep(0.0, 1.3, p.y - spring);
    if (kind == column) dark *= 0.55 + 0.45 * smoothstep(0.0, 0.5, abs(p.y - spring + 0.24));
    return dark * (0.6 + 0.4 * smoothstep(water, 0.5, p.y));
}

vec3 shade(vec3 p, vec3 ray, Hit hit) {
    if (hit.kind == nothing) return vec3(0.020, 0.026, 0.032);
    vec2 off = p.xz - well;
    if (hit.kind == vault && dot(off, off) < wellRadius * wellRadius) {
        // Up the well's shaft to the sky.
        float wall = dot(off, off) / (wellRadius * wellRadius);
        return day * mix(2.6, 0.9, smoothstep(0.35, 1.0, wall));
    }
    vec3 light = lightAt(p, hit.normal);
    // Light that the waves throw up to the vaults and columns.
    vec2 w = 2.6 * p.xz + vec2(0.6 * p.y, -0.4 * p.y);
    float ripple = sin(w.x + 0.9 * iTime + 1.3 * sin(w.y + 0.7 * iTime))
        * sin(w.y - 0.8 * iTime + 1.1 * sin(w.x - 0.5 * iTime));
    light *= 1.0 + 0.45 * ripple * ripple * ripple * (hit.kind == floorStone ? 0.0 : 1.0);
    return stoneColor(p, hit.normal, hit.kind) * light * corner(p, hit.kind);
}

// The water's slope: a few waves, and rings around what falls from the vaults.
vec2 slope(vec2 p, float t) {
    float fade = 1.0 / (1.0 + 0.03 * t * t);
    vec2 s = 0.010 * vec2(cos(1.7 * p.x + 0.9 * p.y + 0.7 * iTime), cos(1.3 * p.y - 1.1 * p.x - 0.6 * iTime));
    s += 0.007 * vec2(cos(4.1 * p.x - 2.3 * p.y + 1.3 * iTime), cos(3.7 * p.y + 2.9 * p.x + 1.1 * iTime));
    vec2 cell = floor(p / bay + 0.5);
    float beat = iTime / 5.0 + hash(cell + 2.2);
    vec2 drop = bay * (cell + 0.6 * (vec2(hash(cell + floor(beat)), hash(cell - floor(beat))) - 0.5));
    float age = 5.0 * fract(beat);
    float r = length(p - drop) + 1e-4;
    float wave = sin(16.0 * (r - 0.7 * age)) * exp(-8.0 * pow(r - 0.7 * age, 2.0) - 0.9 * age);
    return fade * (s + 0.10 * wave * (p - drop) / r);
}

vec3 render(vec3 eye, vec3 ray) {
    Hit hit = meet(eye, ray, 14);
    vec3 p = eye + hit.t * ray;
    vec3 color;
    if (hit.kind == pool) {
        vec2 s = slope(p.xz, hit.t);
        vec3 n = normalize(vec3(-s.x, 1.0, -s.y));
        vec3 up = reflect(ray, n);
        up.y = max(up.y, 0.004);
        vec3 from = vec3(p.x, 0.02, p.z);
        Hit seen = meet(from, normalize(up), 9);
        vec3 q = from + seen.t * normalize(up);
        vec3 mirrored = air(shade(q, up, seen), seen.t) + seen.glow;
        mirrored += shaft(from, normalize(up), seen.t);
        float fresnel = 0.04 + 0.96 * pow(1.0 - max(dot(-ray, n), 0.0), 5.0);
        // Paving under the water, and the pool of daylight on it.
        vec2 below = p.xz + ray.xz / max(-ray.y, 0.25) * 0.35 - 2.0 * s;
        vec2 f = abs(fract(below / 0.9) - 0.5);
        float tile = (0.5 + 0.5 * hash(floor(below / 0.9))) * smoothstep(0.5, 0.46, max(f.x, f.y));
        vec3 bed = vec3(0.05, 0.14, 0.13) * tile * lightAt(vec3(below.x, 0.0, below.y), vec3(0, 1, 0));
        float spot = smoothstep(wellRadius + 0.1, wellRadius - 0.25, length(below - well));
        bed += day * spot * (0.16 + 0.6 * tile * tile) * vec3(0.5, 0.9, 0.85);
        color = mix(bed, mirrored, clamp(fresnel + 0.16, 0.0, 1.0));
    } else {
        color = shade(p, ray, hit);
    }
    color = air(color, min(hit.t, 90.0)) + hit.glow + shaft(eye, ray, hit.t);
    color = 1.0 - exp(-2.3 * color);
    return pow(color, vec3(0.46, 0.455, 0.45));
}

// ---------------------------------------------------------------- entries

// In a window: a slow walk around the stone, towards the well and back.
void mainImage(out vec4 color, in vec2 pixel) {
    vec2 p = (2.0 * pixel - iResolution.xy) / iResolution.y;
    float a = 0.35 * sin(0.13 * iTime);
    vec3 eye = vec3(1.1 * sin(0.11 * iTime), 1.5 + 0.15 * sin(0.17 * iTime), 2.4 + 1.2 * cos(0.09 * iTime));
    if (iMouse.z > 0.0) a -= 3.0 * (iMouse.x / iResolution.x - 0.5);
    vec3 ahead = vec3(sin(a), 0.06 * sin(0.21 * iTime), -cos(a));
    vec3 side = normalize(cross(ahead, vec3(0, 1, 0)));
    vec3 ray = normalize(1.35 * ahead + p.x * side + p.y * cross(side, ahead));
    vec3 c = render(eye, ray);
    color = vec4(c * (1.0 - 0.12 * dot(p, p)), 1.0);
}

// In a headset, or wherever there is a camera: your own eyes.
void mainVR(out vec4 color, in vec2 pixel, in vec3 eye, in vec3 ray) {
    color = vec4(render(eye, ray), 1.0);
}
