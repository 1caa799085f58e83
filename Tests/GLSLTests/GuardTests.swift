import Testing

@testable import GLSL

/// A plain fragment stage that the guard has gone over.
func guarded(_ text: String, stage: Stage = .fragment) throws -> AssembledStage {
    let source = SketchSource(stages: [stage: StageText(text: text, file: "a")], name: "a")
    let program = LoopGuard.guarded(try Assembler.assemble(source).get())
    return try #require(program.passes[0].stages.first { $0.stage == stage })
}

/// The texts of all tokens, comments included.
private func words(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return Lexer.tokens(of: text).map { String(decoding: bytes[$0.range], as: UTF8.self) }
}

private func lineCount(_ text: String) -> Int { text.utf8.count { $0 == Byte.newline } }

/// Whether all of one list stand in the other in order; `main` may have become another name.
private func isWithin(_ few: [String], _ many: [String]) -> Bool {
    var index = 0
    for word in many where index < few.count {
        if word == few[index] || (few[index] == "main" && word.hasSuffix("_main")) { index += 1 }
    }
    return index == few.count
}

@Test(arguments: 0..<200)
func theGuardKeepsEveryTokenOnItsLine(seed: Int) throws {
    let versions = ["450 core", "330", "300 es", "100", "120", "430", "310 es"]
    let text = RandomLoops.fragment(seed: seed, version: versions[seed % versions.count])
    let stage = try guarded(text)
    #expect(stage.unguarded.isEmpty)
    #expect(lineCount(stage.text) == lineCount(text))
    let (before, after) = (text.split(separator: "\n"), stage.text.split(separator: "\n"))
    for (old, new) in zip(before, after) {
        #expect(isWithin(words(String(old)), words(String(new))), "\(old) -> \(new)")
    }
    // What was put in is known: without it the text is the user's again.
    #expect(withoutInsertions(stage) == text)
    // Once is enough.
    var program = AssembledProgram(
        dialect: .plain, passes: [AssembledPass(name: "image", stages: [stage])])
    #expect(LoopGuard.guarded(program) == program)
    program.passes[0].stages[0].loopGuard = nil
    let twice = LoopGuard.guarded(program).passes[0].stages[0]
    #expect(isWithin(words(stage.text), words(twice.text)))
}

/// The text that the line map's insertions were made in.
private func withoutInsertions(_ stage: AssembledStage) -> String {
    var lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false).map {
        Array($0.utf8)
    }
    for insertion in stage.lineMap.insertions.reversed() {
        let start = insertion.offset
        lines[insertion.textLine - 1].replaceSubrange(
            start..<start + insertion.length, with: Array(insertion.replaced.utf8))
    }
    return lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
}

@Test func aTextWithoutLoopsIsLeftByteForByte() throws {
    for text in [
        "#version 450\nout vec4 c;\nvoid main() { c = vec4(1); }\n",
        "#version 450\nout vec4 c;\n// for (;;)\nvoid main() { float format = 1.; c = vec4(format); }\n",
        "#version 450\n#if 0\nfor (;;) {}\n#endif\nout vec4 c;\nvoid main() {}\n",
    ] {
        let stage = try guarded(text)
        #expect(stage.text == text)
        #expect(stage.loopGuard == nil && stage.unguarded.isEmpty)
    }
}

@Test(arguments: [
    ("for (int i = 0; i < 9; i++) a += 1.;", 0), ("for (int i = 0; i < 9; i = i) a += 1.;", 1),
    ("for (int i = 0; i < 9; i++) { a += 1.; i--; }", 1),
    ("for (int i = 0; i < N && a < 2.; i++) a += 1.;", 0),
    ("for (int i = 0; i < N || a < 2.; i++) a += 1.;", 1),
    ("for (int i = 0; i < 9; i++) take(i);", 1), ("for (int i = 0; i < 9; i++) give(i);", 0),
    ("for (uint i = 9u; i >= 0u; i--) a += 1.;", 1),
    ("for (float f = 0.; f < 1.; f += .25) a += f;", 0),
    ("for (float f = 0.; f < 1.; f += 1e-9) a += f;", 1),
    (
        "for (int i = 0; i < 100; i++) for (int j = 0; j < 99; j++) for (int k = 0; k < 9; k++) a++;",
        2
    ),
    ("for (int i = 0; i < 9; i++) { (i) = 0; }", 1), ("for (int i = 0; i < 9; i++) SET(i)", 1),
    ("for (int i = 9; i != 0; i++) a++;", 1), ("for (int i = 0; i < int(a); i++) a++;", 1),
    ("for (int i = 0; i < 2147483647; i++) a++;", 1),
    ("while (a < 1.) { a += .1; for (int i = 0; i < 4; i++) a += .1; }", 1),
    ("while (a < 1.) { a += .1; for (int i = 0; i < 4; i++) if (a > .3) break; }", 2),
    ("while (a < 1.) { a += .1; loops(); }", 2),
])
func onlyLoopsOfFewRoundsAreNotCounted(_ statement: String, _ counted: Int) throws {
    let text = """
        #version 450
        #define N 16
        #define SET(x) x = 0;
        out vec4 c;
        void take(inout int x) { x = 0; }
        void give(int x) {}
        int loops() { for (int i = 0; i < 3; i++) if (i > 1) return i; return 0; }
        void main() { float a = 0.; \(statement) c = vec4(a); }

        """
    #expect(try guarded(text).loopGuard?.loops.count ?? 0 == counted)
}

