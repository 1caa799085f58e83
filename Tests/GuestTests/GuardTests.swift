import GLSL
import Glibc
import Testing

@testable import Guest

/// Endless loops: the line of the one that is to be reported has `HERE` in a comment.
private enum Endless {
    static let head = "#version 450\nlayout(location = 0) out vec4 c;\n"

    /// Statements of a fragment stage's `main`; a, b and n are there.
    static let statements = [
        "for (;;) { a += .1; } // HERE", "for (;;) {} // HERE", "for (;;); // HERE",
        "while (true) { a += .1; } // HERE", "while (true); // HERE",
        "do { a += .1; // HERE\n} while (true);", "do ; while (n > 0); // HERE",
        "for (int i = 0; i < 9; i = i) a += .1; // HERE",
        "for (int i = 0; i < 9;) { a += .1; } // HERE",
        "for (int i = 0; i < 9; i++) { a += .1; i--; } // HERE",
        "for (;;) { a += .1; continue; } // HERE", "while (n > 0) continue; // HERE",
        "for (int i = 0; i < 3; i++) {\nfor (;;) a += .1; // HERE\n}",
        "for (int i = 0; i < 3; i = i) {\nfor (int j = 0; j < 9; j = j) a += .1; // HERE\n}",
        "switch (n) { case 3:\nfor (;;) a += .1; // HERE\nbreak; }",
        "for (;;) { // HERE\nswitch (n) { case 3: continue; default: break; } }",
        "while (true) { // HERE\nfor (int i = 0; i < 4; i++) a += .1; }",
        "if (a > 9.) a = 0.; else while (bool(n)) a += .1; // HERE",
        "while (bool go = n > 0) a += .1; // HERE", "for (int i = 0; i < n; ) { a += .1; } // HERE",
        "while (true) { // HERE\na += inner(n); }", "spin(); // in the function",
        "FOREVER a += .1; }",
        "EACH(i) { i--; }", "REPEAT(a += .1);", "LOOP (;;) a += .1; // HERE",
        "while (true) { if (a > 9e9) discard; a += .1; } // HERE\ndiscard;",
        "while (true) a += .1; // HERE\nreturn;",
    ]

    static let functions = """
        #define FOREVER for (;;) { // MACRO1
        #define EACH(v) for (int v = 0; v < 4; v++) // MACRO2
        #define REPEAT(x) do { x; } while (true) // MACRO3
        #define LOOP for
        int inner(int n) { int s = 0; for (int i = 0; i < 5; i++) s += n; return s; }
        void spin() { for (;;) { } } // SPIN

        """

    static func text(_ statement: String) -> (text: String, line: Int) {
        let text =
            head + functions
            + "void main() { float a = 0.; int n = 3;\nc = vec4(.5);\n\(statement)\nc = vec4(a);\n}\n"
        let mark =
            statement.hasPrefix("spin")
            ? "// SPIN"
            : statement.hasPrefix("FOREVER")
                ? "// MACRO1"
                : statement.hasPrefix("EACH")
                    ? "// MACRO2" : statement.hasPrefix("REPEAT") ? "// MACRO3" : "// HERE"
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (text, (lines.firstIndex { $0.contains(mark) } ?? -1) + 1)
    }
}

private func assemble(_ stages: [Stage: String]) throws -> AssembledProgram {
    try Shaders.assemble(stages)
}

