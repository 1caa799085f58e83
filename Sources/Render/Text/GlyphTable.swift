/// What the atlas knows of one text size.
///
/// ASCII goes by an array: hashing a `Character` costs more than all the rest of a cell.
final class GlyphTable {
    /// Regular or bold, the glyph itself or its outline.
    struct Variant {
        static let count = 4
        var rawValue: Int

        init(isBold: Bool, isOutline: Bool) { rawValue = (isBold ? 1 : 0) + (isOutline ? 2 : 0) }

        var isBold: Bool { rawValue & 1 != 0 }
        var isOutline: Bool { rawValue & 2 != 0 }
    }

    let metrics: CellMetrics
    var ascii: [Glyph]
    var isKnown: [Bool]
    var others: [[Character: Glyph]]

    init(metrics: CellMetrics) {
        self.metrics = metrics
        ascii = Array(repeating: Glyph(), count: 128 * Variant.count)
        isKnown = Array(repeating: false, count: 128 * Variant.count)
        others = Array(repeating: [:], count: Variant.count)
    }
}
