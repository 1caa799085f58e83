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
