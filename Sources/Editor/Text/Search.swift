/// A search for a piece of a line: exact where it has capitals, otherwise without regard to case (smart case).
///
/// Only ASCII letters are folded. Matches lie within a line and do not overlap.
struct Search: Equatable {
    let pattern: [UInt8]
    let foldsCase: Bool

    /// A search; nil for an empty query or one that spans lines.
    init?(_ query: String) {
        guard !query.isEmpty, !query.contains(where: \.isNewline) else { return nil }
        foldsCase = !query.contains(where: \.isUppercase)
        pattern = Array(query.utf8)
    }

    private func fold(_ byte: UInt8) -> UInt8 {
        foldsCase && byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }

    private func matches(_ line: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        for (index, wanted) in pattern.enumerated() where fold(line[offset + index]) != wanted {
            return false
        }
        return true
    }

    /// All matches in a line's bytes, from the left.
    func matches(in line: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var offset = 0
        while offset + pattern.count <= line.count {
            if matches(line, at: offset) {
                found.append(offset..<(offset + pattern.count))
                offset += pattern.count
            } else {
                offset += 1
            }
        }
        return found
    }

    /// The first match that begins at or behind an offset.
    func first(in buffer: GapBuffer, from offset: Int) -> Range<Int>? {
        var line = buffer.line(at: offset)
        while line < buffer.lineCount {
            let start = buffer.lineStart(line)
            let found = buffer.withLine(line) { bytes -> Range<Int>? in
                guard bytes.count >= pattern.count else { return nil }
                return matches(in: bytes).first { start + $0.lowerBound >= offset }
            }
            if let found { return (start + found.lowerBound)..<(start + found.upperBound) }
            line += 1
        }
        return nil
    }

    /// The last match that ends at or before an offset.
    func last(in buffer: GapBuffer, before offset: Int) -> Range<Int>? {
        var line = buffer.line(at: offset)
        while line >= 0 {
            let start = buffer.lineStart(line)
            let found = buffer.withLine(line) { bytes -> Range<Int>? in
                guard bytes.count >= pattern.count else { return nil }
                return matches(in: bytes).last { start + $0.upperBound <= offset }
            }
            if let found { return (start + found.lowerBound)..<(start + found.upperBound) }
            line -= 1
        }
        return nil
    }
}
