/// A glyph's coverage, a byte a pixel, and where it lies in its cell.
struct GlyphBitmap {
    /// From the cell's left edge to the bitmap's; may be negative.
    var left = 0
    /// From the row's top down to the bitmap's; may be negative.
    var top = 0
    /// Width in pixels.
    var width = 0
    /// Height in pixels.
    var height = 0
    /// Rows from the top, 0 for outside to 255 for inside.
    var pixels: [UInt8] = []

    /// A bitmap with nothing in it.
    init() {}

    /// An empty canvas.
    init(left: Int = 0, top: Int = 0, width: Int, height: Int) {
        (self.left, self.top, self.width, self.height) = (left, top, max(0, width), max(0, height))
        pixels = Array(repeating: 0, count: self.width * self.height)
    }

    var isEmpty: Bool { width == 0 || height == 0 }

    /// Sets a rectangle of the canvas, clipped, in pixels of the bitmap.
    mutating func fill(x: Int, y: Int, width: Int, height: Int, value: UInt8 = 255) {
        let columns = max(0, x)..<max(0, x, min(self.width, x + width))
        for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
            for column in columns { pixels[row * self.width + column] = value }
        }
    }

    /// Raises each pixel to what `coverage`, from 0 to 1, gives for its centre.
    mutating func shade(_ coverage: (_ x: Double, _ y: Double) -> Double) {
        for row in 0..<height {
            for column in 0..<width {
                let value = min(max(coverage(Double(column) + 0.5, Double(row) + 0.5), 0), 1)
                let index = row * width + column
                pixels[index] = max(pixels[index], UInt8(value * 255 + 0.5))
            }
        }
    }

    /// Lays another bitmap over this one, growing it as needed: where both cover a pixel, the
    /// stronger stays.
    mutating func merge(_ other: GlyphBitmap) {
        if other.isEmpty { return }
        if isEmpty {
            self = other
            return
        }
        let (newLeft, newTop) = (min(left, other.left), min(top, other.top))
        var result = GlyphBitmap(
            left: newLeft, top: newTop,
            width: max(left + width, other.left + other.width) - newLeft,
            height: max(top + height, other.top + other.height) - newTop)
        for source in [self, other] {
            for row in 0..<source.height {
                let from = row * source.width
                let to = (source.top - newTop + row) * result.width + source.left - newLeft
                for column in 0..<source.width {
                    result.pixels[to + column] = max(
                        result.pixels[to + column], source.pixels[from + column])
                }
            }
        }
        self = result
    }

    /// The shape grown by `reach` pixels on every side, for the outline of what is drawn as
    /// rectangles.
    func grown(by reach: Int) -> GlyphBitmap {
        if isEmpty { return self }
        var wide = GlyphBitmap(
            left: left - reach, top: top, width: width + 2 * reach, height: height)
        for row in 0..<height {
            for column in 0..<width {
                let value = pixels[row * width + column]
                if value == 0 { continue }
                for near in column...(column + 2 * reach) {
                    let index = row * wide.width + near
                    wide.pixels[index] = max(wide.pixels[index], value)
                }
            }
        }
        var result = GlyphBitmap(
            left: wide.left, top: top - reach, width: wide.width, height: height + 2 * reach)
        for row in 0..<height {
            for column in 0..<wide.width {
                let value = wide.pixels[row * wide.width + column]
                if value == 0 { continue }
                for near in row...(row + 2 * reach) {
                    let index = near * result.width + column
                    result.pixels[index] = max(result.pixels[index], value)
                }
            }
        }
        return result
    }
}
