import Testing

@testable import GLSL

private func source(_ name: String, _ pass: String, of program: AssembledProgram) -> UniformSource?
{
    program.passes.first { $0.name == pass }?.bindings.first { $0.name == name }?.source
}

private func picture(_ name: String, _ pass: String, of program: AssembledProgram) -> PictureSource?
{
    guard case .sampler(let picture, _)? = source(name, pass, of: program) else { return nil }
    return picture
}

@Suite("A dialect's names")
struct DialectNameTests {
    @Test(
        "Each source is recognised, and all that it names is filled", arguments: DialectSource.all)
    func filled(example: DialectSource) throws {
        let program = try Assembler.assemble(example.source).get()
        #expect(program.dialect == example.dialect)
        for (pass, names) in example.bound {
            for name in names {
                #expect(source(name, pass, of: program) != nil, "\(pass): \(name)")
            }
        }
        // Nothing that the dialect knows was taken for somebody's own value.
        let known = Set(["bumps", "sun", "sky", "fMidiKnob"])
        #expect(Set(program.values.map(\.name)).isSubset(of: known))
    }

    @Test(
        "Shadertoy's buffers: numbers with all digits, their own picture of the frame before, alpha"
    )
    func buffers() throws {
        let program = try Assembler.assemble(DialectSource.shadertoyBuffers.source).get()
        #expect(
            program.passes.map(\.name) == ["bufferA", "bufferB", "bufferC", "bufferD", "image"])
        #expect(
            program.passes.map(\.target.format) == [.rgba32f, .rgba32f, .rgba32f, .rgba32f, .rgba8])
        #expect(program.passes.map(\.target.isDoubled) == [true, true, true, true, false])
        for (pass, channel, read) in [
            ("bufferA", "iChannel0", "bufferA"), ("bufferB", "iChannel0", "bufferA"),
            ("bufferB", "iChannel1", "bufferB"), ("bufferC", "iChannel0", "bufferC"),
            ("bufferC", "iChannel1", "bufferA"), ("image", "iChannel3", "bufferD"),
        ] {
            #expect(picture(channel, pass, of: program) == .pass(read), "\(pass) \(channel)")
        }
        #expect(source("phosphor_size2", "bufferD", of: program) == .size(.pass("bufferC")))
        let ends = program.passes.map {
            $0.stages.last?.text.contains("phosphor_color = phosphor_result;")
        }
        #expect(ends == [true, true, true, true, false])
    }

    @Test("Common's lines and the stage's own are told apart")
    func common() throws {
        let program = try Assembler.assemble(DialectSource.shadertoyBuffers.source).get()
        let stage = try #require(program.passes[2].stages.last)
        let places = [1, 2, 5, 6].map { stage.lineMap.locate(source: 0, line: $0) }
        #expect(places.map { $0?.file } == ["common", "common", "bufferC.frag", "bufferC.frag"])
        #expect(places.map { $0?.line } == [1, 2, 1, 2])
        let lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
        let reset = try #require(lines.firstIndex(of: "#line 1 0"))
        let main = try #require(lines.firstIndex { $0.hasPrefix("void mainImage") })
        let place = stage.lineMap.locate(source: 0, line: main - reset)
        #expect(place?.file == "bufferC.frag")
        #expect(place?.line == 3)
    }

    @Test("What is wrong in Common is said of Common")
    func commonProblems() {
        var source = DialectSource.shadertoyBuffers.source
        source.parts[.common] = StageText(text: "float a;\n/* open\n", file: "common.glsl")
        guard case .failure(let error) = Assembler.assemble(source) else {
            Issue.record("assembled")
            return
        }
        #expect(Set(error.diagnostics.map(\.file)) == ["common.glsl"])
        #expect(Set(error.diagnostics.map(\.line)) == [2])
    }

    @Test("Cubes, volumes and the keyboard are told from how they are read")
    func channels() throws {
        let program = try Assembler.assemble(DialectSource.shadertoyPicture.source).get()
        let text = try #require(program.passes[0].stages.last).text
        for line in [
            "uniform sampler2D iChannel0;", "uniform samplerCube iChannel1;",
            "uniform sampler3D iChannel2;", "uniform sampler2D iChannel3;",
        ] { #expect(text.contains(line), "\(line)") }
        #expect(picture("iChannel3", "image", of: program) == .keyboard)
        #expect(program.notices.contains { $0.token == "mainSound" && $0.line == 13 })
    }

    @Test(
        "An input's kind is told from its argument, however that is written",
        arguments: [
            ("texture(iChannel0, p)", "vec3 p = vec3(1);", "samplerCube"),
            ("texture(iChannel0, p.xy)", "vec3 p = vec3(1);", "sampler2D"),
            ("texture(iChannel0, (p + 1.0) * 0.5)", "vec2 p = vec2(1);", "sampler2D"),
            ("texture(iChannel0, normalize(p - vec3(0, 1, 0)))", "vec3 p;", "samplerCube"),
            ("textureLod(iChannel0, f(p), 0.0)", "vec3 p;", "samplerCube"),
            ("texture(iChannel0, a + b)", "vec2 a = vec2(0), b = vec2(1);", "sampler2D"),
            ("texelFetch(iChannel0, ivec3(p), 0)", "vec3 p;", "sampler3D"),
            ("textureCube(iChannel0, q)", "", "samplerCube"),
            ("texture(iChannel0, unknown)", "", "sampler2D"),
            ("texture(iChannel0, rd.zyx * m)", "mat3 m;", "samplerCube"),
            ("texture(iChannel0, gl_FragCoord.xy / iResolution.xy)", "", "sampler2D"),
        ])
    func kinds(use: String, declaration: String, type: String) throws {
        let text = """
            vec3 f(vec3 p) { return p; }
            void mainImage(out vec4 c, in vec2 u) { \(declaration) c = \(use); }
            """
        let source = SketchSource(
            stages: [.fragment: StageText(text: text, file: "a")], name: "a")
        let stage = try #require(Assembler.assemble(source).get().passes[0].stages.last)
        #expect(stage.text.contains("uniform \(type) iChannel0;"))
    }

    @Test("RiftRay's comments: textures, values, where one begins")
    func riftray() throws {
        let program = try Assembler.assemble(DialectSource.riftray.source).get()
        #expect(program.textures.map(\.paths) == [["stone.jpg"], ["sand.png"]])
        #expect(program.textures.map(\.place.line) == [7, 8])
        #expect(picture("iChannel0", "image", of: program) == .texture("stone.jpg"))
        #expect(picture("iChannel2", "image", of: program) == .texture("sand.png"))
        #expect(program.values.map(\.kind) == [.float, .direction, .color])
        #expect(program.values.map(\.initial) == [[1.1], [0.35, 0.3, 0.6], [1, 0.8, 0.7, 1]])
        #expect(program.values[0].least == [0.1])
        #expect(program.values[0].most == [4])
        #expect(program.startingPlace.headSize == 2.5)
        #expect(program.startingPlace.eyePosition?.z == -23)
        #expect(program.surroundings == .world)
    }

    @Test("Bonzomatic's knobs go from 0 to 1, its sound is silence")
    func bonzomatic() throws {
        let program = try Assembler.assemble(DialectSource.bonzomatic.source).get()
        #expect(program.values.map(\.name) == ["fMidiKnob"])
        #expect(program.values[0].least == [0])
        #expect(program.values[0].most == [1])
        #expect(picture("texFFT", "image", of: program) == .spectrum)
        #expect(picture("texPreviousFrame", "image", of: program) == .previous("image"))
        #expect(picture("texLogo", "image", of: program) == .test)
        #expect(program.passes[0].target.isDoubled)
        #expect(program.notices.contains { $0.message.contains("silence") && $0.line == 6 })
        // The text itself is not touched.
        #expect(program.passes[0].stages.last?.text == DialectSource.bonzomatic.parts["frag"])
    }

    @Test("KodeLife's passes read the picture before them, and the block is written for them")
    func kodelife() throws {
        var source = DialectSource.kodelife.source
        let text = try #require(source.parts[SketchPart(.fragment)])
        source.parts[SketchPart(.fragment, pass: "first")] = text
        let program = try Assembler.assemble(source).get()
        #expect(program.passes.map(\.name) == ["first", "image"])
        #expect(picture("prevPass", "first", of: program) == .previous("first"))
        #expect(picture("prevPass", "image", of: program) == .pass("first"))
        #expect(picture("prevFrame", "first", of: program) == .previous("image"))
        let vertex = try #require(program.passes[1].stages.first)
        #expect(vertex.isGenerated)
        for line in [
            "#version 150", "out VertexData {", "} inData;", "inData.v_texcoord = corner;",
            "inData.v_normal = vec3(0.0, 0.0, 1.0);",
        ] { #expect(vertex.text.contains(line), "\(line)") }
        let stages = try Assembler.assemble(DialectSource.kodelifeStages.source).get()
        #expect(stages.passes[0].draw?.geometry == .grid(columns: 1, rows: 1))
    }

    @Test("GLSL Sandbox's surface is as high as 1, its pointer goes from 0 to 1")
    func sandbox() throws {
        let program = try Assembler.assemble(DialectSource.glslSandbox.source).get()
        #expect(source("mouse", "image", of: program) == .builtin(.pointerShare))
        #expect(
            source("backbuffer", "image", of: program)
                == .sampler(.previous("image"), Sampling(.nearest)))
        let stages = program.passes[0].stages
        #expect(stages.first?.text.contains("surfacePosition = (corner - 0.5) * vec2(") == true)
        #expect(stages.last?.text.contains("#define surfaceSize vec2(") == true)
        #expect(stages.last?.text.contains("uniform vec2 surfaceSize") == false)
        #expect(stages.last?.text.contains("GL_OES_standard_derivatives") == false)
        let old = try Assembler.assemble(DialectSource.glslSandboxES.source).get()
        #expect(old.passes[0].stages.last?.text == DialectSource.glslSandboxES.parts["frag"])
        #expect(old.passes[0].draw?.geometry == .grid(columns: 1, rows: 1))
    }

    @Test("In GLSL Sandbox a sampler that nobody fills reads the frame before, whatever its name")
    func sandboxSamplers() throws {
        let names = ["backbuffer", "backBuffer", "bb", "tex", "u_texture", "lastFrame"]
        let others = ["texture0", "tex1", "noiseTex", "iChannel0"]
        let text =
            (names + others).map { "uniform sampler2D \($0);\n" }.joined()
            + "uniform float time;\nvoid main() { vec4 c = vec4(time);\n"
            + (names + others).map { "c += texture2D(\($0), vec2(0.5));\n" }.joined()
            + "gl_FragColor = c; }\n"
        let program = try Assembler.assemble(
            SketchSource(stages: [.fragment: StageText(text: text, file: "a.frag")], name: "a")
        ).get()
        #expect(program.dialect == .glslSandbox)
        for name in names {
            #expect(
                source(name, "image", of: program)
                    == .sampler(.previous("image"), Sampling(.nearest)), "\(name)")
        }
        for name in others {
            if case .sampler(.previous, _)? = source(name, "image", of: program) {
                Issue.record("\(name) is a picture of its own")
            }
        }
        #expect(program.passes[0].target.isDoubled)
    }
}
