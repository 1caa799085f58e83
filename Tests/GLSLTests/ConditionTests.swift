import Testing

@testable import GLSL

@Suite("What a text's own conditions leave out")
struct ConditionTests {
    private func fragment(_ text: String) throws -> String {
        let source = SketchSource(
            stages: [.fragment: StageText(text: text, file: "a.frag")], name: "a")
        let program = try Assembler.assemble(source).get()
        return try #require(program.passes[0].stages.first { $0.stage == .fragment }).text
    }

    private let main =
        "void mainImage(out vec4 c, vec2 p) { c = vec4(p / iResolution.xy, 0., 1.); }\n"

    @Test(
        "A name that is declared where nothing is compiled is declared by us",
        arguments: [
            "#ifdef STANDALONE\nuniform vec2 iResolution;\n#endif\n",
            "#if 0\nuniform vec2 iResolution;\n#endif\n",
            "#ifdef GL_ES\nuniform vec2 iResolution;\n#endif\n",
            "#ifndef OTHER\n#else\nuniform vec2 iResolution;\n#endif\n",
            "#if defined(A) && defined(B) || defined C\nuniform vec2 iResolution;\n#endif\n",
        ])
    func declared(text: String) throws {
        #expect(try fragment(text + main).contains("\nuniform vec3 iResolution;"))
    }

    @Test(
        "One that may be compiled is the user's",
        arguments: [
            "#define MINE\n#ifdef MINE\nuniform vec2 iResolution;\n#endif\n",
            "#ifndef OTHER\nuniform vec2 iResolution;\n#endif\n",
            "#ifdef GL_ARB_gpu_shader5\nuniform vec2 iResolution;\n#endif\n",
            "#if __VERSION__ > 130\nuniform vec2 iResolution;\n#endif\n",
        ])
    func own(text: String) throws {
        #expect(try !fragment(text + main).contains("\nuniform vec3 iResolution;"))
    }

    @Test("A main that is left out is none, and a mainVR that is left out is not called")
    func entries() throws {
        let own =
            "#ifdef STANDALONE\nvoid main() { mainImage(gl_FragColor, gl_FragCoord.xy); }\n#endif\n"
        #expect(Dialect.recognise(stages: [.fragment: main + own]) == .shadertoy)
        let ray =
            "#ifdef VR\nvoid mainVR(out vec4 c, vec2 p, vec3 o, vec3 d) { c = d.xyzz; }\n#endif\n"
        #expect(try !fragment(main + ray).contains("phosphor_q.xyz"))
    }

    @Test(
        "An entry may stand in a macro",
        arguments: [
            "#define Main void mainImage(out vec4 c, in vec2 p)\nMain { c = vec4(p, 0., 1.); }\n",
            "#define Main void mainImage(out vec4 c, in vec2 p) { c = vec4(0);\nMain c.xy = p; }\n",
            "#define mainImage(c, p) mainImage(out vec4 c, in vec2 p)\nvoid mainImage(c, p) { c = p.xyxy; }\n",
        ])
    func macros(text: String) throws {
        #expect(Dialect.recognise(stages: [.fragment: text]) == .shadertoy)
        let result = try fragment(text)
        #expect(result.contains("mainImage(phosphor_result, gl_FragCoord.xy);"))
        #expect(result.contains("#undef mainImage\n") == text.contains("#define mainImage"))
    }

    @Test("A macro that nobody uses is no entry")
    func unused() {
        #expect(
            Dialect.recognise(stages: [
                .fragment: "#define Main void mainImage(out vec4 c, in vec2 p)\nvoid main() {}\n"
            ]) == .plain)
    }

    @Test("What functions give back begins with zeros, on the line where it was")
    func outputs() throws {
        let text = try fragment(
            "float f(vec2 p, out vec3 n, inout float k, out highp mat2 m) { return 1.; }\nvoid g(out float a[2]);\n"
                + main)
        #expect(
            text.contains("m) { n = vec3(0); m = mat2(0); return 1.; }\nvoid g(out float a[2]);\n"))
        #expect(text.contains("vec2 p) { c = vec4(0); c = "))
    }
}
