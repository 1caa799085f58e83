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

    /// The first word that has these letters, as an eye sees it.
    ///
    /// - Parameter panel: where to look, since all that an eye sees is much to read; nil for everywhere.
    func find(_ letters: String, eye: Int, in panel: PanelView? = nil) throws -> TextReader.Word? {
        var (picture, corner) = (screen.eye(eye), SIMD2<Float>())
        if let panel {
            let corners = [(0, 0), (1, 0), (0, 1), (1, 1)].map { x, y in
                HeadsetEye(eye, head: remote.head, screen: screen).place(
                    of: panel.place(x * panel.size.x, y * panel.size.y))
            }
            let low = corners.reduce(corners[0]) { pointwiseMin($0, $1) } - em
            let high = corners.reduce(corners[0]) { pointwiseMax($0, $1) } + em
            corner = SIMD2(low.x.rounded(.down), low.y.rounded(.down))
            picture = picture.part(
                x: Int(corner.x), y: Int(corner.y), width: Int(high.x - low.x),
                height: Int(high.y - low.y))
        }
        var word = try TextReader.words(picture, em: em).first { $0.text.contains(letters) }
        word?.middle += corner
        return word
    }

    /// What both eyes read of the editor's panel: its lines, set straight, first as the left one sees them.
    ///
    /// - Parameter pixels: how large an em is held before the reader.
    func lines(_ panel: PanelView, pixels: Float = 30) throws -> [String] {
        let away = panel.pose.position - remote.head.position
        let metres = text / 1000 * (away * away).sum().squareRoot()
        return try (0...1).flatMap { index in
            let eye = HeadsetEye(index, head: remote.head, screen: screen)
            return try TextReader.lines(
                panel.look(screen.eye(index), eye: eye, metres: metres, em: pixels))
        }
    }

    /// Waits until a word can be read with both eyes, and tells where in the room its letters stand.
    func place(
        _ letters: String, in panel: PanelView? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> (middle: SIMD3<Float>, left: TextReader.Word) {
        var found: (left: TextReader.Word, right: TextReader.Word)?
        try screen.wait(for: "the word '\(letters)' to both eyes", location) { _ in
            guard let left = try find(letters, eye: 0, in: panel),
                let right = try find(letters, eye: 1, in: panel)
            else { return false }
            found = (left, right)
            return true
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
