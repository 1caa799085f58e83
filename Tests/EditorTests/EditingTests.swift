import GLSL
import TestSupport
import Testing

@testable import Editor

/// What an action makes of a drawn state.
struct ActionCase: CustomTestStringConvertible, Sendable {
    var action: EditAction
    var before: String
    var after: String
    init(_ action: EditAction, _ before: String, _ after: String) {
        (self.action, self.before, self.after) = (action, before, after)
    }
    var testDescription: String { "\(action.name): \(before)" }
}

@Suite struct EditingTests {
    @Test(arguments: [
        ActionCase(.moveLeft, "a漢|b", "a|漢b"),
        ActionCase(.moveLeft, "a\n|b", "a|\nb"),
        ActionCase(.moveLeft, "ae\u{301}|b", "a|e\u{301}b"),
        ActionCase(.moveLeft, "a👩‍👧|b", "a|👩‍👧b"),
        ActionCase(.moveRight, "a|👩‍👧b", "a👩‍👧|b"),
        ActionCase(.moveRight, "a|e\u{301}b", "ae\u{301}|b"),
        ActionCase(.moveRight, "a|\nb", "a\n|b"),
        ActionCase(.moveLeft, "a#[bc|]#d", "a|bcd"),
        ActionCase(.moveRight, "a#[|bc]#d", "abc|d"),
        ActionCase(.selectRight, "a|bc", "a#[b|]#c"),
        ActionCase(.selectLeft, "ab|c", "a#[|b]#c"),
        ActionCase(.moveDown, "abc|\nd\nefg", "abc\nd|\nefg"),
        ActionCase(.moveUp, "ab|c\nd", "|abc\nd"),
        ActionCase(.moveDown, "abc\nd|e", "abc\nde|"),
        ActionCase(.moveDown, "\t|a\n    b", "\ta\n    |b"),
        ActionCase(.moveWordRight, "|foo.bar", "foo|.bar"),
        ActionCase(.moveWordRight, "foo|  bar", "foo  bar|"),
        ActionCase(.moveWordRight, "foo|\n bar", "foo\n| bar"),
        ActionCase(.moveWordLeft, "foo bar  |", "foo |bar  "),
        ActionCase(.moveLineStart, "    foo|", "    |foo"),
        ActionCase(.moveLineStart, "    |foo", "|    foo"),
        ActionCase(.moveLineEnd, "f|oo\nb", "foo|\nb"),
        ActionCase(.moveDocumentEnd, "|a\nb", "a\nb|"),
        ActionCase(.selectDocumentStart, "a\nb|", "#[|a\nb]#"),
        ActionCase(.selectAll, "a|b", "#[ab|]#"),
        ActionCase(.deleteBackward, "ae\u{301}|b", "a|b"),
        ActionCase(.deleteBackward, "a\n|b", "a|b"),
        ActionCase(.deleteBackward, "        |b", "    |b"),
        ActionCase(.deleteBackward, "     |b", "    |b"),
        ActionCase(.deleteBackward, "a    |b", "a   |b"),
        ActionCase(.deleteBackward, "|b", "|b"),
        ActionCase(.deleteForward, "a|👩‍👧b", "a|b"),
        ActionCase(.deleteForward, "a|", "a|"),
        ActionCase(.deleteForward, "a#[bc|]#d", "a|d"),
        ActionCase(.deleteWordBackward, "foo bar|;", "foo |;"),
        ActionCase(.deleteWordForward, "foo| bar;", "foo|;"),
        ActionCase(.deleteLine, "a\nb|c\nde", "a\nd|e"),
        ActionCase(.deleteLine, "a\nb|", "a|"),
        ActionCase(.deleteLine, "#[a\nb\n|]#c", "|c"),
        ActionCase(.duplicateLine, "a\nb|c\nd", "a\nbc\nb|c\nd"),
        ActionCase(.moveLineUp, "a\nb|c\nd", "b|c\na\nd"),
        ActionCase(.moveLineUp, "a|\nb", "a|\nb"),
        ActionCase(.moveLineDown, "a|b\nc", "c\na|b"),
        ActionCase(.newline, "a|b", "a\n|b"),
        ActionCase(.newline, "    a|", "    a\n    |"),
        ActionCase(.newline, "f() {|", "f() {\n    |"),
        ActionCase(.newline, "  {|}", "  {\n      |\n  }"),
        ActionCase(.tab, "a|b", "a   |b"),
        ActionCase(.tab, "|b", "    |b"),
        ActionCase(.tab, "#[a\n\nb|]#", "#[    a\n\n    b|]#"),
        ActionCase(.outdent, "      a|", "  a|"),
        ActionCase(.outdent, "\ta|", "a|"),
        ActionCase(.outdent, "#[    a\n  b|]#\nc", "#[a\nb|]#\nc"),
        ActionCase(.toggleComment, "    a|;", "    // a|;"),
        ActionCase(.toggleComment, "    // a|;", "    a|;"),
        ActionCase(.toggleComment, "    //a|;", "    a|;"),
        ActionCase(.toggleComment, "#[  a\n\n    b|]#", "#[  // a\n\n  //   b|]#"),
        ActionCase(.toggleComment, "#[// a\n// b|]#", "#[a\nb|]#"),
        ActionCase(.toggleComment, "#[// a\nb|]#", "#[// // a\n// b|]#"),
    ])
    func does(_ test: ActionCase) {
        let controller = editor(test.before)
        let result = controller.perform(test.action, at: 0)
        #expect(drawing(controller) == test.after)
        #expect(result.changedText == (read(test.before).0 != read(test.after).0))
        if result.changedText {
            controller.perform(.undo, at: 1)
            #expect(drawing(controller) == test.before)
        }
    }

