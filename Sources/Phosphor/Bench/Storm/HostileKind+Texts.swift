import GLSL

extension HostileKind {
    /// What goes wrong when it is computed, or written where it must not.
    static let arithmetic: [HostileKind] = [
        body("smallest integer by -1") { random in
            random.below(2) == 0
                ? "v = float((-2147483647 - 1) / -1) + float((-2147483647 - 1) % -1);"
                : "int a = int(pixel.x) - 2147483647 - 1; v = float(a / (int(iTime) - int(iTime) - 1)) + float(a % -1);"
        },
        body("division by zero") { random in
            random.below(2) == 0
                ? "v = float(1 / 0) + float(5 % 0) + 1.0 / 0.0;"
                : "int z = int(iTime * 0.0); v = float(7 / z) + float(7 % z) + float(7u / uint(z));"
        },
        body("not-a-numbers everywhere") { _ in
            "for (int i = 0; i < 200; i++) v += log(-v - 1.0) * sqrt(-1.0) + pow(-2.0, 0.5) + 0.0 / v + acos(9.0);"
        },
        body("derivatives where lanes part") { _ in
            "if (mod(pixel.x, 2.0) < 1.0) { for (int i = 0; i < int(pixel.y); i++) { v += dFdx(v) + fwidth(pixel.x * v); if (v > 9.0) break; } }"
        },
        body("shift by too much") { _ in
            "int a = int(pixel.x); v = float((a << 33) + (a >> -1) + (1 << int(iTime + 1000.0)));"
        },
        body("index out of bounds") { random in
            "float a[4]; a[int(pixel.x * 1e6)] = 1.0; v = a[-\(random.below(1_000_000))+ int(iTime)] + a[int(1e9)];"
        },
        body("matrix index out of bounds") { _ in
            "mat4 m = mat4(1.0); int i = int(pixel.x * 1e5); m[i][i] = 2.0; v = m[i * 3][i * -7];"
        },
        body("float to int of too much") { _ in
            "v = float(int(1e38 * pixel.x)) + float(uint(-1e20)) + float(int(0.0 / 0.0));"
        },
        text("storage buffer without end") { random in
            """
            #version 450 core
            layout(std430, binding = \(random.below(8))) buffer Data { float data[]; };
            out vec4 color;
            void main() {
                int i = int(gl_FragCoord.x) * 1000003;
                data[i] = 1.0; data[2147483647] = 2.0; data[-1] = 3.0;
                for (int k = 0; k < 1000; k++) data[i * k] += data[k * 65537];
                color = vec4(data[i]);
            }

            """
        },
        text("image store anywhere") { _ in
            """
            #version 450 core
            layout(rgba8, binding = 0) uniform image2D target;
            out vec4 color;
            void main() {
                for (int k = -1000; k < 1000; k++) imageStore(target, ivec2(k * 7919, -k), vec4(1.0));
                color = imageLoad(target, ivec2(2147483647));
            }

            """
        },
        text("atomics on one place") { _ in
            """
            #version 450 core
            layout(std430, binding = 0) buffer Data { uint count; };
            out vec4 color;
            void main() {
                uint last = 0u;
                for (int k = 0; k < 5000; k++) last += atomicAdd(count, 1u);
                color = vec4(float(last));
            }

            """
        },
        body("discard in a loop") { _ in
            "for (int i = 0; i < 100000; i++) { v += sin(v); if (v > pixel.x) discard; }"
        },
        body("barrier of a lock") { _ in
            "bool held = mod(pixel.x, 2.0) < 1.0; while (held) { v += 1.0; if (v < 0.0) held = false; }"
        },
        body("texture far outside") { _ in
            "v = texelFetch(iChannel0, ivec2(2147483647, -1), 99).x + textureLod(iChannel0, vec2(1e38), 1e9).x;"
        },
    ]

