/// The lexer's inner loop: one line, from left to right.
struct LineScanner {
    private let line: UnsafeBufferPointer<UInt8>
    /// The line's length without the backslash that continues it.
    private let end: Int
    private let isContinued: Bool
    private var index = 0
    private var isInBlockComment: Bool
    private var isInLineComment: Bool
    private var isInDirective: Bool
    /// Whether the rest of the directive is words, not tokens: behind `#error`.
    private var isText: Bool
    /// Whether the logical line holds a token already, after which `#` begins no directive.
    private var hasCode: Bool
    /// Whether the last token was a dot, after which a name is a field's.
    private var isField = false
    /// Whether `<` or `'` begins the name of a file: right behind `#include`.
    private var expectsFile = false

    /// Takes a line; `canContinue` is false where continued lines were joined already, since a
    /// backslash that then stands at the end had another one behind it.
    init(line: UnsafeBufferPointer<UInt8>, state: LineState, canContinue: Bool = true) {
        self.line = line
        var length = line.count
        if length > 0, line[length - 1] == Byte.carriageReturn { length -= 1 }
        isContinued = canContinue && length > 0 && line[length - 1] == Byte.backslash
        end = isContinued ? length - 1 : line.count
        isInBlockComment = state.rawValue & LineState.blockComment != 0
        isInLineComment = state.rawValue & LineState.lineComment != 0
        isInDirective = state.rawValue & LineState.directive != 0
        isText = state.rawValue & LineState.directiveText != 0
        hasCode = state.rawValue & LineState.code != 0
    }

    mutating func run(into tokens: inout [Token]) -> LineState {
        if isInBlockComment { scanBlockComment(from: 0, into: &tokens) }
        if isInLineComment { scanLineComment(from: index, into: &tokens) }
        while index < end {
            let byte = line[index]
            if Byte.isBlank(byte) {
                index += 1
            } else if byte == Byte.slash, peek(1) == Byte.slash {
                isInLineComment = true
                scanLineComment(from: index, into: &tokens)
            } else if byte == Byte.slash, peek(1) == Byte.star {
                let start = index
                index += 2
                isInBlockComment = true
                scanBlockComment(from: start, into: &tokens)
            } else if isText {
                scanText(into: &tokens)
            } else {
                scanToken(byte, into: &tokens)
            }
        }
        return endState
    }

    private var endState: LineState {
        var bits: UInt8 = 0
        if isInBlockComment { bits |= LineState.blockComment }
        if isContinued && isInLineComment { bits |= LineState.lineComment }
        if isContinued || isInBlockComment {
            if isInDirective { bits |= LineState.directive }
            if isText { bits |= LineState.directiveText }
            if hasCode { bits |= LineState.code }
        }
        return LineState(rawValue: bits)
    }

    /// The byte some places on, or 0 behind the end.
    private func peek(_ offset: Int) -> UInt8 {
        index + offset < end ? line[index + offset] : 0
    }

    private mutating func append(_ kind: TokenKind, from start: Int, to tokens: inout [Token]) {
        guard start < index else { return }
        tokens.append(Token(kind, start..<index))
    }

    // MARK: Comments

    private mutating func scanBlockComment(from start: Int, into tokens: inout [Token]) {
        while index < end {
            if line[index] == Byte.star, peek(1) == Byte.slash {
                index += 2
                isInBlockComment = false
                break
            }
            index += 1
        }
        append(.comment, from: start, to: &tokens)
    }

    private mutating func scanLineComment(from start: Int, into tokens: inout [Token]) {
        index = end
        append(.comment, from: start, to: &tokens)
    }

    // MARK: Tokens

    private mutating func scanToken(_ byte: UInt8, into tokens: inout [Token]) {
        let wasField = isField
        let wantsFile = expectsFile
        isField = false
        expectsFile = false
        let start = index
        if Byte.isLetter(byte) {
            scanName(isField: wasField, into: &tokens)
        } else if Byte.isDigit(byte) || (byte == Byte.dot && Byte.isDigit(peek(1))) {
            let isWhole = scanNumber()
            append(isWhole ? .number : .invalid, from: start, to: &tokens)
        } else if byte == Byte.hash, !hasCode {
            scanDirective(into: &tokens)
        } else if byte == Byte.quote {
            scanQuoted(until: Byte.quote)
            append(.string, from: start, to: &tokens)
        } else if wantsFile, byte == Byte.less || byte == Byte.apostrophe {
            scanQuoted(until: byte == Byte.less ? Byte.greater : byte)
            append(.string, from: start, to: &tokens)
        } else if isPunctuation(byte) {
            index += 1
            append(.punctuation, from: start, to: &tokens)
        } else if scanOperator(byte) {
            isField = byte == Byte.dot
            append(.operator, from: start, to: &tokens)
        } else {
            index += 1
            // The bytes of one character stay together.
            if byte >= 0x80 { while index < end, line[index] >= 0x80 { index += 1 } }
            append(.invalid, from: start, to: &tokens)
        }
        hasCode = true
    }

