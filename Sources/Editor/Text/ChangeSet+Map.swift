extension ChangeSet {
    /// To which side of an insertion a position at its very place goes.
    public enum Bias: Sendable { case before, after }

    /// Where a position of the old text lies in the new one.
    ///
    /// A position inside a deletion goes to where the deletion was. Where that place also gets an insertion, `bias`
    /// tells the side. Laws: a map keeps order; over a change without insertions and deletions it changes nothing.
    public func map(_ position: Int, _ bias: Bias = .before) -> Int {
        var (old, new) = (0, 0)
        for (index, operation) in operations.enumerated() {
            switch operation {
            case .retain(let count):
                if position < old + count { return new + max(0, position - old) }
                old += count
                new += count
            case .delete(let bytes):
                // An insertion behind a deletion belongs to it: both are one replacement.
                if position < old + bytes.count, position > old || bias == .before {
                    if case .insert(let text)? = step(after: index), bias == .after {
                        return new + text.count
                    }
                    return new
                }
                old += bytes.count
            case .insert(let bytes):
                if position == old, bias == .before { return new }
                new += bytes.count
            }
        }
        return new + max(0, position - old)
    }

    private func step(after index: Int) -> Operation? {
        index + 1 < operations.count ? operations[index + 1] : nil
    }

    /// The old text's range from the first change to the last; nil where nothing changes.
    public var touched: Range<Int>? {
        var position = 0
        var range: Range<Int>?
        for operation in operations {
            switch operation {
            case .retain(let count): position += count
            case .delete(let bytes):
                range = (range?.lowerBound ?? position)..<(position + bytes.count)
                position += bytes.count
            case .insert: range = (range?.lowerBound ?? position)..<position
            }
        }
        return range
    }
}
