import Foundation
import Render
import Testing

/// The program in a headset that is not there, with a sketch, as tests move it and look into it.
struct WornHeadset {
    let home: Home
    let running: PhosphorProcess
    /// The size of an eye's picture.
    static let eye = (width: 480, height: 540)

    init(_ text: String, window: String = "320x180") throws {
        home = try Home()
        let sketch = try home.write("a.frag", text)
        running = try home.launch(
            sketch, size: window,
            environment: ["PHOSPHOR_HEADSET": "simulated:\(Self.eye.width)x\(Self.eye.height)@30"])
        try home.send("headset on")
        // What is said at first stands in the headset, too, until it has been read.
        try home.waitUntil { $0.headset.phase == "focused" && $0.notice == nil }
    }

    /// Ends it; for the end of a test.
    func end() {
        running.kill()
        home.remove()
    }

    /// Does what lines of the command language say, one after the other.
    func play(_ lines: String) throws {
        for line in lines.split(separator: "\n") { try home.send(String(line)) }
    }

    /// The middle of what the left eye sees straight ahead.
    static let ahead = (x: 270, y: 255)
}

extension Pixels {
    /// Places of pixels that `isWanted`, as shares of the picture from its upper left.
    func places(_ isWanted: (SIMD4<UInt8>) -> Bool) -> [SIMD2<Double>] {
        (0..<width * height).compactMap { index in
            let (x, y) = (index % width, index / width)
            guard isWanted(self[x, y]) else { return nil }
            return SIMD2((Double(x) + 0.5) / Double(width), (Double(y) + 0.5) / Double(height))
        }
    }

    /// Places of pixels that differ clearly from those of another picture.
    func changes(from other: Pixels) -> [SIMD2<Double>] {
        (0..<width * height).compactMap { index in
            let (x, y) = (index % width, index / width)
            let (a, b) = (self[x, y], other[x, y])
            let most = (0..<3).map { abs(Int(a[$0]) - Int(b[$0])) }.max() ?? 0
            guard most > 40 else { return nil }
            return SIMD2((Double(x) + 0.5) / Double(width), (Double(y) + 0.5) / Double(height))
        }
    }
}

extension [SIMD2<Double>] {
    /// Their middle.
    var middle: SIMD2<Double> { isEmpty ? SIMD2() : reduce(.zero, +) / Double(count) }
    /// How far the farthest of them is from there, along an axis.
    var spread: Double {
        map {
            let way = $0 - middle; return Swift.max(abs(way.x), abs(way.y))
        }.max() ?? 0
    }
}
