// A city by night, after the rain: towers on a grid of streets, lit windows, wet
// asphalt, lamps, cars, and a train that runs above the avenue.
//
// It is long and heavy on purpose: a sketch to measure compilers with, and to see
// that the editor stays calm while one works. On a GPU it runs smoothly.

const float blockSize = 4.0;      // from the middle of one street to the next
const float streetWidth = 1.0;    // half of it on each side
const float railHeight = 1.35;
const float farPlane = 70.0;
const int marchSteps = 110;
const int mirrorSteps = 48;

const int ground = 0;
const int facade = 1;
const int roof = 2;
const int metal = 3;
const int lamp = 4;
const int train = 5;
const int glass = 6;

const vec3 moonDirection = normalize(vec3(-0.55, 0.42, -0.72));
const vec3 moonLight = vec3(0.16, 0.21, 0.34);
const vec3 sodium = vec3(1.00, 0.55, 0.20);

// What a ray met: how far away, of which kind, in which block of the city.
struct Hit {
    float distance;
    int kind;
    vec2 block;
};

// What a surface looks like before any light falls on it.
struct Surface {
    vec3 albedo;
    vec3 glow;
    float mirror;
    float rough;
};

// ---------------------------------------------------------------- numbers

float hash1(float n) {
    return fract(sin(n * 127.1) * 43758.5453);
}

float hash2(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float hash3(vec3 p) {
    p = fract(p * 0.1031);
    p += dot(p, p.zyx + 31.32);
    return fract((p.x + p.y) * p.z);
}

vec2 hash22(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * vec3(0.1031, 0.1030, 0.0973));
    q += dot(q, q.yzx + 33.33);
    return fract((q.xx + q.yz) * q.zy);
}

float noise(vec2 p) {
    vec2 i = floor(p);
    vec2 f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    float a = mix(hash2(i), hash2(i + vec2(1, 0)), f.x);
    float b = mix(hash2(i + vec2(0, 1)), hash2(i + vec2(1, 1)), f.x);
    return mix(a, b, f.y);
}

float layers(vec2 p) {
    float sum = 0.0;
    float weight = 0.5;
    for (int i = 0; i < 4; i++) {
        sum += weight * noise(p);
        p = mat2(1.6, 1.2, -1.2, 1.6) * p + 3.7;
        weight *= 0.5;
    }
    return sum;
}

mat2 turn(float angle) {
    float c = cos(angle);
    float s = sin(angle);
    return mat2(c, s, -s, c);
}

// ---------------------------------------------------------------- shapes

float box(vec3 p, vec3 size) {
    vec3 d = abs(p) - size;
    return length(max(d, 0.0)) + min(max(d.x, max(d.y, d.z)), 0.0);
}

float box2(vec2 p, vec2 size) {
    vec2 d = abs(p) - size;
    return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
}

float roundBox(vec3 p, vec3 size, float radius) {
    return box(p, size - radius) - radius;
}

float cylinder(vec3 p, float radius, float height) {
    vec2 d = vec2(length(p.xz) - radius, abs(p.y) - height);
    return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
}

float sphere(vec3 p, float radius) {
    return length(p) - radius;
}

float segment(vec3 p, vec3 a, vec3 b, float radius) {
    vec3 pa = p - a;
    vec3 ba = b - a;
    float along = clamp(dot(pa, ba) / dot(ba, ba), 0.0, 1.0);
    return length(pa - ba * along) - radius;
}

Hit nearer(Hit a, float distance, int kind) {
    if (distance < a.distance) {
        a.distance = distance;
        a.kind = kind;
    }
    return a;
}

// ---------------------------------------------------------------- buildings

// How high the house in a block is; the middle of the city rises, the avenue stays low.
float heightOf(vec2 block) {
    float chance = hash2(block + 7.3);
    float center = exp(-0.012 * dot(block - vec2(3.0, -9.0), block - vec2(3.0, -9.0)));
    return 0.9 + 2.4 * chance * chance + 4.2 * center * chance;
}

