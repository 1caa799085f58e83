/// Where the lines of a text begin, kept so that an edit in the middle shifts nothing.
///
/// Starts up to the last edit are held from the text's beginning, those behind it as distances from its end. An edit
/// changes the length and so moves all later lines at once. Going to another place moves the lines in between from
/// one half to the other.
struct LineStarts: Sendable {
    /// Starts of the first lines, counted from the beginning; the first is always 0.
    private var before: [Int] = [0]
    /// Starts of the later lines, last line first, as distances from the end.
    private var after: [Int] = []
    private var length: Int

    init(_ text: UnsafeBufferPointer<UInt8>) {
        length = text.count
        for (index, byte) in text.enumerated() where byte == 0x0A { before.append(index + 1) }
    }

    var count: Int { before.count + after.count }

    subscript(line: Int) -> Int {
        line < before.count ? before[line] : length - after[after.count - 1 - (line - before.count)]
    }

    /// The line that holds an offset; an offset behind a newline belongs to the next line.
    func line(at offset: Int) -> Int {
        var (low, high) = (0, count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if self[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Follows the replacement of a range; tells the line it began in, and the newlines that went and came.
    mutating func replace(
        _ range: Range<Int>, with new: UnsafeBufferPointer<UInt8>
    ) -> GapBuffer.LineEdit {
        part(at: range.lowerBound)
        let line = before.count - 1
        var removed = 0
        while let distance = after.last, length - distance <= range.upperBound {
            after.removeLast()
            removed += 1
        }
        length += new.count - range.count
        var added = 0
        for (index, byte) in new.enumerated() where byte == 0x0A {
            before.append(range.lowerBound + index + 1)
            added += 1
        }
        return GapBuffer.LineEdit(line: line, removed: removed, added: added)
    }

    /// Moves lines between the halves until `before` holds just the starts up to an offset.
    private mutating func part(at offset: Int) {
        while let start = before.last, start > offset {
            before.removeLast()
            after.append(length - start)
        }
        while let distance = after.last, length - distance <= offset {
            after.removeLast()
            before.append(length - distance)
        }
    }
}
