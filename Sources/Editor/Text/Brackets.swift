/// Finds the partner of a bracket, skipping those in comments.
///
/// The search goes over 2,000 lines at most, so that a snapshot of a huge text stays quick; further away there is no
/// partner to see anyway.
struct Brackets {
    static let reach = 2000

    private static func partner(_ byte: UInt8) -> (byte: UInt8, forward: Bool)? {
        switch byte {
        case 0x28: (0x29, true)
        case 0x5B: (0x5D, true)
        case 0x7B: (0x7D, true)
        case 0x29: (0x28, false)
        case 0x5D: (0x5B, false)
        case 0x7D: (0x7B, false)
        default: nil
        }
    }

    /// Whether a byte is a bracket.
    static func isBracket(_ byte: UInt8) -> Bool { partner(byte) != nil }

    /// The offset of the partner of the bracket at an offset; nil where there is none or no bracket.
    ///
    /// `isCode` tells for a line which of its bytes are code; it is asked once a line.
    static func match(
        at offset: Int, in buffer: GapBuffer, lines reach: Int = reach,
        comments: (_ line: Int) -> [Range<Int>]
    ) -> Int? {
        guard offset >= 0, offset < buffer.count, let (other, forward) = partner(buffer[offset])
        else { return nil }
        let own = buffer[offset]
        let home = buffer.line(at: offset)
        let local = offset - buffer.lineStart(home)
        guard !comments(home).contains(where: { $0.contains(local) }) else { return nil }
        var depth = 0
        var line = home
        while line >= 0, line < buffer.lineCount, abs(line - home) <= reach {
            let start = buffer.lineStart(line)
            let found: Int? = buffer.withLine(line) { bytes in
                // Lines without either bracket need no look at their comments.
                guard bytes.contains(own) || bytes.contains(other) else { return nil }
                let hidden = comments(line)
                var index = line == home ? local : (forward ? 0 : bytes.count - 1)
                while index >= 0, index < bytes.count {
                    let byte = bytes[index]
                    if byte == own || byte == other, !hidden.contains(where: { $0.contains(index) })
                    {
                        depth += byte == own ? 1 : -1
                        if depth == 0 { return index }
                    }
                    index += forward ? 1 : -1
                }
                return nil
            }
            if let found { return start + found }
            line += forward ? 1 : -1
        }
        return nil
    }
}
