import GLSL
import Testing

@testable import Editor

@Suite struct DiagnosticsTests {
    private func error(_ line: Int, _ message: String = "bad", column: Int? = nil) -> Diagnostic {
        Diagnostic(stage: .fragment, line: line, column: column, message: message)
    }

    @Test func theCaretsOwnLineWaitsForAPause() {
        // The line behind it waits as well: an unfinished statement is found at the next token.
        let controller = editor("a|\n\nb\nc")
        controller.type("x", at: 10)
        controller.diagnostics = [error(1), error(3), error(4)]
        #expect(controller.inlineDiagnostics(now: 10.1).map(\.line) == [4])
        controller.type("y", at: 10.3)
        controller.diagnostics = [error(1), error(3), error(4)]
        #expect(controller.inlineDiagnostics(now: 10.6).map(\.line) == [4])
        #expect(controller.inlineDiagnostics(now: 10.71).map(\.line) == [1, 3, 4])
    }

    @Test func itShowsWhenTheCaretLeaves() {
        let controller = editor("a|\nb")
        controller.type("x", at: 10)
        controller.diagnostics = [error(1)]
        #expect(controller.inlineDiagnostics(now: 10.1).isEmpty)
        controller.perform(.moveDown, at: 10.2)
        #expect(controller.inlineDiagnostics(now: 10.2).count == 1)
        controller.perform(.moveUp, at: 10.3)
        #expect(controller.inlineDiagnostics(now: 10.3).count == 1, "what was read stays")
    }

    @Test func correctTypingShowsNothing() {
        let controller = editor("|\nend")
        for (index, character) in "float glow = sin(iTime) * 2.0; vec3 c = vec3(glow, 0.5, 1.0);"
            .enumerated()
        {
            let now = Double(index) / 8
            controller.type(String(character), at: now)
            controller.diagnostics = [error(1, "syntax error")]
            #expect(controller.inlineDiagnostics(now: now + 0.06).isEmpty)
            #expect(controller.inlineDiagnostics(now: now + 0.12).isEmpty)
        }
    }

    @Test func aMessageFadesWhenItsLineIsEdited() {
        let controller = editor("a\nb\n|c")
        controller.diagnostics = [error(3), error(2)]
        #expect(controller.inlineDiagnostics(now: 5).count == 2)
        controller.type("x", at: 6)
        #expect(controller.inlineDiagnostics(now: 9).map(\.line) == [2])
    }

    @Test func placesFollowEdits() {
        let controller = editor("|a\nb\nc")
        controller.diagnostics = [error(2), error(3)]
        controller.type("x\ny\n", at: 0)
        #expect(controller.diagnostics.map(\.line) == [4, 5])
        #expect(controller.inlineDiagnostics(now: 9).map(\.line) == [4, 5], "moved, not edited")
        controller.perform(.deleteBackward, at: 1)
        #expect(controller.diagnostics.map(\.line) == [3, 4])
    }

    @Test func aNewLineBelowAndAboveDoesNotFade() {
        let controller = editor("a\nb|\nc")
        controller.diagnostics = [error(2)]
        controller.insert("\n", at: 0)
        #expect(controller.inlineDiagnostics(now: 9).map(\.line) == [2])
        controller.goto(line: 2, column: 1)
        controller.insert("new\n", at: 0)
        #expect(controller.inlineDiagnostics(now: 9).map(\.line) == [3])
        controller.goto(line: 3, column: 1)
        controller.insert("x", at: 0)
        #expect(controller.inlineDiagnostics(now: 9).isEmpty)
    }

    @Test func aLateVerdictIsMovedAlong() {
        let controller = editor("|a\nb")
        let old = controller.sketch.current
        controller.type("x\n", at: 0)
        controller.setDiagnostics([error(1), error(2)], of: old)
        #expect(controller.diagnostics.map(\.line) == [2, 3])
        controller.perform(.undo, at: 1)
        controller.perform(.undo, at: 1)
        #expect(controller.diagnostics.map(\.line) == [1, 2])
    }

    @Test func errorsAreGoneToAroundAllStages() {
        let sketch = SketchText(parts: [.vertex: "v\nw", .fragment: "a\nb\nc"])
        let controller = EditorController(sketch: sketch)
        controller.diagnostics = [
            error(3, "third"), error(2, "second"),
            Diagnostic(stage: .vertex, line: 2, message: "first"),
        ]
        #expect(controller.perform(.nextError, at: 0).notice == "second")
        #expect(controller.caret.line == 2)
        #expect(controller.perform(.nextError, at: 0).notice == "third")
        #expect(controller.perform(.nextError, at: 0).notice == "first")
        #expect(sketch.active == .vertex)
        #expect(controller.perform(.previousError, at: 0).notice == "third")
        #expect(sketch.active == .fragment)
    }

    @Test func theTokenIsFoundByColumnOrName() {
        let buffer = GapBuffer("    x = foo(y); // foo")
        func token(_ diagnostic: Diagnostic) -> Range<Int> {
            TrackedDiagnostic(diagnostic, part: .fragment, in: buffer).token
        }
        #expect(token(error(1, column: 9)) == 8..<11)
        #expect(token(Diagnostic(line: 1, token: "y", message: "")) == 12..<13)
        #expect(token(error(1)).isEmpty)
        #expect(token(error(99)).isEmpty)
    }

    @Test func diagnosticsWithoutAPlaceAreKept() {
        let controller = EditorController(sketch: SketchText(parts: [.vertex: "", .fragment: ""]))
        let link = Diagnostic(message: "link failed")
        controller.diagnostics = [link]
        #expect(controller.diagnostics == [link])
        #expect(controller.inlineDiagnostics(now: 9).isEmpty)
    }
}
