import CSystem
import Foundation
import Render
import Testing

/// The graphics driver resets under the host and under guests, and the show goes on.
@Suite(.serialized) struct ResetTests {
    let home: Home
    init() throws { home = try Home() }

    /// A picture that is another one each second.
    private let moving = """
        void mainImage(out vec4 color, in vec2 pixel) {
            color = vec4(fract(iTime), pixel / iResolution.xy, 1.0);
        }

        """

    private func descriptors(of pid: Int32) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
    }

    private func residentMegabytes(of pid: Int32) throws -> Int64 {
        var state: CChar = 0
        var bytes: Int64 = 0
        try #require(phosphor_process_look(pid, &state, &bytes) == 0)
        return bytes >> 20
    }

    /// Waits until the notice of a reset is over, which would stand in pictures.
    private func waitUntilQuiet() throws {
        while !(try home.send("status").contains("\"notice\":null")) {}
    }

    @Test("a reset of the host's context shows in no picture and in no text")
    func hostReset() throws {
        defer { home.remove() }
        let running = try home.launch(try home.write("a.frag", moving), size: "320x180")
        defer { running.kill() }
        try home.send("time 1.5")
        try home.send("editor on")
        try home.send("goto 2:5")
        try home.send("screenshot before.png")
        try home.send("drill reset host")
        #expect(try StatusLine(home.send("status")).host.resets == 1)
        try waitUntilQuiet()
        try home.send("screenshot after.png")
        let pictures = try ["before.png", "after.png"].map { try Pixels(pngFile: home.path($0)) }
        #expect(pictures[0].difference(from: pictures[1])?.max == 0)
    }

    @Test("twenty resets while typing lose no character and leak nothing")
    func manyHostResets() throws {
        defer { home.remove() }
        let running = try home.launch(try home.write("a.frag", red))
        defer { running.kill() }
        try home.send("console on")
        try home.send("editor on")
        for _ in 0..<3 { try home.send("drill reset host") }
        let (before, memory) = (
            try descriptors(of: running.pid), try residentMegabytes(of: running.pid)
        )
        try home.send("goto 1:1")
        let letters = "// abcdefghijklmnopqrstuvwxyz".map(String.init)
        for letter in letters {
            try home.send("type \"\(letter)\"")
            try home.send("drill reset host")
        }
        try home.send("type \"\\n\"")
        #expect(
            try home.send("text").hasPrefix("// abcdefghijklmnopqrstuvwxyz\nvoid mainImage"))
        try home.send("wait good")
        let status = try StatusLine(home.send("status"))
        #expect(status.host.resets == 3 + letters.count)
        #expect(status.revision > letters.count)
        // Guests come and go with sockets and rings of their own: they are as many as before once all is quiet.
        #expect(try descriptors(of: running.pid) <= before + 2)
        #expect(try residentMegabytes(of: running.pid) <= memory + 100)
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test(
        "the picture moves on whatever happens to a guest",
        arguments: ["reset", "kill", "stop"], ["front", "back"])
    func guestDrills(_ drill: String, _ role: String) throws {
        defer { home.remove() }
        let running = try home.launch(try home.write("a.frag", moving))
        defer { running.kill() }
        for round in 0..<2 {
            // A guest that has just come is no guest to practise on yet.
            while try running.process.isRunning
                && home.phosphor("send", "drill \(drill) \(role)").status != 0
            {}
            // Each screenshot waits for a picture that was drawn after it was asked for.
            try home.send("time 0.25")
            try home.send("screenshot one.png")
            try home.send("time 0.75")
            try home.send("screenshot two.png")
            let pixels = try ["one.png", "two.png"].map {
                try Pixels(pngFile: home.path($0))[5, 5].x
            }
            let status = try home.send("status")
            #expect(
                abs(Int(pixels[0]) - 64) <= 1 && abs(Int(pixels[1]) - 191) <= 1,
                "\(pixels) \(status)")
            try home.send("time run")
            // What is typed meanwhile finds a guest to try it.
            try home.send("goto 1:1")
            try home.send("paste \"// \(round)\\n\"")
            try home.send("wait good")
        }
        let status = try StatusLine(home.send("status"))
        #expect(status.guest.restarts >= 2)
        #expect(status.host.resets == 0)
    }

    @Test("a drill that means nothing is refused with what there is")
    func wrongDrill() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play("drill kill host\n", sketch: sketch)
        #expect(done.status == 1)
        #expect(done.errors.contains("front or back"), "\(done.errors)")
    }
}

extension WindowTests {
    @Test("typing through resets of a window's context loses no key")
    func typingThroughResets() throws {
        defer { home.remove() }
        let keyboard = try display.setLayout("us")
        let window = try open(try home.write("a.frag", red))
        defer { window.kill() }
        try home.send("editor on")
        try home.send("goto 1:1")
        let text = "for(;;){a=b^c|d;}"
        for (index, character) in text.enumerated() {
            try display.press(try #require(keyboard.strokes(for: String(character))))
            // The key may still be under way when its window goes.
            if index % 3 == 0 { try home.send("drill reset host") }
        }
        try waitFor { $0.revision >= 1 + text.count }
        #expect(try home.send("text").hasPrefix(text + "void mainImage"))
        let status = try StatusLine(home.send("status"))
        #expect(status.host.resets == (text.count + 2) / 3)
        // One window, where it was, and as large.
        let found = try display.run([
            "xdotool", "search", "--onlyvisible", "--name", "Phosphor", "getwindowgeometry",
        ])
        #expect(found.components(separatedBy: "Window ").count == 2, "\(found)")
        #expect(found.contains("640x360"))
    }

    @Test("full screen, title and the held key's owner outlive a reset")
    func windowOutlivesReset() throws {
        defer { home.remove() }
        let keyboard = try display.setLayout("us")
        let window = try open(try home.write("a.frag", red))
        defer { window.kill() }
        try home.send("fullscreen")
        try home.send("editor on")
        let full = try home.send("status")
        let a = try #require(keyboard.strokes(for: "a")?.first)
        try display.run(["xdotool", "keydown", "\(a.code)"])
        try waitFor { $0.revision > 1 }
        try home.send("drill reset host")
        try display.run(["xdotool", "keyup", "\(a.code)"])
        let after = try home.send("status")
        #expect(try size(full) == size(after))
        // Let go, it is a key like any other.
        let revision = try StatusLine(home.send("status")).revision
        try display.run(["xdotool", "key", "\(a.code)"])
        try waitFor { $0.revision == revision + 1 }
        #expect(try display.run(["xdotool", "search", "--name", "a.frag · Phosphor"]) != "")
        try home.send("fullscreen")
        try waitFor { $0.size == [640, 360] }
    }

    private func size(_ status: String) throws -> [Int] { try StatusLine(status).size }
}
