import Foundation
import Testing

@Suite(.serialized) struct FilesTests {
    let home: Home
    init() throws { home = try Home() }

    @Test("bad input gets one clear message, and exit 1")
    func badInput() throws {
        defer { home.remove() }
        let missing = try home.phosphor("run", "--headless", "nowhere.frag")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("nowhere.frag") && missing.errors.contains("no such file"))

        try FileManager.default.createDirectory(
            atPath: home.path("empty"), withIntermediateDirectories: true)
        let empty = try home.phosphor("run", "--headless", "empty")
        #expect(empty.status == 1)
        #expect(empty.errors.contains("has no stage"))

        try Data([0x76, 0x6f, 10, 0xff, 0xfe, 0]).write(
            to: URL(fileURLWithPath: home.path("wide.frag")))
        let wide = try home.phosphor("run", "--headless", "wide.frag")
        #expect(wide.status == 1)
        #expect(wide.errors.contains("line 2 is not UTF-8"))

        try home.write("big.frag", String(repeating: "// big\n", count: 2_500_000))
        let big = try home.phosphor("run", "--headless", "big.frag")
        #expect(big.status == 1)
        #expect(big.errors.contains("16 MB"))

        let usage = try home.phosphor("run", "--size", "huge")
        #expect(usage.status == 2)
        let script = try home.play("frobnicate\n", sketch: try home.write("a.frag", red))
        #expect(script.status == 1)
        #expect(script.errors.contains(":1") && script.errors.contains("frobnicate"))
    }

    @Test("a file that another program changed is not overwritten")
    func changedOnDisk() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        try home.send("goto 1:1")
        try home.send("type \"// mine\\n\"")
        try home.write("a.frag", red + "// theirs\n")
        let refused = try home.phosphor("send", "save")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("a.frag was changed by another program"))
        #expect(
            try home.read("a.frag").hasSuffix("// theirs\n"),
            "what the other program wrote is whole")
        #expect(try StatusLine(home.send("status")).modified)
        // With the editor hidden nobody was asked, and Ctrl+Enter means something else.
        try home.send("accept")
        try home.send("wait idle")
        #expect(try home.read("a.frag").hasSuffix("// theirs\n"))
        // Another name is always free; a file that is there already is not.
        try home.send("save mine.frag")
        #expect(try home.read("mine.frag").hasPrefix("// mine\n"))
        try home.write("taken.frag", "// taken\n")
        #expect(try home.phosphor("send", "save taken.frag").status == 1)
        #expect(try home.read("taken.frag") == "// taken\n")
        // Asked where it can be read, one key overwrites; any other leaves it.
        try home.send("editor on")
        #expect(try home.phosphor("send", "save taken.frag").status == 1)
        try home.send("key escape")
        try home.send("accept")
        try home.send("wait idle")
        #expect(try home.read("taken.frag") == "// taken\n")
        #expect(try home.phosphor("send", "save taken.frag").status == 1)
        try home.send("key ctrl+enter")
        try home.send("wait idle")
        #expect(try home.read("taken.frag").hasPrefix("// mine\n"))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a shipped sketch is copied at its first save, never written")
    func shippedSketch() throws {
        defer { home.remove() }
        let shipped = Home.package.appending(path: "shaders/welcome.frag")
        let before = try Data(contentsOf: shipped)
        let session = "wait good 60\ngoto 1:1\ntype \"// mine\\n\"\nwait good\nsave\n"
        let done = try home.play(session)
        #expect(try home.play(session, sketch: shipped.path).status == 0)
        #expect(try Data(contentsOf: shipped) == before)
        #expect(done.status == 0, "\(done.errors)")
        let copy = home.folder.appending(path: "Phosphor/welcome.frag").path
        #expect(try String(contentsOfFile: copy, encoding: .utf8).contains("// mine"))
        // A second copy does not take the first one's place.
        let second = home.folder.appending(path: "Phosphor/welcome-2.frag").path
        #expect(FileManager.default.fileExists(atPath: second))
    }

    @Test("saving keeps permissions and follows links")
    func permissionsAndLinks() throws {
        defer { home.remove() }
        let sketch = try home.write("real.frag", red)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: sketch)
        try FileManager.default.createSymbolicLink(
            atPath: home.path("link.frag"), withDestinationPath: "real.frag")
        let done = try home.play(
            "wait good\ngoto 1:1\ntype \"// x\\n\"\nsave\n", sketch: home.path("link.frag"))
        #expect(done.status == 0, "\(done.errors)")
        #expect(try home.read("real.frag").hasPrefix("// x\n"))
        let attributes = try FileManager.default.attributesOfItem(atPath: sketch)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: home.path("link.frag"))
                == "real.frag")
    }

    @Test("the last sketch comes back, with its caret")
    func lastSketch() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let first = try home.play("wait good\ngoto 2:5\n", sketch: sketch)
        #expect(first.status == 0, "\(first.errors)")
        let second = try home.play("wait good\ntype \"/*here*/\"\ntext\nwait good\n")
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.output.contains("    /*here*/color = vec4(1.0"))
    }

    @Test("a stage that was added makes the sketch a folder, and touches no file beside it")
    func addedStage() throws {
        defer { home.remove() }
        let sketch = try home.write(
            "a.frag", "out vec4 color;\nvoid main() { color = vec4(1.0, 0.0, 0.0, 1.0); }\n")
        try home.write("a.vert", "somebody else's\n")
        let vertex =
            "void main() { gl_Position = vec4(gl_VertexID == 1 ? 3 : -1, gl_VertexID == 2 ? 3 : -1, 0, 1); }"
        let done = try home.play(
            "wait good\nstage vert\npaste \"\(vertex)\"\nwait good\nsave\nstatus\n", sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try home.read("a.vert") == "somebody else's\n")
        #expect(try home.read("a/a.vert") == vertex)
        #expect(try home.read("a/a.frag").hasPrefix("out vec4"))
        let again = try home.play(
            "wait good\nstage vert\ntext\nstage geom\nsave\n", sketch: home.path("a"))
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.output.contains("gl_VertexID"))
    }

    @Test("a file that another program changed can be read again, as an edit that can be undone")
    func readAgain() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        try home.write("a.frag", red + "// theirs\n")
        try home.send("open \(sketch)")
        #expect(try home.send("text").hasSuffix("// theirs\n\n"))
        try home.send("undo")
        #expect(try !home.send("text").contains("theirs"))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a text that is not UTF-8 is read as Windows-1252, and saved as UTF-8")
    func foreign() throws {
        defer { home.remove() }
        let bytes = Data("// caf".utf8) + [0xe9, 0x20, 0x80, 10] + Data("// schön\n\(red)".utf8)
        let sketch = try home.write("a.frag", "")
        try bytes.write(to: URL(fileURLWithPath: sketch))
        let checked = try home.phosphor("check", "a.frag")
        #expect(checked.status == 0)
        #expect(checked.output.contains("a.frag:1:1: note: this line is not UTF-8"), "\(checked)")
        let done = try home.play("wait good\ntext\nstatus\n", sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("// café €\n// schön\n\(red)"))
        #expect(try !StatusLine(#require(done.lines.last)).modified)
        #expect(try Data(contentsOf: URL(fileURLWithPath: sketch)) == bytes)
        // The journal has it from the first time: it is the same text, and nobody changed it.
        let again = try home.play(
            "wait good\nstatus\ngoto 1:1\ntype \"//\"\nsave\nwait idle\nstatus\n", sketch: sketch)
        #expect(again.status == 0, "\(again.errors)")
        let statuses = try again.lines.filter { $0.hasPrefix("{\"rev") }.map(StatusLine.init)
        #expect(statuses.map(\.modified) == [false, false])
        #expect(!again.output.contains("changed by another program"))
        #expect(try home.read("a.frag") == "//// café €\n// schön\n\(red)")
    }

    @Test("a text of an old Mac has lines, and is written only when it is saved")
    func carriageReturns() throws {
        defer { home.remove() }
        let bytes = Data(("// one\n// two\n" + red).replacing("\n", with: "\r").utf8)
        let sketch = try home.write("a.frag", "")
        try bytes.write(to: URL(fileURLWithPath: sketch))
        let done = try home.play(
            "wait good\ntext\nstatus\ngoto 2:1\ntype \"//\"\n", sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("// one\n// two\n"))
        #expect(try !StatusLine(#require(done.lines.last { $0.hasPrefix("{\"rev") })).modified)
        #expect(try Data(contentsOf: URL(fileURLWithPath: sketch)) == bytes)
    }

    @Test("what is no regular file is not replaced, and a laid link is not followed")
    func specialFiles() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        #expect(mkfifo(home.path("pipe.png"), 0o600) == 0)
        let done = try home.play("wait good\nscreenshot pipe.png\n", sketch: sketch)
        #expect(done.status == 1)
        #expect(done.errors.contains("not a regular file"))
    }

    @Test("the last sketch having become unreadable, the welcome sketch opens")
    func unreadableLastSketch() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        #expect(try home.play("wait good\n", sketch: sketch).status == 0)
        try Data([0xff, 0xfe, 0x00]).write(to: URL(fileURLWithPath: sketch))
        let done = try home.play("wait good 60\nstatus\n")
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.errors.contains("not UTF-8"))
        #expect(try StatusLine(#require(done.lines.last)).file.hasSuffix("welcome.frag"))
    }
}
