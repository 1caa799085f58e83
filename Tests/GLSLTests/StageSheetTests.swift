import Testing

@testable import GLSL

private let vertex = """
    #version 450
    const float half_ = 0.5;
    #pragma stage vert
    out vec2 place;
    void main() {
        place = vec2(gl_VertexID) * half_;
        gl_Position = vec4(place, 0, 1);
    }

    """
private let fragment = """
    #pragma stage frag
    in vec2 place;
    out vec4 color;
    void main() { color = vec4(place, half_, 1); }

    """

private func assemble(_ text: String, file: String = "a.frag") -> Result<
    AssembledProgram, AssemblyError
> {
    var parts = [SketchPart(.fragment): StageText(text: text, file: file)]
    if file == "a.vert" { parts = [SketchPart(.vertex): StageText(text: text, file: file)] }
    return Assembler.assemble(SketchSource(parts: parts, name: "a"))
}

private func problems(_ text: String) -> [Diagnostic] {
    guard case .failure(let error) = assemble(text) else { return [] }
    return error.diagnostics
}

@Suite("A text of several stages") struct StageSheetTests {
    @Test("has each stage with what stands before all, and the lines' own numbers")
    func parted() throws {
        for file in ["a.frag", "a.vert", "a.glsl"] {
            let program = try assemble(vertex + fragment, file: file).get()
            let stages = program.passes[0].stages
            #expect(stages.map(\.stage) == [.vertex, .fragment])
            #expect(stages.allSatisfy { !$0.isGenerated && $0.text.contains("half_ = 0.5") })
            #expect(stages.allSatisfy { !$0.text.contains("pragma") })
            #expect(!stages[0].text.contains("color") && !stages[1].text.contains("gl_Position"))
            #expect(stages.allSatisfy { $0.text.hasPrefix("#version 450") })
            for (stage, line, word) in [
                (0, 7, "gl_Position"), (1, 12, "color = "), (1, 2, "const"),
            ] {
                let lines = stages[stage].text.split(
                    separator: "\n", omittingEmptySubsequences: false)
                let driver = try #require(lines.firstIndex { $0.contains(word) }) + 1
                let place = stages[stage].lineMap.place(source: 0, line: driver)
                #expect(place?.line == line)
                #expect(place?.file == file)
            }
        }
    }

    @Test("tells the line of an error in every stage", arguments: Stage.allCases)
    func errors(_ stage: Stage) throws {
        var text = "\n"
        var line = 0
        for each in Stage.allCases {
            text += "#pragma stage \(each.rawValue)\n"
            if each == stage {
                line = text.split(separator: "\n", omittingEmptySubsequences: false).count
                text += "/* never closed\n"
                break
            }
            text += "void main() {}\n"
        }
        let found = problems(text)
        #expect(found.map(\.line) == [line])
        #expect(found.map(\.stage) == [stage])
        #expect(found.map(\.file) == ["a.frag"])
    }

    @Test("is whatever its names say, short or in full, and one stage is enough")
    func names() throws {
        let one = try assemble("#pragma stage vert\nvoid main() { gl_Position = vec4(0); }").get()
        #expect(one.passes[0].stages.map(\.isGenerated) == [false, true])
        let full = fragment.replacing("stage frag", with: "stage  fragment // the picture")
        let program = try assemble(vertex.replacing("vert\n", with: "vertex\n") + full).get()
        #expect(program.passes[0].stages.allSatisfy { !$0.isGenerated })
        let toy = "#pragma stage frag\nvoid mainImage(out vec4 c, vec2 p) { c = vec4(1); }"
        #expect(try assemble(toy).get().dialect == .shadertoy)
    }

    @Test("leaves out a stage in which nothing is written yet")
    func empty() throws {
        let program = try assemble(vertex + "#pragma stage geom\n// soon\n" + fragment).get()
        #expect(program.passes[0].stages.map(\.stage) == [.vertex, .fragment])
    }

    @Test("says what is wrong with a name, on its line")
    func badNames() {
        let unknown = problems("\n#pragma stage pixel\nvoid main() {}\n#pragma stage\n")
        #expect(unknown.map(\.line) == [2, 4])
        #expect(unknown[0].message.contains("'pixel'"))
        for diagnostic in unknown {
            #expect(diagnostic.message.contains("vert, tesc, tese, geom, frag, comp"))
        }
        let twice = problems(vertex + fragment + "#pragma stage vert\nvoid main() {}\n")
        #expect(twice.map(\.line) == [13])
        #expect(twice[0].message.contains("line 3"))
        let conditional = problems("#if 1\n#pragma stage frag\n#endif\nvoid main() {}")
        #expect(conditional.map(\.line) == [2])
        #expect(conditional[0].message.contains("#endif"))
    }

    @Test("does not get a stage that another file has")
    func twoFiles() {
        let source = SketchSource(
            stages: [
                .vertex: StageText(text: "void main() {}", file: "a.vert"),
                .fragment: StageText(text: vertex + fragment, file: "a.frag"),
            ], name: "a")
        guard case .failure(let error) = Assembler.assemble(source) else {
            Issue.record("two vertex stages")
            return
        }
        #expect(error.diagnostics.map(\.line) == [3])
        #expect(error.diagnostics[0].message.contains("a.vert"))
        #expect(error.diagnostics[0].file == "a.frag")
    }

    @Test("may name its pragma in a comment, and other pragmas")
    func others() throws {
        let text =
            "// #pragma stage vert\n#pragma optimize(on)\nout vec4 c; void main() { c = vec4(1); }"
        let program = try assemble(text).get()
        #expect(program.passes[0].stages.map(\.isGenerated) == [true, false])
    }

