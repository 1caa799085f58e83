/// Splits GLSL into tokens, a line at a time or a whole source.
///
/// Follows The OpenGL Shading Language 4.60, chapter 3. Blanks, line ends and the backslash that
/// continues a line belong to no token; every other byte belongs to exactly one. Nothing is ever
/// refused: bytes that no GLSL has become `invalid` tokens.
///
/// Limitations: a word that a backslash splits over two lines is one token to `tokens(of:)` and two
/// to `lex(line:state:into:)`, which sees one line only. The kind `function` looks for the
/// parenthesis on the same line.
public enum Lexer {
    /// Lexes one line, given without its line end, and returns the state for the next line.
    ///
    /// Tokens are appended, with offsets from the line's start; nothing else is allocated. `state`
    /// is what the line above returned, or `LineState.initial`.
    public static func lex(
        line: UnsafeBufferPointer<UInt8>, state: LineState, into tokens: inout [Token]
    ) -> LineState {
        if state.isTOML {
            var scanner = TOMLScanner(line: line, state: state)
            return scanner.run(into: &tokens)
        }
        var scanner = LineScanner(line: line, state: state)
        return scanner.run(into: &tokens)
    }

    /// Lexes a whole source; offsets count in its UTF-8.
    ///
    /// A comment over several lines is one token a line.
    public static func tokens(of source: String) -> [Token] {
        var source = source
        return source.withUTF8 { tokens(of: $0) }
    }

    /// Lexes a whole source, given as bytes of which not all need be UTF-8.
    public static func tokens(of source: UnsafeBufferPointer<UInt8>) -> [Token] {
        guard let splice = SplicedText(source) else { return lines(of: source, canContinue: true) }
        return splice.bytes.withUnsafeBufferPointer { lines(of: $0, canContinue: false) }.map {
            token in
            let last = splice.offsets[token.range.upperBound - 1]
            return Token(token.kind, splice.offsets[token.range.lowerBound]..<last + 1)
        }
    }

    private static func lines(
        of source: UnsafeBufferPointer<UInt8>, canContinue: Bool
    ) -> [Token] {
        var tokens: [Token] = []
        tokens.reserveCapacity(source.count / 4)
        var state = LineState.initial
        var start = 0
        while start <= source.count {
            var end = start
            while end < source.count, source[end] != Byte.newline { end += 1 }
            let first = tokens.count
            let line = UnsafeBufferPointer(rebasing: source[start..<end])
            var scanner = LineScanner(line: line, state: state, canContinue: canContinue)
            state = scanner.run(into: &tokens)
            if start > 0 {
                for index in first..<tokens.count {
                    let range = tokens[index].range
                    tokens[index].range = range.lowerBound + start..<range.upperBound + start
                }
            }
            start = end + 1
        }
        return tokens
    }
}

/// A source without its continued line ends, and where each byte that is left came from.
private struct SplicedText {
    var bytes: [UInt8] = []
    var offsets: [Int] = []

    /// Nil where no line is continued, which is what nearly every source is.
    init?(_ source: UnsafeBufferPointer<UInt8>) {
        guard Self.hasSplice(source) else { return nil }
        bytes.reserveCapacity(source.count)
        offsets.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            if let length = Self.splice(in: source, at: index) {
                index += length
                continue
            }
            bytes.append(source[index])
            offsets.append(index)
            index += 1
        }
    }

    private static func hasSplice(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
        source.indices.contains { splice(in: source, at: $0) != nil }
    }

    /// The length of a backslash and line end at an index; a carriage return may stand between.
    private static func splice(in source: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        guard source[index] == Byte.backslash, index + 1 < source.count else { return nil }
        if source[index + 1] == Byte.newline { return 2 }
        guard source[index + 1] == Byte.carriageReturn, index + 2 < source.count else { return nil }
        return source[index + 2] == Byte.newline ? 3 : nil
    }
}
