import GLSL
import TextGrid
import TestSupport
import Testing

@testable import Editor

@Suite struct SnapshotTests {
    private func snapshot(
        _ controller: EditorController, columns: Int = 60, rows: Int = 8, now: Double = 0,
        focused: Bool = true, chrome: EditorChrome = EditorChrome()
    ) -> Grid {
        let grid = controller.snapshot(
            columns: columns, rows: rows, now: now, focused: focused, chrome: chrome)
        grid.checkInvariants()
        return grid
    }

    @Test func tabsTextAndStatusHaveTheirRows() {
        var chrome = EditorChrome()
        chrome.fileTitle = "a.frag"
        chrome.dialect = "Shadertoy"
        chrome.verdict = .good
        chrome.shownRevision = RevisionID(141)
        chrome.currentRevision = RevisionID(147)
        chrome.clock = "21:42"
        let grid = snapshot(editor("void f|() {\n}"), columns: 80, chrome: chrome)
        #expect(
            grid.text == """
                  vert    tesc    tese    geom    frag    comp               a.frag · Shadertoy
                   1  void f() {
                   2  }




                 ● good   showing revision 141 of 147                                     21:42
                """)
    }

    @Test func tabsTellPresentMissingBrokenAndActive() {
        let controller = EditorController(
            sketch: SketchText(parts: [.vertex: "v", .fragment: "f"]))
        controller.diagnostics = [Diagnostic(stage: .vertex, line: 1, message: "bad")]
        let grid = snapshot(controller)
        func style(_ part: SketchPart) -> Style? {
            controller.layout.tabs.first { $0.part == part }
                .map { grid[$0.columns.lowerBound + 2, 0].style }
        }
        #expect(style(.vertex)?.ink == .error)
        #expect(style(.compute)?.traits == .dim)
        #expect(style(.fragment)?.ground == .activeTab)
        #expect(grid.ornaments.contains { $0.ink == .accent && $0.y > 0.5 && $0.y < 1 })
    }

    @Test func codeHasTheInksOfItsTokens() {
        let grid = snapshot(editor("|float x = 1.0; // c"))
        #expect(grid[6, 1].style.ink == .type)
        #expect(grid[16, 1].style.ink == .number)
        #expect(grid[22, 1].style.ink == .comment)
        #expect(grid[6, 1].style.ground == .currentLine)
        #expect(grid[6, 2].style.ground == .panel)
    }

    @Test func aPlanHasTheInksOfTOML() {
        let controller = EditorController(
            sketch: SketchText(parts: [.fragment: "", .plan: "# c\n[buffer.a]\ncount = 3 # 'c'"]))
        controller.sketch.active = .plan
        let grid = snapshot(controller)
        #expect(grid[6, 1].style.ink == .comment)
        #expect(grid[7, 2].style.ink == .preprocessor)
        #expect(grid[6, 3].style.ink == .text)
        #expect(grid[14, 3].style.ink == .number)
        #expect(grid[16, 3].style.ink == .comment)
    }

    @Test func aMessageStandsBehindTheCodeInItsLine() {
        let controller = editor("|\nfloat x = y;")
        controller.diagnostics = [
            Diagnostic(stage: .fragment, line: 2, column: 11, message: "`y' undeclared")
        ]
        let grid = snapshot(controller)
        #expect(grid.text(row: 2) == "   2  float x = y;    ▲ `y' undeclared")
        #expect(grid[0, 2].style.ground == .errorLine)
        #expect(grid[3, 2].style.ink == .error)
        #expect(grid[16, 2].style.traits == .errorUnderline)
        #expect(grid[15, 2].style.traits == [])
        #expect(grid[22, 2].style.ink == .error)
    }

    @Test func aLongMessageIsCutAndOnTheCaretsLineHangsBelow() {
        let text = "this message is far too long to stand behind the code in one line"
        let controller = editor("a = b;\n|\nc;\nd;")
        controller.diagnostics = [Diagnostic(stage: .fragment, line: 1, message: text)]
        let cut = snapshot(controller, columns: 44)
        #expect(cut.text(row: 1) == "   1  a = b;    ▲ this message is far too …")
        controller.goto(line: 1)
        let hung = snapshot(controller, columns: 44, now: 10)
        #expect(hung.text(row: 1) == "   1  a = b;")
        #expect(hung.text(row: 2) == "      ▲ this message is far too long to")
        #expect(hung.text(row: 3) == "      stand behind the code in one line")
        #expect(hung[6, 2].style == Style(.error))
        controller.diagnostics = []
        #expect(snapshot(controller, columns: 44, now: 10).text(row: 3) == "   3  c;")
    }

    @Test func aMessageWithoutRoomLeavesItsSign() {
        // The code ends 2 columns before the edge, 1, and behind it.
        for (length, isInGutter) in [(36, false), (37, true), (60, true)] {
            let controller = editor("\n" + String(repeating: "x", count: length) + "\n|")
            controller.diagnostics = [Diagnostic(stage: .fragment, line: 2, message: "a b c d e f")]
            let grid = snapshot(controller, columns: 44)
            #expect(grid.text(row: 2).contains("▲"), "\(length)")
            let column = isInGutter ? 4 : 43
            #expect(grid[column, 2].text == "▲" && grid[column, 2].style.ink == .error)
            #expect(grid[3, 2].text == "2")
            // It stays where the line moves and only its number is drawn anew.
            controller.sketch.selection = Selection(0)
            controller.perform(.newline, at: 0)
            let moved = snapshot(controller, columns: 44)
            #expect(moved[column, 3].text == "▲" && moved[3, 3].text == "3")
        }
    }

    @Test func theCaretIsABarThatBlinksAndIsHollowWithoutFocus() {
        let controller = editor("ab|c")
        controller.perform(.moveRight, at: 100)
        func caret(_ now: Double, _ focused: Bool = true) -> [Grid.Ornament] {
            snapshot(controller, now: now, focused: focused).ornaments
                .filter { $0.ink == .accent && $0.y >= 1 }
        }
        #expect(caret(100).map(\.x) == [9])
        #expect(caret(100).first?.width == 0.12)
        #expect(caret(100.6).isEmpty)
        #expect(caret(101.1).count == 1)
        #expect(caret(100, false).count == 4)
        #expect(caret(controller.restingTime).count == 1)
    }

    @Test func wideTabbedAndInvisibleCharacters() {
        let controller = editor("|a\tb漢c\u{200B}\u{01}")
        let grid = snapshot(controller)
        #expect(grid.text(row: 1) == "   1  a   b漢c·␁")
        #expect(grid[12, 1].isContinuation)
        #expect(grid[14, 1].style.ink == .error)
        controller.perform(.moveLineEnd, at: 0)
        #expect(snapshot(controller).ornaments.contains { $0.x == 16 && $0.width == 0.12 })
    }

    @Test func selectionAndMatchesHaveTheirGround() {
        let controller = editor("a #[bc\nd|]# a")
        var grid = snapshot(controller)
        #expect((8...10).map { grid[$0, 1].style.ground } == [.selection, .selection, .selection])
        #expect(grid[6, 2].style.ground == .selection)
        #expect(grid[7, 2].style.ground == .currentLine)
        controller.sketch.selection = Selection(0)
        controller.perform(.find, at: 0)
        controller.type("a", at: 0)
        grid = snapshot(controller)
        #expect(grid[8, 2].style.ground == .match)
        #expect(grid.text(row: 6) == " find a")
    }

    @Test func aQuestionTakesTheRowAboveTheStatusLine() {
        var chrome = EditorChrome()
        chrome.question = "save the changes?  y save · n discard"
        let grid = snapshot(editor("|"), chrome: chrome)
        #expect(grid.text(row: 6) == " save the changes?  y save · n discard")
    }

    @Test func longLinesScrollWithTheCaret() {
        let controller = editor("|" + String(repeating: "0123456789", count: 20))
        controller.perform(.moveLineEnd, at: 0)
        let grid = snapshot(controller)
        #expect(grid.text(row: 1).hasSuffix("789"))
        #expect(controller.sketch.scroll.column > 100)
        controller.perform(.moveLineStart, at: 0)
        _ = snapshot(controller)
        #expect(controller.sketch.scroll.column == 0)
    }

    @Test func theCaretStaysInViewAndTheWheelMayLeaveIt() {
        let controller = editor("|" + String(repeating: "x\n", count: 100))
        controller.goto(line: 50)
        _ = snapshot(controller, rows: 12)
        let first = controller.sketch.scroll.line
        #expect((first..<(first + 10)).contains(49))
        controller.scroll(rows: 30)
        _ = snapshot(controller, rows: 12)
        #expect(controller.sketch.scroll.line == first + 30)
        controller.type("y", at: 0)
        _ = snapshot(controller, rows: 12)
        #expect((controller.sketch.scroll.line..<(controller.sketch.scroll.line + 10)).contains(49))
    }

    @Test(arguments: [1, 2, 3, 5, 10, 20, 21, 30, 40, 60, 100, 200], [1, 2, 3, 4, 9])
    func everySizeIsDrawn(columns: Int, rows: Int) {
        var chrome = EditorChrome()
        chrome.verdict = .slow(milliseconds: 31, budget: 8)
        chrome.shownRevision = RevisionID(1)
        chrome.currentRevision = RevisionID(2)
        chrome.gpuMilliseconds = 3
        chrome.budgetMilliseconds = 8
        chrome.recentGPUMilliseconds = [1, 2, 3]
        chrome.rate = 60
        chrome.isModified = true
        chrome.isPaused = true
        chrome.notice = "pasted text: 3 non-breaking spaces cleaned"
        chrome.clock = "21:42"
        chrome.fileTitle = "a.frag"
        let controller = editor("a漢\tb|\nlong line of code {\n}")
        controller.diagnostics = [Diagnostic(stage: .fragment, line: 1, message: "a b c d e f g")]
        for question in [nil, "really?"] {
            chrome.question = question
            let grid = snapshot(controller, columns: columns, rows: rows, now: 9, chrome: chrome)
            #expect(grid.columns == columns && grid.rows == rows)
            for ornament in grid.ornaments {
                #expect(ornament.x >= 0 && ornament.x + ornament.width <= Float(columns) + 1)
                #expect(ornament.y >= 0 && ornament.y + ornament.height <= Float(rows) + 0.01)
            }
            if rows >= 2, columns >= 20 { #expect(grid.text(row: rows - 1).contains("slow")) }
        }
    }

    @Test(arguments: 0..<60) func whatIsUsedAgainLooksLikeWhatIsDrawnAnew(seed: Int) {
        var random = Seeded(seed: seed)
        let controller = editor("|" + randomText(&random, upTo: 40))
        var now = 0.0
        for _ in 0..<40 {
            now += 0.3
            switch Int.random(in: 0..<10, using: &random) {
            case 0: controller.scroll(rows: Double(Int.random(in: -3...3, using: &random)))
            case 1: controller.perform(.undo, at: now)
            case 2: controller.perform(.selectDown, at: now)
            case 3:
                controller.diagnostics = [
                    Diagnostic(
                        stage: .fragment, line: Int.random(in: 1...9, using: &random),
                        message: "a message of some length that may not fit the panel's width")
                ]
            case 4: controller.find == nil ? controller.openFind() : controller.closeFind()
            default:
                if let action = EditAction.allCases.randomElement(using: &random), action != .find {
                    controller.perform(action, at: now)
                }
                if controller.find == nil { controller.type(randomText(&random, upTo: 1), at: now) }
            }
            let grid = snapshot(controller, columns: 50, rows: 9, now: now)
            controller.rows.forget()
            let fresh = snapshot(controller, columns: 50, rows: 9, now: now)
            #expect(grid.text == fresh.text)
            #expect(grid.ornaments == fresh.ornaments)
            let differing = grid.cells.indices.filter { grid.cells[$0] != fresh.cells[$0] }
            #expect(differing.isEmpty)
            _ = controller.snapshot(
                columns: 50, rows: 9, now: now, focused: true, chrome: EditorChrome())
        }
    }

    @Test func theMousePlacesSelectsAndSwitches() {
        let controller = editor("|foo bar\nbaz")
        _ = snapshot(controller)
        controller.press(column: 7.6, row: 1.5)
        #expect(drawing(controller) == "fo|o bar\nbaz")
        controller.drag(column: 8, row: 2)
        #expect(drawing(controller) == "fo#[o bar\nba|]#z")
        controller.release()
        controller.press(column: 11.2, row: 1.2, clicks: 2)
        #expect(drawing(controller) == "foo #[bar|]#\nbaz")
        controller.press(column: 11.2, row: 1.2, clicks: 3)
        #expect(drawing(controller) == "#[foo bar\n|]#baz")
        controller.press(column: 6, row: 1)
        controller.press(column: 9, row: 1, extend: true)
        #expect(drawing(controller) == "#[foo|]# bar\nbaz")
        let tab = controller.layout.tabs.first { $0.part == .compute }
        #expect(controller.press(column: Double(tab?.columns.lowerBound ?? 0) + 1, row: 0.5))
        #expect(controller.sketch.active == .compute)
        #expect(!controller.press(column: 5, row: 7))
    }

    @Test func aHugeTextIsShownAtOnceAndLexedBitByBit() {
        let line = "float x = 1.0;\n"
        let sketch = SketchText(parts: [.fragment: "/*\n" + String(repeating: line, count: 9000)])
        let controller = EditorController(sketch: sketch)
        controller.goto(line: 9000)
        _ = snapshot(controller)
        #expect(controller.isCatchingUp)
        for _ in 0..<3 { _ = snapshot(controller) }
        #expect(!controller.isCatchingUp)
        #expect(snapshot(controller)[7, 1].style.ink == .comment)
    }

    @Test func thePlotShowsWhatIsOverTheBudget() {
        var chrome = EditorChrome()
        chrome.verdict = .good
        chrome.gpuMilliseconds = 4
        chrome.recentGPUMilliseconds = [4, 4, 12, 400]
        func plot(_ budget: Double?) -> [Grid.Ornament] {
            chrome.budgetMilliseconds = budget
            return snapshot(editor("|"), columns: 110, chrome: chrome).ornaments.filter {
                $0.width < 1.2 && $0.width > 1
            }
        }
        #expect(plot(nil).allSatisfy { $0.ink == .secondary })
        let over = plot(8).filter { $0.ink == .slow }
        #expect(over.count == 2)
        // It stands on what is within, and the one far over is no higher than the line.
        #expect(over.allSatisfy { $0.y >= 7 && $0.height > 0.1 && $0.height < 0.4 })
        #expect(plot(8).count == 6)
        #expect(plot(1000).allSatisfy { $0.ink == .secondary })
    }

    @Test func statusPiecesGoByImportance() {
        var chrome = EditorChrome()
        chrome.verdict = .error(count: 2)
        chrome.shownRevision = RevisionID(141)
        chrome.currentRevision = RevisionID(147)
        chrome.gpuMilliseconds = 3
        chrome.budgetMilliseconds = 8
        chrome.rate = 60
        chrome.late = 2
        chrome.clock = "21:42"
        func line(_ columns: Int) -> String {
            snapshot(editor("|"), columns: columns, chrome: chrome).text(row: 7)
        }
        #expect(
            line(110)
                == " ● 2 errors   showing revision 141 of 147   GPU 3.0 / 8.0 ms                60 Hz, 2 late"
                + String(repeating: " ", count: 15) + "21:42")
        #expect(line(60).hasPrefix(" ● 2 errors   showing revision 141 of 147"))
        #expect(line(30) == " ● 2 errors   141/147")
        #expect(line(20) == " ● 2 errors")
    }
}
