void mainImage(out vec4 c, in vec2 p) { float a = 0.; for (int i = 0; i < 3; i = i) do { a += .1; if (a > 2.) continue; } while (a < 1.); while (true) a += 1.; c = vec4(a); }
