import GLSL
import Testing

/// How sources of Shadertoy's that people have made elsewhere are read.
@Suite struct ShadertoyReadingTests {
    private func assembled(_ text: String) throws -> AssembledProgram {
        let source = SketchSource(
            stages: [.fragment: StageText(text: text, file: "a.frag")], name: "a")
        return try Assembler.assemble(source).get()
    }

    private func stage(_ text: String) throws -> String {
        try #require(assembled(text).passes[0].stages.last).text
    }

    private func image(_ use: String, _ before: String = "", _ inside: String = "") -> String {
        "\(before)\nvoid mainImage(out vec4 c, in vec2 u) { \(inside) c = \(use); }\n"
    }

    @Test(
        "Cubes and volumes are told through structures, arrays and macros",
        arguments: [
            ("texture(iChannel0, r.d)", "struct Ray { vec3 o, d; };", "Ray r;", "samplerCube"),
            (
                "texture(iChannel0, (ray.dir + ray.o))", "struct Ray { vec3 o; highp vec3 dir; };",
                "Ray ray;", "samplerCube"
            ),
            ("texture(iChannel0, r.p)", "struct Ray { vec2 p; };", "Ray r;", "sampler2D"),
            ("texture(iChannel0, r.r)", "struct Ray { vec3 r; };", "Ray r;", "samplerCube"),
            (
                "texture(iChannel0, get(u).d)",
                "struct Ray { vec3 d; };\nRay get(vec2 p) { return Ray(vec3(p, 1)); }", "",
                "samplerCube"
            ),
            ("texture(iChannel0, dirs[1])", "", "vec3 dirs[3];", "samplerCube"),
            ("texture(iChannel0, dirs[1].xy)", "", "vec3[3] dirs;", "sampler2D"),
            ("texture(iChannel0, m[0])", "", "mat3 m;", "samplerCube"),
            ("SKY(normalize(q))", "#define SKY(d) texture(iChannel0, d)", "vec3 q;", "samplerCube"),
            ("SKY(q.xy)", "#define SKY(d) texture(iChannel0, d)", "vec3 q;", "sampler2D"),
            ("texture(TEX, q)", "#define TEX iChannel0", "vec3 q;", "samplerCube"),
            (
                "look(TEX, q)",
                "#define TEX iChannel0\n#define look(s, d) textureLod(s, (d) * 2.0, 0.0)",
                "vec3 q;", "samplerCube"
            ),
            (
                "texture(iChannel0, u)",
                "#if 0\nvec4 f(vec3 d) { return texture(iChannel0, d) + texture(iChannel0, -d); }\n#endif",
                "", "sampler2D"
            ),
            (
                "texture(iChannel0, u)",
                "#ifdef SKIES\nvec4 f(vec3 d) { return texture(iChannel0, d) + texture(iChannel0, -d); }\n#endif",
                "", "sampler2D"
            ),
            (
                "f(vec3(u, 1))",
                "#define SKIES\n#ifdef SKIES\nvec4 f(vec3 d) { return texture(iChannel0, d); }\n#else\nvec4 f(vec3 d) { return texture(iChannel0, d.xy) + texture(iChannel0, d.yz); }\n#endif",
                "", "samplerCube"
            ),
        ])
    func kinds(use: String, before: String, inside: String, type: String) throws {
        let text = try stage(image(use, before, inside))
        #expect(text.contains("uniform \(type) iChannel0;"), "\(text)")
    }

    @Test("Macros that make each other larger take no time to speak of, and harm nothing")
    func hostileMacros() throws {
        let doubling = (0..<40).map { "#define A\($0) A\($0 + 1) A\($0 + 1) A\($0 + 1)" }
        let calls = String(repeating: "B(", count: 5000)
        let text = image(
            "texture(iChannel0, vec3(1)); A0", doubling.joined(separator: "\n") + "\n#define A40",
            "\n#define B(x) x x x\n\(calls)")
        #expect(throws: Never.self) { _ = try? stage(text) }
    }

    private func picture(_ text: String) throws -> PictureSource? {
        for binding in try assembled(text).passes[0].bindings where binding.name == "iChannel0" {
            if case .sampler(let picture, _) = binding.source { return picture }
        }
        return nil
    }

    @Test(
        "A name that begins with key is no keyboard by itself",
        arguments: [
            ("texture(iChannel0, keyUV)", "vec2 keyUV = u;", false),
            ("texelFetch(iChannel0, ivec2(keyUV), 0)", "vec2 keyUV = u;", false),
            ("texelFetch(iChannel0, ivec2(KEY_LEFT, 0), 0)", "", true),
            ("texelFetch(iChannel0, ivec2(keyLeft, 0), 0)", "int keyLeft = 37;", true),
            (
                "texture(iChannel0, vec2((keyLeft + 0.5) / 256., 0.25))", "float keyLeft = 37.;",
                true
            ),
            ("down(KEY_LEFT)", "", true),
        ])
    func keyboards(use: String, inside: String, isKeyboard: Bool) throws {
        let text = image(
            use,
            "#define KEY_LEFT 37\n#define down(k) texelFetch(iChannel0, ivec2(k, 0), 0)", inside)
        #expect(try (picture(text) == .keyboard) == isKeyboard)
    }

