/// Makes programs at random that are full of loops, each of which ends: for tests of whatever rewrites or runs shaders.
///
/// The same seed makes the same text. The loops have all shapes: `for`, `while` and `do`, without braces, without
/// conditions, with `break` and `continue`, around and inside `switch`, in functions, in macros that hold a whole loop or
/// only its beginning, over branches of `#if`, over continued lines. An invocation takes a few thousand rounds at most.
/// All numbers are multiples of 1/64, with which no driver rounds: two rightly compiled versions draw the same bytes.
public struct RandomLoops {
    private var seed: UInt64
    private let isOld: Bool
    private var depth = 0
    private var variables = 0

    /// A fragment stage that paints what its loops compute.
    ///
    /// - Parameter version: what stands behind `#version`; those without `switch` get none.
    public static func fragment(seed: Int, version: String = "450 core") -> String {
        var maker = RandomLoops(seed: seed, version: version)
        let isES = version.hasSuffix("es") || version == "100"
        let usesOutput = !maker.isOld
        var text = "#version \(version)\n"
        if isES { text += "precision highp float;\n" }
        if usesOutput { text += "out vec4 color;\n" }
        text += maker.macros() + maker.function("first", calls: nil)
        text += maker.function("second", calls: "first")
        text += """
            void main() {
                float a = fract(floor(gl_FragCoord.x) * 0.203125 + floor(gl_FragCoord.y) * 0.109375);
                int n = 3 + int(mod(gl_FragCoord.x, 3.0));
                if (gl_FragCoord.x > 30.5) {
                    \(usesOutput ? "color" : "gl_FragColor") = vec4(0.25);
                    return;
                }
            \(maker.block(calls: "second"))
                \(usesOutput ? "color" : "gl_FragColor") = vec4(a, first(a, n), second(a, n), 1.0);
            }

            """
        return text
    }

    private init(seed: Int, version: String) {
        self.seed = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        let number = Int(version.prefix { $0.isNumber }) ?? 450
        isOld = number < 130
    }

    private mutating func below(_ limit: Int) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((seed >> 33) % UInt64(max(1, limit)))
    }

    private mutating func name() -> String {
        variables += 1
        return "i\(variables)"
    }

    // MARK: Parts

    private func macros() -> String {
        """
        #define COUNT 4
        #define EACH(v, n) for (int v = 0; v < n; v++)
        #define FOREVER for (;;) {
        #define DONE }
        #define UNTIL(c) while (!(c))
        #define REPEAT(v, n, body) for (int v = 0; v < (n); ++v) { body; }
        #define TWICE(x) \\
            for (int t = 0; t < 2; t++) { \\
                x; \\
            }
        #define LOOP for
        #define HEADER(v) (int v = 0; v < 3; v++)

        """
    }

    private mutating func function(_ name: String, calls: String?) -> String {
        """
        float \(name)(float a, int n) {
        \(block(calls: calls))
            return a;
        }

        """
    }

    private mutating func block(calls: String?) -> String {
        depth += 1
        defer { depth -= 1 }
        return (0..<1 + below(3)).map { _ in statement(calls) }.joined(separator: "\n")
    }

    private mutating func change(_ factor: String, _ calls: String?) -> String {
        switch below(calls == nil || depth > 1 ? 3 : 4) {
        case 0: "a = fract(a * 5.0 + 0.046875 * float(\(factor)));"
        case 1: "a += 0.25; a = fract(a); /* for (;;) in a comment */"
        case 2: "if (a > 0.5) a -= 0.125; else a += 0.0625; // while (true)\n"
        default: "a = fract(a + \(calls ?? "fract")(a, n));"
        }
    }

    private mutating func body(_ factor: String, _ calls: String?) -> String {
        if depth < 3, below(3) == 0 { return block(calls: calls) }
        return change(factor, calls)
    }

    private mutating func statement(_ calls: String?) -> String {
        let i = name()
        let inner = body(i, calls)
        switch below(isOld ? 17 : 20) {
        case 0: return "for (int \(i) = 0; \(i) < 5; \(i)++) { \(inner) }"
        case 1: return "for (int \(i) = 0; \(i) < n; \(i)++) { \(inner) }"
        case 2: return "for (int \(i) = n; \(i) > 0; --\(i))\n    a = fract(a * 3.0 + 0.171875);"
        case 3: return "{ int \(i) = 0; for (;;) { if (\(i)++ >= n) break; \(inner) } }"
        case 4:
            return
                "{ int \(i) = 0; while (\(i) < n) { \(i)++; if (\(i) == 2) continue; \(inner) } }"
        case 5: return "{ int \(i) = 0; while (true) { \(inner) if (++\(i) > 3) break; } }"
        case 6: return "{ int \(i) = 0; do { \(inner) \(i)++; } while (\(i) < n); }"
        case 7:
            return
                "{ int \(i) = 0; do { if (++\(i) == 2) continue; \(inner) } while (\(i) < 4 && a >= 0.0); }"
        case 8: return "EACH(\(i), n) { \(inner) }"
        case 9: return "EACH(\(i), COUNT) a = fract(a * 5.0 + 0.078125);"
        case 10: return "{ int \(i) = 0; FOREVER if (\(i)++ > 2) break; \(inner) DONE }"
        case 11: return "{ int \(i) = 0; UNTIL(\(i) >= n) { \(i)++; \(inner) } }"
        case 12: return "REPEAT(\(i), n, a = fract(a * 7.0 + 0.015625 * float(\(i))))"
        case 13: return "TWICE(for (int \(i) = 0; \(i) < 2; \(i)++) a = fract(a + 0.140625))"
        case 14:
            // A directive needs a line of its own, wherever the statement stands.
            return """

                #ifdef NEVER
                for (int \(i) = 0; \(i) < 2; \(i)++) {
                #else
                for (int \(i) = 0, z = 1; \(i) < 4; \(i) += z, a += 0.015625) {
                #endif
                \(inner) }
                """
        case 15: return "LOOP HEADER(\(i)) { \(inner) }"
        case 16:
            return
                "if (a > 2.0) for (int \(i) = 0; \(i) < n; \(i)++) a -= 0.078125; else for (int \(i) = 0; \(i) \\\n < n; \(i)++) a = fract(a + 0.171875);"
        case 17:
            return
                "for (int \(i) = 0; \(i) < n; \(i)++) { switch (\(i)) { case 0: \(inner) break; case 1: continue; default: a = fract(a + 0.453125); } }"
        case 18:
            return
                "switch (n) { case 3: for (int \(i) = 0; \(i) < 3; \(i)++) { \(inner) if (a < 0.1) break; } break; default: a = fract(a * 3.0); }"
        default:
            return "{ int \(i) = 0; while (bool(n > \(i))) { \(i) += 1; \(inner) } }"
        }
    }
}