    @Test func everyActionHasItsNameBack() {
        for action in EditAction.allCases { #expect(EditAction(name: action.name) == action) }
        #expect(EditAction(name: "select word right") == .selectWordRight)
        #expect(EditAction(name: "fly") == nil)
    }

    @Test func movingUpAndDownKeepsTheColumn() {
        let controller = editor("abcdef|\nab\nabcdef")
        controller.perform(.moveDown, at: 0)
        #expect(drawing(controller) == "abcdef\nab|\nabcdef")
        controller.perform(.moveDown, at: 0)
        #expect(drawing(controller) == "abcdef\nab\nabcdef|")
    }

    @Test func typingAsRealKeysGiveIt() {
        let controller = editor("|")
        controller.type("void main() {\nfloat a;\nif (a > 0.) {\na = 1.;\n}\n}\n", at: 0)
        #expect(
            controller.sketch.text(.fragment) == """
                void main() {
                    float a;
                    if (a > 0.) {
                        a = 1.;
                    }
                }

                """)
    }

    @Test func aLoopIsTypedAsItStands() {
        let controller = editor("|")
        controller.type("for(;;){a=b^c|d;}", at: 0)
        #expect(controller.sketch.text(.fragment) == "for(;;){a=b^c|d;}")
        #expect(controller.sketch.current == RevisionID(18))
    }

    @Test func typingReplacesTheSelection() {
        let controller = editor("a#[bc|]#d")
        #expect(controller.type("x", at: 0))
        #expect(drawing(controller) == "ax|d")
    }

    @Test func insertingIsLiteralAndOneStep() {
        let controller = editor("    |")
        controller.insert("{\n}", at: 0)
        #expect(drawing(controller) == "    {\n}|")
        controller.perform(.undo, at: 0)
        #expect(drawing(controller) == "    |")
    }

    @Test func copyAndCut() {
        let controller = editor("a#[bc|]#d")
        #expect(controller.perform(.copy, at: 0).copied == "bc")
        #expect(controller.perform(.cut, at: 0).copied == "bc")
        #expect(drawing(controller) == "a|d")
        #expect(controller.perform(.paste, at: 0).wantsPaste)
        let lines = editor("a\nb|c")
        #expect(lines.perform(.cut, at: 0).copied == "bc\n")
        #expect(drawing(lines) == "a|")
    }

