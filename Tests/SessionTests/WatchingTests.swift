import Foundation
import Render
import Testing

/// Files that another program changes while they are open.
@Suite(.serialized) struct WatchingTests {
    let home: Home
    init() throws { home = try Home() }

    private func paint(_ color: String) -> String {
        "void mainImage(out vec4 color, in vec2 pixel) { color = vec4(\(color), 1.0); }\n"
    }

    /// Waits until the text in the editor is this one.
    private func waitForText(_ text: String) throws {
        for _ in 0..<400 {
            if try home.send("text") == text + "\n" { return }
        }
        Issue.record("the text stays \(try home.send("text"))")
    }

    private func pixel(_ name: String) throws -> SIMD4<UInt8> {
        try home.send("wait good")
        try home.send("screenshot \(name)")
        return try Pixels(pngFile: home.path(name))[160, 90]
    }

    @Test("a plain write and a save by rename are taken over at once, and undo takes them back")
    func written() throws {
        defer { home.remove() }
        let running = try home.launch(try home.write("a.frag", paint("1, 0, 0")), size: "320x180")
        defer { running.kill() }
        try home.write("a.frag", paint("0, 1, 0"))
        try waitForText(paint("0, 1, 0"))
        #expect(try pixel("green.png") == SIMD4(0, 255, 0, 255))
        #expect(try home.send("status").contains("a.frag was changed by another program"))
        #expect(try !StatusLine(home.send("status")).modified)
        // As vim saves: the old file goes away first.
        try FileManager.default.moveItem(atPath: home.path("a.frag"), toPath: home.path("a.frag~"))
        try home.write("new.tmp", paint("0, 0, 1"))
        try FileManager.default.moveItem(atPath: home.path("new.tmp"), toPath: home.path("a.frag"))
        try waitForText(paint("0, 0, 1"))
        #expect(try pixel("blue.png") == SIMD4(0, 0, 255, 255))
        try home.send("undo")
        #expect(try home.send("text") == paint("0, 1, 0") + "\n")
        try home.send("undo")
        #expect(try pixel("red.png") == SIMD4(255, 0, 0, 255))
        #expect(try StatusLine(home.send("status")).modified)
        // Nobody else has changed it since: a save needs no question.
        try home.send("save")
        #expect(try home.read("a.frag") == paint("1, 0, 0"))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("changes that follow each other within a second all arrive, the last one stays")
    func quick() throws {
        defer { home.remove() }
        let running = try home.launch(try home.write("a.frag", paint("1, 0, 0")), size: "320x180")
        defer { running.kill() }
        // The same length and, as like as not, the same time stamp.
        for number in 0..<10 {
            try home.write("a.frag", paint("0, 0.\(number), 0"))
            try home.write("a.frag", paint("0, 0, 0.\(number)"))
            try waitForText(paint("0, 0, 0.\(number)"))
        }
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("unsaved text stays in hand, the file's is a revision, and a save asks first")
    func unsaved() throws {
        defer { home.remove() }
        let running = try home.launch(try home.write("a.frag", paint("1, 0, 0")), size: "320x180")
        defer { running.kill() }
        try home.send("goto 1:1")
        try home.send("type \"// mine\\n\"")
        try home.write("a.frag", paint("0, 1, 0"))
        var status = try home.send("status")
        for _ in 0..<400 where !status.contains("your unsaved text is here") {
            status = try home.send("status")
        }
        #expect(status.contains("your unsaved text is here, undo gives the file's"))
        #expect(try home.send("text") == "// mine\n" + paint("1, 0, 0") + "\n")
        #expect(try home.phosphor("send", "save").errors.contains("changed by another program"))
        #expect(try home.read("a.frag") == paint("0, 1, 0"))
        try home.send("undo")
        #expect(try home.send("text") == paint("0, 1, 0") + "\n")
        #expect(try !StatusLine(home.send("status")).modified)
        try home.send("undo")
        #expect(try home.send("text").hasPrefix("// mine\n"))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a file behind a link, a new stage in a folder, and a sketch that is not in hand")
    func elsewhere() throws {
        defer { home.remove() }
        try home.write("far/real.frag", paint("1, 0, 0"))
        try FileManager.default.createSymbolicLink(
            atPath: home.path("link.frag"), withDestinationPath: "far/real.frag")
        let running = try home.launch(home.path("link.frag"), size: "320x180")
        defer { running.kill() }
        try home.write("far/real.frag", paint("0, 1, 0"))
        try waitForText(paint("0, 1, 0"))
        let fragment = "out vec4 color;\nvoid main() { color = vec4(1); }\n"
        try home.write("many/a.frag", fragment)
        try home.send("open many")
        try home.send("stage vert")
        let vertex = "void main() { gl_Position = vec4(0); }\n"
        try home.write("many/a.vert", vertex)
        try waitForText(vertex)
        // The first one is parked; what happens to it is there when it comes back.
        try home.write("far/real.frag", paint("0, 0, 1"))
        try home.send("wait idle")
        try home.send("open link.frag")
        try waitForText(paint("0, 0, 1"))
        #expect(try pixel("blue.png") == SIMD4(0, 0, 255, 255))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a file that cannot be read leaves the text as it was")
    func broken() throws {
        defer { home.remove() }
        let running = try home.launch(try home.write("a.frag", paint("1, 0, 0")), size: "320x180")
        defer { running.kill() }
        try Data([0x2f, 0x2f, 0xff, 0]).write(to: URL(fileURLWithPath: home.path("a.frag")))
        var status = try home.send("status")
        for _ in 0..<400 where !status.contains("not UTF-8") { status = try home.send("status") }
        #expect(status.contains("line 1 is not UTF-8"))
        #expect(try home.send("text") == paint("1, 0, 0") + "\n")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a plan that names the shown stage's file as a pass makes no second text of it")
    func namedAsPass() throws {
        defer { home.remove() }
        try home.write("waves/waves.frag", paint("1, 0, 0"))
        let running = try home.launch("waves", size: "320x180")
        defer { running.kill() }
        try home.send("stage sketch.toml")
        try home.send("paste \"[[pass]]\\nname = \\\"waves\\\"\\n\"")
        try home.send("save")
        // What is read now has the file as a stage of that pass; it stays the stage that is shown.
        try home.send("stage frag")
        try home.write("waves/waves.frag", paint("0, 1, 0"))
        try waitForText(paint("0, 1, 0"))
        #expect(try pixel("green.png") == SIMD4(0, 255, 0, 255))
        try home.send("goto 1:1")
        try home.send("type \"// mine\\n\"")
        try home.send("save")
        #expect(try home.read("waves/waves.frag") == "// mine\n" + paint("0, 1, 0"))
        #expect(try home.read("waves/sketch.toml").contains("waves"))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }
}
