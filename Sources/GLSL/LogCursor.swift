/// Takes a line of a log apart from the left; every `take` leaves the place as it was if it fails.
struct LogCursor {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index >= bytes.count }

    private func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

    /// Skips bytes as long as they are of a kind.
    mutating func skip(while isWanted: (UInt8) -> Bool) {
        while index < bytes.count, isWanted(bytes[index]) { index += 1 }
    }

    /// Counts the blanks here, without skipping them.
    func countBlanks() -> Int {
        var end = index
        while end < bytes.count, Byte.isBlank(bytes[end]) { end += 1 }
        return end - index
    }

    /// What is left, without blanks around it.
    func rest() -> String {
        var (start, end) = (index, bytes.count)
        while start < end, Byte.isBlank(bytes[start]) { start += 1 }
        while end > start, Byte.isBlank(bytes[end - 1]) { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    // MARK: Severities

    private static let prefixes: [(String, Diagnostic.Severity)] = [
        ("internal error:", .error), ("fatal error:", .error), ("error:", .error),
        ("warning:", .warning), ("note:", .note), ("info:", .note),
    ]

    /// Takes `ERROR:` and the like at the line's start.
    mutating func takePrefix() -> Diagnostic.Severity? {
        for (word, severity) in Self.prefixes where hasPrefix(word) {
            index += word.utf8.count
            // Behind AMD's come the number and the word again, behind Mesa's the message.
            if byte(index) == Byte.space { index += 1 }
            return severity
        }
        return nil
    }

    private static let words: [(String, Diagnostic.Severity)] = [
        ("preprocessor error", .error), ("preprocessor warning", .warning),
        ("fatal error", .error), ("internal error", .error), ("error", .error),
        ("warning", .warning), ("note", .note),
    ]

    /// Takes `error`, a code such as `C1503` or `(#143)`, and the colon behind.
    mutating func takeSeverity() -> Diagnostic.Severity? {
        let start = index
        skip(while: Byte.isBlank)
        for (word, severity) in Self.words where hasPrefix(word) {
            index += word.utf8.count
            if byte(index) == Byte.openParenthesis, byte(index + 1) == Byte.hash {
                skip { $0 != Byte.closeParenthesis }
                // A log may be cut anywhere.
                if byte(index) == Byte.closeParenthesis { index += 1 }
                if byte(index) == Byte.colon { index += 1 }
                return severity
            }
            skip { $0 == Byte.space }
            skipCode(followedBy: Byte.colon)
            guard byte(index) == Byte.colon else { break }
            index += 1
            return severity
        }
        index = start
        return nil
    }

    /// Takes Mali's `L0002:` before a message.
    mutating func takeMaliCode() {
        let start = index
        skip(while: Byte.isBlank)
        let before = index
        skipCode(followedBy: Byte.colon)
        if index > before, byte(index) == Byte.colon { index += 1 } else { index = start }
    }

    /// Skips a letter or two and digits, where that byte follows.
    private mutating func skipCode(followedBy stop: UInt8) {
        var end = index
        while end < bytes.count, end < index + 2, Byte.isLetter(bytes[end]) { end += 1 }
        let digits = end
        while end < bytes.count, Byte.isDigit(bytes[end]) { end += 1 }
        if digits > index, end > digits + 2, byte(end) == stop { index = end }
    }

    // MARK: Places

    /// Takes a place by numbers: `0:12(5):`, `0(12) :`, `0:12:`, `0:12:5:`, `(12) :`.
    mutating func takePlace() -> LogLine.Place? {
        let start = index
        let source = takeNumber()
        if let place = takeLine(source: .number(source ?? 0), needsNumber: source == nil) {
            return place
        }
        index = start
        return nil
    }

    /// Takes a place by a file's name: `glow.frag:12:`, `glow.frag(12) :`, `glow.frag:12:5:`.
    ///
    /// Gives the cursor before it, too, for one who finds that it was prose.
    mutating func takeNamedPlace() -> (place: LogLine.Place, before: LogCursor)? {
        let before = self
        var end = index
        while end < bytes.count {
            if bytes[end] == Byte.colon || bytes[end] == Byte.openParenthesis, end > index,
                Byte.isDigit(byte(end + 1))
            {
                let name = String(decoding: bytes[index..<end], as: UTF8.self)
                index = end
                if let place = takeLine(source: .file(name), needsNumber: true) {
                    return (place, before)
                }
                self = before
            }
            end += 1
        }
        return nil
    }

    /// Takes what stands behind the source: `:12(5):`, `(12) :`, `:12:`, `:12:5:`.
    private mutating func takeLine(source: LogLine.Source, needsNumber: Bool) -> LogLine.Place? {
        if byte(index) == Byte.openParenthesis {
            index += 1
            guard let line = takeNumber(), byte(index) == Byte.closeParenthesis else { return nil }
            index += 1
            skip { $0 == Byte.space }
            guard byte(index) == Byte.colon else { return nil }
            index += 1
            return LogLine.Place(source: source, line: line)
        }
        if case .number = source, needsNumber { return nil }
        guard byte(index) == Byte.colon else { return nil }
        index += 1
        guard let line = takeNumber() else { return nil }
        if byte(index) == Byte.openParenthesis {
            index += 1
            guard let column = takeNumber(), byte(index) == Byte.closeParenthesis else {
                return nil
            }
            index += 1
            if byte(index) == Byte.colon { index += 1 }
            return LogLine.Place(source: source, line: line, column: column)
        }
        guard byte(index) == Byte.colon else { return nil }
        index += 1
        let behind = index
        if let column = takeNumber(), byte(index) == Byte.colon {
            index += 1
            return LogLine.Place(source: source, line: line, column: column)
        }
        index = behind
        return LogLine.Place(source: source, line: line)
    }

    /// Takes a number; one that is too large is none.
    private mutating func takeNumber() -> Int? {
        var end = index
        while end < bytes.count, Byte.isDigit(bytes[end]) { end += 1 }
        guard end > index, end - index <= 10 else { return nil }
        let number = Int(String(decoding: bytes[index..<end], as: UTF8.self))
        index = end
        return number
    }

    private func hasPrefix(_ word: String) -> Bool {
        var place = index
        for wanted in word.utf8 {
            // Words are of lower case; those of a log may be of upper case.
            let here = byte(place)
            let lower = here &- 0x41 < 26 ? here | 0x20 : here
            guard lower == wanted else { return false }
            place += 1
        }
        return true
    }
}
