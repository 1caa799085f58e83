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

        try FileManager.default.createDirectory(atPath: home.path("empty"), withIntermediateDirectories: true)
        let empty = try home.phosphor("run", "--headless", "empty")
        #expect(empty.status == 1)
        #expect(empty.errors.contains("has no stage"))

        try Data([0x76, 0x6f, 10, 0xff, 0xfe]).write(to: URL(fileURLWithPath: home.path("latin.frag")))
        let latin = try home.phosphor("run", "--headless", "latin.frag")
        #expect(latin.status == 1)
        #expect(latin.errors.contains("line 2 is not UTF-8"))

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
        let running = try PhosphorProcess(["run", "--headless", "--size", "64x64", sketch], home: home)
        defer { running.kill() }
        try home.send("wait good")
        try home.send("goto 1:1")
        try home.send("type \"// mine\\n\"")
        try home.write("a.frag", red + "// theirs\n")
        let refused = try home.phosphor("send", "save")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("a.frag was changed by another program"))
        #expect(try home.read("a.frag").hasSuffix("// theirs\n"), "what the other program wrote is whole")
        #expect(try StatusLine(home.send("status")).modified)
        // Another name is always free; a file that is there already is not.
        try home.send("save mine.frag")
        #expect(try home.read("mine.frag").hasPrefix("// mine\n"))
        try home.write("taken.frag", "// taken\n")
        #expect(try home.phosphor("send", "save taken.frag").status == 1)
        #expect(try home.read("taken.frag") == "// taken\n")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a shipped sketch is copied at its first save, never written")
    func shippedSketch() throws {
        defer { home.remove() }
        let done = try home.play("wait good 60\ngoto 1:1\ntype \"// mine\\n\"\nwait good\nsave\n")
        #expect(done.status == 0, "\(done.errors)")
        let copy = home.folder.appending(path: "Phosphor/welcome.frag").path
        #expect(try String(contentsOfFile: copy, encoding: .utf8).contains("// mine"))
    }

    @Test("saving keeps permissions and follows links")
    func permissionsAndLinks() throws {
        defer { home.remove() }
        let sketch = try home.write("real.frag", red)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: sketch)
        try FileManager.default.createSymbolicLink(
            atPath: home.path("link.frag"), withDestinationPath: "real.frag")
        let done = try home.play("wait good\ngoto 1:1\ntype \"// x\\n\"\nsave\n", sketch: home.path("link.frag"))
        #expect(done.status == 0, "\(done.errors)")
        #expect(try home.read("real.frag").hasPrefix("// x\n"))
        let attributes = try FileManager.default.attributesOfItem(atPath: sketch)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: home.path("link.frag")) == "real.frag")
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
}
