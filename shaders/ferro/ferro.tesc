// Tessellation control: into how many parts the patch is cut, by how large it is in pixels.
// It runs once a vertex of the patch (layout vertices = 4); one of them says the levels for all.

layout(vertices = 4) out;

void main() {
    gl_out[gl_InvocationID].gl_Position = gl_in[gl_InvocationID].gl_Position;
    if (gl_InvocationID == 0) {
        float level = clamp(iResolution.y / 7.0, 16.0, 64.0);
        for (int i = 0; i < 4; i++) gl_TessLevelOuter[i] = level;
        for (int i = 0; i < 2; i++) gl_TessLevelInner[i] = level;
    }
}
