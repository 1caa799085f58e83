import GLSL
import Testing

@testable import Guest

/// `check` and `render`: one guest, waited for.
@Suite(.serialized)
struct BlockingTests {
    @Test func aProbeTellsTheDriver() throws {
        let info = try OneShot.probe(configuration: BuiltProduct.configuration())
        #expect(info.glslVersion.first?.isNumber == true)
        #expect(info.maximumTextureSize >= 1024)
    }

    @Test func checkFindsNothingInAGoodProgram() throws {
        let result = try OneShot.check(
            try Shaders.flat(1, 2, 3), configuration: BuiltProduct.configuration())
        #expect(result.verdict.isGood)
        #expect(result.diagnostics.isEmpty)
    }

    @Test func checkTellsAllErrorsOnTheirLines() throws {
        let program = try Shaders.fragment(
            "out vec4 color;\nvoid main() {\n    float a = first;\n    float b = second;\n    color = vec4(a + b);\n}\n"
        )
        let result = try OneShot.check(program, configuration: BuiltProduct.configuration())
        #expect(result.verdict.name == "error")
        #expect(Set(result.diagnostics.compactMap(\.line)).isSuperset(of: [3, 4]))
        // Two compilers, one voice: each line once.
        #expect(result.diagnostics.filter { $0.line == 3 }.count == 1)
        #expect(result.diagnostics.allSatisfy { $0.file == "test" })
    }

    @Test func checkGivesTheTokensOwnColumn() throws {
        // Mesa counts behind its preprocessor, for which the comment is a blank.
        let line = "    float a = 1.0; /* a long note */  float b = nothing;"
        let program = try Shaders.fragment(
            "out vec4 color;\nvoid main() {\n\(line)\n    color = vec4(a + b);\n}\n")
        let result = try OneShot.check(program, configuration: BuiltProduct.configuration())
        let found = result.diagnostics.first { $0.line == 3 }
        #expect(found?.column == line.utf8.count - "nothing;".utf8.count + 1)
    }

    @Test func aLinkErrorStandsOnTheLineOfItsName() throws {
        let program = try Shaders.fragment(
            "out vec4 color;\n\nfloat wave(float x);\nvoid main() { color = vec4(wave(1.0)); }\n")
        let result = try OneShot.check(program, configuration: BuiltProduct.configuration())
        #expect(result.verdict.name == "error")
        let found = result.diagnostics.first { $0.message.contains("wave") }
        #expect(found?.file == "test" && found?.stage == .fragment)
        #expect(found?.line == 3 && found?.column == 7)
    }

    @Test func aGoodProgramsWarningsAreTold() throws {
        let program = try Shaders.fragment(
            "out vec4 color;\nvoid main() {\n    float a;\n    color = vec4(a);\n}\n")
        let result = try OneShot.check(program, configuration: BuiltProduct.configuration())
        #expect(result.verdict.isGood)
        #expect(result.diagnostics.map(\.severity) == [.warning])
        #expect(result.diagnostics.map(\.line) == [4])
    }

    @Test func aGuestThatIsToldToEndEndsWell() throws {
        let guest = try BlockingGuest(
            BuiltProduct.configuration(), deadlines: .software, width: 64, height: 64)
        _ = try guest.attempt(try Shaders.flat(1, 2, 3), compileOnly: false, state: DrawState())
        #expect(guest.guest.send(.quit))
        #expect(guest.guest.reap(block: true) == 0)
    }

    @Test func glslangAddsWhatTheDriverLeavesOut() throws {
        // Mesa stops at the first error of the syntax.
        let driver = [
            Diagnostic(stage: .fragment, line: 2, message: "syntax error, unexpected ')'"),
            Diagnostic(stage: .fragment, line: 12, message: "#error no such mode"),
        ]
        let glslang = [
            Diagnostic(stage: .fragment, line: 2, token: ")", message: "syntax error"),
            Diagnostic(stage: .fragment, line: 5, token: "x", message: "undeclared identifier"),
            Diagnostic(stage: .vertex, line: 2, message: "syntax error"),
            Diagnostic(.warning, stage: .fragment, line: 9, message: "old"),
            Diagnostic(stage: .fragment, line: 12, token: "#error", message: "no such mode"),
        ]
        let merged = try Shaders.flat(0, 0, 0).merge(driver: driver, glslang: glslang)
        #expect(merged == driver + [glslang[1], glslang[2]])
    }

