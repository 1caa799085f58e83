import Foundation
import Render
import Testing

/// What ships, as `render` draws it, against pictures that were looked at.
///
/// `PHOSPHOR_UPDATE_GOLDEN=1` makes them anew.
@Suite(.serialized) struct SketchPictureTests {
    struct Case: CustomTestStringConvertible {
        var sketch: String
        /// The first frame's time, in seconds.
        var start = 0.0
        /// How many frames are drawn, of which the last is compared: sketches that keep something need some.
        var frames = 1
        var name: String { String(sketch.prefix { $0 != "." }) }
        var testDescription: String { sketch }
    }

    static let cases = [
        Case(sketch: "aurora.frag", start: 20), Case(sketch: "coral.fs", frames: 28),
        Case(sketch: "corridor.frag", start: 8, frames: 3), Case(sketch: "drift", frames: 30),
        Case(sketch: "dunes.frag", start: 8), Case(sketch: "embers.frag", start: 8, frames: 20),
        Case(sketch: "ferro", start: 3), Case(sketch: "flock", start: 6),
        Case(sketch: "ink.frag", frames: 60), Case(sketch: "lanterns", start: 3),
        Case(sketch: "pendulum.frag", start: 40, frames: 60), Case(sketch: "ripple", start: 6),
        Case(sketch: "rings.frag", start: 3), Case(sketch: "shell", start: 1),
        Case(sketch: "silk.frag", start: 8), Case(sketch: "sparks", frames: 30),
        Case(sketch: "waves", start: 3), Case(sketch: "wreath", frames: 150),
    ]

    @Test(arguments: cases) func looksAsItDid(example: Case) throws {
        let home = try Home()
        defer { home.remove() }
        let done = try home.phosphor(
            "render", "\(Home.package.path)/shaders/\(example.sketch)", "--out",
            home.path("%d.png"), "--size", "160x90", "--start", "\(example.start)", "--frames",
            "\(example.frames)")
        try #require(done.status == 0, "\(done.errors)")
        let picture = try Pixels(pngFile: home.path("\(example.frames - 1).png"))

        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let path = source.appending(path: "Golden/\(example.name).png").path
        if ProcessInfo.processInfo.environment["PHOSPHOR_UPDATE_GOLDEN"] == "1" {
            try picture.writePNG(to: path)
            return
        }
        let difference = try #require(
            picture.difference(from: try Pixels(pngFile: path), tolerance: 48))
        // Drivers round a little differently, and what is fed back adds that up; another picture is far more.
        #expect(
            difference.mean < 3 && difference.share < 0.03, "\(example.sketch): \(difference)")
    }
}
