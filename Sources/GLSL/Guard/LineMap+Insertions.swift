extension LineMap {
    /// What the loop guard put into a line of the assembled text, from left to right.
    func insertions(in textLine: Int) -> ArraySlice<Insertion> {
        var (low, high) = (0, insertions.count)
        while low < high {
            let middle = (low + high) / 2
            if insertions[middle].textLine < textLine { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < insertions.count, insertions[end].textLine == textLine { end += 1 }
        return insertions[low..<end]
    }

    /// An offset in a line of the assembled text, counted in the line as it was before the loop guard.
    ///
    /// A place inside what was put in is the place where that begins.
    func unguarded(offset: Int, textLine: Int) -> Int {
        var shift = 0
        for insertion in insertions(in: textLine) {
            guard insertion.offset <= offset else { break }
            let replaced = insertion.replaced.utf8.count
            if offset < insertion.offset + insertion.length { return insertion.offset - shift }
            shift += insertion.length - replaced
        }
        return offset - shift
    }
}
