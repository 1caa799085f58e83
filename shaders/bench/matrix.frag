// Powers and an iterative inverse of a matrix, by loops over its elements.
#define N 4
#define EACH(i) for (int i = 0; i < N; i++)

void multiply(in float a[N * N], in float b[N * N], out float c[N * N]) {
    EACH(i) EACH(j) {
        float s = 0.0;
        EACH(k) s += a[i * N + k] * b[k * N + j];
        c[i * N + j] = s;
    }
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 uv = pixel / iResolution.xy;
    float m[N * N];
    float x[N * N];
    EACH(i) EACH(j) {
        m[i * N + j] = 0.3 * sin(uv.x * float(i + 1) + uv.y * float(j + 1) + iTime);
        x[i * N + j] = i == j ? 1.0 : 0.0;
    }
    float y[N * N];
    for (int step = 0; step < 4; step++) {
        multiply(m, x, y);
        EACH(i) EACH(j) x[i * N + j] = (i == j ? 1.0 : 0.0) + y[i * N + j];
    }
    float trace = 0.0;
    EACH(i) trace += x[i * N + i];
    color = vec4(0.5 + 0.5 * cos(trace + vec3(0.0, 2.0, 4.0)), 1.0);
}
