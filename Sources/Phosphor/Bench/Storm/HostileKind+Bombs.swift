extension HostileKind {
    /// Small texts that grow in the compiler.
    static let bombs: [HostileKind] = [
        picture("exponential macros") { random in
            let depth = 10 + random.below(20)
            let lines = (1...depth).map { "#define M\($0) M\($0 - 1) + M\($0 - 1)" }
            return (
                "#define M0 sin(v)\n" + lines.joined(separator: "\n"), "v = M\(depth);"
            )
        },
        picture("macro bomb over continued lines") { random in
            let depth = 6 + random.below(8)
            let lines = (1...depth).map {
                "#define A\($0) A\($0 - 1) \\\n  A\($0 - 1) \\\n  A\($0 - 1)"
            }
            return ("#define A0 v += 1.0;\n" + lines.joined(separator: "\n"), "A\(depth)")
        },
        picture("macro with arguments that doubles") { random in
            let depth = 10 + random.below(15)
            return (
                "#define D(x) ((x) + (x))",
                "v = " + "D(" * depth + "iTime" + ")" * depth + ";"
            )
        },
        picture("macro that names itself") { _ in
            ("#define A B\n#define B A\n#define C(x) C(C(x))", "v = A + B; C(C(C(v)));")
        },
        picture("call tree to be inlined") { random in
            let depth = 8 + random.below(14)
            let functions = (1...depth).map {
                "float f\($0)(float x) { return f\($0 - 1)(x) * f\($0 - 1)(x + 1.0) + f\($0 - 1)(x * 2.0); }"
            }
            return (
                "float f0(float x) { return sin(x + iTime); }\n"
                    + functions.joined(separator: "\n"),
                "v = f\(depth)(pixel.x);"
            )
        },
        picture("structure bomb") { random in
            let depth = 4 + random.below(8)
            let lines = (1...depth).map { "struct S\($0) { S\($0 - 1) a[8]; S\($0 - 1) b; };" }
            return (
                "struct S0 { mat4 m; };\n" + lines.joined(separator: "\n"),
                "S\(depth) s; v = s" + (".a[int(iTime) & 7]" * depth) + ".m[0][0];"
            )
        },
        picture("arrays of arrays") { random in
            ("", "float a" + "[9]" * (2 + random.below(8)) + "; v = float(a.length());")
        },
        picture("unrolled constant loops") { _ in
            (
                "",
                "for (int i = 0; i < 32; i++) for (int j = 0; j < 32; j++) for (int k = 0; k < 32; k++) v += float(i * j * k);"
            )
        },
        picture("constant folding") { random in
            let count = 1000 + random.below(20_000)
            return ("const float k = " + "sin(0.1) + " * count + "0.0;", "v = k;")
        },
        picture("many overloads") { random in
            let types = ["float", "vec2", "vec3", "vec4", "int", "ivec2", "uint", "mat2", "mat4"]
            let lines = types.flatMap { a in
                types.flatMap { b in types.map { "void f(\(a) x, \(b) y, \($0) z) {}" } }
            }
            return (lines.joined(separator: "\n"), "f(v, v, \(random.below(2) == 0 ? "v" : "1"));")
        },
        body("inverse of inverse") { random in
            "mat4 m = mat4(iTime + 1.0); v = "
                + "inverse(transpose(" * (20 + random.below(300)) + "m"
                + "))" * (20 + random.below(300)) + "[0][0];"
        },
    ]

    /// Large or deep texts.
    static let sizes: [HostileKind] = [
        body("100,000 terms") { _ in "v = " + "v * 0.5 + " * 100_000 + "1.0;" },
        body("deep parentheses") { random in
            let depth = 500 << random.below(8)
            return "v = " + "(" * depth + "v" + ")" * depth + ";"
        },
        body("deep blocks") { random in
            let depth = 500 << random.below(8)
            return "{" * depth + "v = 1.0;" + "}" * depth
        },
        body("deep ifs") { random in
            let depth = 200 << random.below(6)
            return "if (v < iTime) " * depth + "v = 1.0;"
        },
        body("deep else ifs") { random in
            "if (v > 1.0) v = 0.0;\n" + "else if (v < iTime) v += 1.0;\n"
                * (1000 << random.below(4))
        },
        body("deep questions") { random in
            let depth = 500 << random.below(6)
            return "v = " + "v > 1.0 ? 2.0 : " * depth + "0.0;"
        },
        body("deep unary") { random in "v = " + "- " * (1000 << random.below(7)) + "v;" },
        body("deep indices") { random in
            let depth = 200 << random.below(6)
            return "int a[4]; v = float(" + "a[" * depth + "0" + "]" * depth + ");"
        },
        body("commas") { random in "v = (" + "v += 0.1, " * (1000 << random.below(6)) + "v);" },
        body("gigantic switch") { random in
            let count = 1000 << random.below(5)
            return "switch (int(pixel.x)) {"
                + (0..<count).map { "case \($0): v += \($0).0; break;\n" }.joined() + "}"
        },
        picture("huge array") { random in
            (
                "",
                "float a[\(1 << (10 + random.below(18)))]; a[int(pixel.x)] = 1.0; v = a[int(pixel.y) * 7];"
            )
        },
        picture("huge constant array") { random in
            let count = 1000 << random.below(6)
            let values = (0..<count).map { "\($0).5" }.joined(separator: ",")
            return ("const float k[] = float[](\(values));", "v = k[int(pixel.x) % \(count)];")
        },
        picture("thousands of uniforms") { random in
            let count = 500 << random.below(4)
            return (
                (0..<count).map { "uniform vec4 u\($0);" }.joined(separator: "\n"),
                (0..<count).map { "v += u\($0).x;" }.joined(separator: "\n")
            )
        },
        picture("many samplers") { random in
            let count = 8 << random.below(6)
            return (
                (0..<count).map { "uniform sampler2D s\($0);" }.joined(separator: "\n"),
                (0..<count).map { "v += texture(s\($0), pixel).x;" }.joined(separator: "\n")
            )
        },
        picture("thousands of functions") { random in
            let count = 500 << random.below(4)
            return (
                (0..<count).map { "float f\($0)(float x) { return x + \($0).0; }" }
                    .joined(separator: "\n"),
                "v = " + (0..<count).map { "f\($0)(v)" }.joined(separator: " + ") + ";"
            )
        },
        body("thousands of variables") { random in
            (0..<(1000 << random.below(4))).map { "float x\($0) = v + \($0).0; v += x\($0);" }
                .joined(separator: "\n")
        },
        text("a line of a megabyte") { _ in
            "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0" + " + 0.0" * 170_000 + "); }\n"
        },
        text("a name of a megabyte") { _ in
            "float " + "a" * 1_000_000
                + ";\nvoid mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
        },
        text("a comment of a megabyte") { _ in
            "/*" + " words and words\n" * 60_000
                + "*/ void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
        },
        text("20 megabytes") { _ in
            "// twenty megabytes of a comment, a line at a time ----------------\n" * 300_000
                + "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
        },
        text("100,000 empty lines") { _ in
            "\n" * 100_000 + "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0) }\n"
        },
    ]
}
