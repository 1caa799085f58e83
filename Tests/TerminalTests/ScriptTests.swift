import Terminal
import Testing

@Suite("Scripts")
struct ScriptTests {
    @Test("Lines keep their numbers; blanks and comments are passed over")
    func lines() throws {
        let script = try Script(
            text: "\u{FEFF}# light\r\nundo\r\n\n  type \"a\\n\"  \nquit", name: "a.session")
        #expect(script.lines.map(\.number) == [2, 4, 5])
        #expect(script.lines.map(\.command) == [.undo, .type("a\n"), .quit])
        #expect(script.lines.map(\.text) == ["undo", "type \"a\\n\"", "quit"])
    }

    @Test("A mistake names file, line and column before anything runs")
    func mistake() {
        let error = ScriptError(
            name: "a.session", line: 3, column: 3,
            message: "unknown command 'ando'; did you mean 'undo'?")
        #expect(throws: error) { try Script(text: "undo\n\n  ando\n", name: "a.session") }
        #expect(
            error.description
                == "a.session:3:3: error: unknown command 'ando'; did you mean 'undo'?")
    }

    @Test("A failure while running names the line")
    func failure() throws {
        let script = try Script(text: "\nwait good 1", name: "b.session")
        #expect(
            script.failure(of: script.lines[0], "the revision is in error").description
                == "b.session:2: error: the revision is in error")
    }
}
