import Foundation
import Glibc
import Headset
import Render
import Testing

/// What the simulated headset shows, both eyes side by side: the memory of its X server's screen (`Xvfb -fbdir`), an
/// XWD file (X11/XWDFile.h).
final class HeadsetScreen {
    let width: Int
    let height: Int
    private let memory: UnsafeRawPointer
    private let length: Int
    private let start: Int
    private let stride: Int
    /// Where red, green and blue lie in a pixel's four bytes.
    private let order: (red: Int, green: Int, blue: Int)

    init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        try #require(descriptor >= 0, "\(path) cannot be read")
        defer { close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        length = Int(status.st_size)
        let mapped = mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0)
        memory = UnsafeRawPointer(try #require(mapped))
        // The header's numbers are big-endian: its size, …, width, height, …, byte order, …, bytes a row, …, colours.
        let bytes = memory
        func field(_ index: Int) -> Int {
            Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
        }
        (width, height, stride) = (field(4), field(5), field(12))
        start = field(0) + 12 * field(19)
        order = field(7) == 0 ? (2, 1, 0) : (1, 2, 3)
        try #require(start + stride * height <= length && field(11) == 32, "\(path) is no screen")
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: memory), length) }

    /// Red, green and blue of one pixel, counted from the top left.
    subscript(x: Int, y: Int) -> SIMD3<UInt8> {
        let at = start + y * stride + 4 * x
        return SIMD3(
            memory.load(fromByteOffset: at + order.red, as: UInt8.self),
            memory.load(fromByteOffset: at + order.green, as: UInt8.self),
            memory.load(fromByteOffset: at + order.blue, as: UInt8.self))
    }

    /// The whole screen now.
    var pixels: Pixels { pixels(x: 0, width: width) }

    /// What an eye sees now: 0 for the left one, 1 for the right.
    func eye(_ index: Int) -> Pixels { pixels(x: index * width / 2, width: width / 2) }

    private func pixels(x: Int, width: Int) -> Pixels {
        var result = Pixels(width: width, height: height)
        let (red, green, blue) = order
        result.rgba.withUnsafeMutableBytes { target in
            for row in 0..<height {
                var from = memory + start + row * stride + 4 * x
                var to = 4 * row * width
                for _ in 0..<width {
                    target[to] = from.load(fromByteOffset: red, as: UInt8.self)
                    target[to + 1] = from.load(fromByteOffset: green, as: UInt8.self)
                    target[to + 2] = from.load(fromByteOffset: blue, as: UInt8.self)
                    target[to + 3] = 255
                    from += 4
                    to += 4
                }
            }
        }
        return result
    }

    /// Waits until the screen is as it should be, as somebody who looks would; the X server tells nobody of its memory.
    ///
    /// After three minutes without, it is a failure, and the picture is kept where `PHOSPHOR_PICTURES` says.
    func wait(
        for what: String, _ location: SourceLocation = #_sourceLocation,
        until condition: (HeadsetScreen) throws -> Bool
    ) throws {
        let end = ContinuousClock.now + .seconds(180)
        while true {
            if try condition(self) { return }
            if ContinuousClock.now > end { break }
            usleep(15_000)
        }
        try keep("missing")
        Issue.record("the headset never showed \(what)", sourceLocation: location)
        throw RemoteHeadset.Failure(description: "the headset never showed \(what)")
    }

    /// Writes the picture to the folder that `PHOSPHOR_PICTURES` names, where it names one.
    func keep(_ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["PHOSPHOR_PICTURES"] else { return }
        try pixels.writePNG(to: "\(folder)/headset-\(name).png")
    }
}

/// Which pixel of the headset's screen shows what: an eye of Monado's remote headset, 85 degrees wide.
struct HeadsetEye {
    /// 0 for the left one, 1 for the right.
    var index: Int
    var head: Pose
    /// Of the whole screen.
    var width: Int
    var height: Int

    init(_ index: Int, head: Pose, screen: HeadsetScreen) {
        (self.index, self.head) = (index, head)
        (width, height) = (screen.width, screen.height)
    }

    /// Between the eyes, in metres.
    static let distance: Float = 0.063
    /// Of half the angles of view; its panel of 65 by 70 mm an eye makes it a little higher than wide.
    static let tangents = SIMD2<Float>(0.916_331, 0.916_331 * 70 / 65)

    var pose: Pose {
        let side: Float = index == 0 ? -0.5 : 0.5
        return head * Pose(position: SIMD3(side * Self.distance, 0, 0))
    }

    /// Where a point of the stage is seen, in pixels from the top left of this eye's half.
    func place(of point: SIMD3<Float>) -> SIMD2<Float> {
        let seen = pose.inverse.transform(point)
        let slope = SIMD2(seen.x, -seen.y) / -seen.z / Self.tangents
        return (slope + 1) / 2 * SIMD2(Float(width / 2), Float(height))
    }

    /// Which way a pixel of this eye's half looks, in the stage's space.
    func direction(of place: SIMD2<Float>) -> SIMD3<Float> {
        let slope = (place / SIMD2(Float(width / 2), Float(height)) * 2 - 1) * Self.tangents
        return pose.orientation.rotate(SIMD3(slope.x, -slope.y, -1))
    }
}

extension Pixels {
    /// The middle of all pixels of a kind, from the top left, and how many there are.
    func middle(where isMeant: (SIMD3<UInt8>) -> Bool) -> (place: SIMD2<Float>, count: Int) {
        var (sum, count) = (SIMD2<Float>(), 0)
        for y in 0..<height {
            for x in 0..<width {
                let at = 4 * (y * width + x)
                guard isMeant(SIMD3(rgba[at], rgba[at + 1], rgba[at + 2])) else { continue }
                sum += SIMD2(Float(x) + 0.5, Float(y) + 0.5)
                count += 1
            }
        }
        return (count == 0 ? .zero : sum / Float(count), count)
    }

    /// A part of it; what lies outside is transparent black.
    func part(x: Int, y: Int, width: Int, height: Int) -> Pixels {
        var result = Pixels(width: width, height: height)
        for row in 0..<height where y + row >= 0 && y + row < self.height {
            let from = max(0, -x)
            let to = min(width, self.width - x)
            guard from < to else { continue }
            let source = 4 * ((y + row) * self.width + x + from)
            let target = 4 * (row * width + from)
            result.rgba.replaceSubrange(
                target..<(target + 4 * (to - from)), with: rgba[source..<(source + 4 * (to - from))]
            )
        }
        return result
    }
}
