import TestSupport
import Testing

@testable import GLSL

/// Assembles stages given by file name.
private func assemble(
    _ files: [String: String], dialect: Dialect? = nil
) throws -> AssembledProgram {
    var stages: [Stage: StageText] = [:]
    for (file, text) in files {
        let stage = try #require(Stage(fileName: file))
        stages[stage] = StageText(text: text, file: file)
    }
    return try Assembler.assemble(SketchSource(stages: stages, name: "test", dialect: dialect))
        .get()
}

private func stage(_ wanted: Stage, of program: AssembledProgram) throws -> AssembledStage {
    try #require(program.passes.first?.stages.first { $0.stage == wanted })
}

private func problems(_ files: [String: String], dialect: Dialect? = nil) -> [Diagnostic] {
    do {
        _ = try assemble(files, dialect: dialect)
        return []
    } catch let error as AssemblyError {
        return error.diagnostics
    } catch {
        Issue.record("\(error)")
        return []
    }
}

/// The number of the line that holds a text, counted from the last `#line 1 0`.
private func driverLine(of text: String, in stage: AssembledStage) -> Int? {
    let lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let reset = lines.lastIndex(of: "#line 1 0"),
        let index = lines.firstIndex(where: { $0.contains(text) })
    else { return nil }
    return index - reset
}

private let toy = "void mainImage(out vec4 c, in vec2 p) {\n    c = vec4(p, 0.0, 0.0);\n}\n"

@Test(arguments: [
    "#version 330\nout vec4 c;\nvoid main() { c = vec4(1.0); }\n",
    "// first\r\n#version 300 es\r\nprecision highp float; out vec4 c; void main() {}",
    "#version nonsense\nwhat(",
])
func aSourceWithItsOwnVersionIsPassedByteForByte(_ text: String) throws {
    let program = try assemble(["a.frag": text])
    let fragment = try stage(.fragment, of: program)
    #expect(fragment.text == text)
    #expect(
        fragment.lineMap.place(source: 0, line: 2)?.line == min(2, fragment.lineMap.runs[0].count))
}

@Test func aSourceWithoutAVersionGetsUniformsThatItDoesNotDeclare() throws {
    let text = "uniform vec2 iResolution;\nconst float iTime = 1.0;\nout vec4 c;\nvoid main() {}\n"
    let fragment = try stage(.fragment, of: assemble(["a.frag": text]))
    #expect(fragment.text.hasPrefix("#version 450 core\n"))
    #expect(!fragment.text.contains("uniform vec3 iResolution"))
    #expect(!fragment.text.contains("uniform float iTime;"))
    #expect(fragment.text.contains("uniform float iTimeDelta;"))
    #expect(fragment.text.hasSuffix("#line 1 0\n" + text))
}

@Test func namesInFunctionsAndBlocksAreNotTakenForGlobals() throws {
    let text = """
        uniform Frame { vec4 iMouse; } frame;
        uniform Bare { float iTimeDelta; };
        float f(float iTime) { int iFrame = 1; return iTime * float(iFrame) + iFrameRate; }
        out vec4 c;
        void main() {}
        """
    let fragment = try stage(.fragment, of: assemble(["a.frag": text]))
    for name in ["vec4 iMouse", "float iTime", "int iFrame", "float iFrameRate"] {
        #expect(fragment.text.contains("uniform \(name);\n"), "\(name)")
    }
    #expect(!fragment.text.contains("uniform float iTimeDelta;"))
}

@Test func allStagesAgreeOnAUniformsType() throws {
    let program = try assemble([
        "a.frag": "uniform vec2 iResolution;\nout vec4 c;\nvoid main() {}\n",
        "a.vert": "void main() { gl_Position = vec4(iResolution, 0.0, 1.0); }\n",
    ])
    #expect(try stage(.vertex, of: program).text.contains("uniform vec2 iResolution;"))
}

@Test func fragColorWorksWithoutAnOutput() throws {
    let text = "#define OUT gl_FragColor\nvoid main() { OUT = vec4(1.0); gl_FragColor.x = 0.0; }\n"
    let fragment = try stage(.fragment, of: assemble(["a.frag": text]))
    #expect(!fragment.text.contains("gl_FragColor"))
    #expect(fragment.text.contains("out vec4 phosphor_out;"))
    let log = "0:2(47): error: `phosphor_out' is odd"
    let read = LogReader.read(log, of: fragment)
    #expect(read.map(\.message) == ["`gl_FragColor' is odd"])
    #expect(read.map(\.column) == [32])
}

