extension Grid {
    /// A rectangle of cells.
    public struct Area: Sendable, Equatable {
        /// From the top.
        public var rows: Range<Int>
        /// From the left.
        public var columns: Range<Int>

        /// The cells that are in both.
        public init(rows: Range<Int>, columns: Range<Int>) {
            (self.rows, self.columns) = (rows, columns)
        }
    }

    /// Where another grid of the same shape shows something else, ornaments included.
    ///
    /// - Returns: areas from the top, each around all that has changed in a run of rows, or around a part of it in a row
    ///   by itself; no two share a row or column at which they adjoin. Nil where the shape is another.
    public func areasChanged(from other: Grid) -> [Area]? {
        guard columns == other.columns, rows == other.rows else { return nil }
        var changed = [[Range<Int>]](repeating: [], count: rows)
        cells.withUnsafeBufferPointer { mine in
            other.cells.withUnsafeBufferPointer { theirs in
                for row in 0..<rows {
                    let start = row * columns
                    for column in 0..<columns where mine[start + column] != theirs[start + column] {
                        changed[row].add(column..<column + 1)
                    }
                }
            }
        }
        if ornaments != other.ornaments {
            for (some, others) in [(ornaments, other.ornaments), (other.ornaments, ornaments)] {
                for ornament in some where !others.contains(ornament) {
                    let across = cells(ornament.x, ornament.width, of: columns)
                    guard !across.isEmpty else { continue }
                    for row in cells(ornament.y, ornament.height, of: rows) {
                        changed[row].add(across)
                    }
                }
            }
        }
        var result: [Area] = []
        var row = 0
        while row < rows {
            let first = row
            var around: Range<Int>?
            while row < rows, let whole = changed[row].whole {
                around = around.map { $0.around(whole) } ?? whole
                row += 1
            }
            guard let around else {
                row += 1
                continue
            }
            if row == first + 1 {
                result += changed[first].map { Area(rows: first..<row, columns: $0) }
            } else {
                result.append(Area(rows: first..<row, columns: around))
            }
        }
        return result
    }

    /// The cells along one side that something of a place and length touches.
    private func cells(_ start: Float, _ length: Float, of count: Int) -> Range<Int> {
        let first = min(max(0, Int(start.rounded(.down))), count)
        return first..<min(max(first, Int((start + length).rounded(.up))), count)
    }
}

extension [Range<Int>] {
    /// Columns between two changes from which on they are worth an area each.
    private static var gap: Int { 8 }

    /// Takes in a range; what is near to another one becomes one with it.
    ///
    /// The ranges stay in order.
    fileprivate mutating func add(_ range: Range<Int>) {
        var range = range
        removeAll { other in
            let isNear =
                other.lowerBound < range.upperBound + Self.gap
                && range.lowerBound < other.upperBound + Self.gap
            if isNear { range = range.around(other) }
            return isNear
        }
        insert(range, at: firstIndex { $0.lowerBound > range.lowerBound } ?? endIndex)
    }

    /// From the first to the last of them.
    fileprivate var whole: Range<Int>? {
        guard let first, let last else { return nil }
        return first.around(last)
    }
}

extension Range<Int> {
    /// The range from the first to the last of both.
    fileprivate func around(_ other: Self) -> Self {
        Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
    }
}
