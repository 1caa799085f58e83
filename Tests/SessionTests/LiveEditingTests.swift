import Foundation
import Render
import Testing

/// A flat picture of one colour, which a session can change by a word.
let red = """
    void mainImage(out vec4 color, in vec2 pixel) {
        color = vec4(1.0, 0.0, 0.0, 1.0);
    }

    """

@Suite(.serialized) struct LiveEditingTests {
    let home: Home
    init() throws { home = try Home() }

    private func picture(_ name: String) throws -> Pixels {
        try Pixels(png: Array(Data(contentsOf: URL(fileURLWithPath: home.path(name)))))
    }

    @Test("type a good shader, break it, see the error on its line, mend it, undo, roll back, save")
    func wholePath() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            time 1
            screenshot red.png
            goto 2:18
            edit delete forward
            edit delete forward
            edit delete forward
            type "0.0"
            wait good
            screenshot black.png
            goto 2:5
            type "x"
            wait error
            status
            screenshot broken.png
            rollback
            wait good
            status
            text
            undo
            undo
            text
            redo
            redo
            wait good
            save b.frag
            quit
            """, sketch: sketch)
        #expect(done.errors == "")
        #expect(done.status == 0)
        let (red, black, broken) = try (
            picture("red.png"), picture("black.png"), picture("broken.png")
        )
        #expect(red[160, 90] == SIMD4(255, 0, 0, 255))
        #expect(black[160, 90] == SIMD4(0, 0, 0, 255))
        #expect(broken[160, 90] == SIMD4(0, 0, 0, 255), "the last good picture stays on")
        let lines = done.lines
        let error = try StatusLine(lines[0])
        #expect(error.verdict == "error")
        #expect(error.errors.first?.line == 2)
        #expect(error.errors.first?.stage == "frag")
        #expect(error.errors.first?.file == "a.frag")
        #expect(error.dialect == "shadertoy")
        #expect(error.shown == error.lastGood)
        let rolled = try StatusLine(lines[1])
        #expect(rolled.verdict == "good")
        #expect(rolled.shown == rolled.revision)
        #expect(try home.read("b.frag").contains("vec4(0.0, 0.0, 0.0, 1.0)"))
        #expect(
            try home.read("a.frag").contains("vec4(1.0, 0.0"),
            "the file that was opened is as it was")
    }

    @Test("roll-back goes one further each time")
    func rollbackAgain() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            goto 2:18
            type "1"
            wait good
            type "2"
            wait good
            rollback
            wait good
            text
            rollback
            wait good
            text
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        let texts = done.output.components(separatedBy: "\n\n").filter { !$0.isEmpty }
        #expect(texts.first?.contains("vec4(11.0") == true)
        #expect(texts.last?.contains("vec4(1.0") == true)
    }

    @Test("show cut keeps the picture until it is asked for")
    func showCut() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            show cut
            replace green.frag
            wait idle
            status
            screenshot kept.png
            accept
            wait good
            screenshot cut.png
            """,
            sketch: try {
                _ = try home.write(
                    "green.frag", red.replacing("1.0, 0.0, 0.0", with: "0.0, 1.0, 0.0"));
                return sketch
            }())
        #expect(done.status == 0, "\(done.errors)")
        #expect(try StatusLine(done.lines[0]).verdict == "good")
        #expect(try picture("kept.png")[9, 9] == SIMD4(255, 0, 0, 255))
        #expect(try picture("cut.png")[9, 9] == SIMD4(0, 255, 0, 255))
    }

    @Test("a script stops at its first failing command and names the line")
    func failingScript() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play("wait good\ntype \"@\"\nwait good 20\nquit\n", sketch: sketch)
        #expect(done.status == 1)
        #expect(done.errors.contains("standard input:3:"), "\(done.errors)")
        #expect(done.errors.contains("error"))
    }

    @Test("time stands still where it is told to, and runs on when let go")
    func heldTime() throws {
        defer { home.remove() }
        let sketch = try home.write(
            "t.frag",
            red.replacing("1.0, 0.0, 0.0", with: "fract(iTime), float(iFrame) / 255.0, 0.0"))
        let done = try home.play(
            """
            wait good
            time 0.5
            screenshot a.png
            status
            time 2.25
            screenshot b.png
            rewind
            status
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try picture("a.png")[5, 5] == SIMD4(128, 30, 0, 255))
        #expect(try picture("b.png")[5, 5] == SIMD4(64, 135, 0, 255))
        #expect(try StatusLine(done.lines[0]).time == 0.5)
    }

    @Test("two roll-backs without a wait go two steps")
    func quickRollbacks() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            goto 2:18
            type "1"
            wait good
            type "2"
            wait good
            rollback
            rollback
            wait good
            text
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("vec4(1.0"))
    }

    @Test("panic stays black over a new good program, until it is let go")
    func panic() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            panic
            goto 2:18
            type "0.5 * "
            wait good
            screenshot black.png
            panic
            screenshot back.png
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try picture("black.png")[9, 9] == SIMD4(0, 0, 0, 255))
        #expect(try picture("back.png")[9, 9] == SIMD4(128, 0, 0, 255))
    }

    @Test("show cut over two sketches: each waits for its cut")
    func cutOverTwoSketches() throws {
        defer { home.remove() }
        let green = red.replacing("1.0, 0.0, 0.0", with: "0.0, 1.0, 0.0")
        let (a, b) = try (home.write("a.frag", red), home.write("b.frag", green))
        let done = try home.play(
            """
            wait good
            show cut
            open \(b)
            wait good
            screenshot b.png
            open \(a)
            wait idle
            screenshot still-b.png
            accept
            wait good
            screenshot a.png
            """, sketch: a)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try picture("b.png")[9, 9] == SIMD4(0, 255, 0, 255))
        #expect(try picture("still-b.png")[9, 9] == SIMD4(0, 255, 0, 255))
        #expect(try picture("a.png")[9, 9] == SIMD4(255, 0, 0, 255))
    }

    @Test("numbers beyond all bounds do no harm")
    func wildNumbers() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        for command in [
            "textsize =1e300", "textsize -1e300", "backing =1e300", "time 1e300", "time -1e300",
            "mouse 1e300 -1e300 down", "goto 999999999:999999999", "resize 1x1",
            "resize 99999x99999",
            "budget 1e300", "wait good 1e300", "rollback 99999999", "sleep -1e300",
        ] {
            // Some are refused; none may end the program.
            _ = try home.phosphor("send", command)
        }
        #expect(try StatusLine(home.send("status")).verdict == "good")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a paste into the find prompt searches, and leaves the text alone")
    func pasteIntoFind() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            editor on
            goto 1:1
            edit select word-right
            edit copy
            key ctrl+f
            key ctrl+v
            text
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.hasPrefix(red.prefix(20)))
    }
}
