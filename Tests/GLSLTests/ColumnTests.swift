import Testing

@testable import GLSL

@Test func mesasColumnIsMendedFromTheUsersLine() {
    // Mesa's preprocessor makes one blank of the tab and one of blanks and comment together.
    let line = "\tfloat  y = 1.0;   /* a note */  other = bad;"
    let stage = AssembledStage(
        stage: .fragment, text: "#version 450\n" + line + "\n",
        lineMap: LineMap(runs: [
            .init(source: 0, firstLine: 1, file: "a", fileLine: 1, count: 1, textLine: 2)
        ]))
    let log = "0:1(17): error: value of type float cannot be assigned\n"
    let read = LogReader.read(log, of: stage)
    #expect(read.map(\.column) == [Array(line.utf8).count - "other = bad;".utf8.count + 1])
}

@Test func aDriverWithoutColumnsGetsTheTokensOwn() {
    let stage = AssembledStage(
        stage: .fragment, text: "float a = speedy + speed;\n",
        lineMap: LineMap(runs: [
            .init(source: 0, firstLine: 1, file: "a", fileLine: 1, count: 1, textLine: 1)
        ]))
    let read = LogReader.read("0(1) : error C1503: undefined variable \"speed\"", of: stage)
    #expect(read.map(\.column) == [20])
}

@Test func theTokenNearestToTheColumnIsUnderlined() {
    let d = Diagnostic(line: 1, column: 14, token: "x", message: "`x' undeclared")
    #expect(d.wrongRange(in: "a = x + xx + x;") == 13..<14)
    #expect(Diagnostic(token: "x", message: "").wrongRange(in: "a = xx + x; // x") == 9..<10)
}

@Test func withoutATokenTheOneInTheColumnIsUnderlined() {
    let d = Diagnostic(line: 1, column: 6, message: "too many")
    #expect(d.wrongRange(in: "a = vec4(1);") == 4..<8)
    #expect(d.locate(in: "a = vec4(1);").column == 5)
    #expect(Diagnostic(message: "lost").wrongRange(in: "a = 1;") == nil)
    #expect(d.wrongRange(in: "") == nil)
}

@Test func aLinkersNameIsFoundInTheStageThatHoldsIt() {
    let text = "#version 330\nout vec4 c;\nvoid wave();\nvoid main() { wave(); }\n"
    let source = SketchSource(
        stages: [.fragment: StageText(text: text, file: "a.frag")], name: "a")
    guard case .success(let program) = Assembler.assemble(source) else {
        Issue.record("not assembled")
        return
    }
    let read = LogReader.read(
        "error: unresolved reference to function `wave'", of: program.passes[0])
    #expect(read.map(\.file) == ["a.frag"])
    #expect(read.map(\.line) == [3])
    #expect(read.map(\.column) == [6])
    #expect(read.map(\.stage) == [.fragment])
}