// A slab with a little house for the lift on top.
Hit slab(Hit hit, vec3 p, float height, float chance) {
    vec3 size = vec3(1.05, height, 0.75 + 0.3 * chance);
    hit = nearer(hit, box(p, size), facade);
    vec3 q = p - vec3(0.35, height + 0.12, 0.1);
    return nearer(hit, box(q, vec3(0.28, 0.14, 0.22)), roof);
}

// Three boxes, each smaller than the one below, and a mast.
Hit stepped(Hit hit, vec3 p, float height, float chance) {
    hit = nearer(hit, box(p, vec3(1.15, 0.55 * height, 1.15)), facade);
    hit = nearer(hit, box(p, vec3(0.85, 0.82 * height, 0.85)), facade);
    hit = nearer(hit, box(p, vec3(0.5, 1.12 * height, 0.5)), facade);
    vec3 top = vec3(0.0, 1.12 * height, 0.0);
    float mast = segment(p, top, top + vec3(0.0, 0.7 + 0.5 * chance, 0.0), 0.02);
    return nearer(hit, mast, metal);
}

// A round tower of glass with a collar.
Hit round(Hit hit, vec3 p, float height, float chance) {
    float radius = 0.72 + 0.25 * chance;
    hit = nearer(hit, cylinder(p, radius, height), glass);
    float collar = cylinder(p - vec3(0.0, height, 0.0), radius + 0.07, 0.07);
    return nearer(hit, collar, metal);
}

// A tower that turns on its way up.
Hit twisted(Hit hit, vec3 p, float height, float chance) {
    vec3 q = p;
    q.xz = turn(0.22 * p.y * (chance - 0.5)) * q.xz;
    return nearer(hit, 0.85 * roundBox(q, vec3(0.8, 1.1 * height, 0.8), 0.12), glass);
}

// Low houses around a yard.
Hit yard(Hit hit, vec3 p, float height, float chance) {
    float low = 0.35 * height + 0.3;
    float outside = box(p, vec3(1.2, low, 1.2));
    float inside = box2(p.xz, vec2(0.55 + 0.15 * chance));
    hit = nearer(hit, max(outside, -inside), facade);
    vec3 q = vec3(abs(p.x) - 0.9, p.y - low - 0.08, abs(p.z) - 0.9);
    return nearer(hit, box(q, vec3(0.1, 0.1, 0.1)), roof);
}

Hit building(Hit hit, vec3 p, vec2 block) {
    float chance = hash2(block);
    float height = heightOf(block);
    float kind = fract(chance * 7.31);
    if (kind < 0.30) return slab(hit, p, height, chance);
    if (kind < 0.52) return stepped(hit, p, height, chance);
    if (kind < 0.68) return round(hit, p, height, chance);
    if (kind < 0.82) return twisted(hit, p, height, chance);
    return yard(hit, p, height, chance);
}

// ---------------------------------------------------------------- streets

// Two lamps a block, bent over the road.
Hit streetLamps(Hit hit, vec3 p) {
    vec3 q = p;
    q.z = abs(abs(q.z) - 1.0);
    q.x = abs(q.x) - 1.5;
    if (box2(q.xz, vec2(0.3)) > 0.5) return nearer(hit, box2(q.xz, vec2(0.3)), metal);
    hit = nearer(hit, segment(q, vec3(0.0), vec3(0.0, 0.62, 0.0), 0.012), metal);
    hit = nearer(hit, segment(q, vec3(0.0, 0.62, 0.0), vec3(0.2, 0.68, 0.0), 0.01), metal);
    return nearer(hit, sphere(q - vec3(0.2, 0.66, 0.0), 0.03), lamp);
}

// The track stands on pillars over the middle of the avenue, where x is 0.
Hit railway(Hit hit, vec3 p) {
    vec3 q = p - vec3(0.0, railHeight, 0.0);
    float away = box2(q.xy, vec2(0.2, 0.4));
    if (away > 1.0) return nearer(hit, away, metal);
    hit = nearer(hit, box2(q.xy, vec2(0.16, 0.035)), metal);
    vec3 r = vec3(abs(q.x) - 0.15, q.y - 0.07, q.z);
    hit = nearer(hit, box2(r.xy, vec2(0.015, 0.05)), metal);
    vec3 pillar = p;
    pillar.z = mod(p.z, 2.0) - 1.0;
    hit = nearer(hit, box(pillar, vec3(0.07, railHeight, 0.05)), metal);

    // Five cars, and again after 44 units.
    float z = mod(p.z + 5.5 * iTime, 44.0) - 22.0;
    float car = mod(z, 1.7) - 0.85;
    if (abs(z) < 4.25) {
        vec3 body = vec3(q.x, q.y - 0.21, car);
        hit = nearer(hit, roundBox(body, vec3(0.13, 0.16, 0.8), 0.06), train);
    } else {
        float ahead = max(abs(z) - 4.25, 0.02);
        hit.distance = min(hit.distance, max(ahead, away));
    }
    return hit;
}

