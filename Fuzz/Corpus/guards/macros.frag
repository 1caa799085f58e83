#define FOR(i, n) for (int i = 0; i < n; i++)
#define LOOP for (;;) {
#define END }
void mainImage(out vec4 c, in vec2 p) { float a = 0.; FOR(i, 4) a += .1; LOOP a += 1.; END c = vec4(a); }