    @Test func anEndlessCheckEnds() throws {
        var configuration = BuiltProduct.configuration()
        configuration.executable = "/bin/sh"
        configuration.arguments = ["-c", "while :; do :; done", "phosphor"]
        configuration.deadlines?.start = 0.2
        #expect(throws: GuestError.self) {
            try OneShot.check(try Shaders.flat(1, 2, 3), configuration: configuration)
        }
    }

    @Test func framesAreExactAndNoneIsSkipped() throws {
        let program = try Shaders.fragment(
            """
            out vec4 color;
            void main() { color = vec4(float(iFrame) / 255.0, iTime, gl_FragCoord.y / 255.0, 1); }
            """)
        let renderer = try FrameRenderer(
            program, width: 5, height: 3, configuration: BuiltProduct.configuration())
        for frame in 0..<20 {
            let pixels = try renderer.frame(DrawState(time: 1, frame: frame))
            #expect(pixels.count == 60)
            #expect(pixels[0] == UInt8(frame))
            #expect(pixels[1] == 255)
            // The second row from the bottom has its centre at 1.5.
            #expect(abs(Int(pixels[20 + 2]) - 2) <= 1)
        }
    }

    @Test func renderingABrokenProgramSaysWhy() throws {
        let program = try Shaders.fragment(
            "out vec4 color;\nvoid main() { color = vec4(nothing); }\n")
        let error = #expect(throws: GuestError.self) {
            try FrameRenderer(
                program, width: 8, height: 8, configuration: BuiltProduct.configuration())
        }
        #expect(error?.diagnostics.contains { $0.line == 2 } == true)
    }

    @Test func allStagesOfAPipelineDraw() throws {
        let program = AssembledProgram(
            dialect: .plain,
            passes: [
                AssembledPass(
                    name: "image",
                    stages: [
                        (
                            Stage.vertex,
                            """
                            #version 430
                            void main() {
                                vec2 p = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4. - 1.;
                                gl_Position = vec4(p, 0, 1);
                            }
                            """
                        ),
                        (
                            .tessellationControl,
                            """
                            #version 430
                            layout(vertices = 3) out;
                            void main() {
                                gl_out[gl_InvocationID].gl_Position = gl_in[gl_InvocationID].gl_Position;
                                gl_TessLevelOuter[0] = gl_TessLevelOuter[1] = gl_TessLevelOuter[2] = 2.;
                                gl_TessLevelInner[0] = 2.;
                            }
                            """
                        ),
                        (
                            .tessellationEvaluation,
                            """
                            #version 430
                            layout(triangles) in;
                            void main() {
                                gl_Position = gl_TessCoord.x * gl_in[0].gl_Position
                                    + gl_TessCoord.y * gl_in[1].gl_Position + gl_TessCoord.z * gl_in[2].gl_Position;
                            }
                            """
                        ),
                        (
                            .geometry,
                            """
                            #version 430
                            layout(triangles) in;
                            layout(triangle_strip, max_vertices = 3) out;
                            void main() {
                                for (int i = 0; i < 3; i++) { gl_Position = gl_in[i].gl_Position; EmitVertex(); }
                            }
                            """
                        ),
                        (
                            .fragment,
                            """
                            #version 430
                            out vec4 color;
                            void main() { color = vec4(0, 1, 0, 1); }
                            """
                        ),
                    ].map {
                        AssembledStage(
                            stage: $0.0, text: $0.1, lineMap: .generated, isGenerated: false)
                    },
                    target: .init())
            ], views: 1)
        let renderer = try FrameRenderer(
            program, width: 4, height: 4, configuration: BuiltProduct.configuration())
        let pixels = try renderer.frame(DrawState())
        for index in 0..<16 { #expect(pixels[index * 4 + 1] == 255) }
    }

    @Test(arguments: [
        ("sampler2D iChannel0", "texture(iChannel0, vec2(0.9, 0.1))"),
        ("samplerCube sky", "texture(sky, vec3(1))"),
        ("sampler3D volume", "texture(volume, vec3(.5))"),
        ("sampler2DArray layers", "texture(layers, vec3(.5))"),
        ("isampler2D ints", "vec4(texture(ints, vec2(.5)))"),
        ("double iTime", "vec4(float(iTime))"), ("int iTime", "vec4(float(iTime))"),
        ("uint iFrame", "vec4(float(iFrame))"), ("vec2 iResolution", "vec4(iResolution, 0, 1)"),
        ("ivec3 iResolution", "vec4(vec3(iResolution), 1)"),
        ("bool iFrame", "vec4(iFrame ? 1.0 : 0.0)"),
        ("vec3 iChannelResolution[4]", "vec4(iChannelResolution[1], 1)"),
        ("float iTime[3]", "vec4(iTime[2])"),
    ])
    func uniformsOfAnyTypeAreSet(declaration: String, use: String) throws {
        let program = try Shaders.fragment(
            "#version 450\nuniform \(declaration);\nuniform sampler2D other;\nout vec4 color;\n"
                + "void main() { color = \(use) + texture(other, vec2(0)) * 1e-9; }\n")
        let renderer = try FrameRenderer(
            program, width: 4, height: 4, configuration: BuiltProduct.configuration())
        let pixels = try renderer.frame(DrawState(time: 2, frame: 3))
        // Where nobody gave a picture something stands in, but not for whole numbers.
        let isBlack = ["ints", "[2]"].contains { use.contains($0) }
        #expect(isBlack ? pixels[0] == 0 : pixels[0] > 40, "\(pixels[0])")
    }
}
