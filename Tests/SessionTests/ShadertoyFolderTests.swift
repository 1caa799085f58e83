import Foundation
import Render
import Testing

/// Shadertoy's sources as public places have them: `Image.glsl`, `Buffer A.glsl`, lines that name files.
@Suite(.serialized) struct ShadertoyFolderTests {
    let home: Home
    init() throws { home = try Home() }

    private let image =
        "void mainImage(out vec4 c, vec2 p) { c = texelFetch(iChannel0, ivec2(p), 0); }\n"
    private let buffer = "void mainImage(out vec4 c, vec2 p) { c = vec4(tint, 1); }\n"
    private let common = "const vec3 tint = vec3(0, 1, 0);\n"
    private let sound = "vec2 mainSound(int s, float t) { return vec2(0); }\n"
    private let green = SIMD4<UInt8>(0, 255, 0, 255)

    private func drawn(_ sketch: String) throws -> SIMD4<UInt8> {
        let done = try home.phosphor(
            "render", sketch, "--out", "out.png", "--size", "64x64")
        #expect(done.status == 0, "\(sketch): \(done.errors)")
        return try Pixels(pngFile: home.path("out.png"))[9, 9]
    }

    @Test(
        "a folder of .glsl files is drawn, however its files are written",
        arguments: [
            ["Image.glsl", "Buffer A.glsl", "Common.glsl", "Sound.glsl"],
            ["image.glsl", "bufferA.glsl", "common.glsl", "sound.glsl"],
            ["image.glsl", "buffer-a.glsl", "common.glsl", "sound.glsl"],
            ["main.glsl", "Buffer_A.glsl", "common.glsl", "sound.glsl"],
            ["main_image.glsl", "buf0.glsl", "common.glsl", "sound.glsl"],
            ["main_image.frag", "buf0.frag", "common.frag", "sound.glsl"],
            ["image.frag", "bufferA.glsl", "common.glsl", "sound.glsl"],
        ])
    func spellings(names: [String]) throws {
        defer { home.remove() }
        for (name, text) in zip(names, [image, buffer, common, sound]) {
            try home.write("toy/\(name)", text)
        }
        #expect(try drawn("toy") == green)
        let checked = try home.phosphor("check", "toy")
        #expect(checked.status == 0)
        #expect(checked.output.contains("toy/\(names[3]):1:"), "\(checked.output)")
        #expect(checked.output.contains("there is no sound yet"))
    }

