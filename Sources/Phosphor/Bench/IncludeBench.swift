import GLSL

/// An edit of a file that twenty passes include, beside bare programs of the same twenty.
struct IncludeBench {
    let effort: Double
    private static let users = 20
    private static let others = 10

    func run(_ report: inout BenchReport) throws {
        let all = Self.users + Self.others + 1
        report.title(
            "include: milliseconds from a key in a file to the picture, 640x360, \(Self.users) of \(all) passes include it"
        )
        print(
            "  goal: \(Self.users) programs compiled, once each; the floor compiles and draws those"
        )
        let bench = try BenchHost(texts: Self.texts, name: "include")
        // Each guest has to see the sketch once.
        let keys = try KeySamples(
            bench, part: Self.file, samples: max(3, Int(12 * effort)), unmeasured: 2
        ) { program in
            var program = program
            program.passes = program.passes.filter { $0.name.hasPrefix("user") }
            return program
        }
        keys.tell("include", "\(Self.users) passes", &report)
        report.add(
            "include", "programs compiled an edit",
            [
                "least": Double(keys.compiled.min() ?? 0),
                "most": Double(keys.compiled.max() ?? 0), "of": Double(all),
            ])
        guard keys.steps.allSatisfy({ !$0.isEmpty }) else { return }
        report.add(
            "include", "in the guest",
            list: zip(["compile", "link", "first draw", "whole draw"], keys.steps).map {
                ($0, Samples($1).median)
            })
    }

    /// A text in the editor comes before a file of its name.
    private static let file = SketchPart(rawValue: "tint.glsl")

    private static var texts: [SketchPart: String] {
        var texts = [
            file: KeystrokeBench.typedLine + """
                )
                vec3 tint(vec2 p) { return 0.5 + 0.5 * cos(iTime + p.xyx * 3.0 + vec3(0.0, 2.0, 4.0)); }

                """,
            .fragment: """
            uniform sampler2D user0, other0;
            out vec4 color;
            void main() {
                ivec2 at = ivec2(gl_FragCoord.xy);
                color = mix(texelFetch(user0, at, 0), texelFetch(other0, at, 0), 0.3);
            }

            """,
        ]
        for index in 0..<users {
            texts[SketchPart(.fragment, pass: "user\(index)")] = """
                #include "tint.glsl"
                out vec4 color;
                void main() { color = vec4(tint(gl_FragCoord.xy / iResolution.xy + \(index).0), 1.0); }

                """
        }
        for index in 0..<others {
            texts[SketchPart(.fragment, pass: "other\(index)")] = """
                out vec4 color;
                void main() { color = vec4(fract(gl_FragCoord.xy * 0.01), \(index).0 / 10.0, 1.0); }

                """
        }
        return texts
    }
}
