import Foundation
import Render
import Testing

@Suite(.serialized) struct ToolsTests {
    let home: Home
    init() throws { home = try Home() }

    @Test("check prints FILE:LINE:COLUMN and exits 0, 1 or 2")
    func check() throws {
        defer { home.remove() }
        try home.write("good.frag", red)
        let good = try home.phosphor("check", "good.frag")
        #expect(good.status == 0)
        #expect(good.output == "")
        try home.write("bad.frag", red.replacing("vec4(1.0", with: "vec5(1.0"))
        let bad = try home.phosphor("check", "good.frag", "bad.frag")
        #expect(bad.status == 1)
        #expect(bad.lines.first?.hasPrefix("bad.frag:2:") == true, "\(bad.output)")
        #expect(bad.lines.first?.contains(": error: ") == true)
        #expect(try home.phosphor("check").status == 2)
    }

    @Test("render writes exact frames")
    func render() throws {
        defer { home.remove() }
        // What begins on the first frame begins there, whatever the time.
        try home.write(
            "t.frag", red.replacing("1.0, 0.0, 0.0", with: "iTime, float(iFrame) / 51.0, 0.0"))
        let done = try home.phosphor(
            "render", "t.frag", "--out", "f-%03d.png", "--frames", "3", "--fps", "4", "--start",
            "0.25", "--size", "32x16")
        #expect(done.status == 0, "\(done.errors)")
        for (index, value) in [(0, 64), (1, 128), (2, 191)] {
            let data = try Data(contentsOf: URL(fileURLWithPath: home.path("f-00\(index).png")))
            let pixels = try Pixels(png: Array(data))
            #expect((pixels.width, pixels.height) == (32, 16))
            #expect(pixels[3, 3][0] == UInt8(value))
            #expect(pixels[3, 3][1] == UInt8(5 * index))
        }
        #expect(
            try home.phosphor("render", "t.frag", "--out", "x.png", "--frames", "2").status == 2)
        try home.write("bad.frag", "void main() { nothing }\n")
        let bad = try home.phosphor("render", "bad.frag", "--out", "x.png")
        #expect(bad.status == 1)
        #expect(bad.errors.contains("bad.frag:1"))
    }

    @Test("doctor finds what is there")
    func doctor() throws {
        defer { home.remove() }
        let done = try home.phosphor("doctor")
        #expect(done.status == 0, "\(done.output)")
        #expect(done.output.contains("OpenGL"))
        #expect(done.output.contains("JetBrains Mono"))
    }

    @Test("send talks to a running program, and fails as the command does")
    func send() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        #expect(try StatusLine(home.phosphor("send", "status").output).verdict == "good")
        let failing = try home.phosphor("send", "rollback 99")
        #expect(failing.status == 1)
        #expect(failing.errors.contains("99"))
        #expect(try home.phosphor("send", "quit").status == 0)
        #expect(running.finish().status == 0)
    }

    @Test("without a display, run says how to go on")
    func noDisplay() throws {
        defer { home.remove() }
        let done = try home.phosphor("run")
        #expect(done.status == 1)
        #expect(done.errors.contains("--headless"))
    }
}
