import Foundation
import Headset
import Render
import Testing

/// What somebody who wears the headset sees of text: words, and where they stand in the room.
struct Sight {
    let screen: HeadsetScreen
    let remote: RemoteHeadset
    /// The size of the text that is looked for, in dmm.
    var text: Float = 20

    /// Pixels of an em on the screen, straight ahead.
    var em: Float { text / 1000 * Float(screen.width) / 4 / HeadsetEye.tangents.x }

    /// The first place where these letters stand in a word, as an eye sees it, in all that it sees.
    func find(_ letters: String, eye index: Int) throws -> TextReader.Word? {
        try TextReader.words(screen.eye(index), em: em).lazy.compactMap { $0.part(letters) }.first
    }

    /// The same on a panel, which is set straight to be read.
    ///
    /// - Parameter pixels: how large an em is held before the reader.
    private func find(
        _ letters: String, eye index: Int, in panel: PanelView, pixels: Float
    ) throws -> TextReader.Word? {
        let eye = HeadsetEye(index, head: remote.head, screen: screen)
        let metres = metres(panel)
        let straight = panel.look(screen.eye(index), eye: eye, metres: metres, em: pixels)
        // A box higher than a line is one in which the reader took two of them together.
        let words = try TextReader.words(straight).filter { $0.size.y < 1.3 * pixels }
        guard var word = words.lazy.compactMap({ $0.part(letters) }).first else { return nil }
        // From where the letters stand in what was set straight to where the eye has them.
        func seen(_ place: SIMD2<Float>) -> SIMD2<Float> {
            let onPanel = place * metres / pixels
            return eye.place(of: panel.place(onPanel.x, onPanel.y))
        }
        let (corner, end) = (seen(word.middle - word.size / 2), seen(word.middle + word.size / 2))
        word.middle = seen(word.middle)
        word.size = end - corner
        return word
    }

    /// An em of a panel's text.
    private func metres(_ panel: PanelView) -> Float {
        let away = panel.pose.position - remote.head.position
        return text / 1000 * (away * away).sum().squareRoot()
    }

    /// What both eyes read of the editor's panel: its lines, set straight, first as the left one sees them.
    ///
    /// - Parameter pixels: how large an em is held before the reader.
    func lines(_ panel: PanelView, pixels: Float = 30) throws -> [String] {
        let metres = metres(panel)
        return try (0...1).flatMap { index in
            let eye = HeadsetEye(index, head: remote.head, screen: screen)
            return try TextReader.lines(
                panel.look(screen.eye(index), eye: eye, metres: metres, em: pixels))
        }
    }

    /// Waits until a word on a panel can be read with both eyes, and tells where in the room its letters stand.
    ///
    /// - Parameter letters: of one place in the text, between blanks: where they stand twice and a reader mistakes one,
    ///   each eye may find another.
    func place(
        _ letters: String, in panel: PanelView, _ location: SourceLocation = #_sourceLocation
    ) throws -> (middle: SIMD3<Float>, left: TextReader.Word) {
        var found: (left: TextReader.Word, right: TextReader.Word)?
        try screen.wait(for: "the word '\(letters)' to both eyes", location) { _ in
            // A reader who is in doubt goes nearer, with both eyes; what they find of different width is not the same.
            for pixels in [30, 24, 36] as [Float] {
                guard let left = try find(letters, eye: 0, in: panel, pixels: pixels),
                    let right = try find(letters, eye: 1, in: panel, pixels: pixels),
                    abs(left.size.x / right.size.x - 1) < 0.04
                else { continue }
                found = (left, right)
                return true
            }
            return false
        }
        let (left, right) = try #require(found)
        return (meeting(left.middle, right.middle), left)
    }

    /// Where the two eyes' looks at a pair of pixels come closest to each other.
    func meeting(_ left: SIMD2<Float>, _ right: SIMD2<Float>) -> SIMD3<Float> {
        let eyes = (0...1).map { HeadsetEye($0, head: remote.head, screen: screen) }
        let (p, q) = (eyes[0].pose.position, eyes[1].pose.position)
        let (a, b) = (eyes[0].direction(of: left), eyes[1].direction(of: right))
        let (aa, ab, bb) = ((a * a).sum(), (a * b).sum(), (b * b).sum())
        let between = q - p
        let (ap, bp) = ((a * between).sum(), (b * between).sum())
        let divisor = aa * bb - ab * ab
        let (s, t) = ((ap * bb - bp * ab) / divisor, (ap * ab - bp * aa) / divisor)
        return (p + s * a + q + t * b) / 2
    }
}
