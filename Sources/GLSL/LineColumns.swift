/// Columns of one line of the user's text: as the user counts them, and as a driver may.
struct LineColumns {
    private let bytes: [UInt8]
    private let tokens: [Token]

    /// Takes a line without its end, lexed as if no comment were open before it.
    init(_ line: String) {
        bytes = Array(line.utf8)
        var tokens: [Token] = []
        bytes.withUnsafeBufferPointer {
            _ = Lexer.lex(line: $0, state: .initial, into: &tokens)
        }
        self.tokens = tokens
    }

    /// The offset in the line of the byte that a preprocessor's output has in a column, from 1.
    ///
    /// Blanks and comments next to each other count as one byte there. Macros that the line uses
    /// are not expanded: behind one, this is a guess.
    func original(ofCollapsed column: Int) -> Int {
        var collapsed = 0
        var wasBlank = false
        var next = 0
        for index in bytes.indices {
            while next < tokens.count, tokens[next].range.upperBound <= index { next += 1 }
            let isComment =
                next < tokens.count && tokens[next].kind == .comment
                && tokens[next].range.contains(index)
            let isBlank = isComment || Byte.isBlank(bytes[index])
            if !(isBlank && wasBlank) { collapsed += 1 }
            wasBlank = isBlank
            if collapsed >= column, !isBlank { return index }
        }
        return max(0, min(column, bytes.count) - 1)
    }

    /// The bytes of the token that reads so, the nearest to a hint, or else the first.
    ///
    /// Tokens in comments do not count. A name that the lexer does not give as one token, such as
    /// the comment's own beginning, is looked for in the bytes.
    func find(_ text: String, near hint: Int?) -> Range<Int>? {
        let wanted = Array(text.utf8)
        guard !wanted.isEmpty else { return nil }
        var best: Range<Int>?
        for token in tokens where token.kind != .comment && bytes[token.range] == wanted[...] {
            guard let hint, let old = best else {
                if best == nil { best = token.range }
                continue
            }
            if abs(token.range.lowerBound - hint) < abs(old.lowerBound - hint) {
                best = token.range
            }
        }
        return best ?? findBytes(wanted)
    }

    private func findBytes(_ wanted: [UInt8]) -> Range<Int>? {
        // A word that is part of another word is not meant.
        guard let first = wanted.first, !Byte.isNamePart(first), wanted.count <= bytes.count else {
            return nil
        }
        for start in 0...(bytes.count - wanted.count)
        where bytes[start..<start + wanted.count] == wanted[...] {
            return start..<start + wanted.count
        }
        return nil
    }

    /// The bytes of the token at an offset, or of the next one behind it; nil at the line's end.
    func token(at offset: Int) -> Range<Int>? {
        tokens.first { $0.range.upperBound > offset && $0.kind != .comment }?.range
    }
}
