/// The box-drawing characters (U+2500 to U+257F), drawn as rectangles that meet from cell to cell.
///
/// Each is four arms from the middle to the sides, in a weight each. A font draws them to its own
/// line height, which is not ours, so frames made of them would have gaps.
enum BoxDrawing {
    private static let (none, light, heavy, double) = (0, 1, 2, 3)

    /// Left, up, right, down of each character in the order of the code points, after its name in
    /// Unicode.
    ///
    /// 0 none, 1 light, 2 heavy, 3 double. Arcs and diagonals are drawn by a rule of their own.
    private static let arms: [UInt8] = Array(
        """
        1010 2020 0101 0202 1010 2020 0101 0202 1010 2020 0101 0202 0011 0021 0012 0022
        1001 2001 1002 2002 0110 0120 0210 0220 1100 2100 1200 2200 0111 0121 0211 0112
        0212 0221 0122 0222 1101 2101 1201 1102 1202 2201 2102 2202 1011 2011 1021 2021
        1012 2012 1022 2022 1110 2110 1120 2120 1210 2210 1220 2220 1111 2111 1121 2121
        1211 1112 1212 2211 1221 2112 1122 2221 2122 2212 1222 2222 1010 2020 0101 0202
        3030 0303 0031 0013 0033 3001 1003 3003 0130 0310 0330 3100 1300 3300 0131 0313
        0333 3101 1303 3303 3031 1013 3033 3130 1310 3330 3131 1313 3333 0000 0000 0000
        0000 0000 0000 0000 1000 0100 0010 0001 2000 0200 0020 0002 1020 0102 2010 0201
        """.utf8.filter { $0 >= 0x30 })

    /// The character's bitmap, or nil for one that is not drawn here.
    static func draw(_ scalar: Unicode.Scalar, _ metrics: CellMetrics) -> GlyphBitmap? {
        guard (0x2500...0x257F).contains(scalar.value) else { return nil }
        var canvas = GlyphBitmap(width: metrics.cellWidth, height: metrics.lineHeight)
        let index = Int(scalar.value) - 0x2500
        switch scalar.value {
        case 0x256D...0x2570: arc(index - 0x6D, &canvas, Double(metrics.lineThickness))
        case 0x2571...0x2573: diagonals(index - 0x71, &canvas, Double(metrics.lineThickness))
        default:
            let weights = arms[(index * 4)..<(index * 4 + 4)].map { Int($0) - 0x30 }
            let pen = Pen(thickness: metrics.lineThickness, weights: weights)
            pen.drawHorizontal(&canvas)
            pen.drawVertical(&canvas)
            if let dashes = dashes(scalar.value) {
                cut(&canvas, dashes, horizontal: weights[0] != none)
            }
        }
        return canvas
    }

    /// How many strokes a dashed line has in a cell.
    private static func dashes(_ code: UInt32) -> Int? {
        switch code {
        case 0x2504...0x2507: 3
        case 0x2508...0x250B: 4
        case 0x254C...0x254F: 2
        default: nil
        }
    }

    private static func cut(_ canvas: inout GlyphBitmap, _ count: Int, horizontal: Bool) {
        let length = horizontal ? canvas.width : canvas.height
        let gap = max(1, length / (count * 3))
        for index in 1...count {
            let end = length * index / count
            if horizontal {
                canvas.fill(x: end - gap, y: 0, width: gap, height: canvas.height, value: 0)
            } else {
                canvas.fill(x: 0, y: end - gap, width: canvas.width, height: gap, value: 0)
            }
        }
    }

    /// A quarter circle between two sides; 0 right and down, 1 left and down, 2 left and up, 3
    /// right and up.
    private static func arc(_ index: Int, _ canvas: inout GlyphBitmap, _ thickness: Double) {
        let (width, height) = (Double(canvas.width), Double(canvas.height))
        // The line's middle, as the straight pieces have it in whole pixels.
        let x = ((width - thickness) / 2).rounded(.down) + thickness / 2
        let y = ((height - thickness) / 2).rounded(.down) + thickness / 2
        let toRight = index == 0 || index == 3
        let toBottom = index < 2
        let radius = min(toRight ? width - x : x, toBottom ? height - y : y)
        let (cx, cy) = (x + (toRight ? radius : -radius), y + (toBottom ? radius : -radius))
        canvas.shade { px, py in
            let (dx, dy) = (px - cx, py - cy)
            let isPastX = toRight ? dx > 0 : dx < 0
            let isPastY = toBottom ? dy > 0 : dy < 0
            let distance =
                switch (isPastX, isPastY) {
                case (false, false): abs((dx * dx + dy * dy).squareRoot() - radius)
                case (true, false): abs(py - y)
                case (false, true): abs(px - x)
                case (true, true): thickness * 2
                }
            return thickness / 2 - distance + 0.5
        }
    }

