// Motes on the currents of a strange attractor (Thomas's: each coordinate chases the sine of the
// next). They keep their places in a buffer from frame to frame, also while you type here.
// This stage moves them, before each picture; drift.vert reads the same buffer.
// @groups 96 1 1

layout(local_size_x = 128) in;

struct Mote {
    vec4 place;     // in w: how fast it is
    vec4 before;    // where it was in the last frame
};

layout(std430, binding = 0) buffer Motes {
    Mote motes[12288];
};

const float drag = 0.19;    // near 0.33 all come to rest, near 0 they wander without end
const float speed = 1.5;

float hash(uint n) {
    n = (n ^ 61u) ^ (n >> 16);
    n *= 9u;
    n = (n ^ (n >> 4)) * 668265261u;
    return float((n ^ (n >> 15)) & 0xffffu) / 65535.0;
}

vec3 current(vec3 p) {
    return sin(p.yzx) - drag * p;
}

void main() {
    uint id = gl_GlobalInvocationID.x;
    Mote m = motes[id];

    // All zeros: never set. And a few at a time begin anew, so that the cloud never thins out.
    uint turn = uint(iFrame) / 8u;
    if (m.place == vec4(0.0) || (id + 97u * turn) % 1999u == 0u) {
        uint seed = 3u * id + 7919u * turn;
        m.place.xyz = 6.0 * (vec3(hash(seed), hash(seed + 1u), hash(seed + 2u)) - 0.5);
    }

    // A step halfway first, then the whole one with what flows there.
    m.before = m.place;
    float dt = speed * clamp(iTimeDelta, 0.004, 0.033);
    vec3 half_ = m.place.xyz + 0.5 * dt * current(m.place.xyz);
    vec3 flow = current(half_);
    m.place = vec4(m.place.xyz + dt * flow, length(flow));
    motes[id] = m;
}