    private mutating func scanName(isField: Bool, into tokens: inout [Token]) {
        let start = index
        while index < end, Byte.isNamePart(line[index]) { index += 1 }
        var kind = TokenKind.identifier
        let word = UnsafeBufferPointer(rebasing: line[start..<index])
        if let known = isField ? nil : Words.kind(of: word), known != .builtinFunction {
            kind = known
        } else if isCalled {
            kind = Words.kind(of: word) == .builtinFunction ? .builtinFunction : .function
        }
        append(kind, from: start, to: &tokens)
    }

    /// Whether the next byte that is no blank opens a parenthesis.
    private var isCalled: Bool {
        var next = index
        while next < end, Byte.isBlank(line[next]) { next += 1 }
        return next < end && line[next] == Byte.openParenthesis
    }

    /// Scans a number to its end, and whatever is stuck to it; whether it is one.
    private mutating func scanNumber() -> Bool {
        var isGood = true
        if line[index] == Byte.zero, peek(1) | 0x20 == 0x78 {
            index += 2
            let digits = index
            while index < end, Byte.isHexDigit(line[index]) { index += 1 }
            isGood = index > digits
            if peek(0) | 0x20 == 0x75 { index += 1 }
        } else {
            var isFloat = false
            skipDigits()
            if peek(0) == Byte.dot {
                isFloat = true
                index += 1
                skipDigits()
            }
            if peek(0) | 0x20 == 0x65 {
                let sign = peek(1) == Byte.plus || peek(1) == Byte.minus
                if Byte.isDigit(peek(sign ? 2 : 1)) {
                    isFloat = true
                    index += sign ? 2 : 1
                    skipDigits()
                }
            }
            skipSuffix(isFloat: isFloat)
        }
        guard index < end, Byte.isNamePart(line[index]) else { return isGood }
        while index < end, Byte.isNamePart(line[index]) { index += 1 }
        return false
    }

    private mutating func skipDigits() {
        while index < end, Byte.isDigit(line[index]) { index += 1 }
    }

    /// Skips `f`, `F`, `lf`, `LF`; `u`, `U` behind an integer.
    private mutating func skipSuffix(isFloat: Bool) {
        switch (peek(0), peek(1)) {
        case (0x66, _), (0x46, _): index += 1
        case (0x6C, 0x66), (0x4C, 0x46): index += 2
        case (0x75, _), (0x55, _): if !isFloat { index += 1 }
        default: break
        }
    }

    /// Scans to the closing byte, or to the end of the line.
    private mutating func scanQuoted(until close: UInt8) {
        index += 1
        while index < end, line[index] != close { index += 1 }
        if index < end { index += 1 }
    }

    /// Scans an operator; false, and nothing scanned, where there is none.
    ///
    /// A `#` that begins no directive is an operator in a directive only.
    private mutating func scanOperator(_ byte: UInt8) -> Bool {
        if byte == Byte.hash, !isInDirective { return false }
        let length = Self.operatorLength(byte, peek(1), peek(2))
        index += length
        return length > 0
    }

    // MARK: Directives

    private mutating func scanDirective(into tokens: inout [Token]) {
        let start = index
        index += 1
        isInDirective = true
        var next = index
        while next < end, Byte.isBlank(line[next]) { next += 1 }
        var stop = next
        while stop < end, Byte.isNamePart(line[stop]) { stop += 1 }
        if stop > next { index = stop }
        append(.preprocessor, from: start, to: &tokens)
        let name = UnsafeBufferPointer(rebasing: line[next..<stop])
        isText = name.elementsEqual("error".utf8) || name.elementsEqual("warning".utf8)
        expectsFile = name.elementsEqual("include".utf8)
    }

    /// Scans the words behind `#error` up to a comment or the end, without blanks at their end.
    private mutating func scanText(into tokens: inout [Token]) {
        let start = index
        var last = index
        while index < end {
            let byte = line[index]
            if byte == Byte.slash, peek(1) == Byte.slash || peek(1) == Byte.star { break }
            index += 1
            if !Byte.isBlank(byte) { last = index }
        }
        let stop = index
        index = last
        append(.string, from: start, to: &tokens)
        index = stop
    }
}
