import Foundation
import Render
import Testing

/// Calm typing: nobody is corrected in the middle of a word, and nothing flickers on a stage.
@Suite(.serialized) struct CalmTypingTests {
    let home: Home
    init() throws { home = try Home() }

    /// Has messages wait for so long that no busy machine lets one come in the middle of a test's typing.
    private func neverRests() throws {
        try "calm = 60\n".write(
            to: home.folder.appending(path: "config/phosphor/phosphor.toml"), atomically: true,
            encoding: .utf8)
    }

    @Test("60 correct characters typed at 8 a second show no message on their line")
    func typingIsNotCorrected() throws {
        defer { home.remove() }
        try neverRests()
        let sketch = try home.write("a.frag", red)
        let line = "float glow = 0.5 + 0.5 * sin(iTime * 3.0) * cos(pixel.x / 60.0);"
        try #require(line.count >= 60)
        // The typed pace is the test's subject: 8 keys a second is slower than a compile, faster than the calm.
        let keys = line.map { "type \"\($0)\"\nsleep 0.125\nstatus\n" }.joined()
        let done = try home.play(
            "wait good\neditor on\ngoto 1:48\ntype \"\\n\"\n\(keys)wait good\nstatus\n",
            sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        let seen = try done.lines.map(StatusLine.init)
        #expect(seen.count == line.count + 1)
        #expect(seen.contains { $0.verdict == "error" }, "half a line is an error, as it must be")
        for status in seen { #expect(status.messages == 0) }
    }

    @Test(
        "a message comes once the typing rests, and with show cut no picture changes while one types"
    )
    func messagesComeWithRest() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            show cut
            editor on
            goto 2:18
            type "0.2 * "
            wait idle
            editor off
            screenshot kept.png
            editor on
            type "x "
            wait error
            sleep 0.5
            status
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try StatusLine(done.lines[0]).messages > 0)
        #expect(try Pixels(pngFile: home.path("kept.png"))[9, 9] == SIMD4(255, 0, 0, 255))
    }

    @Test(
        "with the editor hidden over broken text the last good runs on, and caret and scroll are kept"
    )
    func hiddenEditor() throws {
        defer { home.remove() }
        let sketch = try home.write(
            "t.frag", red.replacing("1.0, 0.0, 0.0", with: "fract(iTime), 0.0, 0.0"))
        let done = try home.play(
            """
            wait good
            editor on
            goto 2:5
            type "y"
            wait error
            editor off
            time 0.25
            screenshot a.png
            time 0.75
            screenshot b.png
            time run
            editor on
            type "z"
            text
            """, sketch: sketch, size: "640x360")
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("    yzcolor"))
        let (a, b) = try (Pixels(pngFile: home.path("a.png")), Pixels(pngFile: home.path("b.png")))
        #expect(a[9, 9] == SIMD4(64, 0, 0, 255))
        #expect(b[9, 9] == SIMD4(191, 0, 0, 255))
        // The mark in the lower right corner says that what is shown is not what is typed.
        let corner = (400..<640).filter { b[$0, 340] != SIMD4(191, 0, 0, 255) }
        #expect(corner.count > 100)
    }
}