// The city's distance field. The step never leaves a block further than its edge plus a
// little, so that no house of the next one is missed.
Hit map(vec3 p) {
    Hit hit = Hit(p.y, ground, vec2(0.0));
    vec2 block = floor(p.xz / blockSize);
    vec3 q = p;
    q.xz = mod(p.xz, blockSize) - 0.5 * blockSize;
    hit.block = block;
    hit = nearer(hit, box(q, vec3(1.5, 0.03, 1.5)), roof);
    hit = building(hit, q, block);
    hit = streetLamps(hit, q);
    hit = railway(hit, p);
    float edge = 0.5 * blockSize - max(abs(q.x), abs(q.z));
    hit.distance = min(hit.distance, edge + 0.5);
    return hit;
}

// ---------------------------------------------------------------- rays

Hit march(vec3 eye, vec3 ray, float start, int steps) {
    float t = start;
    Hit hit = Hit(farPlane, -1, vec2(0.0));
    for (int i = 0; i < steps; i++) {
        Hit here = map(eye + t * ray);
        if (here.distance < 0.0006 * t + 0.0005) {
            return Hit(t, here.kind, here.block);
        }
        t += here.distance * 0.92;
        if (t > farPlane || (ray.y > 0.0 && eye.y + t * ray.y > 11.0)) break;
    }
    return hit;
}

vec3 normalAt(vec3 p, float t) {
    vec2 e = vec2(0.0005 + 0.0008 * t, 0.0);
    float here = map(p).distance;
    return normalize(vec3(
        map(p + e.xyy).distance - here,
        map(p + e.yxy).distance - here,
        map(p + e.yyx).distance - here) + 1e-7);
}

// How much of the sky a place sees, by a few steps along its normal.
float openness(vec3 p, vec3 n) {
    float sum = 0.0;
    float weight = 1.0;
    for (int i = 1; i <= 4; i++) {
        float step = 0.11 * float(i);
        sum += weight * max(step - map(p + step * n).distance, 0.0);
        weight *= 0.6;
    }
    return clamp(1.0 - 1.6 * sum, 0.0, 1.0);
}

float moonShadow(vec3 p) {
    float t = 0.06;
    float light = 1.0;
    for (int i = 0; i < 22; i++) {
        float near = map(p + t * moonDirection).distance;
        light = min(light, 9.0 * near / t);
        t += clamp(near, 0.05, 0.9);
        if (light < 0.01 || p.y + t * moonDirection.y > 9.0) break;
    }
    return clamp(light, 0.0, 1.0);
}

// ---------------------------------------------------------------- sky

vec3 stars(vec3 ray) {
    vec2 p = ray.xz / (0.25 + abs(ray.y)) * 42.0;
    vec2 cell = floor(p);
    vec2 place = hash22(cell) - 0.5;
    float away = length(p - cell - 0.5 - 0.6 * place);
    float bright = pow(hash2(cell + 3.1), 14.0);
    float twinkle = 0.7 + 0.3 * sin(3.0 * iTime + 40.0 * hash2(cell));
    return vec3(0.8, 0.9, 1.0) * bright * twinkle * smoothstep(0.16, 0.0, away);
}