@Test func aSourceWithItsOwnOutputKeepsFragColorAsItIs() throws {
    let text = "out vec4 c;\nvoid main() { gl_FragColor = vec4(1.0); }\n"
    #expect(try stage(.fragment, of: assemble(["a.frag": text])).text.hasSuffix(text))
}

@Test func shadertoyGetsItsUniformsAndAnEntry() throws {
    let program = try assemble(["a.frag": toy])
    #expect(program.dialect == .shadertoy)
    #expect(program.views == 1)
    #expect(program.passes.map(\.name) == ["image"])
    let fragment = try stage(.fragment, of: program)
    for name in [
        "vec3 iResolution", "float iGlobalTime", "sampler2D iChannel3", "float iChannelTime[4]",
        "vec3 iChannelResolution[4]", "float iSampleRate",
    ] {
        #expect(fragment.text.contains("uniform \(name);"), "\(name)")
    }
    #expect(fragment.text.contains("mainImage(phosphor_result, gl_FragCoord.xy);"))
}

@Test func messagesLandOnTheUsersLine() throws {
    let fragment = try stage(.fragment, of: assemble(["a.frag": toy]))
    #expect(driverLine(of: "c = vec4(p", in: fragment) == 2)
    let place = fragment.lineMap.place(source: 0, line: 2)
    #expect(place?.file == "a.frag")
    #expect(place?.line == 2)
    #expect(fragment.lineMap.place(source: 0, line: 500)?.line == 4)
    #expect(fragment.lineMap.place(source: 0, line: -3)?.line == 1)
    #expect(fragment.lineMap.place(source: 9, line: 2) == nil)
}

@Test func whatShadertoySourcesBringAlongIsCopedWith() throws {
    let text =
        "\u{FEFF}#version 300 es\n#extension GL_X : enable\n#line 70\nfloat buffer;\n" + toy
    let fragment = try stage(.fragment, of: assemble(["a.frag": text]))
    #expect(fragment.text.hasPrefix("#version 450 core\n#line 2 0\n#extension GL_X : enable\n"))
    #expect(fragment.text.contains("#define buffer buffer_\n"))
    #expect(!fragment.text.contains("300"))
    #expect(!fragment.text.contains("#line 70"))
    #expect(driverLine(of: "void mainImage(out", in: fragment) == 5)
    let read = LogReader.read("0:4(7): error: `buffer_' redeclared", of: fragment)
    #expect(read.map(\.message) == ["`buffer' redeclared"])
    #expect(read.map(\.column) == [7])
}

@Test func aTextThatEndsTooEarlySaysSoOnItsLastLine() throws {
    let text =
        "void mainImage(out vec4 c, in vec2 p) {\n    if (p.x > 1.0) {\n    c = vec4(1.0);\n}\n"
    let fragment = try stage(.fragment, of: assemble(["a.frag": text]))
    let line = try #require(driverLine(of: "void main()", in: fragment))
    let read = LogReader.read("0:\(line)(6): error: syntax error, unexpected main", of: fragment)
    #expect(read.map(\.line) == [4])
    #expect(read.map(\.message) == ["the text ends before the '}' for the '{' in line 1"])
}

@Test func aMainImageThatTakesSomethingElseIsBlamedOnItsLine() throws {
    let text = "\nvoid mainImage(out vec4 c, in vec3 p) {\n}\n"
    let fragment = try stage(.fragment, of: assemble(["a.frag": text]))
    let log = "0:9(2): error: no matching function for call to `mainImage(vec4, vec2)'"
    #expect(LogReader.read(log, of: fragment).map(\.line) == [2])
}

@Test(arguments: ["// \\", "\\", "// \\\\\\", "a \\\r\n\\"])
func aBackslashAtTheEndSwallowsNoFooter(_ end: String) throws {
    let fragment = try stage(.fragment, of: assemble(["a.frag": toy + end]))
    let tokens = Lexer.tokens(of: fragment.text)
    let bytes = Array(fragment.text.utf8)
    let words = tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(words.contains("main"))
}

@Test func mainVRAloneGetsACamera() throws {
    let text = "void mainVR(out vec4 c, in vec2 p, in vec3 o, in vec3 d) { c = vec4(d, 1.0); }"
    let fragment = try stage(.fragment, of: assemble(["a.frag": text]))
    #expect(fragment.text.contains("mainVR(phosphor_result"))
    // With both, a uniform picks, so that nothing is compiled when somebody puts a headset on.
    let both = try stage(.fragment, of: assemble(["a.frag": text + "\n" + toy]))
    #expect(both.text.contains("if (phosphor_views == 0) {\n        mainImage(phosphor_result"))
    #expect(both.text.contains("mainVR(phosphor_result"))
}

