import Testing
import TestSupport

@testable import GLSL

@Suite("Included files")
struct IncludeTests {
    private func source(
        _ text: String, _ included: [String: String] = [:], file: String = "a.frag"
    ) -> SketchSource {
        var source = SketchSource(
            stages: [.fragment: StageText(text: text, file: file)], name: "a")
        source.included = included
        return source
    }

    /// The text with what it includes, and where each line comes from.
    private func expanded(_ source: SketchSource) throws -> [String] {
        let part = try #require(source.stages[.fragment])
        let result = Includes.expand(part, .fragment, source)
        #expect(result.problems.isEmpty)
        return result.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { index, line in
                let place = result.place(index + 1)
                return "\(place?.file ?? "?"):\(place?.line ?? 0) \(line)"
            }
    }

    @Test("Each line knows its file, deep down and behind the include")
    func lines() throws {
        let source = source(
            "one\n#include \"lib/b.glsl\"\nthree\n",
            ["lib/b.glsl": "first\n  # include <c.glsl> // why\nlast", "lib/c.glsl": "deep\n"])
        #expect(
            try expanded(source) == [
                "a.frag:1 one", "lib/b.glsl:1 first", "lib/c.glsl:1 deep", "lib/b.glsl:2  // why",
                "lib/b.glsl:3 last", "a.frag:3 three", "a.frag:4 ",
            ])
    }

    @Test(
        "A file is looked for beside the one that includes it, then in the sketch's folder, then where the plan says"
    )
    func places() throws {
        var source = source("#include \"lib/b.glsl\"", ["lib/b.glsl": "#include \"c.glsl\""])
        source.plan.includePaths = ["/usr/glsl", "more"]
        #expect(
            Includes.asked(by: source) == [
                "lib/b.glsl", "lib/c.glsl", "c.glsl", "/usr/glsl/c.glsl", "more/c.glsl",
            ])
        source.included["more/c.glsl"] = "plan"
        #expect(try expanded(source) == ["more/c.glsl:1 plan"])
        source.included["/usr/glsl/c.glsl"] = "absolute"
        #expect(try expanded(source) == ["/usr/glsl/c.glsl:1 absolute"])
        source.included["c.glsl"] = "sketch"
        #expect(try expanded(source) == ["c.glsl:1 sketch"])
        source.included["lib/c.glsl"] = "beside"
        #expect(try expanded(source) == ["lib/c.glsl:1 beside"])
        // A text in the editor comes before its file.
        source.parts[SketchPart(rawValue: "lib/b.glsl")] = StageText(text: "typed", file: "b.glsl")
        #expect(try expanded(source) == ["b.glsl:1 typed"])
    }

    @Test("Paths are tidied, and named as the including file was")
    func names() throws {
        let source = source(
            "#include \"./lib/../../up/./c.glsl\"", ["../up/c.glsl": "x"], file: "some/where/a.frag"
        )
        #expect(try expanded(source) == ["some/up/c.glsl:1 x"])
    }

    @Test("Apostrophes are quotes, as an editor of Shadertoy's sources has it")
    func apostrophes() throws {
        let source = source("#include 'lib/b.glsl' // why\nint a;", ["lib/b.glsl": "int b;"])
        #expect(
            try expanded(source) == [
                "lib/b.glsl:1 int b;", "a.frag:1  // why", "a.frag:2 int a;",
            ])
        guard case .failure = Assembler.assemble(self.source("#include 'b\nvoid main() { }\n"))
        else {
            Issue.record("it was assembled")
            return
        }
    }

    @Test("Comments and strings are no includes; what stands beside one stays")
    func comments() throws {
        let text = "// #include \"x\"\n/*\n#include \"x\"\n*/ #include \"b\" /* why */\nint a;"
        #expect(
            try expanded(source(text, ["b": "B"])) == [
                "a.frag:1 // #include \"x\"", "a.frag:2 /*", "a.frag:3 #include \"x\"",
                "a.frag:4 */ ", "b:1 B", "a.frag:4  /* why */", "a.frag:5 int a;",
            ])
    }

    @Test("A file that says so is included once; others as often as asked")
    func once() throws {
        let text = "#include \"b\"\n#include \"b\"\n#include \"c\"\n#include \"c\"\n."
        let lines = try expanded(source(text, ["b": "B", "c": "#pragma once\nC"]))
        #expect(lines.count == 5)
        #expect(lines.suffix(2) == ["c:2 C", "a.frag:5 ."])
    }

    @Test("A pragma includes as well; other pragmas stay")
    func pragma() throws {
        let text = "#pragma include \"b\"\n#pragma include b\n#pragma debug(on)\n."
        #expect(
            try expanded(source(text, ["b": "B"])) == [
                "b:1 B", "a.frag:2 #pragma include b", "a.frag:3 #pragma debug(on)", "a.frag:4 .",
            ])
        #expect(Includes.asked(by: source("#pragma include \"b\"")) == ["b"])
    }

    @Test(
        "A file whose functions would be defined twice stands there once",
        arguments: [
            "float f(float x) { return x; }\n", "const float PI = 3.0;\n",
            "struct Ray { vec3 from; };\n", "#include \"c\"\nvoid g() { f(1.0); }\n",
            "#define ONE 1.0\nvec2 f(in vec2 x, float y) {\n#if 0\n#endif\nreturn x; }\n",
        ])
    func definitions(_ file: String) throws {
        let files = [
            "a": file, "b": "#include \"a\"\nint b;\n", "c": "float f(float x) { return x; }\n",
            "d": "#ifndef D\n#define D\n#include \"a\"\n#endif\n",
        ]
        for text in [
            "#include \"a\"\n#include \"b\"\n.", "#include \"b\"\n#include \"a\"\n.",
            "#include \"d\"\n#include \"a\"\n.", "#include \"a\"\n#ifdef X\n#include \"a\"\n#endif",
        ] {
            let lines = try expanded(source(text, files))
            #expect(lines.count { $0.hasPrefix("a:1 ") || $0.hasPrefix("c:1 ") } == 1, "\(text)")
        }
    }

    @Test(
        "What may be meant to come again comes again",
        arguments: [
            // Under another name, or for another type.
            (
                "float NAME(float x) { return x; }\n", "#define NAME f\n",
                "#undef NAME\n#define NAME g\n"
            ),
            ("T twice(T x) { return x + x; }\n", "#define T vec2\n", "#undef T\n#define T vec3\n"),
            ("float f(float x) { return x; }\n", "", "#define f g\n"),
            // By conditions of its own, or of who includes it.
            ("#ifdef B\nfloat f() { return 1.0; }\n#endif\n", "", "#define B\n"),
            ("float f() { return 1.0; }\n", "#ifdef B\n", "#else\n"),
            // In functions, and where nothing is defined.
            ("const float x = 1.0;\n", "void a() {\n", "}\nvoid b() {\n"),
            ("x += 1.0;\n", "", ""), ("float f(float x);\n", "", ""),
        ])
    func repeats(file: String, before: String, between: String) throws {
        let include = "#include \"a\"\n"
        let lines = try expanded(
            source(before + include + between + include, ["a": file]))
        #expect(lines.count { $0.hasPrefix("a:1 ") } == 2)
    }

    @Test("A file that is missing where a condition may leave it out is the compiler's to miss")
    func missingInACondition() throws {
        let text = "#ifdef NEVER\n#include \"lib//*no.glsl\" // why\n#endif\nvoid main() { }\n"
        let source = source(text)
        #expect(Includes.asked(by: source) == ["lib/*no.glsl"])
        let program = try Assembler.assemble(source).get()
        let notice = try #require(program.notices.first)
        #expect(program.notices.count == 1)
        #expect(notice.severity == .warning && notice.file == "a.frag" && notice.line == 2)
        #expect(notice.message.hasPrefix("lib//*no.glsl is not there"))
        let stage = try #require(program.passes.last?.stages.first { $0.stage == .fragment })
        let lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
        let index = try #require(lines.firstIndex { $0.hasPrefix("#error ") })
        // Each compiler has its words for the line; ours say what is missing, once.
        let run = try #require(stage.lineMap.runs.first { $0.textLine == index + 1 })
        for words in ["#error a file is missing", "'#error' : a file is missing"] {
            let said = LogReader.read(
                "0:\(run.firstLine)(1): error: \(words)\n", stage: .fragment, map: stage.lineMap)
            #expect(said.count == 1 && said.first?.file == "a.frag" && said.first?.line == 2)
            #expect(said.first?.message.contains("looked for lib/*no.glsl") == true)
            #expect(said.first?.severity == .error)
            #expect(program.notices.besides(said).isEmpty)
        }
        // Behind a guard nothing is left out: the file is missed at once.
        let guarded = "#ifndef A\n#define A\n#include \"no\"\n#endif\n"
        guard
            case .failure(let error) = Assembler.assemble(
                self.source("#include \"a\"\nvoid main() { }\n", ["a": guarded]))
        else {
            Issue.record("it was assembled")
            return
        }
        #expect(error.diagnostics.first?.file == "a" && error.diagnostics.first?.line == 3)
    }

    @Test("Who misses LYGIA learns of the setting")
    func lygia() {
        guard
            case .failure(let error) = Assembler.assemble(
                source("#include \"lygia/math/pow2.glsl\"\nvoid main() { }\n"))
        else {
            Issue.record("it was assembled")
            return
        }
        #expect(error.diagnostics.first?.message.contains("by the setting include") == true)
    }

    @Test(
        "Mistakes stand on the include's line",
        arguments: [
            (["a": "#include \"b\""], "a", 1, "b is not there, or is no text: looked for b"),
            (["a": "\n#include \"a\""], "a", 2, "a includes itself: a → a"),
            (
                ["a": "#include \"d/b\"", "d/b": "\n\n#include \"../a\""], "d/b", 3,
                "../a includes itself: a → d/b → a"
            ),
            (["a": "#include"], "a", 1, "a file's name in quotes belongs here"),
            (["a": "#include \"b"], "a", 1, "a file's name in quotes belongs here"),
            (["a": "#include NAME"], "a", 1, "a file's name in quotes belongs here"),
            (["a": "#include \"\""], "a", 1, "a file's name in quotes belongs here"),
        ])
    func mistakes(files: [String: String], file: String, line: Int, message: String) {
        let source = source("\n#include \"a\"\nvoid main() { }\n", files)
        guard case .failure(let error) = Assembler.assemble(source) else {
            Issue.record("it was assembled")
            return
        }
        #expect(error.diagnostics.count == 1)
        #expect(error.diagnostics.first?.file == file)
        #expect(error.diagnostics.first?.line == line)
        #expect(error.diagnostics.first?.stage == .fragment)
        #expect(error.diagnostics.first?.message.contains(message) == true)
        let place = Includes.place(of: file, in: source, stage: .fragment)
        #expect(place == SourcePlace(file: "a.frag", line: 2) || file == "a" || place == nil)
    }

    @Test("What grows without end is stopped, with a message")
    func explosion() throws {
        var files: [String: String] = [:]
        for level in 0..<40 {
            files["f\(level)"] = "#include \"f\(level + 1)\"\n#include \"f\(level + 1)\"\n"
        }
        files["f40"] = "float x;\n"
        guard case .failure(let error) = Assembler.assemble(source("#include \"f0\"", files)) else {
            Issue.record("it was assembled")
            return
        }
        #expect(error.diagnostics.first?.message.contains("more than can be included") == true)
    }

    @Test("A driver's line comes back as file and line, in every dialect's way of assembling")
    func maps() throws {
        let bodies = [
            "void mainImage(out vec4 c, in vec2 p) { c = vec4(value()); }",
            "#version 330\nout vec4 c;\nvoid main() { c = vec4(value()); }",
            "void main() { gl_FragColor = vec4(value()); }",
        ]
        for body in bodies {
            let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
            let text =
                (body.hasPrefix("#version") ? String(lines[0]) + "\n" : "")
                + "#include \"lib/v.glsl\"\n"
                + body.replacing("#version 330\n", with: "") + "\n"
            let source = source(text, ["lib/v.glsl": "\nfloat value() {\n    return wrong;\n}\n"])
            let program = try Assembler.assemble(source).get()
            let stage = try #require(program.passes.last?.stages.first { $0.stage == .fragment })
            let index = try #require(
                stage.text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
                    $0.contains("wrong")
                })
            let run = try #require(
                stage.lineMap.runs.first {
                    ($0.textLine..<$0.textLine + $0.count).contains(index + 1)
                })
            #expect(run.file == "lib/v.glsl")
            #expect(run.fileLine + index + 1 - run.textLine == 3)
            let place = stage.lineMap.place(
                source: run.source, line: run.firstLine + index + 1 - run.textLine)
            #expect(place?.file == "lib/v.glsl" && place?.line == 3)
            let main = try #require(
                stage.text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
                    $0.contains("value());")
                })
            let own = try #require(stage.lineMap.runs.last { $0.textLine <= main + 1 })
            #expect(own.file == "a.frag")
            #expect(own.fileLine + main + 1 - own.textLine == text.split(separator: "\n").count)
        }
    }
}
