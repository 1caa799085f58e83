extension Grid {
    /// The rows in which another grid of the same shape shows something else, ornaments included; nil where the shape is
    /// another, and an empty range where nothing is.
    public func rowsChanged(from other: Grid) -> Range<Int>? {
        guard columns == other.columns, rows == other.rows else { return nil }
        var (first, last) = (rows, -1)
        func take(_ row: Int) {
            first = min(first, max(0, row))
            last = max(last, min(rows - 1, row))
        }
        cells.withUnsafeBufferPointer { mine in
            other.cells.withUnsafeBufferPointer { theirs in
                for row in 0..<rows {
                    let range = row * columns..<(row + 1) * columns
                    for index in range where mine[index] != theirs[index] {
                        take(row)
                        break
                    }
                }
            }
        }
        // So few that every one of a changed list is taken for changed.
        if ornaments != other.ornaments {
            for (a, b) in [(ornaments, other.ornaments), (other.ornaments, ornaments)] {
                for ornament in a where !b.contains(ornament) {
                    take(Int(ornament.y.rounded(.down)))
                    take(Int((ornament.y + ornament.height).rounded(.up)) - 1)
                }
            }
        }
        return first <= last ? first..<last + 1 : 0..<0
    }
}