    @Test func pastingIsCleaned() {
        let controller = editor("|")
        let notice = controller.paste("a\r\nb\u{A0}c\u{200B}", at: 0)
        #expect(controller.sketch.text(.fragment) == "a\nb c")
        #expect(
            notice
                == "pasted text: 1 non-breaking space, 1 carriage return and 1 invisible character cleaned"
        )
    }

    @Test func cleanTextIsLeftAlone() {
        let family = "a\tb\n👩‍👧 漢 e\u{301}"
        #expect(PasteCleaner.clean(family) == (family, nil))
        #expect(PasteCleaner.clean("\u{FEFF}x\ry").text == "x\ny")
    }

    @Test func goingToAPlaceCountsBytesAndIsClamped() {
        let controller = editor("ab\ncéd")
        controller.goto(line: 2, column: 4)
        #expect(drawing(controller) == "ab\ncé|d")
        controller.goto(line: 2, column: 3)
        #expect(drawing(controller) == "ab\nc|éd")
        controller.goto(line: 99, column: 99)
        #expect(drawing(controller) == "ab\ncéd|")
        #expect(controller.caret == (2, 5))
    }

    @Test func findsAsOneTypes() {
        let controller = editor("|Glow glow GLOW")
        controller.perform(.find, at: 0)
        controller.type("lo", at: 0)
        #expect(drawing(controller) == "G#[lo|]#w glow GLOW")
        controller.perform(.newline, at: 0)
        controller.perform(.newline, at: 0)
        #expect(drawing(controller) == "Glow glow G#[LO|]#W")
        controller.perform(.newline, at: 0)
        #expect(drawing(controller) == "G#[lo|]#w glow GLOW")
        #expect(controller.find?.notice == "went on from the top")
        controller.perform(.findPrevious, at: 0)
        #expect(drawing(controller) == "Glow glow G#[LO|]#W")
        controller.closeFind()
        #expect(controller.find == nil)
        #expect(controller.sketch.current == RevisionID(1), "the prompt's keys are not the text's")
        #expect(controller.perform(.findPrevious, at: 0).changedSelection)
        #expect(
            drawing(controller) == "Glow g#[|lo]#w GLOW"
                || drawing(controller) == "Glow g#[lo|]#w GLOW")
    }

    @Test func capitalsMakeTheSearchExact() {
        let controller = editor("|glow Glow")
        controller.perform(.find, at: 0)
        controller.type("Gl", at: 0)
        #expect(drawing(controller) == "glow #[Gl|]#ow")
        controller.type("x", at: 0)
        #expect(drawing(controller) == "|glow Glow")
        #expect(controller.find?.notice == "no match")
        controller.perform(.deleteBackward, at: 0)
        #expect(drawing(controller) == "glow #[Gl|]#ow")
    }

    @Test func bracketsKnowTheirPartners() {
        let text = "f(a, (b)) /* ) */ { // }\n}"
        let buffer = GapBuffer(text)
        #expect(Brackets.match(at: 1, in: buffer) == 8)
        #expect(Brackets.match(at: 8, in: buffer) == 1)
        #expect(Brackets.match(at: 5, in: buffer) == 7)
        #expect(Brackets.match(at: 18, in: buffer) == 25)
        #expect(Brackets.match(at: 25, in: buffer) == 18)
        #expect(Brackets.match(at: 13, in: buffer) == nil)
        #expect(Brackets.match(at: 0, in: buffer) == nil)
    }

    @Test(arguments: 0..<100) func lineStatesAgreeWithLexingFromTheTop(seed: Int) {
        var random = Seeded(seed: seed)
        var buffer = GapBuffer(randomText(&random, upTo: 30))
        let first = seed % 2 == 0 ? LineState.initial : .toml
        var states = LineStates(lines: buffer.lineCount, first: first)
        var tokens: [Token] = []
        for _ in 0..<40 {
            let range = randomRange(buffer, &random)
            let short = range.lowerBound..<min(range.upperBound, range.lowerBound + 4)
            let end = buffer.scalarStart(short.upperBound)
            let new = Array(randomText(&random, upTo: 3).utf8)
            states.follow(buffer.replace(short.lowerBound..<max(short.lowerBound, end), with: new))
            let line = Int.random(in: 0..<buffer.lineCount, using: &random)
            _ = states.state(before: line, in: buffer, tokens: &tokens, limit: 5)
            states.checkInvariants(buffer)
        }
        let last = buffer.lineCount - 1
        let found = states.state(before: last, in: buffer, tokens: &tokens, limit: 1000)
        var expected = first
        for line in 0..<last {
            expected = LineStates.lex(line, in: buffer, state: expected, into: &tokens)
        }
        #expect(found == expected)
    }
}
