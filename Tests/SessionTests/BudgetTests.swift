import Foundation
import Render
import Testing

/// What a frame may take, and who decides on it.
@Suite(.serialized) struct BudgetTests {
    let home: Home
    init() throws { home = try Home() }

    /// A sketch of one colour after so many rounds; 4,000 of them take some 50 ms for 64x64 pixels.
    private func spinning(_ rounds: Int, color: String = "0.0, 1.0, 0.0", note: String = "")
        -> String
    {
        """
        \(note.isEmpty ? "//" : note)
        void mainImage(out vec4 color, in vec2 pixel) {
            float a = pixel.x;
            for (int i = 0; i < \(rounds); i++) a = sin(a * 1.0001 + float(i));
            color = vec4(\(color), 1.0) + a * 1e-9;
        }

        """
    }

    private func pixel(_ name: String) throws -> SIMD4<UInt8> {
        try Pixels(pngFile: home.path(name))[5, 5]
    }

    @Test("a slow program is kept out with its time; one key shows it, and nothing asks again")
    func acceptance() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        try home.write("slow.frag", spinning(300))
        var session = """
            wait good
            budget 1
            replace slow.frag
            wait slow
            errors
            status
            screenshot kept.png
            key ctrl+enter
            wait good
            screenshot accepted.png
            goto 1:3

            """
        // A hundred keystrokes, of which none is refused.
        for _ in 0..<10 { session += "type \"12345 6789\"\nwait good\n" }
        // Large enough for the mark in the corner to leave the pixel free that is looked at.
        let done = try home.play(session + "status\n", sketch: sketch, size: "320x180")
        try #require(done.status == 0, "\(done.errors)")
        #expect(try pixel("kept.png") == SIMD4(255, 0, 0, 255))
        #expect(try pixel("accepted.png") == SIMD4(0, 255, 0, 255))
        // Said where the program begins.
        #expect(done.lines[0].contains("a.frag:2: warning: slow: "), "\(done.lines[0])")
        #expect(done.lines[0].hasSuffix("ms, budget 1"))
        let slow = try StatusLine(done.lines[1])
        #expect(slow.verdict == "slow")
        #expect(slow.shown == 1)
        #expect(slow.errors.first?.line == 2)
        #expect(slow.budgetMilliseconds == 1)
        let end = try StatusLine(done.lines[2])
        #expect(end.verdict == "good")
        #expect(try #require(end.budgetMilliseconds) > 1)
    }

    @Test("a sketch's first program is shown however slow it is, and the status says so")
    func firstProgram() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", spinning(4000, note: "// @budget 0.5"))
        let done = try home.play(
            """
            wait good
            screenshot first.png
            status
            goto 1:15
            type " x"
            wait slow
            budget off
            wait good
            budget auto
            wait slow
            """, sketch: sketch, size: "64x64")
        try #require(done.status == 0, "\(done.errors)")
        #expect(try pixel("first.png") == SIMD4(0, 255, 0, 255))
        let status = try StatusLine(done.lines[0])
        #expect(status.budgetMilliseconds == 0.5)
        #expect(status.notice?.hasPrefix("slow: ") == true, "\(status.notice ?? "none")")
        #expect(status.notice?.hasSuffix("ms, budget 0.5") == true)
    }

    @Test("the command goes before the comment, the comment before the settings")
    func precedence() throws {
        defer { home.remove() }
        try "budget = 7\n".write(
            toFile: home.folder.appending(path: "config/phosphor/phosphor.toml").path,
            atomically: true, encoding: .utf8)
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            status
            goto 1:1
            paste "// @budget 12\\n"
            wait good
            status
            budget 20
            status
            budget auto
            status
            undo
            wait good
            status
            """, sketch: sketch, size: "64x64")
        try #require(done.status == 0, "\(done.errors)")
        let budgets = try done.lines.map { try StatusLine($0).budgetMilliseconds }
        #expect(budgets == [7, 12, 20, 12, 7])
    }

    @Test("what is known to be good is not refused, unless the budget shrank")
    func knownGood() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", spinning(4000))
        try home.write("red.frag", red)
        let done = try home.play(
            """
            wait good
            budget 60000
            replace red.frag
            wait good
            undo
            wait good
            redo
            wait good
            budget 1
            undo
            wait slow
            accept
            wait good
            rollback
            wait good
            rollback
            wait good
            """, sketch: sketch, size: "64x64")
        try #require(done.status == 0, "\(done.errors)")
    }

    @Test("of twenty sketches opened one after another none leaves a black screen")
    func twenty() throws {
        defer { home.remove() }
        try "budget = 1\n".write(
            toFile: home.folder.appending(path: "config/phosphor/phosphor.toml").path,
            atomically: true, encoding: .utf8)
        let sketch = try home.write("a.frag", red)
        var session = "wait good\n"
        for index in 1...20 {
            // From a millisecond or so to some 300.
            try home.write(
                "s\(index).frag",
                spinning(index * index * 60, color: "1.0, 1.0, \(Double(index * 12) / 255)"))
            session += "open s\(index).frag\nscreenshot now\(index).png\nwait good\n"
            session += "screenshot s\(index).png\n"
        }
        let done = try home.play(session, sketch: sketch, size: "64x64")
        try #require(done.status == 0, "\(done.errors)")
        for index in 1...20 {
            #expect(try pixel("now\(index).png").x == 255)
            let shown = try pixel("s\(index).png")
            #expect(abs(Int(shown.z) - index * 12) <= 1 && shown.y == 255)
        }
    }
}