    /// 0 rising, 1 falling, 2 both.
    private static func diagonals(_ index: Int, _ canvas: inout GlyphBitmap, _ thickness: Double) {
        let (width, height) = (Double(canvas.width), Double(canvas.height))
        let length = (width * width + height * height).squareRoot()
        canvas.shade { x, y in
            let rising = abs(height * x + width * y - width * height) / length
            let falling = abs(height * x - width * y) / length
            let distance = index == 0 ? rising : index == 1 ? falling : min(rising, falling)
            return thickness / 2 - distance + 0.5
        }
    }
}

/// Draws the arms of one box character; turned by 90 degrees, the same rule draws the upright ones.
private struct Pen {
    let thickness: Int
    let weights: [Int]

    func drawHorizontal(_ canvas: inout GlyphBitmap) {
        for (start, length, top, height) in strokes(
            before: weights[0], after: weights[2], sides: (weights[1], weights[3]),
            along: canvas.width, across: canvas.height)
        {
            canvas.fill(x: start, y: top, width: length, height: height)
        }
    }

    func drawVertical(_ canvas: inout GlyphBitmap) {
        for (start, length, left, width) in strokes(
            before: weights[1], after: weights[3], sides: (weights[0], weights[2]),
            along: canvas.height, across: canvas.width)
        {
            canvas.fill(x: left, y: start, width: width, height: length)
        }
    }

    private func width(_ weight: Int) -> Int {
        weight == 0 ? 0 : weight == 2 ? 2 * thickness : thickness
    }

    /// The strokes of two opposite arms as (start, length) along them and (start, size) across.
    private func strokes(
        before: Int, after: Int, sides: (Int, Int), along: Int, across: Int
    ) -> [(Int, Int, Int, Int)] {
        var result: [(Int, Int, Int, Int)] = []
        for (weight, other, isAfter) in [(before, after, false), (after, before, true)]
        where weight > 0 {
            let lanes = weight == 3 ? [-1, 1] : [0]
            for lane in lanes {
                let size = width(weight)
                let place = (across - size) / 2 + lane * thickness
                let reach = reach(weight, other, sides, lane, along, isAfter)
                result.append(
                    isAfter ? (along - reach, reach, place, size) : (0, reach, place, size))
            }
        }
        return result
    }

    /// How far an arm reaches from its side of the cell, across the middle, so that corners are
    /// closed and the inside of a double line stays open.
    private func reach(
        _ weight: Int, _ other: Int, _ sides: (Int, Int), _ lane: Int, _ along: Int, _ isAfter: Bool
    ) -> Int {
        let single = max(sides.0 == 3 ? 0 : width(sides.0), sides.1 == 3 ? 0 : width(sides.1))
        // The two edges of the crossing line nearest to this arm's side and farthest from it.
        func edge(_ offset: Int, _ size: Int) -> Int {
            let start = (along - size) / 2 + (isAfter ? -offset : offset)
            return isAfter ? along - start : start + size
        }
        let near = edge(-thickness, thickness)
        let far = edge(thickness, thickness)
        let middle = edge(
            0, max(single, other == 0 && single == 0 ? 0 : width(weight == 3 ? 1 : weight)))
        guard sides.0 == 3 || sides.1 == 3 else { return single > 0 ? edge(0, single) : middle }
        if weight == 3 {
            // A lane stops at the near line on a side with an arm, and closes the corner on a side
            // without.
            let hasArm = lane < 0 ? sides.0 == 3 : sides.1 == 3
            return hasArm ? near : (other == 3 ? middle : far)
        }
        if other > 0 { return middle }
        return sides.0 == 3 && sides.1 == 3 ? near : far
    }
}