@Test(arguments: [
    ("#version 330\nin vec2 uv;\nvoid main() {}", "#version 330\nout vec2 uv;"),
    ("#version 300 es\nin vec2 vUv;\nvoid main() {}", "#version 300 es\nout vec2 vUv;"),
    ("#version 150 core\nnoperspective in vec2 texcoord;", "noperspective out vec2 texcoord;"),
    ("#version 120\nvarying vec2 v_uv;", "#version 140\nout vec2 v_uv;"),
    ("layout(location = 3) in vec2 fragCoord;", "layout(location = 3) out vec2 fragCoord;"),
    ("#version 300 es\n" + toy, "#version 450 core\nvoid main"),
])
func aMissingVertexStageSuitsTheFragments(_ fragment: String, _ expected: String) throws {
    let vertex = try stage(.vertex, of: assemble(["a.frag": fragment]))
    #expect(vertex.isGenerated)
    #expect(vertex.text.contains(expected))
    #expect(vertex.text.contains("gl_VertexID"))
    #expect(vertex.lineMap.place(source: 0, line: 1) == nil)
}

@Test func aMissingFragmentStageShowsTheVertexStagesColor() throws {
    let text = "#version 330\nout vec3 vColor;\nvoid main() { gl_Position = vec4(0.0); }\n"
    let fragment = try stage(.fragment, of: assemble(["a.vert": text]))
    #expect(fragment.isGenerated)
    #expect(fragment.text.contains("#version 330\nin vec3 vColor;"))
}

@Test func anEmptyTabCountsAsMissing() throws {
    let program = try assemble(["a.frag": toy, "a.vert": "// later\n\n"])
    #expect(try stage(.vertex, of: program).isGenerated)
}

@Test(arguments: [
    [:], ["a.frag": ""], ["a.frag": "// nothing\n"], ["a.comp": "void main() {}", "a.frag": ""],
])
func nothingToDrawIsAnError(_ files: [String: String]) {
    let found = problems(files)
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.message.contains("draw") })
}

@Test func anOpenCommentIsBlamedOnItsBeginning() {
    let found = problems(["a.frag": toy + "/* one */ /* two\nthree\n"])
    #expect(found.map(\.line) == [4])
    #expect(found.map(\.token) == ["/*"])
}

@Test func anOpenConditionIsBlamedOnTheInnermost() {
    let found = problems(["a.frag": "#if 1\n#ifdef A\n#endif\n" + toy + "#ifndef B\n"])
    #expect(found.map(\.line) == [7])
    #expect(problems(["a.frag": "#if 1\n" + toy + "#endif"]).isEmpty)
}

@Test func aNULByteIsBlamedOnItsLine() {
    #expect(problems(["a.frag": toy + "\n\u{0}"]).map(\.line) == [5])
}

@Test func aShadertoySourceWithoutItsEntryIsToldWhatToWrite() {
    let found = problems(["a.frag": "float f;\n"], dialect: .shadertoy)
    #expect(found.first?.message.contains("mainImage") == true)
}

@Test func theUsersOwnLineDirectivesAreFollowed() throws {
    let text = "#version 450\n#line 400 3\nout vec4 c;\nvoid main() {}\n"
    let map = try stage(.fragment, of: assemble(["a.frag": text])).lineMap
    #expect(map.place(source: 3, line: 401)?.line == 4)
    #expect(map.place(source: 0, line: 401)?.line == 4)  // Mesa forgets the number.
    let old = try stage(.fragment, of: assemble(["a.frag": "#version 140\n#line 9\nx\n"])).lineMap
    #expect(old.place(source: 0, line: 10)?.line == 3)
}

@Test(arguments: 0..<200)
func everyPrefixAndMutationIsAssembledOrRefused(seed: Int) {
    var random = Seeded(seed: seed)
    let text = Array(
        ("#version 300 es\n#if 1\nuniform vec2 iResolution;\n" + toy + "#endif\n/* a */\n").utf8)
    var bytes = Array(text.prefix(Int.random(in: 0...text.count, using: &random)))
    for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &random)] =
            text[Int.random(in: text.indices, using: &random)]
    }
    let source = SketchSource(
        stages: [.fragment: StageText(text: String(decoding: bytes, as: UTF8.self), file: "a")],
        name: "a", dialect: seed % 2 == 0 ? .shadertoy : nil)
    switch Assembler.assemble(source) {
    case .success(let program):
        #expect(program.passes.first?.stages.map(\.stage) == [.vertex, .fragment])
        for stage in program.passes.flatMap(\.stages) {
            #expect(!stage.text.utf8.contains(0))
        }
    case .failure(let error):
        #expect(!error.diagnostics.isEmpty)
    }
}