@Suite(.serialized) struct GuardTests {
    @Test func boundedLoopsComputeWhatTheyDidUncounted() async throws {
        await #expect(processExitsWith: .success) {
            alarm(300)
            let gl = try BareGL()
            var rich = 0
            for seed in 0..<60 {
                let versions = ["450 core", "330", "310 es", "300 es", "100", "430", "400"]
                let version = versions[seed % versions.count]
                let plain = try assemble([
                    .fragment: RandomLoops.fragment(seed: seed, version: version)
                ])
                let counted = LoopGuard.guarded(plain)
                let (a, b) = (gl.run(plain), gl.run(counted))
                #expect(a.log == nil, "seed \(seed): \(a.log ?? "")")
                #expect(b.log == nil, "seed \(seed): \(b.log ?? "")")
                #expect(a.pixels == b.pixels, "seed \(seed), \(version)")
                if Set(a.pixels).count > 8 { rich += 1 }
                #expect(b.report.allSatisfy { $0 == 0 }, "seed \(seed) reports a loop")
            }
            #expect(rich > 50, "programs that draw one colour compare nothing")
        }
    }

    @Test func buffersAreTheSameToo() async throws {
        await #expect(processExitsWith: .success) {
            alarm(60)
            let gl = try BareGL()
            let text = """
                #version 450
                layout(local_size_x = 64) in;
                layout(std430, binding = 0) buffer Values { uint values[64]; };
                uint collatz(uint n) {
                    uint rounds = 0u;
                    while (n != 1u) {
                        n = (n & 1u) == 1u ? 3u * n + 1u : n / 2u;
                        ++rounds;
                    }
                    return rounds;
                }
                void main() {
                    uint sum = 0u;
                    for (uint i = 0u; i < 8u; i++) sum += collatz(gl_LocalInvocationID.x + 1u + i);
                    do { sum += 3u; barrier(); } while (sum < 3u);
                    values[gl_LocalInvocationID.x] = sum;
                }

                """
            let stage = AssembledStage(stage: .compute, text: text, lineMap: .generated)
            let plain = AssembledProgram(
                dialect: .plain, passes: [AssembledPass(name: "image", stages: [stage])])
            let counted = LoopGuard.guarded(plain)
            #expect(counted != plain)
            let (a, b) = (gl.run(plain), gl.run(counted))
            #expect(a.log == nil && b.log == nil, "\(b.log ?? "")")
            #expect(a.values == b.values)
            #expect(Set(a.values).count > 8)
        }
    }

    @Test func endlessLoopsOfEveryShapeEndAndAreReportedOnTheirLine() async throws {
        await #expect(processExitsWith: .success) {
            alarm(300)
            let gl = try BareGL()
            for statement in Endless.statements {
                let (text, line) = Endless.text(statement)
                let counted = LoopGuard.guarded(try assemble([.fragment: text]))
                let result = gl.run(counted)
                #expect(result.log == nil, "\(statement): \(result.log ?? "")")
                let report = counted.passes[0].stages.last?.loopGuard
                let number = result.report.count > 4 ? Int(result.report[4]) : 0
                #expect(number > 0, "\(statement): nothing reported")
                let told = report?.runaway(loop: number, stage: .fragment)
                #expect(told?.line == line, "\(statement): line \(told?.line ?? 0), not \(line)")
            }
        }
    }

    @Test func oldLanguagesTellByTheirColour() async throws {
        await #expect(processExitsWith: .success) {
            alarm(60)
            let gl = try BareGL()
            let texts = [
                "#version 100\nprecision mediump float;\nvoid main() {\n\n for (;;) { gl_FragColor.x += 1.; }\n}\n",
                "#version 300 es\nprecision mediump float; out vec4 c;\nvoid main() {\n\n while (true) {}\n}\n",
                "#version 140\nout vec4 c;\nvoid main() {\nif (c.x > 9.) discard;\n do {} while (true); return;\n}\n",
                "#version 330\nout vec4 c;\nvoid main() {\n\n for (;;); c = vec4(1);\n}\n",
            ]
            for text in texts {
                let counted = LoopGuard.guarded(try assemble([.fragment: text]))
                let report = counted.passes[0].stages.last?.loopGuard
                #expect(report?.channel == .replay)
                let result = gl.run(counted, asksForReplay: true)
                #expect(result.log == nil, "\(result.log ?? "")")
                #expect(result.pixels.prefix(4) == [1, 0, 165, 255], "\(text)")
                #expect(report?.runaway(loop: 1, stage: .fragment).line == 5)
            }
        }
    }

    @Test func allSixStagesEndAndReport() async throws {
        await #expect(processExitsWith: .success) {
            alarm(120)
            let gl = try BareGL()
            let counted = LoopGuard.guarded(
                try assemble([
                    .vertex: """
                    #version 450
                    void main() {
                        vec2 p = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4. - 1.;
                        while (p.x < 100.) gl_PointSize = 1.;
                        gl_Position = vec4(p, 0, 1);
                    }

                    """,
                    .tessellationControl: """
                    #version 450
                    layout(vertices = 3) out;
                    void main() {
                        for (int i = 0; i < 9;) { }
                        barrier();
                        gl_out[gl_InvocationID].gl_Position = gl_in[gl_InvocationID].gl_Position;
                        gl_TessLevelOuter[0] = gl_TessLevelOuter[1] = gl_TessLevelOuter[2] = 1.;
                        gl_TessLevelInner[0] = 1.;
                    }

                    """,
                    .tessellationEvaluation: """
                    #version 450
                    layout(triangles) in;
                    void main() {
                        do { } while (gl_TessCoord.x > -1.);
                        gl_Position = gl_TessCoord.x * gl_in[0].gl_Position
                            + gl_TessCoord.y * gl_in[1].gl_Position + gl_TessCoord.z * gl_in[2].gl_Position;
                    }

                    """,
                    .geometry: """
                    #version 450
                    layout(triangles) in;
                    layout(triangle_strip, max_vertices = 3) out;
                    void main() {
                        for (;;) { }
                        for (int i = 0; i < 3; i++) { gl_Position = gl_in[i].gl_Position; EmitVertex(); }
                    }

                    """,
                    .fragment:
                        "#version 450\nout vec4 c;\nvoid main() { for (;;) {} c = vec4(1); }\n",
                ]))
            let result = gl.run(counted)
            #expect(result.log == nil, "\(result.log ?? "")")
            #expect(result.report == [1, 1, 1, 1, 1, 0])

            let text = """
                #version 450
                layout(local_size_x = 4) in;
                layout(std430, binding = 0) buffer Values { uint values[64]; };
                void main() { while (true) { } values[gl_LocalInvocationID.x] = 5u; }

                """
            let stage = AssembledStage(stage: .compute, text: text, lineMap: .generated)
            let compute = gl.run(
                LoopGuard.guarded(
                    AssembledProgram(
                        dialect: .plain,
                        passes: [AssembledPass(name: "image", stages: [stage])])))
            #expect(compute.report == [0, 0, 0, 0, 0, 1])
            #expect(Array(compute.values.prefix(5)) == [5, 5, 5, 5, 0])
        }
    }

    @Test func brokenTextGetsTheSameMessagesAtTheSamePlaces() async throws {
        await #expect(processExitsWith: .success) {
            alarm(120)
            let gl = try BareGL()
            for seed in 0..<120 {
                var bytes = Array(RandomLoops.fragment(seed: seed / 4).utf8)
                let cut = 20 + (seed &* 7919) % (bytes.count - 60)
                bytes.removeSubrange(cut..<cut + 1 + seed % 7)
                guard
                    let plain = try? assemble([.fragment: String(decoding: bytes, as: UTF8.self)])
                else { continue }
                let counted = LoopGuard.guarded(plain)
                let stages = [plain, counted].map { $0.passes[0].stages.last }
                let read = stages.map { stage -> [String] in
                    stage.map { stage -> [String] in
                        LogReader.read(gl.compile(stage).log, of: stage).map { found -> String in
                            // What a parser would have liked better depends on what came before, ours included;
                            // and columns behind an expanded macro are guesses.
                            let end = found.message.firstRange(of: ", expecting")?.lowerBound
                            let words = found.message[..<(end ?? found.message.endIndex)]
                            return "\(found.line ?? 0) \(words)"
                        }
                    } ?? []
                }
                #expect(read[0] == read[1], "seed \(seed): \(read[0]) \(read[1])")
            }
        }
    }

    @Test(arguments: 0..<4)
    func aGuestDrawsTheSamePictureWithCountedLoops(seed: Int) throws {
        let plain = try Shaders.fragment(RandomLoops.fragment(seed: seed))
        let pictures = try [plain, LoopGuard.guarded(plain)].map {
            try FrameRenderer(
                $0, width: 32, height: 8, configuration: BuiltProduct.configuration()
            ).frame(DrawState())
        }
        #expect(pictures[0] == pictures[1])
    }

    /// Loops that look as if they were short, and words and bindings that the report could stumble over.
    @Test func disguisedLoopsEndAndAreReported() async throws {
        await #expect(processExitsWith: .success) {
            alarm(120)
            let gl = try BareGL()
            let buffers = (0...7).map {
                "layout(std430, binding = \($0)) buffer A\($0) { int a\($0); };"
            }.joined(separator: "\n")
            for (head, statement) in [
                ("#define SET = 0", "for (int i = 0; i < 9; i++) { s += .0001; i SET; }"),
                ("", "for (int i = 0; i < -3u; i++) s += .0001;"),
                ("", "for (int i = 5; i >= 0u; i--) s += .0001;"),
                (
                    "void f() { const int N = 4; }",
                    "int a, N; N = 60000; for (int i = 0; i < N; i++) s += .0001;"
                ),
                ("#define buffer buffer_", "float buffer = 0.; while (buffer < 9.) s += .0001;"),
                (
                    "#define SLOT 7\nlayout(std430, binding = SLOT) buffer A { int a; };",
                    "while (s < 9.) s += 0.;"
                ), (buffers, "while (s < 9.) s += 0.;"),
            ] {
                let text = """
                    #version 450
                    \(head)
                    out vec4 c;
                    void main() { float s = 0.;
                    \(statement) // HERE
                    c = vec4(s); }

                    """
                let counted = LoopGuard.guarded(try assemble([.fragment: text]))
                let report = counted.passes[0].stages.last?.loopGuard
                let result = gl.run(counted, asksForReplay: true)
                #expect(result.log == nil, "\(statement): \(result.log ?? "")")
                if report?.channel == .replay {
                    #expect(result.pixels.prefix(4) == [1, 0, 165, 255], "\(head)")
                } else {
                    #expect(result.report == [0, 0, 0, 0, 1, 0], "\(statement)")
                }
            }
        }
    }

    @Test func theReportIsNoStateOfTheUsers() throws {
        let bench = try Bench(configuration: BuiltProduct.configuration())
        let program = LoopGuard.guarded(
            try Shaders.fragment(
                """
                #version 450
                out vec4 c;
                void main() { float a = 0.; while (a < gl_FragCoord.x) a += 1.; c = vec4(a / 32.); }

                """))
        #expect(program.passes[0].stages.last?.loopGuard?.channel == .storage(binding: 7))
        #expect(bench.show(1, program))
        #expect(bench.supervisor.stateReport == .none)
        #expect(bench.supervisor.kept.bytes[1] ?? 0 == 0)
    }
}