vec3 sky(vec3 ray) {
    float up = max(ray.y, 0.0);
    vec3 color = mix(vec3(0.150, 0.085, 0.105), vec3(0.012, 0.020, 0.052), smoothstep(0.0, 0.5, up));
    color += sodium * 0.13 * exp(-9.0 * up);
    float clouds = layers(ray.xz / (0.12 + up) * 0.8 + 0.02 * iTime);
    float veil = smoothstep(0.42, 0.85, clouds) * smoothstep(0.0, 0.2, up);
    float facing = max(dot(ray, moonDirection), 0.0);
    color += stars(ray) * (1.0 - veil) * smoothstep(0.02, 0.2, up);
    vec3 disc = vec3(0.95, 0.95, 0.88) * smoothstep(0.9990, 0.9993, facing);
    disc *= 0.75 + 0.25 * noise(60.0 * ray.xy);
    color += disc * (1.0 - 0.7 * veil);
    color += moonLight * (0.7 * pow(facing, 60.0) + 0.35 * pow(facing, 6.0) * veil);
    return color + veil * vec3(0.035, 0.030, 0.040);
}

// ---------------------------------------------------------------- surfaces

// Windows on a wall: rows and columns of panes, each lit or dark for a while.
vec3 windows(vec2 p, vec2 block, float seed, float t, out float pane) {
    vec2 grid = p * vec2(6.5, 5.0);
    vec2 cell = floor(grid);
    vec2 inside = grid - cell - 0.5;
    float sharp = 0.02 + 0.02 * t;
    pane = smoothstep(sharp, -sharp, box2(inside, vec2(0.30, 0.33)));
    float chance = hash3(vec3(cell, seed + 17.0 * hash2(block)));
    float clock = floor(0.05 * iTime + 20.0 * chance);
    float lit = step(0.72, fract(chance * 5.7 + 0.37 * hash1(clock)));
    vec3 warm = mix(vec3(1.00, 0.62, 0.28), vec3(0.62, 0.82, 1.00), step(0.86, chance));
    float blind = 0.55 + 0.45 * smoothstep(-0.3, 0.3, inside.y + 0.5 * chance - 0.2);
    // Far away, panes are finer than pixels: show what they come to together.
    float far = smoothstep(14.0, 40.0, t);
    pane = mix(pane, 0.4, far);
    lit = mix(lit, 0.3, 0.6 * far);
    return warm * lit * blind * (0.35 + 0.9 * fract(chance * 31.0));
}

Surface facadeSurface(vec3 p, vec3 n, vec2 block, float t, bool isGlass) {
    Surface s;
    float chance = hash2(block + 1.7);
    vec3 stone = mix(vec3(0.20, 0.18, 0.17), vec3(0.34, 0.25, 0.20), chance);
    if (abs(n.y) > 0.7) return Surface(0.6 * stone, vec3(0.0), 0.0, 1.0);
    vec2 local = mod(p.xz, blockSize) - 0.5 * blockSize;
    float around = isGlass ? atan(local.y, local.x) * 1.1 : abs(n.x) > abs(n.z) ? p.z : p.x;
    float side = isGlass ? 2.0 : sign(n.x + n.z) + 3.0 * step(abs(n.z), abs(n.x));
    float pane;
    vec3 light = windows(vec2(around, p.y), block, side, t, pane);
    // The ground floor is all shop windows.
    float shop = step(p.y, 0.28) * step(0.06, p.y);
    vec3 sign3 = 0.5 + 0.5 * cos(6.28 * (hash2(block + floor(around * 1.6)) + vec3(0.0, 0.33, 0.67)));
    light = mix(light, 1.3 * sign3 * step(0.4, hash2(block + floor(around * 1.6) + 9.0)), shop);
    s.albedo = mix(stone, vec3(0.03, 0.04, 0.05), pane);
    s.glow = light * max(pane, 0.8 * shop) * 1.25;
    s.mirror = isGlass ? 0.25 + 0.35 * pane : 0.22 * pane;
    s.rough = 0.0;
    return s;
}

