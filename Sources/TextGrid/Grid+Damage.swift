extension Grid {
    /// The rows in which another grid of the same shape shows something else, ornaments included.
    ///
    /// - Returns: runs of such rows from the top, none adjoining the next; nil where the shape is another.
    public func rowsChanged(from other: Grid) -> [Range<Int>]? {
        guard columns == other.columns, rows == other.rows else { return nil }
        var isChanged = [Bool](repeating: false, count: rows)
        cells.withUnsafeBufferPointer { mine in
            other.cells.withUnsafeBufferPointer { theirs in
                for row in 0..<rows {
                    let range = row * columns..<(row + 1) * columns
                    isChanged[row] = range.contains { mine[$0] != theirs[$0] }
                }
            }
        }
        if ornaments != other.ornaments {
            for (some, others) in [(ornaments, other.ornaments), (other.ornaments, ornaments)] {
                for ornament in some where !others.contains(ornament) {
                    let top = max(0, Int(ornament.y.rounded(.down)))
                    let bottom = min(rows, Int((ornament.y + ornament.height).rounded(.up)))
                    for row in top..<max(top, bottom) { isChanged[row] = true }
                }
            }
        }
        var result: [Range<Int>] = []
        for row in 0..<rows where isChanged[row] {
            if let last = result.last, last.upperBound == row {
                result[result.count - 1] = last.lowerBound..<row + 1
            } else {
                result.append(row..<row + 1)
            }
        }
        return result
    }
}