    @Test("tells its dialect and its entry as a sketch of files does")
    func entry() {
        let source = SketchSource(
            stages: [.fragment: StageText(text: vertex + fragment, file: "a.frag")], name: "a")
        #expect(source.entry?.line == 12)
        #expect(source.entry?.stage == .fragment)
        #expect(Dialect.recognise(source) == .plain)
    }
}

@Suite("A text of several stages, as others write it") struct OtherSheetTests {
    @Test("says a stage by #shader and #type", arguments: ["shader", "type"])
    func directives(word: String) throws {
        let text =
            "#\(word) vertex\n#version 330 core\nin vec2 p; out vec2 place;\nvoid main() { place = p; gl_Position = vec4(p, 0, 1); }\n"
            + "#\(word) \(word == "type" ? "pixel" : "fragment")\n#version 330 core\nin vec2 place; out vec4 c;\nvoid main() { c = place.xyxy; }\n"
        let stages = try assemble(text, file: "a.glsl").get().passes[0].stages
        #expect(stages.map(\.stage) == [.vertex, .fragment])
        #expect(stages.allSatisfy { !$0.isGenerated && !$0.text.contains("#\(word)") })
        let line = stages[1].text.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.contains("c = place") }
        #expect(stages[1].lineMap.place(source: 0, line: (line ?? 0) + 1)?.line == 8)
    }

    @Test(
        "asks which stage it is by a macro",
        arguments: [
            ("#if defined VERTEX_SHADER", "#elif defined(FRAGMENT_SHADER)", "#endif"),
            ("#ifdef VERTEX", "#endif\n#ifdef FRAGMENT", "#endif"),
            ("#ifndef FRAGMENT", "#else", "#endif\n#ifdef VERTEX\n#endif"),
        ])
    func macros(first: String, second: String, last: String) throws {
        let text = """
            #version 330 core
            uniform float shared_;
            \(first)
            in vec2 p;
            out vec2 place;
            void main() { place = p; gl_Position = vec4(p, 0, 1); }
            \(second)
            in vec2 place;
            out vec4 c;
            void main() { c = place.xyxy * shared_; }
            \(last)
            """
        let program = try assemble(text, file: "a.glsl").get()
        let stages = program.passes[0].stages
        #expect(stages.map(\.stage) == [.vertex, .fragment])
        #expect(stages.allSatisfy { !$0.isGenerated && $0.text.contains("shared_") })
        #expect(stages[0].text.contains("gl_Position") && !stages[0].text.contains("xyxy"))
        #expect(!stages[1].text.contains("gl_Position") && stages[1].text.contains("xyxy"))
        #expect(!stages.contains { $0.text.contains("VERTEX") || $0.text.contains("FRAGMENT") })
        let own = text.split(separator: "\n").count
        #expect(
            stages.allSatisfy {
                $0.text.split(separator: "\n", omittingEmptySubsequences: false).count == own
            })
        #expect(program.passes[0].draw?.geometry == .grid(columns: 1, rows: 1))
        // One that has an entry of Shadertoy's, or one main for all, asks for something else.
        let toy = text.replacing("void main() { c", with: "void mainImage(out vec4 c, vec2 p) { c")
        #expect(try assemble(toy, file: "a.glsl").get().passes[0].stages[0].isGenerated)
    }

    @Test("may say it both ways")
    func both() throws {
        let text = """
            #pragma stage vertex
            #if defined(VERTEX)
            in vec2 p;
            void main() { gl_Position = vec4(p, 0, 1); }
            #pragma stage fragment
            #elif defined(FRAGMENT)
            out vec4 c;
            void main() { c = vec4(1); }
            #endif
            """
        let stages = try assemble(text, file: "a.glsl").get().passes[0].stages
        #expect(stages.map(\.stage) == [.vertex, .fragment])
        #expect(stages.allSatisfy { !$0.isGenerated })
    }

    @Test(
        "Names of files tell a stage that has company",
        arguments: [
            ("a.vert.glsl", "a.frag.glsl"), ("vertex.glsl", "fragment.glsl"),
            ("vert.glsl", "frag.glsl"), ("x_vs.glsl", "x_fs.glsl"), ("X_Vert.glsl", "X_Frag.glsl"),
            ("x.v.glsl", "x.f.glsl"),
        ])
    func pairs(vertex: String, fragment: String) throws {
        let names = [vertex, fragment, "noise.glsl"]
        #expect(names.map { Stage.paired($0, among: names)?.stage } == [.vertex, .fragment, nil])
        #expect(PairForm(beside: vertex)?.name(of: .fragment) == fragment)
        #expect(PairForm(beside: fragment)?.name(of: .vertex) == vertex)
        // Alone it may be what others include.
        if !fragment.contains(".f") { #expect(Stage.paired(fragment, among: [fragment]) == nil) }
    }

    @Test("So do endings that mean a stage beside others alone")
    func endings() {
        let names = ["a.vs", "a.fs", "a.gs", "a.tcs", "a.tes", "a.cs", "b.gs"]
        #expect(
            names.map { Stage.paired($0, among: names)?.stage } == [
                nil, nil, .geometry, .tessellationControl, .tessellationEvaluation, .compute, nil,
            ])
        #expect(PairForm(beside: "A.FS")?.name(of: .vertex) == "A.VS")
        #expect(PairForm(beside: "A.frag") == nil)
        #expect(Stage(fileName: "a.vertexshader") == .vertex)
        #expect(Stage(fileName: "a.glslf") == .fragment)
        #expect(Stage(fileName: "a.vertex") == .vertex)
        #expect(PairForm(beside: "a.fragment")?.name(of: .vertex) == "a.vertex")
    }
}
