/// Finds the partner of a bracket, skipping those in comments.
enum Brackets {
    /// How many lines the partner is looked for: further away it matters neither to the eye nor to indentation.
    static let reach = 2000
    /// How many bytes at most, for texts with endless lines.
    static let longestSearch = 200_000

    /// The bracket that belongs to another, and whether it lies behind it.
    private static func partner(_ byte: UInt8) -> (byte: UInt8, isBehind: Bool)? {
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
    /// Comments can only be told from above, so both ways are searched downwards, the way back with a stack of what is
    /// open. `startsInComment` tells it for the first line that is looked at.
    static func match(
        at offset: Int, in buffer: GapBuffer, lines reach: Int = reach,
        startsInComment: (_ line: Int) -> Bool = { _ in false }
    ) -> Int? {
        guard offset >= 0, offset < buffer.count, let (other, isBehind) = partner(buffer[offset])
        else { return nil }
        let own = buffer[offset]
        let home = buffer.line(at: offset)
        let first = isBehind ? home : max(0, home - reach)
        let last = isBehind ? min(buffer.lineCount - 1, home + reach) : home
        let range = buffer.lineStart(first)..<buffer.lineRange(last).upperBound
        guard range.count <= longestSearch else { return nil }
        let inComment = startsInComment(first)
        let found = buffer.withBytes(range) { bytes in
            isBehind
                ? close(
                    own, other, from: offset - range.lowerBound, in: bytes, inComment: inComment)
                : open(
                    other, own, at: offset - range.lowerBound, in: bytes, inComment: inComment)
        }
        return found.map { range.lowerBound + $0 }
    }

    private static func close(
        _ open: UInt8, _ close: UInt8, from place: Int, in bytes: UnsafeBufferPointer<UInt8>,
        inComment: Bool
    ) -> Int? {
        var code = CodeBytes(bytes, inComment: inComment)
        var depth = 0
        while let index = code.next() {
            if index < place { continue }
            if depth == 0, index > place { return nil }  // The bracket itself is in a comment.
            if bytes[index] == open { depth += 1 }
            if bytes[index] == close { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    private static func open(
        _ open: UInt8, _ close: UInt8, at place: Int, in bytes: UnsafeBufferPointer<UInt8>,
        inComment: Bool
    ) -> Int? {
        var code = CodeBytes(bytes, inComment: inComment)
        var stack: [Int] = []
        while let index = code.next(), index <= place {
            if bytes[index] == open { stack.append(index) }
            guard bytes[index] == close else { continue }
            let partner = stack.popLast()
            if index == place { return partner }
        }
        return nil
    }
}

/// Walks the bytes of a text that are not in comments.
///
/// GLSL has no strings, so two bytes tell where a comment begins.
struct CodeBytes {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var inComment: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>, inComment: Bool) {
        self.bytes = bytes
        self.inComment = inComment
    }

    /// The index of the next byte of code; nil at the end.
    mutating func next() -> Int? {
        while index < bytes.count {
            if inComment {
                skipComment()
            } else if bytes[index] == 0x2F, index + 1 < bytes.count, bytes[index + 1] == 0x2F {
                while index < bytes.count, bytes[index] != 0x0A { index += 1 }
            } else if bytes[index] == 0x2F, index + 1 < bytes.count, bytes[index + 1] == 0x2A {
                index += 2
                inComment = true
            } else {
                defer { index += 1 }
                return index
            }
        }
        return nil
    }

    private mutating func skipComment() {
        while index + 1 < bytes.count {
            if bytes[index] == 0x2A, bytes[index + 1] == 0x2F {
                index += 2
                inComment = false
                return
            }
            index += 1
        }
        index = bytes.count
    }
}
