/// Splits one line of TOML into tokens, for the colours of `sketch.toml`.
///
/// Follows TOML 1.0 as far as colours go; what is wrong there is told by whoever reads the plan. Strings over several
/// lines go on in the state.
struct TOMLScanner {
    private let line: UnsafeBufferPointer<UInt8>
    private let end: Int
    private var index = 0
    /// The quote of the string over several lines that is open; 0 where none is.
    private var open: UInt8
    /// Whether a name is a key: until the line's `=`, and behind `{` and each comma in it.
    private var isKey = true
    /// What is open on this line, innermost in the last bit: 1 for a brace, 0 for a bracket.
    private var braces: UInt64 = 0

    init(line: UnsafeBufferPointer<UInt8>, state: LineState) {
        self.line = line
        end = line.last == Byte.carriageReturn ? line.count - 1 : line.count
        open =
            state.rawValue & LineState.blockComment != 0
            ? Byte.quote : state.rawValue & LineState.lineComment != 0 ? Byte.apostrophe : 0
    }

    mutating func run(into tokens: inout [Token]) -> LineState {
        if open != 0 { scanRest(from: 0, into: &tokens) }
        while index < end {
            let start = index
            let byte = line[index]
            switch byte {
            case _ where Byte.isBlank(byte):
                index += 1
                continue
            case Byte.hash:
                index = end
                tokens.append(Token(.comment, start..<index))
            case Byte.openBracket where tokens.last == nil && isHeader(): scanHeader(into: &tokens)
            case Byte.quote, Byte.apostrophe: scanString(byte, into: &tokens)
            case _ where Byte.isWordPart(byte): scanWord(into: &tokens)
            default:
                index += 1
                tokens.append(Token(sign(byte), start..<index))
            }
        }
        var bits = LineState.toml.rawValue
        if open == Byte.quote { bits |= LineState.blockComment }
        if open == Byte.apostrophe { bits |= LineState.lineComment }
        return LineState(rawValue: bits)
    }

    /// A sign's kind; keeps account of where names are keys.
    private mutating func sign(_ byte: UInt8) -> TokenKind {
        switch byte {
        case Byte.equals:
            isKey = false
            return .operator
        case Byte.openBrace, Byte.openBracket:
            isKey = byte == Byte.openBrace
            braces = braces << 1 | (isKey ? 1 : 0)
        case Byte.closeBrace, Byte.closeBracket:
            braces >>= 1
            isKey = false
        case Byte.comma: isKey = braces & 1 == 1
        case Byte.dot: break
        default: return .invalid
        }
        return .punctuation
    }

    /// Whether the line is a table's head: an array over several lines may have lines of arrays, with a comma behind.
    private func isHeader() -> Bool {
        var last: UInt8 = 0
        var hasName = false
        for place in index..<end where !Byte.isBlank(line[place]) {
            if line[place] == Byte.hash { break }
            if line[place] == Byte.comma { return false }
            hasName = hasName || Byte.isLetter(line[place])
            last = line[place]
        }
        return hasName && last != Byte.openBracket
    }

    /// The brackets are signs, and the name between them says what follows.
    private mutating func scanHeader(into tokens: inout [Token]) {
        while index < end, line[index] != Byte.hash {
            let start = index
            let byte = line[index]
            if Byte.isBlank(byte) {
                index += 1
            } else if byte == Byte.quote || byte == Byte.apostrophe {
                scanString(byte, into: &tokens)
            } else if Byte.isWordPart(byte) {
                while index < end, Byte.isWordPart(line[index]) { index += 1 }
                tokens.append(Token(.preprocessor, start..<index))
            } else {
                index += 1
                tokens.append(Token(.punctuation, start..<index))
            }
        }
    }

    private mutating func scanWord(into tokens: inout [Token]) {
        let start = index
        while index < end, Byte.isWordPart(line[index]) || (!isKey && line[index] == Byte.dot) {
            index += 1
        }
        let word = line[start..<index]
        let kind: TokenKind
        if isKey, isKeyHere {
            kind = .identifier
        } else if word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) {
            kind = .keyword
        } else if Self.isNumber(word) {
            kind = .number
        } else {
            // A key that is still being typed, or a value without its quotes.
            kind = isKey ? .identifier : .invalid
        }
        tokens.append(Token(kind, start..<index))
    }

    /// Whether a key ends here: a line in the midst of an array begins with values.
    private var isKeyHere: Bool {
        var next = index
        while next < end, Byte.isBlank(line[next]) { next += 1 }
        return next < end && (line[next] == Byte.equals || line[next] == Byte.dot)
    }

    private static func isNumber(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let digits = word.drop { $0 == Byte.plus || $0 == Byte.minus }
        if digits.elementsEqual("inf".utf8) || digits.elementsEqual("nan".utf8) { return true }
        return digits.first.map(Byte.isDigit) == true
    }

    // MARK: Strings

    private mutating func scanString(_ quote: UInt8, into tokens: inout [Token]) {
        let start = index
        if index + 2 < end, line[index + 1] == quote, line[index + 2] == quote {
            index += 3
            open = quote
            return scanRest(from: start, into: &tokens)
        }
        index += 1
        while index < end, line[index] != quote {
            index += quote == Byte.quote && line[index] == Byte.backslash ? 2 : 1
        }
        let isClosed = index < end
        index = min(index + 1, end)
        let isName = isKey && isKeyHere
        tokens.append(
            Token(!isClosed ? .invalid : isName ? .identifier : .string, start..<index))
    }

    /// The rest of a string over several lines, as far as it is on this one.
    private mutating func scanRest(from start: Int, into tokens: inout [Token]) {
        let quote = open
        while index < end {
            if line[index] == Byte.backslash, quote == Byte.quote {
                index = min(index + 2, end)
            } else if line[index] == quote, index + 2 < end, line[index + 1] == quote,
                line[index + 2] == quote
            {
                index += 3
                // Two more quotes may belong to it.
                while index < end, line[index] == quote { index += 1 }
                open = 0
                break
            } else {
                index += 1
            }
        }
        if start < index { tokens.append(Token(.string, start..<index)) }
    }
}
