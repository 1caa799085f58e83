import Testing

@testable import GLSL

private func program(
    _ stages: [Stage: String], dialect: Dialect? = nil
) throws -> AssembledProgram {
    let texts = stages.mapValues { StageText(text: $0, file: "a") }
    return try Assembler.assemble(SketchSource(stages: texts, name: "a", dialect: dialect)).get()
}

private func program(_ fragment: String) throws -> AssembledProgram {
    try program([.fragment: fragment])
}

private func fragment(_ text: String) throws -> AssembledStage {
    try #require(try program(text).passes[0].stages.first { $0.stage == .fragment })
}

private let image = "void mainImage(out vec4 c, in vec2 p) { c = vec4(1); }\n"
private let vr = "void mainVR(out vec4 c, in vec2 p, in vec3 o, in vec3 d) { c = vec4(d, 1); }\n"
private let scene = "vec3 getSceneColor( in vec3 ro, in vec3 rd )\n{ return rd; }\n"

@Suite("What surrounds its viewer")
struct SurroundingTests {
    @Test(
        "A ray's colour, or a uniform that each eye has its own of, makes a world",
        arguments: [
            vr, image + vr, scene, "out vec4 c; void main() { c = iView[0]; }",
            "#version 300 es\nprecision highp float;\nuniform mat4 iProjection;\nout vec4 c;\n"
                + "void main() { c = iProjection * vec4(1.0); }",
            "#define EYE iEyePosition\nout vec4 c; void main() { c = vec4(EYE, 1); }",
            "void mainImage(out vec4 c, in vec2 p) { c = vec4(iEyePosition, iViewIndex); }",
        ])
    func world(text: String) throws {
        #expect(try program(text).surroundings == .world)
    }

    @Test(
        "Names in comments, of the user's own things, and declarations alone do not",
        arguments: [
            image, "// iView\nout vec4 c; void main() { c = vec4(1); }",
            "out vec4 c; void main() { vec3 iView = vec3(1); c = vec4(iView, 1); }",
            "out vec4 c; mat4 iView(float a) { return mat4(a); } void main() { c = iView(1.)[0]; }",
            "#define iView 2.0\nout vec4 c; void main() { c = vec4(iView); }",
            "const vec3 iEyePosition = vec3(1);\nout vec4 c; void main() { c = iEyePosition.xyzx; }",
            "#version 450\nuniform mat4 iView;\nout vec4 c;\nvoid main() { c = vec4(1); }",
            "uniform Frame { mat4 iView; } frame;\nout vec4 c; void main() { c = vec4(1); }",
        ])
    func flat(text: String) throws {
        #expect(try program(text).surroundings == .flat)
    }

    @Test("Any stage that draws can see by the eyes; one that computes has none")
    func stages() throws {
        let picture = "out vec4 c; void main() { c = vec4(1); }"
        let vertex = "void main() { gl_Position = iProjection * iView * vec4(1); }"
        #expect(try program([.vertex: vertex, .fragment: picture]).surroundings == .world)
        #expect(try program([.vertex: vertex]).surroundings == .world)
        let compute = "layout(local_size_x = 1) in;\nvoid main() { vec3 a = iEyePosition; }"
        #expect(try program([.compute: compute, .fragment: picture]).surroundings == .flat)
    }

