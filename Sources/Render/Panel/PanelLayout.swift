/// Where a panel and its cells lie on a surface, in whole pixels from the top left.
public struct PanelLayout: Hashable, Sendable {
    /// Left edge of the panel.
    public var x: Int
    /// Top edge of the panel.
    public var y: Int
    /// Cells in a row.
    public var columns: Int
    /// Rows.
    public var rows: Int
    /// One cell's size.
    public var metrics: CellMetrics

    /// Lays out a grid of this size with the panel's top left corner at (`x`, `y`).
    public init(x: Int, y: Int, columns: Int, rows: Int, metrics: CellMetrics) {
        (self.x, self.y, self.columns, self.rows) = (x, y, columns, rows)
        self.metrics = metrics
    }

    /// Room between the panel's edge and the cells, left and right of them, and above and below.
    public static func padding(_ metrics: CellMetrics) -> (horizontal: Int, vertical: Int) {
        (metrics.cellWidth, max(3, metrics.lineHeight / 5))
    }

    /// How many cells fit into a panel of a size in pixels, at least one each way.
    public static func cells(
        fitting size: (width: Int, height: Int), metrics: CellMetrics
    ) -> (columns: Int, rows: Int) {
        let padding = padding(metrics)
        return (
            max(1, (size.width - 2 * padding.horizontal) / metrics.cellWidth),
            max(1, (size.height - 2 * padding.vertical) / metrics.lineHeight)
        )
    }

    /// The panel's width.
    public var width: Int { columns * metrics.cellWidth + 2 * Self.padding(metrics).horizontal }
    /// The panel's height.
    public var height: Int { rows * metrics.lineHeight + 2 * Self.padding(metrics).vertical }
    /// The top left corner of the first cell.
    public var contentOrigin: (x: Int, y: Int) {
        let padding = Self.padding(metrics)
        return (x + padding.horizontal, y + padding.vertical)
    }

    /// Whether a point of the surface lies on the panel.
    public func contains(x px: Int, y py: Int) -> Bool {
        px >= x && px < x + width && py >= y && py < y + height
    }

    /// A point of the surface in cells from the first one's top left corner, also beside the cells.
    public func place(atX px: Double, y py: Double) -> (column: Double, row: Double) {
        let origin = contentOrigin
        return (
            (px - Double(origin.x)) / Double(metrics.cellWidth),
            (py - Double(origin.y)) / Double(metrics.lineHeight)
        )
    }
}
