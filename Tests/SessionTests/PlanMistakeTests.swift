import Foundation
import Render
import Testing

/// What is wrong with a `sketch.toml`: told on its line, and never at the cost of the picture.
@Suite(.serialized) struct PlanMistakeTests {
    let home: Home
    init() throws { home = try Home() }

    @Test("every mistake has its file and its line, and harms nothing else that is checked")
    func told() throws {
        defer { home.remove() }
        let shader = "#version 450\nout vec4 c;\nvoid main() { c = vec4(1); }\n"
        let texts = [
            "dialect = \n", "[[pass]]\nname = \"image\"\nsamples = 3\nblend = \"ad\"\n",
            "[[pass]]\nname = \"image\"\ngeometry = { grid = [4000, 4000] }\n", "colour = 1\n", "",
        ]
        for (number, text) in texts.enumerated() {
            try home.write("c\(number)/image.frag", shader)
            try home.write("c\(number)/sketch.toml", text)
        }
        let done = try home.phosphor("check", "c0", "c1", "c2", "c3", "c4")
        #expect(done.status == 1)
        let starts = [
            "c0/sketch.toml:1:11: error: the value of dialect is missing",
            "c1/sketch.toml:3:1: error: samples is 1, 2, 4 or 8",
            "c1/sketch.toml:4:1: error: there is no blend 'ad'; did you mean 'add'?",
            "c2/sketch.toml:3:1: error: 96000000 vertices",
            "c3/sketch.toml:1:1: warning: sketch.toml has no key 'colour'",
        ]
        #expect(done.lines.count == starts.count, "\(done.output)")
        for (line, start) in zip(done.lines, starts) { #expect(line.hasPrefix(start), "\(line)") }
        #expect(try home.phosphor("check", "c3", "c4").status == 0)
    }

    @Test("what is typed wrong never takes the picture, and stands in its own tab")
    func typed() throws {
        defer { home.remove() }
        try home.write(
            "a/image.frag", "#version 450\nout vec4 c;\nvoid main() { c = vec4(0, 0.5, 0, 1); }\n")
        let done = try home.play(
            """
            wait good
            screenshot first.png
            stage sketch.toml
            paste "[[pass]]\\nname = \\"image\\"\\nblend = \\"add\\"\\nclear = [1, 0, 0, 1]\\n"
            wait good
            screenshot mixed.png
            goto 3:10
            type "b"
            wait error
            status
            screenshot still.png
            stage frag
            goto 3:1
            editor on
            error next
            status
            editor off
            stage sketch.toml
            undo
            wait good
            goto 3:1
            edit delete line
            type "flend = 1\\n"
            wait good
            errors
            goto 4:1
            edit comment
            wait good
            text
            save
            status
            """, sketch: home.path("a"))
        #expect(done.status == 0, "\(done.errors)")
        func color(_ name: String) throws -> SIMD4<UInt8> {
            try Pixels(pngFile: home.path(name))[160, 90]
        }
        #expect(try color("first.png") == SIMD4(0, 128, 0, 255))
        #expect(try color("mixed.png") == SIMD4(255, 128, 0, 255))
        #expect(try color("still.png") == SIMD4(255, 128, 0, 255), "the last good plan goes on")
        let statuses = try done.lines.filter { $0.hasPrefix("{") }.map(StatusLine.init)
        try #require(statuses.count == 3)
        let mistake = try #require(statuses[0].errors.first)
        #expect(mistake.file == "sketch.toml" && mistake.line == 3)
        #expect(mistake.message.contains("there is no blend 'badd'"))
        #expect(statuses[1].stage == "sketch.toml", "the next error is in that tab")
        #expect(done.output.contains("sketch.toml:3:1: warning: a pass has no key 'flend'"))
        #expect(statuses[2].verdict == "good" && !statuses[2].modified)
        #expect(done.output.contains("# clear = [1, 0, 0, 1]"), "a comment of TOML's")
        #expect(try home.read("a/sketch.toml").contains("flend = 1"))
    }

    @Test("a sketch that is opened with mistakes shows what could be read, and can be worked on")
    func opened() throws {
        defer { home.remove() }
        try home.write(
            "a/image.frag", "#version 450\nout vec4 c;\nvoid main() { c = vec4(0, 0.5, 0, 1); }\n")
        try home.write(
            "a/sketch.toml",
            "[[pass]]\nname = \"image\"\nblend = \"add\"\nsamples = 3\nclear = [1, 0, 0, 1]\n")
        let done = try home.play(
            """
            wait good
            screenshot first.png
            errors
            goto 3:25
            edit delete forward
            type "1"
            wait good
            screenshot edited.png
            stage sketch.toml
            goto 4:11
            type "2"
            wait error
            undo
            wait good
            goto 4:11
            edit delete forward
            type "2"
            wait good
            errors
            """.replacingOccurrences(of: "goto 3:25", with: "goto 3:24"), sketch: home.path("a"))
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Pixels(pngFile: home.path("first.png"))[9, 9] == SIMD4(255, 128, 0, 255))
        #expect(done.output.contains("sketch.toml:4:1: error: samples is 1, 2, 4 or 8"))
        #expect(done.lines.last == "no errors")
        let refused = try home.phosphor("render", "a", "--out", "out.png", "--size", "64x64")
        #expect(refused.status == 1 && refused.errors.contains("a/sketch.toml:4:1: error:"))
    }

