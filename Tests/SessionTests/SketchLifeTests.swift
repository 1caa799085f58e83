import Foundation
import Render
import Testing

/// A sketch's life: made, opened, left with unsaved text, found again.
@Suite(.serialized) struct SketchLifeTests {
    let home: Home
    init() throws { home = try Home() }

    @Test("new makes a dated sketch from a template, in the user's folder")
    func new() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            "wait good\nnew\nwait good 30\nstatus\nnew plain\nwait good 30\nstatus\nnew vr\nwait good 30\nstatus\n",
            sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        let statuses = try done.lines.filter { $0.hasPrefix("{") }.map(StatusLine.init)
        #expect(statuses.map(\.dialect) == ["shadertoy", "plain", "shadertoy"])
        let made = try FileManager.default.contentsOfDirectory(
            atPath: home.folder.appending(path: "Phosphor").path
        ).sorted()
        #expect(made.count == 3)
        #expect(made[0].hasSuffix("-1.frag") && made[1].hasSuffix("-2.frag"))
        #expect(made[0].hasPrefix("20"))
    }

    @Test("opening another sketch loses nothing that was typed in the first")
    func unsavedTextStays() throws {
        defer { home.remove() }
        let (a, b) = try (home.write("a.frag", red), home.write("b.frag", red))
        let done = try home.play(
            """
            wait good
            goto 1:1
            type "// unsaved\\n"
            open \(b)
            wait good
            text
            open \(a)
            wait good
            text
            undo
            status
            """, sketch: a)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.components(separatedBy: "// unsaved").count == 2)
        #expect(try StatusLine(#require(done.lines.last)).verdict != "error")
        #expect(try home.read("a.frag") == red)
    }

    @Test("the chooser filters as one types, and Enter opens")
    func chooser() throws {
        defer { home.remove() }
        let done = try home.play(
            "wait good 60\nopen\nkey r\nkey i\nkey n\nkey g\nkey enter\nwait good 60\nstatus\n")
        #expect(done.status == 0, "\(done.errors)")
        let status = try StatusLine(#require(done.lines.last))
        #expect(status.file.hasSuffix("/shaders/rings.frag"))
        #expect(status.dialect == "plain")
    }

    @Test("Ctrl+Q asks where text is unsaved, Escape stays, s saves and leaves")
    func quitAsks() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch, size: "640x360")
        defer { running.kill() }
        try home.send("goto 1:1")
        try home.send("type \"// kept\\n\"")
        try home.send("key ctrl+q")
        #expect(running.process.isRunning)
        try home.send("key escape")
        #expect(try StatusLine(home.send("status")).modified)
        try home.send("key ctrl+q")
        // The program may be gone before it has answered; that is what is asked for.
        _ = try home.phosphor("send", "key s")
        #expect(running.finish().status == 0)
        #expect(try home.read("a.frag").hasPrefix("// kept\n"))
    }

    @Test("a full disk leaves the old file whole and the text unsaved")
    func fullDisk() throws {
        defer { home.remove() }
        let disk = home.path("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        // Only root can make a small disk; elsewhere there is nothing to try it on.
        guard let small = try SmallDisk(over: disk, size: "16k") else { return }
        defer { small.remove() }
        let sketch = try home.write("disk/a.frag", red)
        try home.write(
            "big.frag", red + String(repeating: "// more than the disk holds\n", count: 2000))
        let running = try home.launch(sketch)
        defer { running.kill() }
        try home.send("replace big.frag")
        let refused = try home.phosphor("send", "save")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("no space left"), "\(refused.errors)")
        #expect(try home.read("disk/a.frag") == red)
        #expect(try StatusLine(home.send("status")).modified)
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["a.frag"])
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test(
        "every shipped sketch compiles, moves a picture, and is no flat colour",
        arguments: [
            "welcome.frag", "glow.frag", "rings.frag", "tunnel.frag", "clouds.frag", "waves",
            "embers.frag", "sparks",
        ])
    func shipped(_ name: String) throws {
        defer { home.remove() }
        let path = Home.package.appending(path: "shaders/\(name)").path
        #expect(try home.phosphor("check", path).status == 0)
        let done = try home.phosphor(
            "render", path, "--out", "f%d.png", "--frames", "2", "--fps", "1", "--start", "1",
            "--size", "160x90")
        #expect(done.status == 0, "\(done.errors)")
        let (first, second) = try (
            Pixels(pngFile: home.path("f0.png")), Pixels(pngFile: home.path("f1.png"))
        )
        #expect(try #require(first.difference(from: second)).mean > 0.2, "it moves")
        #expect(Set((0..<160).map { first[$0, 45] }).count > 20, "it is a picture")
    }
}
