// Particles: a compute stage moves them before each picture, sparks.frag shows them.
// What stands in a buffer stays there from frame to frame, also while you type.
// The comment below says how many groups run; without it they cover the picture.
// @groups 32 1 1

#define COUNT 2048
#define GRID ivec2(320, 180)

layout(local_size_x = 64) in;

struct Spark {
    vec2 place;     // -1.78 to 1.78, -1 to 1
    vec2 speed;
};

layout(std430, binding = 0) buffer Sparks {
    Spark sparks[COUNT];
};

// How much light lies on each cell of the picture, in thousandths: three times, for
// the frame before, this one, and the next. So no one reads what another changes.
layout(std430, binding = 1) buffer Light {
    uint turn;      // which of the three is this frame's; sparks.frag counts it up
    uint shown;     // which of them sparks.frag shows
    uint light[3][320 * 180];
};

float hash(float n) {
    return fract(sin(n) * 43758.5453);
}

// A field of wind without sources: what flows in flows out.
vec2 wind(vec2 p, float t) {
    vec2 w = vec2(sin(2.1 * p.y + 0.5 * t) + 0.6 * sin(4.3 * p.y - 1.7 * p.x + 0.8 * t),
        sin(1.9 * p.x - 0.4 * t) + 0.6 * cos(3.7 * p.x + 2.3 * p.y - 0.6 * t));
    return 0.42 * w;
}

void main() {
    uint id = gl_GlobalInvocationID.x;
    uint now = turn % 3u;
    if (id == 0u) shown = turn;

    // What is left of the light before; and the next frame's sheet is wiped.
    for (uint i = id; i < uint(GRID.x * GRID.y); i += uint(COUNT)) {
        atomicAdd(light[now][i], light[(now + 2u) % 3u][i] * 9u / 10u);
        light[(now + 1u) % 3u][i] = 0u;
    }
    Spark s = sparks[id];

    // All zeros: never set. Each begins on a ring around the middle.
    float n = float(id);
    if (s.place == vec2(0.0) && s.speed == vec2(0.0)) {
        float a = 6.2832 * hash(n + 0.5);
        s.place = (0.25 + 0.75 * sqrt(hash(n + 17.3))) * vec2(1.5 * cos(a), 0.9 * sin(a));
    }

    // The wind takes it along, and three slow wells bend its way.
    float dt = clamp(iTimeDelta, 0.004, 0.033);
    vec2 pull = wind(s.place, iTime) - 0.9 * s.speed;
    for (int i = 0; i < 3; i++) {
        float b = 2.0944 * float(i) + 0.23 * iTime;
        vec2 to = vec2(0.95 * cos(b), 0.5 * sin(1.3 * b)) - s.place;
        float d = dot(to, to) + 0.04;
        pull += 0.22 * to / d + 0.16 * vec2(-to.y, to.x) / d;
    }
    s.speed += dt * pull;
    s.place += dt * s.speed;
    // Who leaves comes back on the other side.
    s.place -= vec2(3.8, 2.2) * floor((s.place + vec2(1.9, 1.1)) / vec2(3.8, 2.2));
    sparks[id] = s;

    // Its light falls on the cell where it is.
    ivec2 cell = ivec2((s.place / vec2(1.7778, 1.0) * 0.5 + 0.5) * vec2(GRID));
    if (all(greaterThanEqual(cell, ivec2(0))) && all(lessThan(cell, GRID))) {
        atomicAdd(light[now][cell.y * GRID.x + cell.x], 220u + uint(160.0 * length(s.speed)));
    }
}
