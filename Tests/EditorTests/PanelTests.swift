import GLSL
import TextGrid
import Testing

@testable import Editor

@Suite struct PanelTests {
    private func chooser() -> Chooser {
        Chooser(
            "open",
            items: [
                Chooser.Item(title: "glow.frag", section: "recent", value: "1"),
                Chooser.Item(
                    title: "tunnel.frag", detail: "~/sketches", section: "own", value: "2"),
                Chooser.Item(title: "welcome.frag", section: "shipped", value: "3"),
                Chooser.Item(title: "glass tunnel.frag", section: "shipped", value: "4"),
            ])
    }

    @Test func theListHasSectionsUntilOneTypes() {
        var list = chooser()
        #expect(
            list.snapshot(columns: 40, rows: 8).text == """
                 open                            4 of 4
                 recent
                 › glow.frag
                 own
                   tunnel.frag               ~/sketches
                 shipped
                   welcome.frag
                   glass tunnel.frag
                """)
        list.type("tun")
        #expect(list.visible.map(\.value) == ["2", "4"])
        list.perform(.moveDown)
        #expect(list.perform(.newline) == .chosen(list.items[3]))
        list.type("zzz")
        #expect(list.selected == nil)
        #expect(list.perform(.newline) == .editing)
        #expect(list.snapshot(columns: 40, rows: 4).text(row: 1) == "  nothing fits")
        list.perform(.deleteWordBackward)
        #expect(list.visible.count == 4)
    }

    @Test func fuzzyLettersMayLieApart() {
        #expect(FuzzyFilter.match("gtf", "glass tunnel.frag") != nil)
        #expect(FuzzyFilter.match("gx", "glass") == nil)
        let word = FuzzyFilter.match("tun", "tunnel")?.score ?? 0
        let apart = FuzzyFilter.match("tun", "the long sun")?.score ?? 0
        #expect(word > apart)
    }

    @Test(arguments: [2, 3, 5]) func theListScrollsWithTheChoice(rows: Int) {
        var list = chooser()
        for _ in 0..<9 {
            let grid = list.snapshot(columns: 30, rows: rows)
            let row = (1..<rows).first { grid.text(row: $0).hasPrefix(" ›") }
            #expect(row != nil)
            if let row { #expect(list.item(row: row, rows: rows) == list.selected) }
            list.perform(.moveDown)
        }
    }

    @Test func errorsStandInOrderWithTheirPlaces() {
        var list = ErrorList([
            Diagnostic(stage: .fragment, line: 12, column: 5, message: "late"),
            Diagnostic(message: "link failed"),
            Diagnostic(stage: .vertex, line: 3, message: "a message that is too long for one row"),
        ])
        list.move(by: -1)
        #expect(list.selected?.message == "link failed")
        list.move(by: 1)
        #expect(
            list.snapshot(columns: 40, rows: 6).text == """
                 ● 3 errors
                ›▲ vert 3     a message that is too
                              long for one row
                 ▲ frag 12:5  late
                 ▲ program    link failed

                """)
        list.move(by: 1)
        let selected = list.selected
        list.update(
            [selected, Diagnostic(stage: .vertex, line: 1, message: "new")].compactMap { $0 })
        #expect(list.selected == selected)
        list.update([])
        #expect(list.snapshot(columns: 40, rows: 2).text(row: 0) == " ● no errors")
    }

    @Test func helpShowsTheKeysInForce() {
        var map = Keymap.standard
        map.set(KeyChord(.ctrl, "j"), "rewind", .any)
        let rows = HelpPanel.height(map, columns: 60)
        let text = HelpPanel.snapshot(map, columns: 80, rows: rows).text
        #expect(text.contains("F6, Ctrl+J"))
        #expect(text.contains("in the text"))
        let end = HelpPanel.snapshot(map, columns: 80, rows: 5, scroll: 9999)
        #expect(!end.text(row: 4).isEmpty)
    }

    @Test func aPromptIsALineOfText() {
        var prompt = LinePrompt(label: "save as", text: "old.frag", selected: true)
        prompt.type("new name")
        #expect(prompt.text == "new name")
        prompt.perform(.moveWordLeft)
        prompt.perform(.deleteBackward)
        prompt.type("-")
        prompt.perform(.moveLineEnd)
        prompt.type(".frag\n")
        #expect(prompt.text == "new-name.frag ")
        #expect(prompt.perform(.newline) == .accepted("new-name.frag "))
        #expect(prompt.perform(.cut) == .copied("new-name.frag "))
        #expect(prompt.text.isEmpty)
        prompt.type("e")
        prompt.type("\u{301}")
        #expect(prompt.cursor == 1)
    }

    @Test func aLongPromptIsShownAroundItsCursor() {
        var grid = Grid(columns: 20, rows: 1)
        var prompt = LinePrompt(label: "find", text: String(repeating: "abc", count: 20))
        prompt.draw(into: &grid, row: 0)
        #expect(grid.text(row: 0).hasSuffix("bc"))
        #expect(grid.ornaments.first.map { $0.x < 20 } == true)
        prompt.perform(.moveLineStart)
        prompt.draw(into: &grid, row: 0)
        #expect(grid.text(row: 0).hasPrefix(" find abcabc"))
    }

    @Test func helpIsNarrowAndFoldsWhatBelongsTogether() {
        let rows = HelpPanel.height(.standard, columns: 84)
        let lines = (0..<rows).map {
            HelpPanel.snapshot(.standard, columns: 84, rows: rows).text(row: $0)
        }
        func place(_ text: String) -> Int? {
            lines.lazy.compactMap { line in
                line.firstRange(of: text).map {
                    line.distance(from: line.startIndex, to: $0.lowerBound)
                }
            }.first
        }
        let column = place("editor on and off; also with Ctrl") ?? 84
        #expect(column <= 33)
        #expect(place("the six stages") == column)
        #expect(place("  Ctrl+1 … 6 ") == 0)
        #expect(!lines.contains { $0.contains("stage vert") || $0.contains("Keypad") })
        #expect(lines.filter { $0.contains("under Escape") }.count == 1)
        #expect(!lines.contains { $0.contains("…") && !$0.contains("… 6") }, "a row is cut")
    }

    @Test func stagesBoundOtherwiseHaveARowEach() {
        var map = Keymap.standard
        map.set(KeyChord(.ctrl, "j"), "stage geom", .any)
        let table = map.table()
        #expect(table.contains { $0.keys == "Ctrl+4, Ctrl+J" && $0.what == "stage geom" })
        #expect(table.contains { $0.keys == "Ctrl+1" && $0.what == "stage vert" })
    }
}
