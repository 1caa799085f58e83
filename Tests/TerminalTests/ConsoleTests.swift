import Terminal
import TextGrid
import TestSupport
import Testing

@Suite("The console panel")
struct ConsoleTests {
    private func text(_ console: Console, columns: Int = 60, rows: Int = 6) -> String {
        console.snapshot(columns: columns, rows: rows, now: 0, focused: true).text
    }

    @Test("A submitted line is echoed, its reply stands below, the prompt below that")
    func echo() {
        let console = Console()
        console.type("history")
        #expect(console.key("enter") == .submit("history"))
        console.append(reply: "141 21:04:12 good 3.0 ms\n139 slow 31 ms\n")
        console.append(error: "no")
        console.type("rollback")
        #expect(
            text(console) == """
                 › history
                 141 21:04:12 good 3.0 ms
                 139 slow 31 ms
                 ▲ no
                 › rollback

                """)
        let grid = console.snapshot(columns: 60, rows: 6, now: 0, focused: true)
        #expect(grid[1, 0].style.ink == .accent)
        #expect(grid[3, 0].style.ink == .text)
        #expect(grid[1, 1].style.ink == .secondary)
        #expect(grid[14, 1].style.ink == .good)
        #expect(grid[5, 2].style.ink == .slow)
        #expect(grid[1, 3].style.ink == .error)
    }

    @Test(
        "The prompt is edited as a shell's",
        arguments: [
            (["left", "backspace"], "abc df"), (["ctrl+w"], "abc "),
            (["home", "delete"], "bc def"),
            (["home", "ctrl+k"], ""), (["ctrl+left", "ctrl+u"], "def"),
            (["ctrl+a", "ctrl+right", "ctrl+k"], "abc"),
            (["ctrl+left", "ctrl+e", "backspace"], "abc de"),
            (["home", "backspace"], "abc def"), (["delete"], "abc def"), (["f9"], "abc def"),
            (["ctrl+left", "ctrl+left", "ctrl+left", "delete"], "bc def"),
        ] as [([String], String)])
    func editing(keys: [String], result: String) {
        let console = Console()
        console.type("abc def")
        for key in keys { #expect(console.key(key) == .none) }
        #expect(console.input == result)
        #expect(keys.allSatisfy { Console.handles($0) } == !keys.contains("f9"))
    }

    @Test("Several lines become one, control characters go, clusters stay whole")
    func typing() {
        let console = Console()
        console.type("a\nb\r\nc\u{7}\u{1B}")
        #expect(console.input == "a b c")
        console.type("e")
        console.type("\u{301}")
        #expect(console.key("backspace") == .none)
        #expect(console.input == "a b c")
    }

    @Test("Up and down go through the history and back to the draft")
    func history() {
        let console = Console()
        for line in ["undo", "redo", "redo", ""] {
            console.type(line)
            _ = console.key("enter")
        }
        console.type("dra")
        var seen: [String] = []
        for key in ["up", "up", "up", "down", "down", "down"] {
            _ = console.key(key)
            seen.append(console.input)
        }
        #expect(seen == ["redo", "undo", "undo", "redo", "dra", "dra"])
    }

    @Test("Tab completes as far as all agree, then lists what there is")
    func completion() {
        let console = Console()
        console.files = { prefix in ["glow.frag", "glass.frag"].filter { $0.hasPrefix(prefix) } }
        console.type("ope")
        _ = console.key("tab")
        #expect(console.input == "open ")
        console.type("g")
        _ = console.key("tab")
        #expect(console.input == "open gl")
        _ = console.key("tab")
        #expect(console.input == "open gl")
        #expect(text(console).contains("glass.frag  glow.frag"))
        console.type("o")
        _ = console.key("tab")
        #expect(console.input == "open glow.frag ")
    }

    @Test("A full panel keeps the prompt in its last row; scrolling reads further up")
    func scrolling() {
        let console = Console()
        for number in 1...20 { console.append(reply: "line \(number)") }
        #expect(text(console, rows: 3) == " line 19\n line 20\n ›")
        console.scroll(rows: 2)
        #expect(text(console, rows: 3).hasPrefix(" line 17\n line 18\n"))
        console.append(reply: "line 21")
        #expect(text(console, rows: 3).hasPrefix(" line 17\n line 18\n"))
        #expect(text(console, rows: 3).contains("↓ 3 more"))
        console.scroll(rows: 1000)
        #expect(text(console, rows: 3).hasPrefix(" line 1\n line 2\n"))
        console.type("x")
        #expect(text(console, rows: 3) == " line 20\n line 21\n › x")
        _ = console.key("ctrl+l")
        #expect(text(console, rows: 3) == " › x\n\n")
    }

    @Test("The scrollback is limited")
    func limit() {
        let console = Console(limit: 50)
        for number in 0..<500 {
            console.append(reply: "\(number)")
            #expect(console.lineCount <= 55)
        }
        #expect(text(console, rows: 2) == " 499\n ›")
    }

    @Test("Long lines wrap, wide characters whole, and a control character shows as its picture")
    func wrapping() {
        let console = Console()
        console.append(reply: "abcdefghij日本")
        console.append(reply: "\u{1B}[31m")
        console.type("0123456789")
        #expect(
            text(console, columns: 11, rows: 7) == """
                abcdefghij
                日本
                ␛[31m
                › 012345678
                  9


                """)
    }

    @Test("The caret blinks when the panel has the focus, stays lit after a key, is hollow without")
    func caret() {
        let console = Console()
        console.type("ab")
        func ornaments(_ now: Double, focused: Bool = true) -> [Grid.Ornament] {
            console.snapshot(columns: 40, rows: 4, now: now, focused: focused).ornaments
        }
        #expect(ornaments(100).first?.x == 5)
        #expect(ornaments(100.6).isEmpty)
        _ = console.key("left")
        #expect(ornaments(100.7).first?.x == 4)
        #expect(ornaments(100.6, focused: false).count == 4)
    }

    @Test("Any keys and sizes give a picture with the prompt in it", arguments: 0..<100)
    func anything(seed: Int) {
        var random = Seeded(seed: seed)
        let console = Console(limit: 20)
        let keys = [
            "enter", "left", "right", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+k",
            "up", "down", "tab", "pageup", "pagedown", "ctrl+u", "shift+up",
        ]
        for _ in 0..<60 {
            switch random.number(0...3) {
            case 0: console.type(random.text())
            case 1: console.append(reply: random.text(upTo: 80))
            default: _ = console.key(random.pick(keys))
            }
            let grid = console.snapshot(
                columns: random.number(0...40), rows: random.number(0...8), now: 0, focused: true)
            for ornament in grid.ornaments {
                #expect(ornament.x >= 0 && ornament.x <= Float(grid.columns))
                #expect(ornament.y >= 0 && ornament.y < Float(grid.rows))
            }
        }
    }
}
