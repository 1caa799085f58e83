import CEpoxy
public import TextGrid

/// A part of a surface, in pixels from its upper left.
public struct PixelArea: Sendable, Equatable {
    /// From the left.
    public var columns: Range<Int>
    /// From the top.
    public var rows: Range<Int>

    /// The pixels that are in both.
    public init(columns: Range<Int>, rows: Range<Int>) {
        (self.columns, self.rows) = (columns, rows)
    }

    /// Limits drawing and clearing to it (`glScissor`), on a surface of a height.
    public func scissor(height: Int) {
        glScissor(
            GLint(columns.lowerBound), GLint(height - rows.upperBound), GLsizei(columns.count),
            GLsizei(rows.count))
    }
}

extension PanelLayout {
    /// The pixels of some cells, with what may reach beyond them; at the ends, the panel's edge.
    public func pixels(of cells: Grid.Area) -> PixelArea {
        let origin = contentOrigin
        return PixelArea(
            columns: Self.pixels(
                cells.columns, of: columns, from: origin.x, each: metrics.cellWidth,
                spare: metrics.cellWidth, edges: x..<x + width),
            rows: Self.pixels(
                cells.rows, of: rows, from: origin.y, each: metrics.lineHeight,
                spare: metrics.lineHeight / 3, edges: y..<y + height))
    }

    private static func pixels(
        _ cells: Range<Int>, of count: Int, from origin: Int, each size: Int, spare: Int,
        edges: Range<Int>
    ) -> Range<Int> {
        if cells.isEmpty { return edges.lowerBound..<edges.lowerBound }
        let first =
            cells.lowerBound == 0 ? edges.lowerBound : origin + cells.lowerBound * size - spare
        let last =
            cells.upperBound >= count ? edges.upperBound : origin + cells.upperBound * size + spare
        return (first..<last).clamped(to: edges)
    }
}
