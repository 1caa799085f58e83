import Foundation
import Render
import Testing

/// ISF's sketches of two files: `name.vs` beside `name.fs` is its vertex stage.
@Suite(.serialized) struct PairTests {
    let home: Home
    init() throws { home = try Home() }

    private let fragment = """
        /*{ "ISFVSN": "2", "INPUTS": [] }*/
        varying vec3 tint;
        void main() { gl_FragColor = vec4(tint, 1.0); }

        """

    private func vertex(_ tint: String) -> String {
        "varying vec3 tint;\nvoid main() {\n    isf_vertShaderInit();\n    tint = \(tint);\n}\n"
    }

    private func seen(_ name: String = "now.png") throws -> SIMD4<UInt8> {
        try home.send("screenshot \(name)")
        return try Pixels(pngFile: home.path(name))[160, 90]
    }

    private func waitFor(_ color: SIMD4<UInt8>) throws {
        for _ in 0..<200 where try seen() == color { return }
        Issue.record("the picture stays \(try seen()): \(try home.send("errors"))")
    }

    private let red = SIMD4<UInt8>(255, 0, 0, 255)
    private let green = SIMD4<UInt8>(0, 255, 0, 255)
    private let blue = SIMD4<UInt8>(0, 0, 255, 255)

    @Test("both files open as one sketch, are edited, saved and watched under their names")
    func both() throws {
        defer { home.remove() }
        let path = try home.write("a.fs", fragment)
        try home.write("a.vs", vertex("vec3(1, 0, 0)"))
        let running = try home.launch(path, size: "320x180")
        defer { running.kill() }
        try waitFor(red)
        #expect(try StatusLine(home.send("status")).dialect == "isf")
        try home.send("stage vert")
        #expect(try home.send("text").contains("isf_vertShaderInit"))
        try home.send("goto 4:17")
        try home.send("edit delete forward")
        try home.send("type \"0\"")
        try home.send("wait good")
        try waitFor(SIMD4(0, 0, 0, 255))
        try home.send("save")
        #expect(try home.read("a.vs") == vertex("vec3(0, 0, 0)"))
        #expect(try home.read("a.fs") == fragment)
        #expect(!FileManager.default.fileExists(atPath: home.path("a")))
        // Saved by somebody else.
        try home.write("a.vs", vertex("vec3(0, 1, 0)"))
        try waitFor(green)
        try home.write("a.vs", vertex("vec3(0, wrong, 0)"))
        try home.send("wait error")
        #expect(try home.send("errors").hasPrefix("a.vs:4:"))
        try home.send("undo")
        try home.send("wait good")
        // Under another name: two files again.
        try home.send("save \(home.path("b.fs"))")
        #expect(try home.read("b.fs") == fragment)
        #expect(try home.read("b.vs").contains("isf_vertShaderInit"))
        #expect(!FileManager.default.fileExists(atPath: home.path("b")))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("the second file may come later, from the editor or from elsewhere")
    func later() throws {
        defer { home.remove() }
        let plain = fragment.replacing("varying vec3 tint;\n", with: "").replacing(
            "tint", with: "vec3(0, 0, 1)")
        let path = try home.write("a.fs", plain)
        let running = try home.launch(path, size: "320x180")
        defer { running.kill() }
        try waitFor(blue)
        try home.write("a.vs", vertex("vec3(0, 1, 0)"))
        try home.waitUntil { $0.revision == 2 && $0.verdict == "good" }
        try home.write("a.fs", fragment)
        try waitFor(green)
        try home.send("quit")
        #expect(running.finish().status == 0)
        // Typed here, and saved beside.
        let other = try home.write("c.fs", plain)
        let played = try home.play(
            "wait good\nstage vert\npaste \"void main() { isf_vertShaderInit(); }\\n\"\nwait good\nsave\n",
            sketch: other)
        #expect(played.status == 0, "\(played.errors)")
        #expect(try home.read("c.vs") == "void main() { isf_vertShaderInit(); }\n")
        #expect(!FileManager.default.fileExists(atPath: home.path("c")))
    }

    @Test("check and render take both, by either name, and a vertex stage alone")
    func tools() throws {
        defer { home.remove() }
        try home.write("deep/a.fs", fragment)
        try home.write("deep/a.vs", vertex("vec3(1, 0, 0)"))
        for name in ["deep/a.fs", "deep/a.vs"] {
            let done = try home.phosphor("render", name, "--out", "out.png", "--size", "32x32")
            #expect(done.status == 0, "\(done.errors)")
            #expect(try Pixels(pngFile: home.path("out.png"))[16, 16] == red)
        }
        try home.write("deep/a.vs", vertex("wrong"))
        let wrong = try home.phosphor("check", "deep/a.fs")
        #expect(wrong.status == 1 && wrong.output.hasPrefix("deep/a.vs:4:"), "\(wrong.output)")
        try home.write("alone.vs", "#version 450\nvoid main() { gl_Position = vec4(wrong); }\n")
        let alone = try home.phosphor("check", "alone.vs")
        #expect(alone.output.hasPrefix("alone.vs:2:"), "\(alone.output)")
        // In a folder, by the same endings.
        try home.write("folder/x.fs", fragment)
        try home.write("folder/x.vs", vertex("vec3(0, 1, 0)"))
        let folder = try home.phosphor("render", "folder", "--out", "out.png", "--size", "32x32")
        #expect(folder.status == 0, "\(folder.errors)")
        #expect(try Pixels(pngFile: home.path("out.png"))[16, 16] == green)
    }

    @Test(
        "so are files that name their stages in other ways, opened alone and as a folder's",
        arguments: [
            ("a.vert.glsl", "a.frag.glsl"), ("vertex.glsl", "fragment.glsl"),
            ("x_vs.glsl", "x_fs.glsl"), ("t.vertexshader", "t.fragmentshader"),
            ("x.v.glsl", "x.f.glsl"), ("p.vs", "p.fs"),
        ])
    func otherNames(vertexName: String, fragmentName: String) throws {
        defer { home.remove() }
        let green =
            "in vec2 aPos; out vec3 tint; void main() { tint = vec3(0, 1, 0); gl_Position = vec4(aPos, 0, 1); }"
        try home.write("f/\(vertexName)", "#version 330 core\n" + green)
        try home.write(
            "f/\(fragmentName)",
            "#version 330 core\nin vec3 tint; out vec4 c; void main() { c = vec4(tint, 1); }")
        for name in ["f", "f/\(vertexName)", "f/\(fragmentName)"] {
            let done = try home.phosphor("render", name, "--out", "out.png", "--size", "32x32")
            #expect(done.status == 0, "\(name): \(done.errors)")
            #expect(try Pixels(pngFile: home.path("out.png"))[16, 16] == self.green, "\(name)")
        }
    }
}
