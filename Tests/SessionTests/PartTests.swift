import Foundation
import Render
import Testing

/// Two stages in one file: a square whose colour the vertex stage says.
let twoStages = """
    #version 450
    const float full = 1.0;
    #pragma stage vert
    out vec3 tint;
    void main() {
        tint = vec3(0.0, full, 0.0);
        gl_Position = vec4(gl_VertexID == 1 ? 3 : -1, gl_VertexID == 2 ? 3 : -1, 0, 1);
    }
    #pragma stage frag
    in vec3 tint;
    out vec4 color;
    void main() { color = vec4(tint, full); }

    """

/// Sketches of several texts: stages in one file, passes in a folder.
@Suite(.serialized) struct PartTests {
    let home: Home
    init() throws { home = try Home() }

    private func color(_ name: String) throws -> SIMD4<UInt8> {
        try Pixels(pngFile: home.path(name))[160, 90]
    }

    @Test("two stages in one file: the picture, an error on its line, and the mended picture")
    func stagesInOneFile() throws {
        defer { home.remove() }
        let sketch = try home.write("a.glsl", twoStages)
        let done = try home.play(
            """
            wait good
            screenshot green.png
            editor on
            goto 6:1
            type "oops"
            wait error
            status
            goto 1:1
            error next
            type "/*here*/"
            text
            editor off
            screenshot still.png
            undo
            undo
            wait good
            goto 6:17
            edit delete forward
            type "1"
            wait good
            screenshot yellow.png
            goto 3:19
            type "y"
            wait error
            status
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try color("green.png") == SIMD4(0, 255, 0, 255))
        #expect(try color("still.png") == SIMD4(0, 255, 0, 255), "the last good picture stays on")
        #expect(try color("yellow.png") == SIMD4(255, 255, 0, 255))
        let statuses = try done.lines.filter { $0.hasPrefix("{") }.map(StatusLine.init)
        let broken = try #require(statuses.first?.errors.first)
        #expect(broken.stage == "vert" && broken.file == "a.glsl" && broken.line == 6)
        #expect(statuses.first?.stage == "frag", "the file has one tab")
        #expect(done.output.contains("/*here*/tint"), "the next error is in the one text")
        let name = try #require(statuses.last?.errors.first)
        #expect(name.line == 3 && name.message.contains("there is no stage 'verty'"))
    }

    @Test("a folder of passes: a tab each, errors on the right one, one undo, all files saved")
    func passes() throws {
        defer { home.remove() }
        try home.write(
            "toy/image.frag",
            "void mainImage(out vec4 c, vec2 p) { c = texelFetch(iChannel0, ivec2(p), 0) * half_; }\n"
        )
        try home.write(
            "toy/bufferA.frag",
            "void mainImage(out vec4 c, vec2 p) {\n    c = vec4(half_, 0.0, 0.0, 1.0);\n}\n")
        try home.write("toy/common.glsl", "const float half_ = 1.0;\n")
        let done = try home.play(
            """
            wait good
            screenshot red.png
            stage "Buffer A"
            text
            goto 2:21
            edit delete forward
            type "1"
            wait good
            screenshot orange.png
            goto 2:5
            type "x"
            wait error
            status
            stage frag
            error next
            status
            undo
            wait good
            stage common
            goto 1:1
            type "// shared\\n"
            wait good
            save
            status
            """, sketch: home.path("toy"))
        #expect(done.status == 0, "\(done.errors)")
        #expect(try color("red.png") == SIMD4(255, 0, 0, 255))
        #expect(try color("orange.png") == SIMD4(255, 255, 0, 255))
        #expect(done.output.contains("c = vec4(half_"))
        let statuses = try done.lines.filter { $0.hasPrefix("{") }.map(StatusLine.init)
        try #require(statuses.count == 3)
        #expect(statuses[0].errors.first?.file == "bufferA.frag")
        #expect(statuses[0].errors.first?.line == 2)
        #expect(statuses[1].stage == "bufferA.frag", "the next error is in the other tab")
        #expect(!statuses[2].modified && statuses[2].verdict == "good")
        #expect(try home.read("toy/bufferA.frag").contains("half_, 1.0, 0.0"))
        #expect(try home.read("toy/common.glsl").hasPrefix("// shared\n"))
        #expect(try home.read("toy/image.frag").contains("half_"))
    }

    @Test(
        "buffers and the common text are added as a stage is, and come back from disk and journal")
    func addedParts() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let toy = "void mainImage(out vec4 c, vec2 p) { c = vec4(blue); }"
        let picture =
            "void mainImage(out vec4 c, vec2 p) { c = texelFetch(iChannel0, ivec2(p), 0); }"
        try home.write("picture.txt", picture)
        let done = try home.play(
            """
            wait good
            stage common
            paste "const vec4 blue = vec4(0, 0, 1, 1);\\n"
            stage bufferA
            paste "\(toy)"
            stage frag
            replace picture.txt
            wait good
            screenshot blue.png
            save
            stage bufferB
            paste "// nothing yet"
            wait good
            status
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try color("blue.png") == SIMD4(0, 0, 255, 255))
        #expect(try home.read("a/bufferA.frag") == toy)
        #expect(try home.read("a/common.glsl").hasPrefix("const vec4 blue"))
        #expect(try home.read("a/a.frag") == picture)
        #expect(try home.read("a.frag") == red, "the file that it was is as it was")
        let status = try StatusLine(#require(done.lines.last))
        #expect(status.modified && status.stage == "bufferB.frag")
        // The journal has the new buffer, which no file has.
        let again = try home.play(
            """
            wait good
            screenshot again.png
            stage bufferB
            text
            undo
            status
            stage bufferA
            undo
            text
            redo
            text
            """, sketch: home.path("a"))
        #expect(again.status == 0, "\(again.errors)")
        #expect(try color("again.png") == SIMD4(0, 0, 255, 255))
        #expect(again.output.contains("// nothing yet"))
        #expect(again.output.contains(toy))
        let undone = try StatusLine(#require(again.lines.first { $0.hasPrefix("{") }))
        #expect(!undone.modified)
    }

    @Test("a link error names both stages, and stands on the tab of the one that it is about")
    func linkError() throws {
        defer { home.remove() }
        try home.write(
            "a/a.vert",
            "#version 450\nout vec2 uv;\nvoid main() { uv = vec2(0); gl_Position = vec4(0); }\n")
        try home.write(
            "a/a.frag",
            "#version 450\nin vec3 uv;\nout vec4 c;\nvoid main() { c = vec4(uv, 1.0); }\n")
        let done = try home.play(
            "wait error\nstatus\neditor on\nerror next\nstatus\n", sketch: home.path("a"))
        #expect(done.status == 0, "\(done.errors)")
        let statuses = try done.lines.filter { $0.hasPrefix("{") }.map(StatusLine.init)
        let error = try #require(statuses.first?.errors.first)
        #expect(error.message.contains("vertex") && error.message.contains("fragment"))
        #expect(error.line == 2)
        #expect(statuses.last?.stage == error.stage)
    }

    @Test("two texts for one part in a folder are refused, with what to do")
    func twice() throws {
        defer { home.remove() }
        try home.write("two/a.frag", red)
        try home.write("two/b.frag", red)
        let refused = try home.phosphor("run", "--headless", "two")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("a.frag and b.frag"), "\(refused.errors)")
        #expect(refused.errors.contains("image.frag"))
    }
}
