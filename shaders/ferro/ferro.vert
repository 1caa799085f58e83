// A drop of ferrofluid that hums under a magnet: tessellation makes it out of one square.
// This stage: the four corners of the square, which the next ones divide.

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
}
