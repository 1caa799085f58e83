/// Where words begin and end.
///
/// A word is a run of letters, digits, underscores and everything beyond ASCII; a run of other signs is a word of its
/// own; blanks belong to none.
enum WordBoundaries {
    /// What a byte belongs to.
    enum Kind { case blank, word, sign }

    static func kind(_ byte: UInt8) -> Kind {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: .blank
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: .word
        default: .sign
        }
    }

    /// The end of the word at or behind an offset; a line's end stops it first.
    static func right(of offset: Int, in buffer: GapBuffer) -> Int {
        let line = buffer.lineRange(buffer.line(at: offset))
        guard offset < line.upperBound else { return min(offset + 1, buffer.count) }
        return buffer.withBytes(offset..<line.upperBound) { bytes in
            var index = 0
            while index < bytes.count, kind(bytes[index]) == .blank { index += 1 }
            guard index < bytes.count else { return offset + index }
            let first = kind(bytes[index])
            while index < bytes.count, kind(bytes[index]) == first { index += 1 }
            return offset + index
        }
    }

    /// The beginning of the word before an offset; a line's beginning stops it first.
    static func left(of offset: Int, in buffer: GapBuffer) -> Int {
        let start = buffer.lineStart(buffer.line(at: offset))
        guard offset > start else { return max(0, offset - 1) }
        return buffer.withBytes(start..<offset) { bytes in
            var index = bytes.count
            while index > 0, kind(bytes[index - 1]) == .blank { index -= 1 }
            guard index > 0 else { return start }
            let last = kind(bytes[index - 1])
            while index > 0, kind(bytes[index - 1]) == last { index -= 1 }
            return start + index
        }
    }

    /// The run of one kind around an offset, as a double click selects it.
    static func around(_ offset: Int, in buffer: GapBuffer) -> Range<Int> {
        let line = buffer.lineRange(buffer.line(at: offset))
        guard !line.isEmpty else { return line }
        let local = min(offset, line.upperBound - 1) - line.lowerBound
        return buffer.withBytes(line) { bytes in
            let wanted = kind(bytes[local])
            var (low, high) = (local, local + 1)
            while low > 0, kind(bytes[low - 1]) == wanted { low -= 1 }
            while high < bytes.count, kind(bytes[high]) == wanted { high += 1 }
            return (line.lowerBound + low)..<(line.lowerBound + high)
        }
    }
}
