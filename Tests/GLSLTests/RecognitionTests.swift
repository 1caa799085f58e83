import Testing

@testable import GLSL

private let main = "void main() { gl_FragColor = vec4(1.0); }\n"

@Suite("Which dialect a text is of")
struct RecognitionTests {
    @Test(
        "Names that are a dialect's own tell",
        arguments: [
            ("#version 410 core\nuniform float fGlobalTime;\n" + main, Dialect.bonzomatic),
            ("#version 410 core\nuniform vec2 v2Resolution;\n" + main, .bonzomatic),
            ("uniform sampler1D texFFT;\n" + main, .bonzomatic),
            ("void main() { c = vec4(fGlobalTime); }", .bonzomatic),
            (
                "#version 150\nin VertexData { vec4 v_position; vec2 v_texcoord; } inData;\n",
                .kodelife
            ),
            ("#version 330\nin VertexData\n{\n    vec2 v_texcoord", .plain),
            ("uniform sampler2D prevPass;\n" + main, .kodelife),
            (
                "varying vec2 v_texcoord;\nuniform float time;\nuniform vec3 spectrum;\n" + main,
                .kodelife
            ),
            ("uniform float time;\n" + main, .glslSandbox),
            ("uniform vec2 resolution;\n" + main, .glslSandbox),
            ("uniform vec2 mouse, resolution;\n" + main, .glslSandbox),
            ("varying vec2 surfacePosition;\n" + main, .glslSandbox),
            ("#version 100\nuniform float time;\n" + main, .glslSandbox),
            (
                "uniform float time;\nvarying vec2 surfacePosition, other;\n" + main, .glslSandbox
            ),
        ])
    func told(text: String, dialect: Dialect) { #expect(RecognitionTests.dialect(text) == dialect) }

    @Test(
        "Names in comments, of other types, and those that everybody has do not",
        arguments: [
            "", main, "// uniform float fGlobalTime;\n" + main,
            "/* uniform float time; uniform vec2 resolution; */\n" + main,
            "#version 330\nuniform float time;\nuniform vec2 resolution;\n" + main,
            "#version 410 core\nuniform sampler2D texPreviousFrame;\n" + main,
            "uniform sampler2D backbuffer;\n" + main,
            "uniform vec3 resolution;\n" + main, "float time;\n" + main,
            "in VertexData { vec2 uv; } inData;\n" + main,
            "#version 450\nfloat fGlobalTime = 1.0;\n" + main,
            "uniform float time;\nuniform sampler2D map;\nvarying vec2 vUv;\n" + main,
            "#define PROCESSING_TEXTURE_SHADER\nuniform vec2 resolution;\n" + main,
        ])
    func nothing(text: String) { #expect(RecognitionTests.dialect(text) == .plain) }

    @Test("Shadertoy's entries that make no picture are Shadertoy's, too")
    func otherEntries() {
        #expect(dialectOf("vec2 mainSound(float time) { return vec2(0); }") == .shadertoy)
        #expect(
            dialectOf("void mainCubemap(out vec4 c, vec2 p, vec3 o, vec3 d) {}") == .shadertoy)
        #expect(dialectOf("float mainSound(float time) { return 0.0; }") == .plain)
    }

    @Test(
        "A comment says it, whatever the names are; the last one counts",
        arguments: [
            ("// @dialect plain\nvoid mainImage(out vec4 c, vec2 p) {}", Dialect.plain),
            ("/*\n @dialect: glsl-sandbox\n*/\n" + main, .glslSandbox),
            ("// @dialect KodeLife\n// @dialect Bonzomatic\n" + main, .bonzomatic),
            ("// @dialect GLSL Sandbox\n" + main, .plain),
            ("// @dialect nonsense\nuniform float time;\n" + main, .glslSandbox),
            ("float a; // @dialect shadertoy\n", .shadertoy),
            ("@dialect shadertoy\n" + main, .plain),
        ])
    func noted(text: String, dialect: Dialect) { #expect(dialectOf(text) == dialect) }

    @Test("What the source is told counts before the plan, the plan before a comment")
    func order() throws {
        var source = SketchSource(
            stages: [.fragment: StageText(text: "// @dialect kodelife\n" + main, file: "a")],
            name: "a")
        #expect(try Assembler.assemble(source).get().dialect == .kodelife)
        source.plan.dialect = .bonzomatic
        #expect(try Assembler.assemble(source).get().dialect == .bonzomatic)
        source.dialect = .glslSandbox
        #expect(try Assembler.assemble(source).get().dialect == .glslSandbox)
    }

    @Test(
        "Every beginning of every source is assembled or refused, and keeps its dialect at the end",
        arguments: DialectSource.all)
    func halfTyped(example: DialectSource) throws {
        let part = example.parts["frag"] ?? ""
        let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
        for count in 0...lines.count {
            let text = lines.prefix(count).joined(separator: "\n")
            var source = example.source
            source.parts[SketchPart(.fragment)] = StageText(text: text, file: "a")
            if case .failure(let error) = Assembler.assemble(source) {
                #expect(!error.diagnostics.isEmpty)
            }
        }
        #expect(try Assembler.assemble(example.source).get().dialect == example.dialect)
    }

    private func dialectOf(_ text: String) -> Dialect { RecognitionTests.dialect(text) }

    private static func dialect(_ text: String) -> Dialect {
        Dialect.recognise(stages: [.fragment: text])
    }
}
