// The geometry stage: takes one point in and gives triangles out; here a bird of paper with two
// wings, a neck and a tail. Each side of the paper gets its own slope, so that folds are sharp.

layout(points) in;
layout(triangle_strip, max_vertices = 24) out;

in vec3 middle[];
in vec3 ahead[];
in float flap[];
flat in int index[];

out vec3 place;
out vec3 slope;
out float sheet;        // -1 is the sky; otherwise which paper it is, 0 to 1

void corner(vec3 p, vec3 n, float kind) {
    place = p;
    slope = n;
    sheet = kind;
    gl_Position = iProjection * iView * vec4(p, 1.0);
    EmitVertex();
}

void side(vec3 a, vec3 b, vec3 c, float kind) {
    vec3 n = normalize(cross(b - a, c - a));
    corner(a, n, kind);
    corner(b, n, kind);
    corner(c, n, kind);
    EndPrimitive();
}

// Behind all: a triangle over the whole picture that knows which way each pixel looks.
void sky() {
    for (int i = 0; i < 3; i++) {
        vec2 p = vec2((i << 1) & 2, i & 2) * 2.0 - 1.0;
        vec4 far = inverse(iProjection) * vec4(p, 0.0, 1.0);
        place = transpose(mat3(iView)) * (far.xyz / far.w);
        slope = vec3(0.0);
        sheet = -1.0;
        gl_Position = vec4(p, 0.99999, 1.0);
        EmitVertex();
    }
    EndPrimitive();
}

void main() {
    if (index[0] == 0) {
        sky();
        return;
    }
    float kind = fract(float(index[0]) * 0.618034);
    vec3 m = middle[0];
    vec3 f = ahead[0];
    vec3 r = normalize(cross(f, vec3(0.0, 1.0, 0.0)));
    vec3 u = cross(r, f);

    float size = 0.44 + 0.16 * kind;
    vec3 nose = m + size * (0.85 * f + 0.16 * u);
    vec3 beak = m + size * (1.12 * f + 0.02 * u);
    vec3 tail = m - size * (0.95 * f - 0.30 * u);
    vec3 keel = m - size * 0.22 * u;
    vec3 back = m + size * 0.10 * u;
    for (float hand = -1.0; hand < 2.0; hand += 2.0) {
        // The wing is folded once: its outer half lags behind the inner one.
        vec3 out_ = hand * r;
        vec3 elbow = m + size * (0.62 * out_ + 0.12 * f + 0.55 * flap[0] * u);
        vec3 tip = elbow + size * (0.62 * out_ - 0.42 * f + 0.45 * (1.3 * flap[0] - 0.35) * u);
        side(m + 0.45 * size * f, elbow, back - 0.40 * size * f, kind);
        side(elbow, tip, back - 0.40 * size * f, kind);
        side(nose, keel, back, kind);
    }
    side(nose, beak, keel, kind);
    side(back, tail, keel, kind);
}