    @Test("Texts that mention none of it are what they always were")
    func unchanged() throws {
        for text in [image, "out vec4 c; void main() { c = vec4(iTime); }"] {
            let text = try fragment(text).text
            for name in ["iView", "iProjection", "iEyePosition", "iViewIndex", "phosphor_ray"] {
                #expect(!text.contains(name))
            }
        }
        #expect(
            try fragment(image).text.hasSuffix(
                """
                void main() {
                    vec4 phosphor_result = vec4(0.0, 0.0, 0.0, 1.0);
                    mainImage(phosphor_result, gl_FragCoord.xy);
                    phosphor_color = vec4(phosphor_result.rgb, 1.0);
                }

                """))
    }

    @Test("What is mentioned is declared, once, by the user's own type")
    func declared() throws {
        let own = try fragment("uniform mat3 iView; out vec4 c; void main() { c.xyz = iView[0]; }")
        #expect(!own.text.contains("uniform mat4 iView"))
        let both = try program([
            .vertex: "uniform mat3 iView; void main() { gl_Position.xyz = iView[0]; }",
            .fragment: "out vec4 c; void main() { c.xyz = iView[1]; }",
        ])
        #expect(both.passes[0].stages.allSatisfy { $0.text.contains("uniform mat3 iView;") })
    }

    @Test(
        "RiftRay's entry is told from its neighbours",
        arguments: [
            (scene, Dialect.riftray),
            (
                scene + "#ifndef RIFTRAY\nvoid main() { gl_FragColor = vec4(1); }\n#endif\n",
                .riftray
            ),
            (scene + "#if !defined(RIFTRAY)\nvoid main() {}\n#endif\n", .riftray),
            (scene + "#ifdef RIFTRAY\nfloat a;\n#else\nvoid main() {}\n#endif\n", .riftray),
            (scene + "#ifndef RIFTRAY\n#if 1\n" + image + "#endif\n#endif\n", .riftray),
            (scene + image, .riftray),
            (scene + vr, .shadertoy),
            (scene + "void main() { gl_FragColor = vec4(1); }", .plain),
            (scene + "#ifdef RIFTRAY\nvoid main() {}\n#endif", .plain),
            ("vec3 getSceneColor(vec2 p) { return p.xyx; }\n" + image, .shadertoy),
            ("vec3 getSceneColor(vec3 a, vec3 b);\n" + image, .shadertoy),
            ("float getSceneColor(vec3 a, vec3 b) { return 1.0; }\n" + image, .shadertoy),
            ("// " + scene.split(separator: "\n")[0] + "\n" + image, .shadertoy),
        ])
    func recognised(text: String, dialect: Dialect) {
        #expect(Dialect.recognise(stages: [.fragment: text]) == dialect)
    }

    @Test("RiftRay's sources get its names and its old words")
    func riftray() throws {
        let stage = try fragment(
            "#version 120\nuniform sampler2D own;\nvec3 sample = texture2D(iChannel0, vec2(iGlobalTime)).xyz;\n"
                + scene + "#ifndef RIFTRAY\n" + image + "#endif\n")
        for line in [
            "#define RIFTRAY\n", "uniform float iGlobalTime;\n", "uniform vec3 iResolution;\n",
            "uniform sampler2D iChannel3;\n",
            "vec4 texture2D(sampler2D s, vec2 p) { return texture(s, p); }\n",
            "#define sample sample_\n", "uniform mat4 phosphor_ray;\n",
            "phosphor_result.rgb = getSceneColor(phosphor_eye, phosphor_d);",
        ] { #expect(stage.text.contains(line), "\(line)") }
        // Its window's picture is not there in RiftRay, and so not here.
        #expect(!stage.text.contains("mainImage(phosphor_result"))
        #expect(!stage.text.contains("#version 120"))
        #expect(stage.lineMap.place(source: 0, line: 4)?.line == 4)
        let forced = SketchSource(
            stages: [.fragment: StageText(text: "float a;", file: "a")], name: "a",
            dialect: .riftray)
        guard case .failure(let error) = Assembler.assemble(forced) else {
            Issue.record("assembled")
            return
        }
        #expect(error.diagnostics.first?.message.contains("getSceneColor") == true)
    }

    @Test("A mistake in an entry's parameters stands on that entry's line")
    func entryLines() throws {
        let stage = try fragment(image + "\nvoid mainVR(out vec4 c, in vec2 p) {}\n")
        let line = stage.text.split(separator: "\n", omittingEmptySubsequences: false).count
        let log = "0:\(line)(9): error: no matching function for call to `mainVR(vec4, vec2)'"
        #expect(LogReader.read(log, of: stage).map(\.line) == [3])
        let other = "0:\(line)(9): error: no matching function for call to `mainImage(vec4)'"
        #expect(LogReader.read(other, of: stage).map(\.line) == [1])
    }

    @Test("The guard counts the loops of a text with rays as of any")
    func guarded() throws {
        let text =
            "vec3 getSceneColor(vec3 o, vec3 d) {\n    while (d.x < 2.0) d.x *= 0.5;\n    return d;\n}\n"
        let program = LoopGuard.guarded(try program(text))
        let stage = try #require(program.passes[0].stages.first { $0.stage == .fragment })
        #expect(stage.loopGuard?.loops.map(\.line) == [2])
        #expect(program.surroundings == .world)
        #expect(program.unguarded.isEmpty)
    }

    @Test("A verdict on the whole stands where the entry is")
    func entry() {
        for (text, line) in [("\n" + vr, 2), ("\n\n" + scene, 3)] {
            let source = SketchSource(
                stages: [.fragment: StageText(text: text, file: "a")], name: "a")
            #expect(source.entry?.line == line)
        }
    }
}

