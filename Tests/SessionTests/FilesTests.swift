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
        let process = try PhosphorProcess(
            ["run", "--headless", "--size", "64x64", sketch, "--script", "-"], home: home)
        // The script waits for the marker that is written once the other program's change is on disk.
        process.send(
            """
            wait good
            say opened
            replace other.frag
            save
            """)
        let done = process.finish()
        #expect(done.status == 1, "replace must fail: there is no other.frag")
        try home.write("other.frag", red + "// more\n")
        let home = home
        let second = try home.play(
            "wait good\nreplace other.frag\nsave moved.frag\nreplace a.frag\nsave other.frag\n", sketch: sketch)
        #expect(second.status == 1)
        #expect(second.errors.contains("other.frag"))
        #expect(try home.read("other.frag").hasSuffix("// more\n"))
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
