import Testing

@testable import GLSL

@Suite struct PlainWordsTests {
    @Test(
        "Names of the grammar are said in plain words",
        arguments: [
            (
                "syntax error, unexpected NEW_IDENTIFIER, expecting ',' or ';'",
                "syntax error, unexpected a name, expecting ',' or ';'"
            ),
            ("syntax error, unexpected CONST_TOK", "syntax error, unexpected 'const'"),
            (
                "syntax error, unexpected FOR, expecting '('",
                "syntax error, unexpected 'for', expecting '('"
            ),
            (
                "syntax error, unexpected OTHER, expecting NEWLINE",
                "syntax error, unexpected a character, expecting the line's end"
            ),
            ("syntax error, unexpected end of file", "syntax error, unexpected end of file"),
            ("`MY_NAME' undeclared", "`MY_NAME' undeclared"),
        ])
    func plain(message: String, wanted: String) {
        #expect(PlainWords.plain(message) == wanted)
    }

    @Test("A message read from a log has them")
    func inLogs() {
        let read = LogReader.read(
            "0:3(7): error: syntax error, unexpected INTCONSTANT", stage: .fragment, map: nil)
        #expect(read.first?.message == "syntax error, unexpected a number")
    }
}