    @Test("#iKeyboard gives functions and constants over the keyboard")
    func keyboardDirective() throws {
        let text = image(
            "vec4(isKeyDown(Key_A), isKeyToggled(Key_UpArrow), isKeyReleased(Key_0), iMouseButton.x)",
            "#iKeyboard")
        let program = try assembled(text)
        let stage = try #require(program.passes[0].stages.last)
        #expect(stage.text.contains("const int Key_A = 65;"))
        #expect(stage.text.contains("const int Key_UpArrow = 38;"))
        #expect(stage.text.contains("bool isKeyPressed(int key)"))
        #expect(stage.text.contains("#define iMouseButton"))
        #expect(!stage.text.contains("#iKeyboard"))
        #expect(
            program.passes[0].bindings.contains(
                UniformBinding("phosphor_keys", .sampler(.keyboard, Sampling(.nearest)))))
        // What the text has itself, and what it does not ask for, is not there twice.
        let own = try self.stage(
            image("vec4(isKeyDown(1))", "#iKeyboard\nbool isKeyDown(int k) { return true; }"))
        #expect(own.components(of: "bool isKeyDown") == 1)
        #expect(try !self.stage(image("vec4(1)")).contains("phosphor_keys"))
        let es = try self.stage(
            "#version 100\n#iKeyboard\nprecision highp float;\nvoid main() { gl_FragColor = vec4(isKeyDown(Key_A)); }\n"
        )
        #expect(es.contains("return texture2D(phosphor_keys, ") && !es.contains("texelFetch"))
        #expect(!es.contains("out vec4"))
    }

    @Test("A terminal's names are there for texts that use them and declare no others")
    func terminal() throws {
        let text = try stage(
            image(
                "iCurrentCursor * float(iFocus) + vec4(iPalette[3], iTimeCursorChange + float(CURSORSTYLE_BAR))"
            ))
        for words in [
            "vec4 iCurrentCursor = ", "int iFocus = 1;", "uniform vec3 iPalette[256];",
            "float iTimeCursorChange = ", "const int CURSORSTYLE_BAR = 2;",
        ] {
            #expect(text.contains(words), "\(text)")
        }
        #expect(!text.contains("iPreviousCursor") && !text.contains("iTimeFocus"))
        for before in ["uniform float iFocus;", "float iFocus = 2.0;", "#define iFocus 2.0"] {
            #expect(try !stage(image("vec4(iFocus)", before)).contains("int iFocus"))
        }
    }

    @Test(
        "A text with sound or a cube alone is told so",
        arguments: [
            ("vec2 mainSound(int s, float t) { return vec2(0); }", "there is no sound yet"),
            (
                "void mainCubemap(out vec4 c, vec2 p, vec3 o, vec3 d) { c = vec4(1); }",
                "cube maps cannot be drawn"
            ),
        ])
    func noPicture(text: String, words: String) throws {
        let source = SketchSource(
            stages: [.fragment: StageText(text: "\n" + text, file: "a.frag")], name: "a")
        guard case .failure(let error) = Assembler.assemble(source) else {
            return #expect(Bool(false))
        }
        #expect(error.diagnostics.count == 1)
        #expect(error.diagnostics.first?.message.hasPrefix(words) == true)
        #expect(error.diagnostics.first?.line == 2)
    }

    @Test("Texts beside the passes that make sound, or sides of a cube, are told of")
    func beside() throws {
        let source = SketchSource(
            parts: [
                .fragment: StageText(text: image("vec4(1)"), file: "image.glsl"),
                SketchPart(rawValue: "Sound.glsl"): StageText(
                    text: "vec2 mainSound(int s, float t) { return vec2(0); }", file: "Sound.glsl"),
                SketchPart(rawValue: "noise.glsl"): StageText(
                    text: "float noise() { return 0.; }", file: "noise.glsl"),
            ], name: "a")
        let notices = try Assembler.assemble(source).get().notices
        #expect(notices.map(\.file) == ["Sound.glsl"])
        #expect(notices.allSatisfy { $0.message.hasPrefix("there is no sound yet") })
    }

    @Test(
        "Beside a main, an editor's lines mean the same, and names that resemble glslViewer's tell nothing"
    )
    func linesBesideMain() throws {
        let text = """
            #iKeyboard
            #iFirstPersonControls
            #iChannel0 buf://self
            uniform vec2 u_resolution;
            void main() {
                float a = isKeyDown(Key_A) ? texture(iKeyboard, vec2(0)).x : iMouseButton.x;
                gl_FragColor = texture2D(iChannel0, gl_FragCoord.xy / iResolution.xy) + iViewMatrix[0] * a;
            }

            """
        let program = try assembled(text)
        #expect(program.dialect == .plain)
        let stage = try #require(program.passes[0].stages.last).text
        #expect(stage.contains("bool isKeyDown(int key)"))
        #expect(stage.contains("#define iKeyboard phosphor_keys"))
        #expect(stage.contains("#define iViewMatrix mat4(1.0)"))
        #expect(!stage.contains("#iK") && !stage.contains("#iF") && !stage.contains("#iC"))
        #expect(try picture(text) == .pass("image"))
        // What is added up from frame to frame has all its digits, and the alpha that the text gives it.
        let kept = try self.stage("#iChannel0 \"self\"\n" + image("texture(iChannel0, u)"))
        #expect(kept.contains("phosphor_color = phosphor_result;"))
        #expect(program.passes[0].target.format == .rgba32f)
        #expect(try assembled(image("vec4(1)")).passes[0].target.format == .rgba8)
    }

    @Test(
        "What a line names may stand in quotes, in apostrophes or in neither",
        arguments: [
            ("self", "image"), ("'self'", "image"), ("\"file://self\"", "image"),
            ("buf://self", "image"), ("'file://./blur.glsl'", "blur"),
            ("file://./blur.glsl", "blur"), ("buf://blur.glsl // why", "blur"),
            ("\"blur.glsl\"", "blur"),
        ])
    func quotes(line: String, pass: String) throws {
        for channel in ["iChannel0", "iChannel7"] {
            let text = "#\(channel) \(line)\n" + image("texture(\(channel), u)")
            let source = SketchSource(
                parts: [
                    .fragment: StageText(text: text, file: "image.glsl"),
                    SketchPart(.fragment, pass: "blur"): StageText(
                        text: image("vec4(1)"), file: "blur.glsl"),
                ], name: "a")
            let program = try Assembler.assemble(source).get()
            let shown = try #require(program.passes.last)
            #expect(shown.stages.last?.text.contains("uniform sampler2D \(channel);") == true)
            let source0 = shown.bindings.first { $0.name == channel }?.source
            #expect(source0 == .sampler(.pass(pass), Sampling(.linear, .clamp)))
        }
    }

    @Test(
        "A buffer of which somebody reads levels has them",
        arguments: [
            ("textureLod(iChannel0, u, 4.0)", "", true),
            ("texture(iChannel0, u * vec2(1, 2), 2. + u.x)", "", true),
            ("SOFT(u)", "#define SOFT(p) textureLod(iChannel0, p, LEVEL)\n#define LEVEL 3.", true),
            ("texture(iChannel0, u)", "#iChannel0::MinFilter \"LinearMipMapLinear\"", true),
            ("textureLod(iChannel0, u, 4.0)", "#iChannel0::MinFilter \"Linear\"", false),
            ("textureLod(iChannel0, u, 0.)", "", false),
            ("texture2D(iChannel0, u, -100.0)", "", false),
            ("texelFetch(iChannel0, ivec2(u), 0)", "", false),
            ("texelFetch(iChannel0, ivec2(u), LOD)", "const int LOD = 0;", false),
            ("texelFetch(iChannel0, ivec2(u), 2)", "", true),
            ("textureLod(iChannel0, u, float(0))", "", false),
            ("textureLod(iChannel0, u, BLUR)", "const float BLUR = 2.0;", true),
            ("texture(iChannel0, u)", "", false),
        ])
    func levels(use: String, before: String, hasLevels: Bool) throws {
        let source = SketchSource(
            parts: [
                .fragment: StageText(text: image(use, before), file: "image.glsl"),
                SketchPart(.fragment, pass: "bufferA"): StageText(
                    text: image("vec4(1)"), file: "bufferA.glsl"),
            ], name: "a")
        let passes = try Assembler.assemble(source).get().passes
        #expect(passes.first?.target.hasMipmaps == hasLevels)
        let read = passes.last?.bindings.first { $0.name == "iChannel0" }?.source
        #expect(read == .sampler(.pass("bufferA"), Sampling(hasLevels ? .mipmap : .linear, .clamp)))
    }

    @Test("A pass that a line names and that is not there is told of on that line")
    func missingPass() throws {
        let text = "#iChannel1 \"file://./other/blur.glsl\"\n" + image("texture(iChannel1, u)")
        let notice = try #require(assembled(text).notices.first)
        #expect(notice.line == 1 && notice.severity == .warning)
        #expect(notice.message.contains("blur") && notice.message.contains("./other/blur.glsl"))
        #expect(ChannelFiles.named(in: text).map(\.pass) == ["blur"])
        #expect(ChannelFiles.named(in: text).map(\.path) == ["./other/blur.glsl"])
        #expect(
            ChannelFiles.named(in: "#iChannel0 \"file://a.png\"\n// #iChannel1 \"b.glsl\"").isEmpty)
    }
}

extension String {
    fileprivate func components(of word: String) -> Int { ranges(of: word).count }
}