    @Test("a file that another program writes is taken over; a single file becomes a folder")
    func files() throws {
        defer { home.remove() }
        let sketch = try home.write(
            "a.frag", "#version 450\nout vec4 c;\nvoid main() { c = vec4(0, 1, 0, 1); }\n")
        let done = try home.play(
            """
            wait good
            stage sketch.toml
            paste "[[pass]]\\nname = \\"image\\"\\ngeometry = { points = 1 }\\nclear = [0, 0, 1]\\n"
            wait good
            screenshot blue.png
            save
            undo
            wait good
            screenshot green.png
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Pixels(pngFile: home.path("blue.png"))[9, 9] == SIMD4(0, 0, 255, 255))
        #expect(try Pixels(pngFile: home.path("green.png"))[9, 9] == SIMD4(0, 255, 0, 255))
        #expect(try home.read("a/sketch.toml").contains("points = 1"))
        let running = try home.launch("a", size: "32x32")
        defer { running.kill() }
        try home.write(
            "a/sketch.toml",
            "[[pass]]\nname = \"image\"\ngeometry = { points = 1 }\nclear = [1, 0, 0]\n")
        func color() throws -> SIMD4<UInt8> {
            try home.send("screenshot red.png")
            return try Pixels(pngFile: home.path("red.png"))[9, 9]
        }
        var seen = try color()
        for _ in 0..<100 where seen != SIMD4(255, 0, 0, 255) { seen = try color() }
        #expect(seen == SIMD4(255, 0, 0, 255))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a file that others include is a tab, whose text in hand is what they see")
    func included() throws {
        defer { home.remove() }
        try home.write("a/tint.glsl", "vec3 tint() { return vec3(1, 0, 0); }\n")
        try home.write(
            "a/a.frag",
            "#include \"tint.glsl\"\n#include \"new.glsl\"\nvoid mainImage(out vec4 c, vec2 p) { c = vec4(tint() + more, 1); }\n"
        )
        let done = try home.play(
            """
            wait error
            stage new.glsl
            type "const vec3 more = vec3(0, 1, 0);"
            wait good
            screenshot yellow.png
            stage tint.glsl
            goto 1:31
            type "x"
            wait error
            status
            undo
            wait good
            save
            """, sketch: home.path("a"))
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Pixels(pngFile: home.path("yellow.png"))[9, 9] == SIMD4(255, 255, 0, 255))
        let status = try StatusLine(#require(done.lines.first { $0.hasPrefix("{") }))
        #expect(status.errors.first?.file == "tint.glsl" && status.errors.first?.line == 1)
        #expect(try home.read("a/new.glsl").contains("const vec3 more"))
    }
}
