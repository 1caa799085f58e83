// Each mote is drawn as a streak from where it was to where it is: six vertices, one instance a
// mote. The first instance is no mote but the whole picture, which lets old light fade.
// @vertices 6 triangles 12289

struct Mote {
    vec4 place;
    vec4 before;
};

layout(std430, binding = 0) readonly buffer Motes {
    Mote motes[12288];
};

out vec2 within;        // across the streak and along it, -1 to 1
flat out vec3 light;    // black for the whole picture

// From the attractor's space to the picture's: the camera goes around slowly.
vec3 seen(vec3 p) {
    float a = 0.11 * iTime;
    float b = 0.62 + 0.12 * sin(0.17 * iTime);
    p.xy = mat2(cos(a), sin(a), -sin(a), cos(a)) * p.xy;
    p.yz = mat2(cos(b), sin(b), -sin(b), cos(b)) * p.yz;
    return vec3(p.xy * 1.75 / (11.0 - p.z), p.z);
}

void main() {
    vec2 corner = vec2[6](vec2(-1, -1), vec2(1, -1), vec2(1, 1), vec2(-1, -1), vec2(1, 1), vec2(-1, 1))[gl_VertexID];
    within = corner;
    if (gl_InstanceID == 0) {
        light = vec3(0.0);
        gl_Position = vec4(corner, 0.9999, 1.0);
        return;
    }
    Mote m = motes[gl_InstanceID - 1];
    vec3 here = seen(m.place.xyz);
    vec3 there = distance(m.place.xyz, m.before.xyz) > 0.5 ? here : seen(m.before.xyz);

    float width = 1.3 / iResolution.y + 0.0022 * smoothstep(-4.0, 5.0, here.z);
    vec2 way = here.xy - there.xy;
    vec2 along = dot(way, way) > 1e-12 ? normalize(way) : vec2(1.0, 0.0);
    vec2 p = corner.y < 0.0 ? there.xy - width * along : here.xy + width * along;
    p += corner.x * width * vec2(-along.y, along.x);

    // Slow ones are blue, fast ones gold; far ones dimmer.
    float quick = smoothstep(0.15, 1.55, m.place.w);
    vec3 tone = mix(vec3(0.08, 0.22, 1.00), vec3(0.85, 0.14, 0.55), smoothstep(0.0, 0.55, quick));
    tone = mix(tone, vec3(1.00, 0.72, 0.30), smoothstep(0.5, 1.0, quick));
    light = tone * mix(0.10, 0.60, smoothstep(-5.0, 5.0, here.z));
    float aspect = iResolution.x / iResolution.y;
    gl_Position = vec4(2.0 * p / vec2(aspect, 1.0) * min(1.0, aspect), -0.08 * here.z, 1.0);
}