    @Test("saving writes the same files again, and a new buffer is called like the others")
    func saved() throws {
        defer { home.remove() }
        try home.write("toy/Image.glsl", image)
        try home.write("toy/Buffer A.glsl", buffer)
        try home.write("toy/Common.glsl", common)
        let noise = "float noise() { return 0.; }\n"
        try home.write("toy/noise.glsl", noise)
        let done = try home.play(
            """
            wait good
            stage "Buffer A"
            goto 1:1
            type "// mine \\n"
            wait good
            stage bufferB
            paste "void mainImage(out vec4 c, vec2 p) { c = vec4(1); }"
            wait good
            save
            wait idle
            stage noise.glsl
            text
            """, sketch: home.path("toy"))
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains(noise))
        let names = try FileManager.default.contentsOfDirectory(atPath: home.path("toy")).sorted()
        #expect(
            names == ["Buffer A.glsl", "Common.glsl", "Image.glsl", "bufferB.glsl", "noise.glsl"])
        #expect(try home.read("toy/Buffer A.glsl") == "// mine \n" + buffer)
        #expect(try home.read("toy/Image.glsl") == image)
        #expect(try drawn("toy") == green)
    }

    @Test("beside files of stages, a .glsl that others include is no stage")
    func included() throws {
        defer { home.remove() }
        try home.write(
            "toy/toy.frag",
            "#include \"main.glsl\"\nvoid mainImage(out vec4 c, vec2 p) { c = tint(); }\n")
        try home.write("toy/main.glsl", "vec4 tint() { return vec4(0, 1, 0, 1); }\n")
        #expect(try drawn("toy") == green)
        // Common that a text includes itself does not stand before it as well.
        try home.write("own/image.glsl", "#include \"common.glsl\"\n" + buffer)
        try home.write("own/common.glsl", "vec3 paint() { return vec3(0, 1, 0); }\n" + common)
        #expect(try drawn("own") == green)
    }

    @Test("a file opened alone brings the passes that its lines name, and these theirs")
    func named() throws {
        defer { home.remove() }
        let first = "#iChannel0 \"file://./bufferA.frag\"\n" + image
        let second =
            "#iChannel1 \"file://deep/paint.glsl\"\n"
            + image.replacingOccurrences(of: "iChannel0", with: "iChannel1")
        let third = "void mainImage(out vec4 c, vec2 p) { c = vec4(0, 1, 0, 1); }\n"
        let sketch = try home.write("view.glsl", first)
        try home.write("bufferA.frag", second)
        try home.write("deep/paint.glsl", third)
        let done = try home.phosphor(
            "render", "view.glsl", "--out", "out-%d.png", "--size", "64x64", "--frames", "3")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Pixels(pngFile: home.path("out-2.png"))[9, 9] == green)
        // Each is edited and saved as its own file.
        let played = try home.play(
            """
            wait good
            stage paint.frag
            goto 1:1
            type "// mine \\n"
            wait good
            save
            wait idle
            status
            """, sketch: sketch)
        #expect(played.status == 0, "\(played.errors)")
        #expect(try home.read("deep/paint.glsl") == "// mine \n" + third)
        #expect(try home.read("bufferA.frag") == second)
        #expect(try StatusLine(#require(played.lines.last)).file == sketch)
        #expect(!FileManager.default.fileExists(atPath: home.path("view")))
        // Once no line names it, it is still its own file and makes no folder.
        try home.write("view.glsl", image)
        let again = try home.play(
            "wait good\ntype \"// \"\nsave\nwait idle\nstatus\n", sketch: sketch)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try StatusLine(#require(again.lines.last)).file == sketch)
        // What is not there is told of.
        try FileManager.default.removeItem(atPath: home.path("bufferA.frag"))
        try home.write("other.glsl", first)
        let checked = try home.phosphor("check", "other.glsl")
        #expect(checked.status == 0)
        #expect(checked.output.hasPrefix("other.glsl:1:1: warning: there is no pass bufferA"))
    }

    @Test("an export's own pictures are no errors, and its lines are those of the JSON")
    func exported() throws {
        defer { home.remove() }
        try home.write(
            "toy.json",
            """
            [{"ver":"0.1","info":{"name":"n"},"renderpass":[{"type":"image","name":"Image","outputs":[],
            "inputs":[{"id":"1","type":"texture","filepath":"/media/a/0123456789abcdef.jpg","channel":0,
            "sampler":{"filter":"mipmap","wrap":"repeat"}},
            {"id":"2","type":"cubemap","filepath":"/media/a/sky.png","channel":1}],
            "code":"void mainImage(out vec4 c, vec2 p) { c = texture(iChannel0, p * 0.1) + f(iChannel1); }"},
            {"type":"common","name":"Common","inputs":[],"outputs":[],
            "code":"vec4 f(samplerCube s) { return texture(s, vec3(1)); }"}]}]
            """)
        let checked = try home.phosphor("check", "toy.json")
        #expect(checked.status == 0, "\(checked.output)")
        #expect(checked.output.contains("toy.json:2:"))
        #expect(checked.output.contains("warning: iChannel0 of the pass image"))
        #expect(!checked.output.contains("sketch.toml") && !checked.output.contains("error"))
        let done = try home.play(
            "wait good\nstage sketch.toml\ntext\nsave\nwait idle\n", sketch: home.path("toy.json"))
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("as = \"cube\""), "\(done.output)")
    }
}