Surface roadSurface(vec3 p, float t) {
    Surface s;
    vec2 q = mod(p.xz + 0.5 * blockSize, blockSize) - 0.5 * blockSize;
    float grain = layers(9.0 * p.xz);
    s.albedo = vec3(0.045, 0.045, 0.05) * (0.7 + 0.6 * grain);
    // A broken line in the middle of each street, none on the crossings.
    float crossing = step(0.55, abs(q.x)) + step(0.55, abs(q.y));
    float dashX = step(0.5, fract(p.z * 1.5)) * smoothstep(0.03, 0.015, abs(q.x));
    float dashZ = step(0.5, fract(p.x * 1.5)) * smoothstep(0.03, 0.015, abs(q.y));
    s.albedo += 0.30 * max(dashX * step(0.55, abs(q.y)), dashZ * step(0.55, abs(q.x)));
    // Zebra stripes where people cross.
    float band = step(abs(abs(q.y) - 0.66), 0.08) * step(abs(q.x), 0.45);
    s.albedo += 0.25 * band * step(0.5, fract(q.x * 7.0)) * min(crossing, 1.0);
    // Rain stands in the hollows.
    float puddle = smoothstep(0.42, 0.62, layers(1.3 * p.xz + 4.0));
    s.mirror = mix(0.10, 0.85, puddle);
    s.rough = mix(0.05, 0.004, puddle);
    s.glow = vec3(0.0);
    return s;
}

// Head lamps and tail lamps of cars in two lanes, as light on the road and above it.
vec3 traffic(vec2 across, float along, float seed) {
    vec3 sum = vec3(0.0);
    for (int lane = 0; lane < 2; lane++) {
        float side = lane == 0 ? -1.0 : 1.0;
        float pace = 0.9 + 0.5 * hash1(seed + float(lane));
        float z = along + side * pace * iTime + 11.0 * hash1(seed * 3.1 + side);
        float index = floor(z / 2.6);
        float place = z - 2.6 * (index + 0.5) + 0.9 * (hash1(index + seed) - 0.5);
        if (hash1(index * 1.7 + seed) < 0.35) continue;
        vec2 off = vec2(across.x - 0.24 * side, across.y - 0.06);
        float lamps = 0.0006 / (dot(off, off) * 0.6 + pow(place, 2.0) * 0.5 + 0.0009);
        float beam = exp(-14.0 * off.x * off.x) * exp(-3.0 * abs(place - 0.4 * side)) * 0.25;
        vec3 light = lane == 0 ? vec3(1.0, 0.16, 0.08) : vec3(1.0, 0.92, 0.75);
        sum += light * (lamps + beam);
    }
    return sum;
}

vec3 trafficAt(vec3 p) {
    vec2 q = mod(p.xz + 0.5 * blockSize, blockSize) - 0.5 * blockSize;
    vec2 street = floor(p.xz / blockSize + 0.5);
    vec3 sum = vec3(0.0);
    if (abs(q.x) < 0.5) sum += traffic(vec2(q.x, p.y), p.z, street.x);
    if (abs(q.y) < 0.5) sum += traffic(vec2(q.y, p.y), p.x, street.y + 31.0);
    return sum;
}

// The light of the four lamps of a block, without their shadows.
vec3 lampLight(vec3 p, vec3 n) {
    vec3 q = p;
    q.xz = mod(p.xz, blockSize) - 0.5 * blockSize;
    q.z = abs(abs(q.z) - 1.0);
    q.x = abs(q.x) - 1.5;
    vec3 to = vec3(0.2, 0.66, 0.0) - q;
    float away = dot(to, to);
    float facing = 0.35 + 0.65 * max(0.0, n.y);
    return sodium * 0.16 * facing / (0.08 + away * (1.0 + away));
}

Surface surfaceAt(Hit hit, vec3 p, vec3 n) {
    if (hit.kind == ground) return roadSurface(p, hit.distance);
    if (hit.kind == facade) return facadeSurface(p, n, hit.block, hit.distance, false);
    if (hit.kind == glass) return facadeSurface(p, n, hit.block, hit.distance, true);
    if (hit.kind == lamp) return Surface(vec3(0.0), 4.0 * sodium, 0.0, 1.0);
    if (hit.kind == roof) return Surface(vec3(0.10, 0.10, 0.105), vec3(0.0), 0.06, 0.1);
    if (hit.kind == train) {
        float row = step(abs(p.y - railHeight - 0.27), 0.055);
        float pane = row * step(0.25, fract(4.0 * (p.z + 5.5 * iTime)));
        return Surface(vec3(0.30, 0.32, 0.34), vec3(1.0, 0.85, 0.6) * 1.4 * pane, 0.15, 0.02);
    }
    return Surface(vec3(0.06, 0.065, 0.07), vec3(0.0), 0.12, 0.05);
}

