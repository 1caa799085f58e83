// Lanterns rise over a lake at night, and you stand on a raft among them. All of it is made
// from gl_VertexID: three vertices of a background, then 54 for each lantern and as many for
// its mirror image in the water. The comment says how many vertices there are.
//
// iProjection, iView and iEyePosition are the eye's own: in a headset this runs once an eye.
// @vertices 90723

flat out int kind;      // 0 background, 1 lantern, 2 its mirror image
out vec3 place;         // in the world, in metres; of the background, the way it lies
out vec2 paper;         // around the lantern, and up it from 0 to 1
flat out vec3 tint;

const int count = 840;

float hash(float n) {
    return fract(sin(n * 12.9898) * 43758.5453);
}

// A lantern's profile: narrow at the flame, wide above, closed by a cap.
float radiusAt(float up) {
    return mix(0.62, 1.0, smoothstep(0.0, 0.75, up)) * (1.0 - 0.35 * smoothstep(0.8, 1.0, up));
}

void background() {
    kind = 0;
    vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0;
    vec4 far = inverse(iProjection) * vec4(corner, 0.0, 1.0);
    place = transpose(mat3(iView)) * (far.xyz / far.w);
    paper = vec2(0.0);
    tint = vec3(0.0);
    // As far away as can be, so that everything else is before it.
    gl_Position = vec4(corner, 0.99999, 1.0);
}

void main() {
    if (gl_VertexID < 3) {
        background();
        return;
    }
    int id = gl_VertexID - 3;
    int index = id / 54;
    bool isMirror = index >= count;
    if (isMirror) index -= count;
    float n = float(index);

    // Each one rises from the lake, drifts with the wind, and begins again.
    float life = fract(hash(n + 0.3) + iTime * (0.008 + 0.006 * hash(n + 7.7)));
    float ring = 3.0 + 46.0 * sqrt(hash(n + 1.1));
    float angle = 6.28318 * hash(n + 2.2) + 0.25 * life;
    vec3 middle = vec3(ring * sin(angle), 0.35 + 30.0 * pow(life, 1.35), -ring * cos(angle));
    middle.xz += 0.6 * vec2(sin(0.31 * iTime + n), cos(0.27 * iTime + 1.7 * n)) * smoothstep(0.0, 0.1, life);
    middle.x += 3.0 * life * life;

    // From the foot of the wall to its head, then the cap; a hexagon around.
    int v = id % 54;
    int side = v < 36 ? v / 6 : (v - 36) / 3;
    ivec2 corner;
    if (v < 36) {
        corner = ivec2[6](ivec2(0, 0), ivec2(1, 0), ivec2(1, 1), ivec2(0, 0), ivec2(1, 1), ivec2(0, 1))[v % 6];
    } else {
        corner = ivec2[3](ivec2(0, 1), ivec2(1, 1), ivec2(0, 2))[v % 3];
    }
    float up = corner.y == 0 ? 0.0 : 1.0;
    float turn = (float(side + corner.x) + n) * 1.0471976 + 0.2 * iTime * (hash(n + 4.4) - 0.5);
    // Far ones keep the size of a pixel or two, or they would flicker.
    float away = distance(middle, iEyePosition);
    float size = max(0.20 + 0.12 * hash(n + 5.5), 0.0035 * away);
    float wide = corner.y == 2 ? 0.0 : radiusAt(up);
    vec3 local = vec3(wide * sin(turn), 2.1 * up + (corner.y == 2 ? 0.35 : 0.0), wide * cos(turn));
    local.xz += 0.12 * up * vec2(sin(0.9 * iTime + n), cos(0.8 * iTime + 2.0 * n));
    vec3 p = middle + size * local;

    // Grows out of the water at first, and burns down at last.
    float light = smoothstep(0.0, 0.04, life) * smoothstep(1.0, 0.86, life);
    float heat = hash(n + 6.6);
    tint = light * mix(vec3(1.0, 0.36, 0.10), vec3(1.0, 0.66, 0.27), heat);
    if (heat > 0.93) tint = light * vec3(1.0, 0.28, 0.38);
    tint *= 0.88 + 0.12 * sin(11.0 * iTime + 5.0 * n) * sin(7.3 * iTime + n);
    kind = 1;
    paper = vec2(float(side + corner.x), corner.y == 2 ? 1.15 : up);
    if (isMirror) {
        kind = 2;
        p.y = -p.y;
        // The water draws the image out, and shakes it.
        float shake = 0.005 * distance(p.xz, iEyePosition.xz);
        p.x += shake * sin(3.1 * p.y + 1.9 * iTime + 0.7 * p.z);
        tint *= 0.42;
    }
    place = p;
    gl_Position = iProjection * iView * vec4(p, 1.0);
}
