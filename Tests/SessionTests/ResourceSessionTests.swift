import Foundation
import Render
import TestSupport
import Testing

/// Pictures and meshes that sketches bring along.
@Suite(.serialized) struct ResourceSessionTests {
    let home: Home
    init() throws { home = try Home() }

    private func sketch(_ file: String) -> String {
        """
        // A scene of one colour: that of the picture.
        // @var tex0 \(file)
        vec3 getSceneColor(vec3 eye, vec3 ray) { return texture(iChannel0, vec2(0.28, 0.72)).rgb; }

        """
    }

    private func writePicture(_ name: String, _ color: UInt32) throws {
        try Pixels(width: 4, height: 4, filled: Color(color)).writePNG(to: home.path(name))
    }

    private func writeBytes(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: home.path(name)))
    }

    private func seen(_ name: String = "now.png") throws -> SIMD4<UInt8> {
        try home.send("screenshot \(name)")
        return try Pixels(pngFile: home.path(name))[160, 90]
    }

    /// Waits until the picture on screen has this colour, but for what JPEG loses.
    private func waitFor(_ color: SIMD4<UInt8>) throws {
        var last = try seen()
        for _ in 0..<200 {
            if (0..<4).allSatisfy({ abs(Int(last[$0]) - Int(color[$0])) <= 6 }) { return }
            last = try seen()
        }
        Issue.record("the picture stays \(last): \(try home.send("errors"))")
    }

    /// Waits until `errors` has these words.
    private func waitForErrors(_ words: String) throws {
        for _ in 0..<400 where try home.send("errors").contains(words) { return }
        Issue.record("no '\(words)' in \(try home.send("errors"))")
    }

    private let red = SIMD4<UInt8>(255, 0, 0, 255)
    private let green = SIMD4<UInt8>(0, 255, 0, 255)
    private let checker: [SIMD4<UInt8>] = [SIMD4(230, 40, 200, 255), SIMD4(40, 40, 40, 255)]

    @Test("a PNG, a JPEG by whatever name, and at once what another program makes of them")
    func saved() throws {
        defer { home.remove() }
        try writePicture("one.png", 0xFF0000)
        let running = try home.launch(
            try home.write("a.frag", sketch("one.png")), size: "320x180")
        defer { running.kill() }
        try waitFor(red)
        #expect(try home.send("errors") == "no errors\n")
        try writePicture("one.png", 0x00FF00)
        try waitFor(green)
        // The picture's top left quarter is the texture's upper left: rows are the right way up.
        try writeBytes("one.png", SampleJPEG.colours)
        try waitFor(red)
        // Written in place, in two steps.
        let whole = try Pixels(width: 4, height: 4, filled: Color(0x0000FF)).pngData()
        let file = try #require(FileHandle(forWritingAtPath: home.path("one.png")))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(whole.prefix(20)))
        try file.write(contentsOf: Data(whole.dropFirst(20)))
        try file.close()
        try waitFor(SIMD4(0, 0, 255, 255))
        #expect(try StatusLine(home.send("status")).revision == 1)
        #expect(try StatusLine(home.send("status")).verdict == "good")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test(
        "what is missing or broken is said on its line, and drawn as a checker, until it is there")
    func broken() throws {
        defer { home.remove() }
        let running = try home.launch(
            try home.write("a.frag", sketch("gone.png")), size: "320x180")
        defer { running.kill() }
        let first = try home.send("errors")
        #expect(first.hasPrefix("a.frag:2:") && first.contains("gone.png is not there"), "\(first)")
        #expect(try StatusLine(home.send("status")).verdict == "good")
        #expect(checker.contains(try seen()))
        try home.write("gone.png", "no picture")
        try waitForErrors("gone.png is neither PNG nor JPEG")
        let whole = try Pixels(width: 64, height: 64, filled: Color(0x00FF00)).pngData()
        try writeBytes("gone.png", Array(whole.prefix(60)))
        try waitForErrors("gone.png is not a whole PNG picture")
        try writeBytes("gone.png", SampleJPEG.colours.dropLast(4))
        try waitForErrors("gone.png is not a whole JPEG picture")
        var bomb = SamplePNG(colorType: 0)
        bomb.claimed = (60_000, 60_000)
        try writeBytes("gone.png", bomb.file([[[0]]]))
        try waitForErrors("gone.png has 60000 x 60000 pixels: there may be 16384 a side")
        #expect(try StatusLine(home.send("status")).verdict == "good")
        try writeBytes("gone.png", whole)
        try waitFor(green)
        #expect(try home.send("errors") == "no errors\n")
        // Taken away, and put there again by renaming.
        try FileManager.default.removeItem(atPath: home.path("gone.png"))
        try waitForErrors("gone.png is not there")
        try writePicture("new.png", 0xFF0000)
        #expect(rename(home.path("new.png"), home.path("gone.png")) == 0)
        try waitFor(red)
        // A mistake in the text says both.
        try FileManager.default.removeItem(atPath: home.path("gone.png"))
        try waitForErrors("gone.png is not there")
        try home.send("goto 3:1")
        try home.send("type \"int y = x; \"")
        try home.send("wait error")
        let both = try home.send("errors")
        #expect(both.contains("a.frag:3:") && both.contains("gone.png is not there"), "\(both)")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a folder that comes later, another sketch and back, and another name while it is typed")
    func elsewhere() throws {
        defer { home.remove() }
        try writePicture("two.png", 0x00FF00)
        let path = try home.write("a.frag", sketch("one.png"))
        let running = try home.launch(path, size: "320x180")
        defer { running.kill() }
        try FileManager.default.createDirectory(
            atPath: home.path("textures"), withIntermediateDirectories: false)
        try writePicture("textures/one.png", 0xFF0000)
        try waitFor(red)
        try home.write(
            "b.frag",
            "void mainImage(out vec4 color, in vec2 pixel) { color = vec4(0, 0, 1, 1); }\n")
        try home.send("open \(home.path("b.frag"))")
        try home.send("wait good")
        try waitFor(SIMD4(0, 0, 255, 255))
        // Changed while nobody looks.
        try writePicture("textures/one.png", 0x0000FF)
        try writePicture("textures/one.png", 0xFF0000)
        try home.send("open \(path)")
        try home.send("wait good")
        try waitFor(red)
        try home.send("goto 2:14")
        for _ in 0..<3 { try home.send("edit delete forward") }
        try home.send("type \"two\"")
        try home.send("wait good")
        try waitFor(green)
        try home.send("undo")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a guest that dies has them again, and so has a new start from the journal")
    func deaths() throws {
        defer { home.remove() }
        try writePicture("one.png", 0xFF0000)
        let path = try home.write("a.frag", sketch("one.png"))
        let running = try home.launch(path, size: "320x180")
        defer { running.kill() }
        try waitFor(red)
        try home.send("drill kill front")
        try home.waitUntil { $0.guest.restarts > 0 }
        try waitFor(red)
        try home.send("goto 3:1")
        try home.send("type \"int y = x; \"")
        try home.send("wait error")
        try home.send("quit")
        #expect(running.finish().status == 0)
        // The text in hand is wrong; what was good stands in for it, with its picture.
        let again = try PhosphorProcess(
            ["run", "--headless", "--size", "320x180", path], home: home)
        defer { again.kill() }
        try home.send("wait error")
        try waitFor(red)
        try home.send("quit")
        #expect(again.finish().status == 0)
    }

    @Test("an ISF's pictures and cube maps; render and check have them, too")
    func tools() throws {
        defer { home.remove() }
        try writePicture("one.png", 0xFF0000)
        try home.write("a.frag", sketch("one.png"))
        let done = try home.phosphor("render", "a.frag", "--out", "out.png", "--size", "32x32")
        #expect(done.status == 0 && done.errors.isEmpty, "\(done.errors)")
        #expect(try Pixels(pngFile: home.path("out.png"))[16, 16] == red)
        #expect(try home.phosphor("check", "a.frag").output == "")
        let sides = ["px", "nx", "py", "ny", "pz", "nz"]
        for (index, side) in sides.enumerated() {
            try writePicture("\(side).png", index == 2 ? 0x00FF00 : 0x000000)
        }
        let isf = """
            /*{
                "IMPORTED": {
                    "wall": { "PATH": "one.png" },
                    "sky": { "TYPE": "cube", "PATH": [\(sides.map { "\"\($0).png\"" }.joined(separator: ", "))] }
                }
            }*/
            uniform samplerCube sky;
            void main() {
                gl_FragColor = isf_FragNormCoord.x < 0.5 ? IMG_NORM_PIXEL(wall, vec2(0.5)) : textureCube(sky, vec3(0.1, 1.0, 0.1));
            }

            """
        try home.write("b.fs", isf)
        let both = try home.phosphor("render", "b.fs", "--out", "both.png", "--size", "32x32")
        #expect(both.status == 0 && both.errors.isEmpty, "\(both.errors)")
        #expect(try Pixels(pngFile: home.path("both.png"))[4, 16] == red)
        #expect(try Pixels(pngFile: home.path("both.png"))[28, 16] == green)
        // As other editors name Shadertoy's inputs.
        try home.write(
            "c.frag",
            """
            #iChannel0 "file://one.png"
            #iChannel1 "n{}.png"
            void mainImage(out vec4 color, in vec2 pixel) {
                color = pixel.x < 16.0 ? texture(iChannel0, vec2(0.5)) : texture(iChannel1, vec3(0.0, 1.0, 0.0));
            }

            """)
        for (index, side) in sides.enumerated() {
            try writePicture("n\(side).png", index == 2 ? 0x0000FF : 0x000000)
        }
        let toy = try home.phosphor("render", "c.frag", "--out", "toy.png", "--size", "32x32")
        #expect(toy.status == 0 && toy.errors.isEmpty, "\(toy.errors)")
        #expect(try Pixels(pngFile: home.path("toy.png"))[4, 16] == red)
        #expect(try Pixels(pngFile: home.path("toy.png"))[28, 16] == SIMD4(0, 0, 255, 255))
        // One side of another size, or missing: a checker all around.
        try Pixels(width: 5, height: 5, filled: Color(0x00FF00)).writePNG(to: home.path("ny.png"))
        let odd = try home.phosphor("check", "b.fs")
        #expect(odd.status == 1)
        #expect(odd.output.contains("b.fs:4:") && odd.output.contains("ny.png has 5 x 5 pixels"))
        let rendered = try home.phosphor("render", "b.fs", "--out", "odd.png", "--size", "32x32")
        #expect(rendered.status == 0 && rendered.errors.contains("b.fs:4:"), "\(rendered.errors)")
        #expect(checker.contains(try Pixels(pngFile: home.path("odd.png"))[28, 16]))
    }

    private let plan = """
        [mesh]
        rock = "rock.obj"

        [texture]
        wall = "wall.png"

        [[pass]]
        name = "image"
        geometry = { mesh = "rock" }
        depth = true

        """

    private func rock(_ name: String) throws {
        try home.write(
            "\(name)/rock.vert",
            """
            #version 450
            in vec3 position;
            in vec2 texcoord;
            out vec2 uv;
            void main() {
                uv = texcoord;
                gl_Position = vec4(position, 1);
            }

            """)
        try home.write(
            "\(name)/rock.frag",
            """
            #version 450
            in vec2 uv;
            out vec4 color;
            uniform sampler2D wall;
            void main() { color = texture(wall, uv); }

            """)
        try home.write("\(name)/sketch.toml", plan)
    }

    /// The left half of the picture, or all of it.
    private func wall(from left: Double, to right: Double) -> String {
        "v \(left) -1 0\nv \(right) -1 0\nv \(right) 1 0\nv \(left) 1 0\nvt 0.5 0.5\nf 1/1 2/1 3/1 4/1\n"
    }

    private func twoPixels() throws -> [SIMD4<UInt8>] {
        try home.send("screenshot now.png")
        let pixels = try Pixels(pngFile: home.path("now.png"))
        return [pixels[40, 90], pixels[280, 90]]
    }

    private func waitFor(_ colors: [SIMD4<UInt8>]) throws {
        for _ in 0..<200 where try twoPixels() == colors { return }
        Issue.record("the picture stays \(try twoPixels()): \(try home.send("errors"))")
    }

    @Test(
        "a mesh of a sketch's own, drawn anew as soon as somebody saves it; mistakes with file and line"
    )
    func mesh() throws {
        defer { home.remove() }
        try rock("rock")
        try writePicture("rock/wall.png", 0x00FF00)
        let black = SIMD4<UInt8>(0, 0, 0, 255)
        let running = try home.launch(home.path("rock"), size: "320x180")
        defer { running.kill() }
        let missing = try home.send("errors")
        #expect(
            missing.contains("sketch.toml:2:") && missing.contains("rock.obj is not there"),
            "\(missing)")
        #expect(try StatusLine(home.send("status")).verdict == "good")
        try waitFor([black, black])
        try home.write("rock/rock.obj", wall(from: -1, to: 0))
        try waitFor([green, black])
        #expect(try home.send("errors") == "no errors\n")
        try home.write("rock/rock.obj", wall(from: -1, to: 1))
        try waitFor([green, green])
        // What is wrong is told, and nothing is drawn until it is right.
        try home.write("rock/rock.obj", "v 1 2 3\nv 1 2\nf 1 2 9\n")
        try waitForErrors("rock.obj:2: 'v' has 2 numbers")
        #expect(try home.send("errors").contains("rock.obj:3: this face names place (v) 2"))
        try waitFor([black, black])
        try home.write("rock/rock.obj", wall(from: 0, to: 1))
        try waitFor([black, green])
        try writePicture("rock/wall.png", 0xFF0000)
        try waitFor([black, red])
        try home.send("quit")
        #expect(running.finish().status == 0)
        let rendered = try home.phosphor("render", "rock", "--out", "out.png", "--size", "32x32")
        #expect(rendered.status == 0 && rendered.errors.isEmpty, "\(rendered.errors)")
        #expect(try Pixels(pngFile: home.path("out.png"))[28, 16] == red)
        try home.write("rock/rock.obj", "f 1 2 3\n")
        let checked = try home.phosphor("check", "rock")
        #expect(checked.status == 1)
        #expect(checked.output.contains("rock/sketch.toml:2:"), "\(checked.output)")
        #expect(checked.output.contains("rock.obj:1: this face names place (v) 1"))
    }

    @Test("saved elsewhere, a sketch takes its pictures and meshes along")
    func savedElsewhere() throws {
        defer { home.remove() }
        try rock("rock")
        try writePicture("rock/wall.png", 0x00FF00)
        try home.write("rock/rock.obj", wall(from: -1, to: 1))
        let done = try home.play(
            "wait good\nsave \(home.path("far/stone"))\nwait idle\nerrors\nscreenshot out.png\n",
            sketch: home.path("rock"))
        #expect(
            done.status == 0 && done.output.contains("no errors"), "\(done.output)\(done.errors)")
        #expect(try Pixels(pngFile: home.path("out.png"))[160, 90] == green)
        #expect(try home.read("far/stone/rock.obj") == wall(from: -1, to: 1))
        let again = try home.phosphor("render", "far/stone", "--out", "out.png", "--size", "32x32")
        #expect(again.status == 0 && again.errors.isEmpty, "\(again.errors)")
        #expect(try Pixels(pngFile: home.path("out.png"))[28, 16] == green)
    }

    @Test(
        "pictures beside an export of Shadertoy's are its channels', and go with it into its folder"
    )
    func exported() throws {
        defer { home.remove() }
        try writePicture("abc.png", 0x00FF00)
        let path = try home.write(
            "toy.json",
            """
            [{ "ver": "0.1", "info": { "name": "toy" }, "renderpass": [{
                "inputs": [{ "id": "Xdf", "src": "/media/a/abc.png", "ctype": "texture", "channel": 0,
                    "sampler": { "filter": "mipmap", "wrap": "repeat", "vflip": "true" } }],
                "outputs": [{ "id": "4dfGRr", "channel": 0 }], "name": "Image", "type": "image",
                "code": "void mainImage(out vec4 c, in vec2 p) { c = texture(iChannel0, vec2(0.5)); }"
            }] }]
            """)
        let done = try home.play(
            "wait good\nerrors\nscreenshot out.png\nsave\nwait idle\nerrors\n", sketch: path)
        #expect(done.status == 0, "\(done.output)\(done.errors)")
        #expect(!done.output.contains("abc.png is not there"), "\(done.output)")
        #expect(try Pixels(pngFile: home.path("out.png"))[160, 90] == green)
        #expect(FileManager.default.fileExists(atPath: home.path("toy/abc.png")))
        let rendered = try home.phosphor("render", "toy", "--out", "out.png", "--size", "32x32")
        #expect(rendered.status == 0 && rendered.errors.isEmpty, "\(rendered.errors)")
        #expect(try Pixels(pngFile: home.path("out.png"))[28, 16] == green)
    }
}
