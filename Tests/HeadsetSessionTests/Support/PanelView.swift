import Foundation
import Headset
import Render

/// The editor's panel as it stands in the room, and what an eye sees of it, set straight.
///
/// Seen from the side, lines of text run at angles of their own; a person reads them all the same, tesseract does not. So
/// each place of the panel is looked up where the eye sees it: that adds nothing that is not in the picture.
struct PanelView {
    let pose: Pose
    /// Width and height in metres.
    let size: SIMD2<Float>

    /// Takes what `status` tells of a panel: place, turn to the left and up in degrees, width, height.
    init?(_ figures: [Float]) {
        guard figures.count == 7, figures[5] > 0, figures[6] > 0 else { return nil }
        pose = Pose(
            position: SIMD3(figures[0], figures[1], figures[2]),
            orientation: Quaternion(yaw: figures[3] * .pi / 180, pitch: figures[4] * .pi / 180))
        size = SIMD2(figures[5], figures[6])
    }

    /// Where a place on it is in the room, from its top left corner in metres.
    func place(_ x: Float, _ y: Float) -> SIMD3<Float> {
        pose.transform(SIMD3(x - size.x / 2, size.y / 2 - y, 0))
    }

    /// Its text as an eye sees it, dark on bright.
    ///
    /// - Parameters:
    ///   - metres: an em of its text.
    ///   - em: pixels that an em shall have.
    func look(_ picture: Pixels, eye: HeadsetEye, metres: Float, em: Float) -> GreyPicture {
        let scale = metres / em
        let source = GreyPicture(luma: picture)
        var result = GreyPicture(width: Int(size.x / scale), height: Int(size.y / scale))
        // As the eye sees the plane: its corner, and a pixel's step across and down. Numbers by themselves, and no calls,
        // since this runs a million times in a build that is not optimized.
        let corner = eye.pose.inverse.transform(place(scale / 2, scale / 2))
        let across = eye.pose.inverse.transform(place(scale * 1.5, scale / 2)) - corner
        let down = eye.pose.inverse.transform(place(scale / 2, scale * 1.5)) - corner
        let (ax, ay, az) = (across.x, across.y, across.z)
        let halfWidth = Float(eye.width) / 4
        let halfHeight = Float(eye.height) / 2
        let (factorX, factorY) = (
            halfWidth / HeadsetEye.tangents.x, halfHeight / HeadsetEye.tangents.y
        )
        let (width, height) = (result.width, result.height)
        source.values.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { target in
                var y = 0
                while y < height {
                    let row = corner + down * Float(y)
                    var (sx, sy, sz) = (row.x, row.y, row.z)
                    var x = 0
                    while x < width {
                        let left = halfWidth - sx / sz * factorX - 0.5
                        let top = halfHeight + sy / sz * factorY - 0.5
                        target[y * width + x] =
                            255 - GreyPicture.smooth(source, picture.width, left, top)
                        (sx, sy, sz) = (sx + ax, sy + ay, sz + az)
                        x += 1
                    }
                    y += 1
                }
            }
        }
        return result
    }
}

/// Brightness, 0 to 255, from the top left.
struct GreyPicture {
    let width: Int
    let height: Int
    var values: [Float]

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        values = [Float](repeating: 0, count: width * height)
    }

    /// How bright a picture is to the eye.
    init(luma picture: Pixels) {
        self.init(width: picture.width, height: picture.height)
        for index in values.indices {
            let (red, green) = (Float(picture.rgba[4 * index]), Float(picture.rgba[4 * index + 1]))
            values[index] = 0.299 * red + 0.587 * green + 0.114 * Float(picture.rgba[4 * index + 2])
        }
    }

    /// Between pixels, by Keys' cubic convolution (1981); black where the picture ends.
    static func smooth(
        _ values: UnsafeBufferPointer<Float>, _ width: Int, _ x: Float, _ y: Float
    ) -> Float {
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        let at = (Int(top) - 1) * width + Int(left) - 1
        guard left >= 1, Int(left) + 2 < width, at >= 0, at + 3 * width + 3 < values.count else {
            return 0
        }
        let (t, u) = (x - left, y - top)
        let t0 = ((-0.5 * t + 1) * t - 0.5) * t
        let t1 = (1.5 * t - 2.5) * t * t + 1
        let t2 = ((-1.5 * t + 2) * t + 0.5) * t
        let t3 = (0.5 * t - 0.5) * t * t
        func line(_ at: Int) -> Float {
            t0 * values[at] + t1 * values[at + 1] + t2 * values[at + 2] + t3 * values[at + 3]
        }
        var sum = (((-0.5 * u + 1) * u - 0.5) * u) * line(at)
        sum += ((1.5 * u - 2.5) * u * u + 1) * line(at + width)
        sum += (((-1.5 * u + 2) * u + 0.5) * u) * line(at + 2 * width)
        sum += ((0.5 * u - 0.5) * u * u) * line(at + 3 * width)
        return min(max(sum, 0), 255)
    }

    /// As a file that tesseract takes (PGM).
    var data: Data {
        Data("P5 \(width) \(height) 255\n".utf8) + values.map { UInt8($0.rounded()) }
    }
}
