// A bar with six sides: 36 vertices around it and 18 on top. gl_InstanceID is its place in the list.
layout(std430) readonly buffer lifted {
    vec4 bars[81920];
};

out vec3 place;
out vec3 normal;
flat out vec3 bar;      // height, steepness, a number of its own

vec2 corner(int n) { return 0.050 * vec2(cos(1.0472 * float(n) + 0.5236), sin(1.0472 * float(n) + 0.5236)); }

void main() {
    vec4 b = bars[gl_InstanceID];
    vec3 p;
    if (gl_VertexID < 36) {
        int side = gl_VertexID / 6, v = gl_VertexID % 6;
        p = vec3(corner(side + int(v == 1 || v == 2 || v == 4)), v == 2 || v == 4 || v == 5 ? b.z : 0.0);
        normal = vec3(normalize(corner(side) + corner(side + 1)), 0.0);
    } else {
        int v = gl_VertexID - 36;
        p = vec3(v % 3 == 0 ? vec2(0.0) : corner(v / 3 + v % 3 - 1), b.z);
        normal = vec3(0.0, 0.0, 1.0);
    }
    place = vec3(b.xy, 0.0) + p;
    bar = vec3(b.z, b.w, fract(sin(dot(b.xy, vec2(12.9898, 78.233))) * 43758.5453));

    // The camera drifts along the shore and looks down at it.
    float a = 0.30 * sin(0.07 * iTime);
    vec3 eye = vec3(9.5 * sin(a), -9.5 * cos(a), 3.9 + 0.4 * sin(0.11 * iTime));
    vec3 look = normalize(vec3(0.0, -0.6, 0.3) - eye);
    vec3 right = normalize(cross(look, vec3(0.0, 0.0, 1.0)));
    vec3 up = cross(right, look);
    vec3 q = place - eye;
    float depth = dot(q, look);
    float aspect = iResolution.x / iResolution.y;
    // Near 0.5, far 40: what lies between them gets -1 to 1.
    gl_Position = vec4(
        1.9 * dot(q, right) / aspect, 1.9 * dot(q, up), (40.5 * depth - 40.0) / 39.5, depth);
}
