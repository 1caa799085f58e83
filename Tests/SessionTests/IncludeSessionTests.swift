import Foundation
import Render
import Testing

/// Files that texts include.
@Suite(.serialized) struct IncludeSessionTests {
    let home: Home
    init() throws { home = try Home() }

    private let sketch = """
        #include "lib/tint.glsl"
        void mainImage(out vec4 color, in vec2 pixel) { color = vec4(tint(), 1.0); }

        """

    private func tint(_ color: String) -> String {
        "#include \"base.glsl\"\nvec3 tint() {\n    return \(color) * base;\n}\n"
    }

    private func picture(_ name: String) throws -> SIMD4<UInt8> {
        try home.send("screenshot \(name)")
        return try Pixels(pngFile: home.path(name))[160, 90]
    }

    /// Waits until `status` has these words.
    private func waitForStatus(_ words: String) throws {
        for _ in 0..<400 where try home.send("status").contains(words) { return }
        Issue.record("no \(words) in \(try home.send("status"))")
    }

    @Test(
        "an included file is compiled in, named in messages, and compiled anew when somebody saves it"
    )
    func edited() throws {
        defer { home.remove() }
        try home.write("lib/base.glsl", "const float base = 1.0;\n")
        try home.write("lib/tint.glsl", tint("vec3(1, 0, 0)"))
        let running = try home.launch(try home.write("a.frag", sketch), size: "320x180")
        defer { running.kill() }
        #expect(try picture("red.png") == SIMD4(255, 0, 0, 255))
        // A mistake in it: the old picture stays, the message names the file.
        try home.write("lib/tint.glsl", tint("vec3(0, wrong, 0)"))
        try waitForStatus("\"verdict\":\"error\"")
        let errors = try home.send("errors")
        #expect(errors.contains("lib/tint.glsl:3:") && errors.contains("wrong"), "\(errors)")
        #expect(try StatusLine(home.send("status")).shown == 1)
        try home.write("lib/tint.glsl", tint("vec3(0, 1, 0)"))
        try waitForStatus("\"verdict\":\"good\"")
        try home.send("wait good")
        #expect(try picture("green.png") == SIMD4(0, 255, 0, 255))
        // What it includes in turn, saved by rename, is watched as well.
        try home.write("lib/new", "const float base = 0.2;\n")
        #expect(rename(home.path("lib/new"), home.path("lib/base.glsl")) == 0)
        var dim = try picture("dim.png")
        for _ in 0..<50 where dim != SIMD4(0, 51, 0, 255) { dim = try picture("dim.png") }
        #expect(dim == SIMD4(0, 51, 0, 255))
        #expect(try StatusLine(home.send("status")).revision == 1, "the text is as it was")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test(
        "a file that is missing is said on the include's line, and found once it is there; so is a cycle"
    )
    func missing() throws {
        defer { home.remove() }
        let running = try PhosphorProcess(
            ["run", "--headless", "--size", "320x180", try home.write("a.frag", sketch)],
            home: home)
        defer { running.kill() }
        try home.send("wait error")
        #expect(try home.send("errors").hasPrefix("a.frag:1:"))
        #expect(try home.send("errors").contains("lib/tint.glsl is not there"))
        try home.write("tint.glsl", "vec3 tint() { return vec3(0, 0, 1); }\n")
        try home.send("goto 1:11")
        for _ in 0..<4 { try home.send("edit delete forward") }
        try home.send("wait good")
        #expect(try picture("blue.png") == SIMD4(0, 0, 255, 255))
        try home.write("tint.glsl", "#include \"a.frag\"\n")
        try waitForStatus("includes itself")
        #expect(try home.send("errors").hasPrefix("tint.glsl:1:"))
        // Gone, and there again.
        try FileManager.default.removeItem(atPath: home.path("tint.glsl"))
        try waitForStatus("is not there")
        try home.write("tint.glsl", "vec3 tint() { return vec3(0, 1, 0); }\n")
        try waitForStatus("\"verdict\":\"good\"")
        try home.send("wait good")
        #expect(try picture("green.png") == SIMD4(0, 255, 0, 255))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("check, render and the folders of the settings know includes")
    func tools() throws {
        defer { home.remove() }
        let far = home.folder.appending(path: "far/lib").path
        try FileManager.default.createDirectory(
            atPath: far, withIntermediateDirectories: true)
        try "vec3 tint() { return vec3(0, 1, 0); }\n".write(
            toFile: far + "/tint.glsl", atomically: true, encoding: .utf8)
        try home.write("deep/a.frag", sketch)
        let before = try home.phosphor("check", "deep/a.frag")
        #expect(before.status == 1)
        #expect(before.output.contains("deep/a.frag:1:") && before.output.contains("is not there"))
        try "include = [\"~/far\"]\n".write(
            to: home.folder.appending(path: "config/phosphor/phosphor.toml"), atomically: true,
            encoding: .utf8)
        let after = try home.phosphor("check", "deep/a.frag")
        #expect(after.status == 0, "\(after.output)")
        let rendered = try home.phosphor(
            "render", "deep/a.frag", "--out", "out.png", "--size", "64x64")
        #expect(rendered.status == 0, "\(rendered.errors)")
        #expect(try Pixels(pngFile: home.path("out.png"))[5, 5] == SIMD4(0, 255, 0, 255))
        let played = try home.play(
            "wait good\nscreenshot shot.png\n", sketch: home.path("deep/a.frag"))
        #expect(played.status == 0, "\(played.errors)")
        #expect(try Pixels(pngFile: home.path("shot.png"))[5, 5] == SIMD4(0, 255, 0, 255))
    }
}
