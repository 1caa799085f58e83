import Glibc

@testable import Guest

/// Eyes for the tests: where they are, where they look, and where a point must land in their pictures.
struct Eye {
    var position: SIMD3<Double>
    /// To the left, in radians.
    var yaw = 0.0
    /// Tangents of what it sees: left and down negative.
    var left = -1.0
    var right = 1.0
    var up = 0.9
    var down = -0.9
    var index = 0

    /// Both eyes of a head, 63 mm apart; each sees more on its own side.
    static func pair(at head: SIMD3<Double> = SIMD3(0, 1.6, 0), yaw: Double = 0) -> [Eye] {
        (0..<2).map { index in
            let side = index == 0 ? -0.0315 : 0.0315
            let (left, right) = index == 0 ? (-1.1, 0.9) : (-0.9, 1.1)
            return Eye(
                position: head + SIMD3(side * cos(yaw), 0, -side * sin(yaw)), yaw: yaw, left: left,
                right: right, index: index)
        }
    }

    /// A point of the world as the eye has it: x right, y up, z towards it.
    private func local(_ point: SIMD3<Double>) -> SIMD3<Double> {
        let p = point - position
        return SIMD3(p.x * cos(yaw) - p.z * sin(yaw), p.y, p.x * sin(yaw) + p.z * cos(yaw))
    }

    /// Where a point lands in a picture of this size, in pixels from the bottom left.
    func pixel(of point: SIMD3<Double>, width: Int, height: Int) -> SIMD2<Double> {
        let p = local(point)
        return SIMD2(
            (p.x / -p.z - left) / (right - left) * Double(width),
            (p.y / -p.z - down) / (up - down) * Double(height))
    }

    /// As a request has it; `scale` makes the viewer larger by making all that they see smaller.
    var state: ViewState {
        let (near, far, w, h) = (0.05, 100.0, right - left, up - down)
        let projection: [Double] = [
            2 / w, 0, 0, 0, 0, 2 / h, 0, 0, (right + left) / w, (up + down) / h,
            -(far + near) / (far - near), -1, 0, 0, -2 * far * near / (far - near), 0,
        ]
        let (c, s) = (cos(yaw), sin(yaw))
        let move = -local(SIMD3(0, 0, 0))
        let view: [Double] = [
            c, 0, s, 0, 0, 1, 0, 0, -s, 0, c, 0, -move.x, -move.y, -move.z, 1,
        ]
        return ViewState(
            projection: SIMD16(projection.map(Float.init)), view: SIMD16(view.map(Float.init)),
            eye: index)
    }
}

/// A picture's bytes, rows from the bottom.
struct Image {
    let width: Int
    let height: Int
    let bytes: [UInt8]

    func pixel(_ x: Int, _ y: Int) -> [Int] {
        (0..<3).map { Int(bytes[(y * width + x) * 4 + $0]) }
    }

    /// The part that an eye sees.
    func half(_ eye: Int) -> Image {
        let half = width / 2
        var part: [UInt8] = []
        for y in 0..<height {
            let start = (y * width + eye * half) * 4
            part += bytes[start..<start + half * 4]
        }
        return Image(width: half, height: height, bytes: part)
    }

    /// The middle of all pixels that are brighter than half in green, and how many they are.
    var spot: (place: SIMD2<Double>, area: Int) {
        var (sum, count) = (SIMD2<Double>(), 0)
        for y in 0..<height {
            for x in 0..<width where bytes[(y * width + x) * 4 + 1] > 127 {
                sum += SIMD2(Double(x) + 0.5, Double(y) + 0.5)
                count += 1
            }
        }
        return (count > 0 ? sum / Double(count) : SIMD2(-1, -1), count)
    }
}
