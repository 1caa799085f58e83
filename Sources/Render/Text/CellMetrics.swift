/// The size of one cell at a text size, all in whole pixels, so that text never falls between two.
public struct CellMetrics: Hashable, Sendable {
    /// The font's size: pixels an em.
    public let pixelSize: Int
    /// Width of a column.
    public let cellWidth: Int
    /// Height of a row: 1.45 em unless told otherwise.
    public let lineHeight: Int
    /// From a row's top down to the line on which letters stand.
    public let baseline: Int

    /// Makes metrics from the font's own proportions, each in em.
    init(
        pixelSize: Int, advance: Double, ascent: Double, descent: Double,
        lineHeight rows: Double = 1.45
    ) {
        let size = Double(pixelSize)
        self.pixelSize = pixelSize
        cellWidth = max(1, Int((advance * size).rounded()))
        lineHeight = max(1, Int((rows * size).rounded()))
        let spare = Double(lineHeight) - (ascent + descent) * size
        baseline = Int((spare / 2 + ascent * size).rounded())
    }

    /// Thickness of underlines, box lines and the like.
    public var lineThickness: Int { max(1, (pixelSize + 6) / 14) }

    /// How far the dark line round a glyph reaches where there is no backing.
    var outlineReach: Double { max(1.7, Double(pixelSize) * 0.125) }
}
