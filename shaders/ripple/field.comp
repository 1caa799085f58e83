// Looks at each bar of the field: those that a wave lifts are listed, and counted as instances.
layout(local_size_x = 8, local_size_y = 8) in;

layout(std430) buffer arguments {
    uint count;         // vertices of a bar
    uint instances;     // bars that are drawn
    uint first;
    uint base;
};

layout(std430) writeonly buffer lifted {
    vec4 bars[81920];   // place on the water, height, steepness
};

uniform float calm = 0.12;

float hash(float n) { return fract(sin(n * 91.3458) * 47453.5453); }

// A drop falls every so often; its rings run outwards and die away.
float ring(vec2 p, float n) {
    float every = 7.0, time = iTime + 40.0 + every * hash(n);
    float turn = floor(time / every), age = time - turn * every;
    vec2 from = vec2(hash(turn * 7.1 + n * 3.3), hash(turn * 5.7 + n * 1.9)) - 0.5;
    float d = distance(p, from * vec2(19.0, 15.0) + vec2(0.0, 1.0)) - 2.1 * age;
    float fade = smoothstep(0.0, 0.5, age) * smoothstep(7.0, 4.0, age) * exp(-0.30 * age);
    return fade * exp(-0.34 * d * d) * cos(2.4 * d);
}

float height(vec2 p) {
    float h = 0.0;
    for (int n = 0; n < 6; n++) h += ring(p, float(n) + 1.0);
    // A long swell beneath it all.
    h += 0.10 * sin(0.55 * p.x + 0.7 * iTime) * sin(0.47 * p.y - 0.5 * iTime + 0.2 * p.x);
    return 1.5 * h;
}

void main() {
    if (gl_GlobalInvocationID.xy == uvec2(0)) count = 54u;
    ivec2 cell = ivec2(gl_GlobalInvocationID.xy) - ivec2(160, 110);
    vec2 p = 0.096 * vec2(float(cell.x) + 0.5 * float(cell.y & 1), 0.866 * float(cell.y));
    float h = height(p);
    if (h < calm) return;
    vec2 slope = vec2(height(p + vec2(0.1, 0.0)), height(p + vec2(0.0, 0.1))) - h;
    bars[atomicAdd(instances, 1u)] = vec4(p, h - calm, dot(slope, vec2(0.8, -0.6)) / 0.1);
}
