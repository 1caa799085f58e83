extension HostileKind {
    /// Loops that do not end, or hardly.
    static let loops: [HostileKind] = [
        body("endless while") { _ in
            "while (true) for (int j = 0; j >= 0;) for (;;) v += sin(v + pixel.x);"
        },
        body("endless for, thrice") { _ in
            """
            for (int i = 0; i < 10; i = i)
                for (int j = 0; j < 10; j = j)
                    for (int k = 0; k < 10; k = k) v += sin(v + pixel.x + iTime);
            """
        },
        // A compiler may drop what an endless loop computes where it sees that it is one; here it cannot.
        body("endless by the clock") { _ in
            """
            while (iTime > -1.0)
                for (int j = 0; iTime > -2.0 - v * v; j++)
                    for (; pixel.x > -3.0;) v += sin(v + float(j));
            """
        },
        body("endless in some pixels") { random in
            """
            while (mod(pixel.x + floor(iTime), \(2 + random.below(90)).0) < 1.0 && v > -1e30)
                for (int j = 0; j < 50000; j++) v += abs(sin(v + float(j)));
            """
        },
        body("do while") { random in
            "int n = 0; do { do { v += abs(cos(v)); } while (v < 2e9); n++; } while (n > -\(random.below(9)));"
        },
        body("nested long loops") { random in
            let count = 20_000 + random.below(50_000)
            return """
                for (int i = 0; i < \(count); i++)
                    for (int j = 0; j < \(count); j++) v += sin(v + float(i ^ j) + iTime);
                """
        },
        body("deeply nested loops") { random in
            let depth = 6 + random.below(60)
            return (0..<depth).map { "for (int i\($0) = 0; i\($0) < 40; i\($0)++) " }.joined()
                + "v += 0.001;"
        },
        body("huge loop that ends") { random in
            "for (int i = 0; i < \(1_000 << random.below(8)); i++) v += sin(v + float(i) * 0.1);"
        },
        picture("loop in a macro") { _ in
            (
                "#define FOREVER for (int i = 0; i < 1; i += 0)\n#define OPEN while (1 > 0) {\n#define SHUT }",
                "FOREVER OPEN FOREVER v += sin(v); SHUT"
            )
        },
        picture("half a loop in a macro") { _ in
            (
                "#define HEAD for (int i = 0; i < 5\n#define TAIL ; i -= 1)",
                "HEAD TAIL HEAD TAIL HEAD TAIL v += sin(v + pixel.y);"
            )
        },
        body("continue in a loop") { _ in
            "int i = 0; while (i < 10) { for (int k = 0; k < 7; k--) { v += sin(v); if (v > 3.0) continue; } continue; }"
        },
        body("switch in a loop") { _ in
            """
            int i = 0;
            for (;;) { switch (i) { case 0: i = 1; continue; case 1: i = 0; break; default: break; }
                for (int k = 1; k > 0;) for (int l = 1; l > 0;) v += sin(v); }
            """
        },
        picture("loops in functions called from loops") { _ in
            let functions = (1...8).map {
                "float f\($0)(float x) { for (int i = 0; i < 300; i++) x += f\($0 - 1)(x); return x; }"
            }
            return (
                "float f0(float x) { return sin(x); }\n" + functions.joined(separator: "\n"),
                "v = f8(pixel.x);"
            )
        },
        body("loop by a float that stands still") { _ in
            "for (float f = 16777216.0; f < 16777230.0; f += 1.0) for (int j = 1; j > 0;) for (;;) v += sin(v);"
        },
        body("loop by a not-a-number") { _ in
            "float n = sqrt(-1.0 - iTime); while (!(n > 1.0)) for (int j = 1; j > 0;) for (;;) v += 0.1;"
        },
        body("endless after a moment") { random in
            """
            if (iTime > \(random.below(4)).0)
                for (int i = 0; i < 60000; i++)
                    for (int j = 0; j < 60000; j++) v += sin(v + float(i ^ j) + iTime);
            """
        },
        body("slow") { random in
            "for (int i = 0; i < \(2000 + random.below(20000)); i++) v = fract(sin(v + pixel.x) * 43758.5);"
        },
        text("recursion") { _ in
            "float f(float x) { return x < 0.0 ? x : f(x - 1.0); }\n"
                + "void mainImage(out vec4 c, in vec2 p) { c = vec4(f(p.x)); }\n"
        },
        text("recursion over two") { _ in
            "float g(float x);\nfloat f(float x) { return g(x); }\nfloat g(float x) { return f(x); }\n"
                + "void mainImage(out vec4 c, in vec2 p) { c = vec4(f(p.x)); }\n"
        },
        text("mainImage calls itself") { _ in
            "void mainImage(out vec4 c, in vec2 p) { mainImage(c, p); mainImage(c, p); }\n"
        },
    ]
}
