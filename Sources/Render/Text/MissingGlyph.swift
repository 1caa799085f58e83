/// The box with its code point that stands for a character that no font has: seen, of the right
/// width, nameable.
enum MissingGlyph {
    /// Digits 0 to F, five rows of three pixels each, the highest bit first.
    private static let digits: [UInt16] = [
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
        0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_010_010_010,
        0b111_101_111_101_111, 0b111_101_111_001_111, 0b010_101_111_101_101, 0b110_101_110_101_110,
        0b011_100_100_100_011, 0b110_101_101_101_110, 0b111_100_110_100_111, 0b111_100_110_100_100,
    ]

    /// Draws a frame with the hexadecimal code point in it where there is room for it.
    static func draw(_ scalar: Unicode.Scalar, cells: Int, _ metrics: CellMetrics) -> GlyphBitmap {
        let ascent = metrics.pixelSize * 3 / 4
        let (width, height) = (
            max(3, cells * metrics.cellWidth - 2), max(5, ascent + metrics.pixelSize / 5)
        )
        var canvas = GlyphBitmap(
            left: 1, top: metrics.baseline - ascent, width: width, height: height)
        canvas.fill(x: 0, y: 0, width: width, height: height)
        canvas.fill(x: 1, y: 1, width: width - 2, height: height - 2, value: 0)
        var code = String(scalar.value, radix: 16)
        code = String(repeating: "0", count: max(0, 4 - code.count)) + code
        let values = code.compactMap(\.hexDigitValue)
        for perRow in [values.count, (values.count + 1) / 2, (values.count + 2) / 3] {
            let rows = (values.count + perRow - 1) / perRow
            let scale = min((width - 2) / (perRow * 4 - 1), (height - 2) / (rows * 6 - 1))
            guard scale >= 1 else { continue }
            let x = (width - (perRow * 4 - 1) * scale) / 2
            let y = (height - (rows * 6 - 1) * scale) / 2
            for (index, value) in values.enumerated() {
                stamp(
                    digits[value], x: x + index % perRow * 4 * scale,
                    y: y + index / perRow * 6 * scale, scale: scale, &canvas)
            }
            break
        }
        return canvas
    }

    private static func stamp(
        _ bits: UInt16, x: Int, y: Int, scale: Int, _ canvas: inout GlyphBitmap
    ) {
        for bit in 0..<15 where bits >> UInt16(14 - bit) & 1 == 1 {
            canvas.fill(
                x: x + bit % 3 * scale, y: y + bit / 3 * scale, width: scale, height: scale,
                value: 230)
        }
    }
}
