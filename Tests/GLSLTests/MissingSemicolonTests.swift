import Testing

@testable import GLSL

@Suite struct MissingSemicolonTests {
    private func read(_ text: String, _ log: String) -> [Diagnostic] {
        let stage = AssembledStage(
            stage: .fragment, text: text,
            lineMap: LineMap(runs: [
                .init(
                    source: 0, firstLine: 1, file: "a.frag", fileLine: 1,
                    count: text.split(separator: "\n", omittingEmptySubsequences: false).count,
                    textLine: 1)
            ]))
        return LogReader.read(log, of: stage)
    }

    @Test func theLineThatIsNotEndedIsNamed() {
        let found = read(
            "void main() {\n    float a = 1.0 // one\n\n    float b;\n}",
            "0:4(2): error: syntax error, unexpected BASIC_TYPE_TOK, expecting ',' or ';'")
        #expect(
            found.first?.message
                == "syntax error, unexpected a type, expecting ',' or ';' (is a ';' missing at the end of line 2?)"
        )
    }

    @Test func aTokenInMidLineIsNotBlamedOnTheLineBefore() {
        let found = read(
            "void main() {\n    float a\n    = 1.0 2.0;\n}",
            "0:3(8): error: syntax error, unexpected FLOATCONSTANT, expecting ',' or ';'")
        #expect(found.first?.message.contains("missing") == false)
    }
}