@Test func aLoopsPlaceAndThoseAroundItAreReported() throws {
    let stage = try guarded(
        """
        #version 450
        out vec4 c;
        #define EVER for (;;)
        void main() {
            while (c.x < 1.)
                for (;;) {
                    do { c.x += 1.;
                    } while (c.x < 9.);
                }
            EVER { break; }
        }

        """)
    let report = try #require(stage.loopGuard)
    #expect(report.loops.map(\.line) == [5, 6, 7, 3])
    #expect(report.loops.map(\.enclosing) == [[], [1], [2, 1], []])
    let told = report.runaway(loop: 3, stage: .fragment)
    #expect(told.line == 7)
    #expect(told.message.contains("50,000"))
    #expect(told.message.contains("6, 5"))
}

@Test(arguments: [
    ("#version 450", ".storage"), ("#version 430", ".storage"), ("#version 310 es", ".storage"),
    ("#version 330\n", ".storage"), ("#version 330", ".replay"), ("#version 300 es", ".replay"),
])
func theReportTakesWhatTheLanguageHas(_ version: String, _ channel: String) throws {
    let precision = version.hasSuffix("es") ? "precision highp float;\n" : ""
    let stage = try guarded(
        "\(version)\n\(precision)out vec4 c;\nvoid main() { while (c.x < 1.) c.x += 1.; }\n")
    let found: String =
        switch stage.loopGuard?.channel {
        case .storage: ".storage"
        case .replay: ".replay"
        default: "none"
        }
    #expect(found == channel)
}

@Test func namesAndBindingsAreThoseThatNobodyUses() throws {
    let stage = try guarded(
        """
        #version 450
        layout(binding = 7) uniform sampler2D phg_c;
        layout(binding=6) uniform sampler2D other;
        out vec4 c;
        void main() { while (c.x < 1.) c = texture(phg_c, c.xy); }

        """)
    #expect(stage.loopGuard?.channel == .storage(binding: 5))
    #expect(stage.lineMap.guardPrefix == "phg1_")
}

@Test(arguments: [
    "#define OPEN for (int i = 0; i < 3; i++\nout vec4 c;\nvoid main() { OPEN) c += .1; }\n",
    "#define if(x) x\nout vec4 c;\nvoid main() { for (;;) {} }\n",
    "out vec4 c;\nvoid main() { for }\n",
    "out vec4 c;\nvoid main() { while (true\n#ifdef A\n) {}\n#else\n) {}\n#endif\n }\n",
    "#define CAT(a, b) a##b\nout vec4 c;\nvoid main() { CAT(fo, r) (;;) {} }\n",
])
func whatCannotBeCountedIsSaid(_ body: String) throws {
    let text = "#version 450\n" + body
    let stage = try guarded(text)
    #expect(!stage.unguarded.isEmpty)
    #expect(stage.unguarded.allSatisfy { $0.message.hasPrefix("runs unguarded") })
    #expect(stage.text == text)
}

@Test func theUsersColumnIsFoundBehindWhatWasPutIn() throws {
    let line = "void main() { for (;;) { c = vec4(bad); } while (c.x < worse) {} }"
    let stage = try guarded("#version 450\nout vec4 c;\n\(line)\n")
    let written = stage.text.split(separator: "\n")[2]
    for name in ["bad", "worse"] {
        let column = written.firstRange(of: name).map {
            written.utf8.distance(from: written.startIndex, to: $0.lowerBound) + 1
        }
        let read = LogReader.read(
            "0:3(\(try #require(column))): error: something is wrong\n", of: stage)
        let wanted = try #require(line.firstRange(of: name))
        #expect(
            read.first?.column
                == line.utf8.distance(from: line.startIndex, to: wanted.lowerBound) + 1)
    }
}

@Test func noMessageNamesWhatTheUserNeverWrote() throws {
    let stage = try guarded("#version 450\nout vec4 c;\nvoid main() { for (;;) {} }\n")
    let read = LogReader.read(
        "0:3(5): error: `phg_c' undeclared\n0:3(6): error: function `phg_main' is wrong\n",
        of: stage)
    #expect(read.count == 2)
    #expect(read.allSatisfy { !$0.message.contains("phg_") })
    #expect(read.last?.message.contains("`main'") == true)
}

@Test(arguments: 0..<300)
func halfTypedTextNeverStopsTheGuard(seed: Int) throws {
    let whole = Array(RandomLoops.fragment(seed: seed / 10).utf8)
    var text = whole
    let cut = (seed &* 7919) % whole.count
    if seed % 2 == 0 {
        text = Array(whole[..<cut])
    } else {
        text.removeSubrange(cut..<min(whole.count, cut + 1 + seed % 9))
    }
    let stage = AssembledStage(
        stage: .fragment, text: String(decoding: text, as: UTF8.self),
        lineMap: LineMap(runs: [
            .init(source: 0, firstLine: 1, file: "a", fileLine: 1, count: 99, textLine: 1)
        ]))
    let program = AssembledProgram(
        dialect: .plain, passes: [AssembledPass(name: "image", stages: [stage])])
    let after = LoopGuard.guarded(program).passes[0].stages[0]
    #expect(lineCount(after.text) == lineCount(stage.text))
    #expect(withoutInsertions(after) == stage.text)
}
