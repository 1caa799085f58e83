/// One rectangle of a panel as the vertex shader reads it: 16 bytes, whole pixels, relative to the
/// panel's corner.
struct Instance {
    var x: Int16
    var y: Int16
    var width: Int16
    var height: Int16
    /// Glyph: left edge in the atlas.
    ///
    /// Edge: what it is (see `EdgeKind`).
    var u: UInt16
    /// Glyph: top edge in the atlas, or `solid` for a rectangle without a glyph.
    var v: UInt16
    /// Bytes R, G, B, A, straight alpha.
    var color: UInt32

    /// Whether any of it lies in a part of the panel.
    func touches(_ area: PixelArea) -> Bool {
        Int(y) < area.rows.upperBound && Int(y) + Int(height) > area.rows.lowerBound
            && Int(x) < area.columns.upperBound && Int(x) + Int(width) > area.columns.lowerBound
    }

    /// Marks a rectangle among the glyphs: all its pixels read the atlas's full texel.
    static let solid: UInt16 = 0xFFFF
}

/// What the shader of a panel's edge does with a rectangle.
enum EdgeKind: UInt16 {
    /// Fills it inside the rounded corners.
    case fill = 0
    /// Draws the line along the inside of the edge.
    case hairline = 1
    /// Draws the soft shadow outside of the edge.
    case shadow = 2
}

/// A rectangle in pixels relative to the panel's corner, from `left` to before `right`.
struct PixelRect {
    var left, top, right, bottom: Int

    init(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int) {
        (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    var isEmpty: Bool { left >= right || top >= bottom }

    func clipped(to other: PixelRect) -> PixelRect {
        PixelRect(
            max(left, other.left), max(top, other.top), min(right, other.right),
            min(bottom, other.bottom))
    }

    /// What of it lies outside another one: up to four rectangles, above, below, left and right.
    func subtracting(_ hole: PixelRect) -> [PixelRect] {
        let inside = clipped(to: hole)
        if inside.isEmpty { return isEmpty ? [] : [self] }
        return [
            PixelRect(left, top, right, inside.top), PixelRect(left, inside.bottom, right, bottom),
            PixelRect(left, inside.top, inside.left, inside.bottom),
            PixelRect(inside.right, inside.top, right, inside.bottom),
        ].filter { !$0.isEmpty }
    }
}