    /// Texts that are hardly texts.
    static let texts: [HostileKind] = [
        HostileKind(name: "random bytes") { random in
            [
                .fragment: (0..<random.below(20_000)).map { _ in
                    UInt8(truncatingIfNeeded: random.next())
                }
            ]
        },
        text("random ASCII") { random in
            String(
                decoding: (0..<random.below(20_000)).map { _ in UInt8(1 + random.below(127)) },
                as: UTF8.self)
        },
        text("random marks") { random in
            let marks = Array("(){}[];,.#\\\"'/*<>=+-!?:\n \t0a")
            return String((0..<random.below(20_000)).map { _ in marks[random.below(marks.count)] })
        },
        text("NUL bytes") { random in
            let good = "void mainImage(out vec4 c, in vec2 p) {\0 c = vec4(1.0); }\n"
            return random.below(2) == 0 ? good : "\0" * 1000 + good + "\0while(true){}"
        },
        text("nothing") { _ in "" },
        text("only blanks") { random in " \t\n" * (1 + random.below(5000)) },
        text("unbalanced") { random in
            let marks = ["(", "{", "[", ")", "}", "]", "/*", "*/", "\"", "//"]
            return "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
                + (0..<(10 + random.below(5000))).map { _ in marks[random.below(marks.count)] }
                .joined()
        },
        text("comment that does not end") { _ in
            "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); } /* " + "* / " * 1000
        },
        text("Unicode") { random in
            let scalars = (0..<2000).compactMap { _ in
                Unicode.Scalar(UInt32(random.below(0x11_0000)))
            }
            var text = "// "
            text.unicodeScalars.append(contentsOf: scalars)
            return text + "\nvoid mainImage(out vec4 ç, in vec2 p\u{202E}) { ç = vec4(1.0); }\n"
        },
        text("a cluster without end") { _ in
            "// e" + "\u{301}" * 20_000
                + "\nvoid mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
        },
        text("ends of lines mixed") { random in
            let ends = ["\n", "\r\n", "\r", "\n\r", "\u{2028}", "\\\r\n", "\\\n"]
            return [
                "void mainImage(", "out vec4 c,", "in vec2 p) {", "// x", "c = vec4(1.0);", "}",
            ]
            .map { $0 + ends[random.below(ends.count)] }.joined()
        },
        text("an error on each line") { random in
            "int x = undefined;\n" * (1000 << random.below(4))
                + "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
        },
        text("a warning on each line") { _ in
            "void mainImage(out vec4 c, in vec2 p) { float u; c = vec4(1.0);\n"
                + "{ float u; c.x += u; }\n" * 5000 + "}\n"
        },
    ]

    /// What the preprocessor has to bear.
    static let preprocessor: [HostileKind] = [
        text("#line at its ends") { random in
            let lines = [
                "2147483647", "-1", "4294967296", "0", "2147483647 2147483647", "1e9", "1 -5",
            ]
            return "#version 450 core\n#line \(lines[random.below(lines.count)])\nout vec4 c;\n"
                + "void main() { c = vec4(oops); }\n#line \(lines[random.below(lines.count)])\nbad bad\n"
        },
        text("#include in a circle") { _ in
            "#extension GL_ARB_shading_language_include : enable\n#include \"hostile.frag\"\n"
                + "#include </dev/zero>\n#include \"../../../../etc/passwd\"\n"
                + "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
        },
        text("deep #if") { random in
            let depth = 200 << random.below(7)
            return "#if 1\n" * depth
                + "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n" + "#endif\n" * depth
        },
        text("#if without #endif") { _ in
            "#if 1\n" * 3000 + "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
        },
        text("#if of much arithmetic") { random in
            let depth = 200 << random.below(6)
            return "#if " + "(1 + " * depth + "1" + ")" * depth
                + " / 0 || 1 << 99 || -2147483648 / -1\n"
                + "#endif\nvoid mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }\n"
        },
        text("#version of all sorts") { random in
            let versions = [
                "999", "110", "100", "300 es", "450 compatibility", "-1", "4.5", "",
                "99999999999999",
            ]
            return
                "#version \(versions[random.below(versions.count)])\nout vec4 c;\nvoid main() { c = vec4(1.0); }\n"
        },
        text("thousands of #defines") { random in
            (0..<(2000 << random.below(4))).map { "#define N\($0) \($0).0\n" }.joined()
                + "void mainImage(out vec4 c, in vec2 p) { c = vec4(N1 + N1999); }\n"
        },
        text("#define of what we write ourselves") { random in
            let names = [
                "main", "mainImage", "vec4", "float", "iTime", "void", "gl_FragCoord", "if", "for",
                "out",
            ]
            return
                "#define \(names[random.below(names.count)]) \(names[random.below(names.count)])\n"
                + "#undef __VERSION__\n#define GL_core_profile 0\n"
                + "void mainImage(out vec4 c, in vec2 p) { for (int i = 0; i < 3; i++) c = vec4(iTime); }\n"
        },
        text("macro with a thousand arguments") { _ in
            let names = (0..<1000).map { "a\($0)" }.joined(separator: ",")
            return
                "#define F(\(names)) a999\nvoid mainImage(out vec4 c, in vec2 p) { c = vec4(F(\(names)), F(, F((); }\n"
        },
        text("#error and #pragma") { _ in
            "#error " + "x" * 100_000 + "\n#pragma " + "y " * 10_000
                + "\n#extension all : require\n"
        },
        text("braces torn by #if") { _ in
            "void mainImage(out vec4 c, in vec2 p) {\n#if 1\nfor (int i = 0; i < 4; i--)\n#else\n{\n#endif\n"
                + "while (true)\n#ifdef X\n{ }\n#endif\nfor (int k = 1; k > 0;) c += 0.1; }\n"
        },
    ]

