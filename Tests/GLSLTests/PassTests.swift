import Testing

@testable import GLSL

private func assemble(
    _ parts: [String: String], plan: SketchPlan = SketchPlan()
) -> Result<AssembledProgram, AssemblyError> {
    var texts: [SketchPart: StageText] = [:]
    for (part, text) in parts {
        texts[SketchPart(rawValue: part)] = StageText(text: text, file: part)
    }
    var source = SketchSource(parts: texts, name: "a")
    source.plan = plan
    return Assembler.assemble(source)
}

private let picture = "out vec4 c; void main() { c = vec4(1); }"

@Suite("Passes")
struct PassTests {
    @Test("Those that nobody names come first, then those of the plan; the picture is last")
    func order() throws {
        var plan = SketchPlan()
        plan.passes = [.init(name: "blur"), .init(name: "a"), .init(name: "missing")]
        let parts = [
            "frag": picture, "a.frag": picture, "blur.frag": picture, "z.frag": picture,
            "Buffer B.frag": picture, "bufferA.frag": picture, "noise.glsl": "float a;",
        ]
        let program = try assemble(parts, plan: plan).get()
        #expect(program.passes.map(\.name) == ["bufferA", "Buffer B", "z", "blur", "a", "image"])
        #expect(program.notices.count { $0.message.contains("missing") } == 1)
    }

    @Test("A pass is read by its name, and as it was where it is drawn later")
    func names() throws {
        let read =
            "uniform sampler2D a, b; out vec4 c; void main() { c = texture(a, vec2(0)) + texture(b, vec2(0)); }"
        let program = try assemble(["a.frag": read, "b.frag": picture, "frag": read]).get()
        let first = program.passes[0].bindings.map(\.source)
        #expect(first == [.sampler(.previous("a"), Sampling()), .sampler(.pass("b"), Sampling())])
        #expect(program.passes.map(\.target.isDoubled) == [true, true, false])
    }

    @Test("Where there is no picture, that of the last pass is shown")
    func copied() throws {
        let program = try assemble(["a.frag": picture, "b.frag": picture]).get()
        #expect(program.passes.map(\.name) == ["a", "b", "image"])
        let shown = try #require(program.passes.last)
        #expect(shown.stages.allSatisfy { $0.isGenerated })
        #expect(shown.bindings.map(\.source) == [.sampler(.pass("b"), Sampling(.nearest))])
    }

    @Test(
        "A pass may do nothing but compute; the picture may, where no text for it is being written")
    func computing() throws {
        let compute = "layout(local_size_x = 1) in; void main() {}"
        let program = try assemble(["move.comp": compute, "frag": picture]).get()
        #expect(program.passes[0].stages.map(\.stage) == [.compute])
        #expect((try? assemble(["comp": compute, "frag": "// soon\n"]).get()) == nil)
        #expect(try assemble(["comp": compute]).get().passes.count == 1)
    }

    @Test("Passes of Shadertoy's that make no picture are left out, with a word")
    func soundless() throws {
        let toy = "void mainImage(out vec4 c, vec2 p) { c = vec4(1); }"
        let program = try assemble([
            "frag": toy, "sound.frag": "vec2 mainSound(int s, float t) { return vec2(0); }",
            "cubeA.frag":
                "void mainCubemap(out vec4 c, vec2 p, vec3 o, vec3 d) { c = vec4(d, 1); }",
        ]).get()
        #expect(program.passes.map(\.name) == ["image"])
        #expect(
            program.notices.map(\.file).sorted { ($0 ?? "") < ($1 ?? "") } == [
                "cubeA.frag", "sound.frag",
            ])
    }

    @Test("A plain picture may have buffers in Shadertoy's words")
    func mixed() throws {
        let toy = "void mainImage(out vec4 c, vec2 p) { c = vec4(iTime); }"
        let program = try assemble(["frag": picture, "bufferA.frag": toy]).get()
        #expect(program.dialect == .plain)
        #expect(program.passes[0].target.format == .rgba32f)
        #expect(program.passes[0].stages.last?.text.contains("mainImage(phosphor_result") == true)
    }

    @Test("Patches have as many vertices as the control stage says, and corners to begin with")
    func patches() throws {
        let control =
            "#version 450\nlayout(vertices = 4) out;\nin vec3 vPos[]; out vec3 tPos[];\nvoid main() { tPos[gl_InvocationID] = vPos[0]; }"
        let program = try assemble([
            "tesc": control,
            "tese": "#version 450\nlayout(quads) in; in vec3 tPos[]; void main() {}",
            "frag": "#version 450\nout vec4 c; void main() { c = vec4(1); }",
        ]).get()
        #expect(program.passes[0].draw?.geometry == .patches(1, vertices: 4))
        #expect(program.passes[0].draw?.hasDepth == true)
        let vertex = try #require(program.passes[0].stages.first)
        #expect(vertex.text.contains("out vec3 vPos;"))
        #expect(vertex.text.contains("vPos = vec3(2.0 * corner - 1.0, 0.0);"))
        #expect(vertex.text.contains("vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1)"))
    }

    @Test("What a comment says of vertices holds before tessellation, too")
    func countedPatches() throws {
        let program = try assemble([
            "vert": "#version 450\n// @vertices 24 points\nvoid main() { gl_Position = vec4(1); }",
            "tese": "#version 450\nlayout(quads) in; void main() {}",
            "frag": "#version 450\nout vec4 c; void main() { c = vec4(1); }",
        ]).get()
        #expect(program.passes[0].draw == nil)
    }
}
