import Testing

@testable import GLSL

private func pass(_ common: String? = nil) throws -> AssembledPass {
    var parts: [SketchPart: StageText] = [
        .vertex: StageText(
            text: "#version 450\nout vec2 uv;\nvoid main() { uv = vec2(0); }", file: "a.vert"),
        .fragment: StageText(
            text:
                "#version 450\n\nin vec3 uv;\nin vec2 gone;\nout vec4 c;\nvoid main() { c = uv.xyzz; }",
            file: "a.frag"),
    ]
    if let common { parts[.common] = StageText(text: common, file: "common.glsl") }
    let program = try Assembler.assemble(SketchSource(parts: parts, name: "a")).get()
    return program.passes[0]
}

@Suite("What linkers say of two stages") struct LinkStageTests {
    @Test("names both, with the other one's line")
    func both() throws {
        let log =
            "error: vertex shader output `uv' declared as type `vec2', but fragment shader input declared as type `vec3'"
        let read = LogReader.read(log, of: try pass())
        #expect(read.map(\.file) == ["a.vert"])
        #expect(read.map(\.line) == [2])
        #expect(read[0].message.hasSuffix("(fragment stage: a.frag:3)"))
    }

    @Test("says which stage the one before is")
    func before() throws {
        let log =
            "error: fragment shader input `gone' has no matching output in the previous stage"
        let read = LogReader.read(log, of: try pass())
        #expect(read.map(\.file) == ["a.frag"])
        #expect(read.map(\.line) == [4])
        #expect(read[0].message.hasSuffix("has no matching output in the vertex stage"))
    }

    @Test("does not name the common text twice, nor a stage that a function is missing from")
    func one() throws {
        let pass = try pass("uniform float wide; float wave(float x);")
        let shared = LogReader.read("error: uniform `wide' declared as two types", of: pass)
        #expect(shared.map(\.file) == ["common.glsl"])
        #expect(!shared[0].message.contains("stage:"))
        let missing = LogReader.read("error: unresolved reference to function `wave'", of: pass)
        #expect(!missing[0].message.contains("stage:"))
    }
}
