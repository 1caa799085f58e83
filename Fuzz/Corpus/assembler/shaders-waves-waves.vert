// A sketch can be a folder with one file a stage; this is the vertex stage.
// It makes a triangle over the whole picture out of gl_VertexID, with no buffers.

out vec2 place;
out vec3 ray;

void main() {
    vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);

    // What the fragment stage gets is blended between the corners: where it is, and
    // which way it looks from a boat that rolls a little.
    place = corner;
    vec2 p = (corner - 0.5) * vec2(iResolution.x / iResolution.y, 1.0);
    float roll = 0.03 * sin(0.5 * iTime);
    p = mat2(cos(roll), sin(roll), -sin(roll), cos(roll)) * p;
    ray = vec3(p.x, p.y - 0.06, -0.9);
}
