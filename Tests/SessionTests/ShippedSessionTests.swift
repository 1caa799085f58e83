import Foundation
import Render
import Testing

/// The session that `scripts/run` plays where there is no display.
@Suite(.serialized) struct ShippedSessionTests {
    let home: Home
    init() throws { home = try Home() }

    @Test("first light plays to its end, and its pictures show what it says")
    func firstLight() throws {
        defer { home.remove() }
        let root = Home.package.path
        // The pauses are for those who read along.
        let session = try String(
            contentsOfFile: "\(root)/sessions/first-light.session", encoding: .utf8
        )
        .split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("sleep") }
        let done = try home.play(
            session.joined(separator: "\n"), sketch: "\(root)/shaders/welcome.frag", size: "640x360"
        )
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("shimmer"))
        func picture(_ name: String) throws -> Pixels { try Pixels(pngFile: home.path(name)) }
        let (welcome, editor) = try (picture("01-welcome.png"), picture("02-editor.png"))
        #expect(
            try #require(welcome.difference(from: editor)).share > 0.3,
            "the editor stands over the picture")
        let (broken, mended) = try (picture("03-broken.png"), picture("04-mended.png"))
        #expect(try #require(broken.difference(from: mended)).share > 0.01)
        #expect(try home.read("first-light.frag").contains("color.brg"))
    }
}