    /// More than one stage.
    static let stages: [HostileKind] = [
        HostileKind(name: "endless vertex") { _ in
            [
                .vertex: Array(
                    "#version 450 core\nvoid main() { float v = 0.0; for (int i = 1; i > 0;) for (int j = 1; j > 0;) for (;;) v += sin(v); gl_Position = vec4(v); }\n"
                        .utf8),
                .fragment: plain,
            ]
        },
        HostileKind(name: "vertex far outside") { _ in
            [
                .vertex: Array(
                    "#version 450 core\nvoid main() { gl_Position = vec4(1e38 * float(gl_VertexID - 1), 0.0 / 0.0, -1e38, 0.0); }\n"
                        .utf8),
                .fragment: plain,
            ]
        },
        HostileKind(name: "geometry amplification") { random in
            [
                .vertex: Array(
                    "#version 450 core\nvoid main() { gl_Position = vec4(0.0); }\n".utf8),
                .geometry: Array(
                    """
                    #version 450 core
                    layout(triangles, invocations = \(1 + random.below(64))) in;
                    layout(triangle_strip, max_vertices = \(64 << random.below(7))) out;
                    void main() { for (int i = 0; i >= 0; i++) { gl_Position = vec4(float(i)); EmitVertex(); } }

                    """.utf8),
                .fragment: plain,
            ]
        },
        HostileKind(name: "tessellation amplification") { _ in
            [
                .tessellationControl: Array(
                    "#version 450 core\nlayout(vertices = 32) out;\nvoid main() { gl_TessLevelOuter[0] = 1e38; gl_TessLevelInner[0] = 1e38; for (;;) { } }\n"
                        .utf8),
                .tessellationEvaluation: Array(
                    "#version 450 core\nlayout(quads) in;\nvoid main() { gl_Position = vec4(gl_TessCoord, 1.0); }\n"
                        .utf8),
                .fragment: plain,
            ]
        },
        HostileKind(name: "stages that do not fit") { _ in
            [
                .vertex: Array(
                    "#version 330\nout mat4 a; out vec3 b;\nvoid main() { a = mat4(1.0); b = vec3(1.0); gl_Position = vec4(0.0); }\n"
                        .utf8),
                .fragment: Array(
                    "#version 450 core\nin vec2 a; flat in ivec4 b;\nout vec4 c;\nvoid main() { c = vec4(a, b.xy); }\n"
                        .utf8),
            ]
        },
        HostileKind(name: "text of random bytes in each stage") { random in
            var texts: [Stage: [UInt8]] = [:]
            for stage in Stage.allCases {
                texts[stage] = (0..<500).map { _ in UInt8(32 + random.below(95)) }
            }
            return texts
        },
    ]

    private static let plain = Array(
        "#version 450 core\nout vec4 color;\nvoid main() { color = vec4(1.0); }\n".utf8)
}
