import Foundation
import Render
import Testing

/// Shadertoy's export of a shader in JSON, opened as a sketch.
@Suite(.serialized) struct ShadertoyFileTests {
    let home: Home
    init() throws { home = try Home() }

    /// An export: a buffer that counts, the picture that shows it, and what both share.
    private func export(_ image: String, wrapped: Bool = false) -> String {
        func pass(_ type: String, _ name: String, _ code: String, _ inputs: String, _ id: String)
            -> String
        {
            let text = code.replacingOccurrences(of: "\n", with: "\\n")
                .replacingOccurrences(of: "\"", with: "\\\"")
            return """
                {"inputs":[\(inputs)],"outputs":[{"channel":0,"id":"\(id)"}],
                 "code":"\(text)","name":"\(name)","description":"","type":"\(type)"}
                """
        }
        let reads =
            "{\"channel\":1,\"type\":\"buffer\",\"id\":\"b1\",\"filepath\":\"/media/previz/buffer00.png\",\"sampler\":{\"filter\":\"nearest\",\"wrap\":\"clamp\",\"vflip\":\"true\",\"srgb\":\"false\",\"internal\":\"byte\"}}"
        let passes = [
            pass("image", "Image", image, reads, "i1"),
            pass(
                "buffer", "Buffer A",
                "void mainImage(out vec4 c, vec2 p)\n{\n    c = texelFetch(iChannel1, ivec2(p), 0) + step_;\n}",
                reads, "b1"),
            pass("common", "Common", "const float step_ = 64.0;", "", ""),
            pass("sound", "Sound", "vec2 mainSound(int s, float t) { return vec2(0); }", "", "s1"),
        ].joined(separator: ",\n")
        let shader = """
            {"ver":"0.1","info":{"id":"abc","name":"Counting","username":"somebody"},
            "renderpass":[\(passes)]}
            """
        return wrapped ? "{\"Shader\":\(shader)}" : "[\(shader)]"
    }

    private let image =
        "void mainImage(out vec4 c, vec2 p) { c = vec4(texelFetch(iChannel1, ivec2(p), 0).x / 640.); }"

    @Test("it is drawn and checked as it is, in both forms")
    func tools() throws {
        defer { home.remove() }
        try home.write("site.json", export(image))
        try home.write("api.json", export(image, wrapped: true))
        for file in ["site.json", "api.json"] {
            let done = try home.phosphor(
                "render", file, "--out", "out-%d.png", "--size", "64x64", "--frames", "5")
            #expect(done.status == 0, "\(done.errors)")
            #expect(try Pixels(pngFile: home.path("out-4.png"))[3, 3].x == 128)
            let checked = try home.phosphor("check", file)
            #expect(checked.status == 0 && !checked.output.contains("error"), "\(checked.output)")
        }
        try home.write("wrong.json", export("void mainImage(out vec4 c, vec2 p)\n{ c = nothing; }"))
        let wrong = try home.phosphor("check", "wrong.json")
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("nothing"), "\(wrong.output)")
    }

    @Test("a mistake in the JSON has its line; what is no export is refused")
    func mistakes() throws {
        defer { home.remove() }
        try home.write("cut.json", "[{\"ver\":\"0.1\",\n\"renderpass\":[\n{\"code\": }]}]\n")
        try home.write("none.json", "{\n  \"some\": 1 }\n")
        try home.write(
            "image.json", "{\"renderpass\":[\n {\"type\":\"buffer\",\"code\":\"\"}\n]}\n")
        for (file, place) in [("cut", 3), ("none", 1), ("image", 1)] {
            let checked = try home.phosphor("check", "\(file).json")
            #expect(checked.status == 1)
            #expect(checked.output.hasPrefix("\(file).json:\(place):"), "\(checked.output)")
            let refused = try home.phosphor("run", "--headless", "\(file).json")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("\(file).json: line \(place), "), "\(refused.errors)")
        }
    }

    @Test("it opens as a sketch that is not saved; saving writes a folder, never the JSON")
    func opened() throws {
        defer { home.remove() }
        let text = export(image)
        let sketch = try home.write("toy.json", text)
        let done = try home.play(
            """
            wait good
            status
            stage sketch.toml
            text
            stage common
            goto 1:21
            type "2.0; //"
            wait good
            stage "Buffer A"
            text
            save
            wait idle
            status
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        let statuses = try done.lines.filter { $0.hasPrefix("{\"rev") }.map(StatusLine.init)
        try #require(statuses.count == 2)
        #expect(statuses[0].modified && statuses[0].dialect == "shadertoy")
        #expect(!statuses[1].modified && statuses[1].file == home.path("toy"))
        #expect(done.output.contains("# \"Counting\" by somebody, from toy.json."))
        #expect(done.output.contains("# there is no sound here"))
        #expect(done.output.contains("dialect = \"shadertoy\""))
        #expect(
            done.output.contains("iChannel1 = { previous = \"bufferA\", filter = \"nearest\" }"))
        #expect(try home.read("toy.json") == text)
        #expect(try home.read("toy/common.glsl") == "const float step_ = 2.0; //64.0;")
        for name in ["toy.frag", "bufferA.frag", "sketch.toml", "sound.glsl"] {
            #expect(FileManager.default.fileExists(atPath: home.path("toy/\(name)")), "\(name)")
        }
        // The folder is a sketch by itself, and draws the same.
        let again = try home.phosphor(
            "render", "toy", "--out", "out-%d.png", "--size", "64x64", "--frames", "160")
        #expect(again.status == 0, "\(again.errors)")
        #expect(try Pixels(pngFile: home.path("out-159.png"))[3, 3].x == 128)
        // Opened once more, it takes a name of its own and leaves the folder alone.
        let twice = try home.play("wait good\nstatus\nsave\n", sketch: sketch)
        #expect(twice.status == 0, "\(twice.errors)")
        #expect(try StatusLine(#require(twice.lines.first)).file == home.path("toy-2"))
        #expect(try home.read("toy/common.glsl").hasPrefix("const float step_ = 2.0"))
    }

    @Test("what was typed in it and not saved is there at the next start")
    func unsaved() throws {
        defer { home.remove() }
        let sketch = try home.write("toy.json", export(image))
        let first = try home.launch(sketch)
        defer { first.kill() }
        try home.send("stage common")
        try home.send("goto 1:1")
        try home.send("type \"// mine \\n\"")
        try home.send("wait good")
        first.kill()
        _ = first.finish()
        let again = try home.play("stage common\ntext\nstatus\n", sketch: sketch)
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.output.contains("// mine"))
        let status = try StatusLine(#require(again.lines.last))
        #expect(status.modified && status.file == home.path("toy"))
        // Started without a name, it still knows where it came from.
        let nameless = try home.play("status\nstage common\ntext\n")
        #expect(nameless.output.contains("it came from toy.json"), "\(nameless)")
        #expect(nameless.output.contains("// mine"))
    }
}