// Light from moon, sky and lamps on a surface, and the light that it makes itself.
vec3 shade(Hit hit, Surface s, vec3 p, vec3 n, bool isSharp) {
    float open = isSharp ? openness(p, n) : 0.7;
    float moon = max(dot(n, moonDirection), 0.0);
    if (isSharp && moon > 0.0) moon *= moonShadow(p + 0.01 * n);
    vec3 light = moonLight * 2.2 * moon;
    light += vec3(0.055, 0.060, 0.085) * open * (0.6 + 0.4 * n.y);
    light += lampLight(p, n) * (0.4 + 0.6 * open);
    vec3 color = s.albedo * light + s.glow;
    if (hit.kind == ground) color += trafficAt(p) * (0.25 + s.albedo * 4.0);
    return color;
}

vec3 haze(vec3 color, vec3 ray, float t, float height) {
    float thick = 1.0 - exp(-0.00085 * t * t - 0.012 * t);
    vec3 air = mix(sky(normalize(vec3(ray.x, 0.03, ray.z))), sodium * 0.12, exp(-0.6 * height) * 0.5);
    return mix(color, air, thick);
}

vec3 mirrored(vec3 p, vec3 ray, vec3 n, Surface s) {
    vec3 bent = reflect(ray, n);
    bent += s.rough * (hash3(p * 91.0) - 0.5);
    bent = normalize(vec3(bent.x, max(bent.y, 0.01), bent.z));
    Hit hit = march(p + 0.02 * n, bent, 0.03, mirrorSteps);
    if (hit.kind < 0) return sky(bent);
    vec3 q = p + hit.distance * bent;
    vec3 m = normalAt(q, hit.distance);
    return haze(shade(hit, surfaceAt(hit, q, m), q, m, false), bent, hit.distance, q.y);
}

// ---------------------------------------------------------------- picture

void camera(vec2 p, out vec3 eye, out vec3 ray) {
    float time = 0.5 * iTime;
    eye = vec3(0.22 * sin(0.21 * time) - 0.48, 1.95 + 0.7 * sin(0.17 * time + 1.0), -1.4 * time);
    vec3 ahead = vec3(0.10 + 0.22 * sin(0.31 * time), -0.16 - 0.08 * sin(0.17 * time), -1.0);
    if (iMouse.z > 0.0) ahead.xy += 1.6 * (iMouse.xy / iResolution.xy - 0.5);
    vec3 w = normalize(ahead);
    vec3 u = normalize(cross(w, vec3(0.04 * sin(0.4 * time), 1.0, 0.0)));
    ray = normalize(p.x * u + p.y * cross(u, w) + 1.25 * w);
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 p = (2.0 * pixel - iResolution.xy) / iResolution.y;
    vec3 eye;
    vec3 ray;
    camera(p, eye, ray);

    Hit hit = march(eye, ray, 0.05, marchSteps);
    vec3 sum;
    if (hit.kind < 0) {
        sum = sky(ray);
    } else {
        vec3 q = eye + hit.distance * ray;
        vec3 n = normalAt(q, hit.distance);
        Surface s = surfaceAt(hit, q, n);
        sum = shade(hit, s, q, n, true);
        float grazing = pow(1.0 - max(dot(n, -ray), 0.0), 4.0);
        float mirror = s.mirror * mix(0.25, 1.0, grazing);
        if (mirror > 0.03) sum += mirror * mirrored(q, ray, n, s);
        sum = haze(sum, ray, hit.distance, q.y);
    }

    // A film's curve: shadows a little blue, lights a little warm, grain over all.
    sum *= 1.9 - 0.35 * dot(p, p);
    sum = (sum * (2.51 * sum + 0.03)) / (sum * (2.43 * sum + 0.59) + 0.14);
    sum = pow(clamp(sum, 0.0, 1.0), vec3(0.47, 0.455, 0.44));
    sum += 0.02 * (hash3(vec3(pixel, mod(float(iFrame), 97.0))) - 0.5);
    color = vec4(sum, 1.0);
}
