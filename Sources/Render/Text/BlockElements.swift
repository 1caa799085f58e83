/// The block elements (U+2580 to U+259F), and a few shapes of the status line, drawn to whole
/// pixels.
///
/// A font draws them to its own line height, and hinting moves their edges: bars made of them would
/// show seams.
enum BlockElements {
    /// The character's bitmap, or nil for one that is not drawn here.
    static func draw(_ scalar: Unicode.Scalar, _ metrics: CellMetrics) -> GlyphBitmap? {
        let (width, height) = (metrics.cellWidth, metrics.lineHeight)
        var canvas = GlyphBitmap(width: width, height: height)
        func eighths(_ whole: Int, _ count: Int) -> Int { max(1, (whole * count + 4) / 8) }
        switch scalar.value {
        case 0x2580: canvas.fill(x: 0, y: 0, width: width, height: eighths(height, 4))
        case 0x2581...0x2588:
            let part = eighths(height, Int(scalar.value) - 0x2580)
            canvas.fill(x: 0, y: height - part, width: width, height: part)
        case 0x2589...0x258F:
            let part = eighths(width, 0x2590 - Int(scalar.value))
            canvas.fill(x: 0, y: 0, width: part, height: height)
        case 0x2590:
            let part = eighths(width, 4)
            canvas.fill(x: part, y: 0, width: width - part, height: height)
        case 0x2591...0x2593:
            canvas.fill(
                x: 0, y: 0, width: width, height: height,
                value: UInt8(64 * (Int(scalar.value) - 0x2590) - 1))
        case 0x2594: canvas.fill(x: 0, y: 0, width: width, height: eighths(height, 1))
        case 0x2595:
            let part = eighths(width, 1)
            canvas.fill(x: width - part, y: 0, width: part, height: height)
        case 0x2596...0x259F: quadrants(Int(scalar.value) - 0x2596, &canvas)
        case 0x25CF: disc(&canvas, metrics)
        default: return nil
        }
        return canvas
    }

    /// Quadrants: bits for upper left, upper right, lower left, lower right, in the order of the
    /// code points.
    private static let quadrantBits: [UInt8] = [
        0b0010, 0b0001, 0b1000, 0b1011, 0b1001, 0b1110, 0b1101, 0b0100, 0b0110, 0b0111,
    ]

    private static func quadrants(_ index: Int, _ canvas: inout GlyphBitmap) {
        let bits = quadrantBits[index]
        let (x, y) = ((canvas.width + 1) / 2, (canvas.height + 1) / 2)
        if bits & 0b1000 != 0 { canvas.fill(x: 0, y: 0, width: x, height: y) }
        if bits & 0b0100 != 0 { canvas.fill(x: x, y: 0, width: x, height: y) }
        if bits & 0b0010 != 0 { canvas.fill(x: 0, y: y, width: x, height: y) }
        if bits & 0b0001 != 0 { canvas.fill(x: x, y: y, width: x, height: y) }
    }

    /// The verdict's dot: round at every size, centred on the height of small letters.
    private static func disc(_ canvas: inout GlyphBitmap, _ metrics: CellMetrics) {
        let radius = Double(metrics.pixelSize) * 0.26
        let (x, y) = (Double(metrics.cellWidth) / 2, middle(metrics))
        canvas.shade { px, py in
            radius - (((px - x) * (px - x) + (py - y) * (py - y)).squareRoot()) + 0.5
        }
    }

    /// The middle of small letters, from the row's top.
    private static func middle(_ metrics: CellMetrics) -> Double {
        Double(metrics.baseline) - (0.30 * Double(metrics.pixelSize)).rounded()
    }
}
