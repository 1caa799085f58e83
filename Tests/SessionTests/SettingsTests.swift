import Foundation
import Testing

/// The settings file: read live, and never half.
@Suite(.serialized) struct SettingsTests {
    let home: Home
    init() throws { home = try Home() }

    private func writeSettings(_ text: String) throws {
        try text.write(
            to: home.folder.appending(path: "config/phosphor/phosphor.toml"), atomically: true,
            encoding: .utf8)
    }

    /// Waits until the program tells of the settings.
    private func waitForNotice(_ part: String) throws {
        for _ in 0..<300 {
            if try home.send("status").contains(part) { return }
        }
        Issue.record("no notice with \(part); the status is \(try home.send("status"))")
    }

    @Test("keys are bound anew while it runs; a mistake is shown with its line and changes nothing")
    func live() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch, size: "640x360")
        defer { running.kill() }
        try writeSettings("[keys]\n\"ctrl+k\" = \"editor toggle\"\n")
        try waitForNotice("settings read again")
        try home.send("key ctrl+k")
        #expect(try StatusLine(home.send("status")).editor)
        try writeSettings("theme = \"dark\"\n\n[keys]\n\"ctrl+k\" = \"frobnicate\"\n")
        try waitForNotice("phosphor.toml:4")
        try home.send("key ctrl+k")
        #expect(
            try !StatusLine(home.send("status")).editor, "the binding that was good still holds")
        try writeSettings("[keys\n")
        try waitForNotice("phosphor.toml:1")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a first settings file is noticed, though its folder was not there at the start")
    func folderAppears() throws {
        defer { home.remove() }
        try FileManager.default.removeItem(at: home.folder.appending(path: "config/phosphor"))
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        try writeSettings("show = \"cut\"\n")
        try waitForNotice("settings read again")
        try home.send("goto 2:18")
        try home.send("type \"0.5 * \"")
        try home.send("wait idle")
        #expect(try StatusLine(home.send("status")).shown == 1)
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("text size and backing are remembered")
    func remembered() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        #expect(
            try home.play("textsize =30\nbacking =0.5\nwait good\n", sketch: sketch).status == 0)
        let memory = try String(
            contentsOf: home.folder.appending(path: "state/phosphor/memory.json"), encoding: .utf8)
        #expect(memory.contains("\"textSize\":30"))
        #expect(memory.contains("\"backing\":0.5"))
    }
}