@Suite("Where a sketch begins")
struct StartingPlaceTests {
    @Test(
        "Comments say so, as far as they are numbers",
        arguments: [
            ("// @var headSize 2.5", StartingPlace(headSize: 2.5)),
            ("// @var eyePos 0 1 3", StartingPlace(eyePosition: SIMD3(0, 1, 3))),
            ("//@var eyePos -.5, 1.e1, 3.\r\n", StartingPlace(eyePosition: SIMD3(-0.5, 10, 3))),
            (
                "// @var eyePos 9.515 2.489 -23.0.993",
                StartingPlace(eyePosition: SIMD3(9.515, 2.489, -23))
            ),
            ("// @var headSize 1\n// @var headSize 0.008", StartingPlace(headSize: 0.008)),
            ("/*\n@var headSize 4.0f\n*/", StartingPlace(headSize: 4)),
            ("// @var eyePos 1 2", StartingPlace()), ("// @var headSize 0", StartingPlace()),
            ("// @var headSize -1", StartingPlace()), ("// @var headSize nan", StartingPlace()),
            ("// @var eyePos 1e30 0 0", StartingPlace()), ("@var headSize 2", StartingPlace()),
            ("// @var float headSize 2", StartingPlace()), ("// @var", StartingPlace()),
            ("// @variable headSize 2", StartingPlace()),
            ("float a; // @var headSize 3", StartingPlace(headSize: 3)), ("", StartingPlace()),
        ])
    func read(text: String, place: StartingPlace) {
        #expect(StartingPlace(source: text) == place)
    }

    @Test("RiftRay's viewers begin looking along plus z, where the text says where they begin")
    func turned() throws {
        func call(_ text: String) throws -> Bool {
            try fragment(text).text.contains(
                "getSceneColor(vec3(3.0, 0.0, -14.0) + phosphor_eye * vec3(-1.0, 1.0, -1.0), "
                    + "phosphor_d * vec3(-1.0, 1.0, -1.0));")
        }
        #expect(try call("// @var eyePos 1.5 2 -7\n" + scene))
        #expect(try !call(scene))
        let middle = try fragment("// @var eyePos 0 0 0\n" + scene).text
        #expect(middle.contains("getSceneColor(phosphor_eye * vec3(-1.0, 1.0, -1.0), "))
    }

    @Test("The fragment stage's word counts before the others'")
    func stages() throws {
        let place = try program([
            .vertex:
                "// @var headSize 2\n// @var eyePos 1 1 1\nvoid main() { gl_Position = iView[0]; }",
            .fragment: "// @var headSize 3\nout vec4 c; void main() { c = vec4(1); }",
        ]).startingPlace
        #expect(place == StartingPlace(eyePosition: SIMD3(1, 1, 1), headSize: 3))
    }
}
