extension TOMLPlaces {
    /// Reads a text of any of the four kinds; a key is one of a single line.
    mutating func string(isKey: Bool) throws(Mistake) -> String {
        let start = place
        guard let quote = next else { throw mistake("a text is missing") }
        let isLong = index + 2 < bytes.count && bytes[index..<index + 3].allSatisfy { $0 == quote }
        guard !isLong || !isKey else { throw mistake("a key is a text of one line") }
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        // A line end right behind three quotes is none of the text's.
        if isLong { _ = takeLineEnd() }
        var found: [UInt8] = []
        while let next {
            if next == quote {
                let run = bytes[index...].prefix(isLong ? 5 : 1).prefix { $0 == quote }.count
                if !isLong || run >= 3 {
                    for _ in 0..<run { advance() }
                    // Up to two quotes right before the last three are the text's.
                    if isLong { found += Array(repeating: quote, count: run - 3) }
                    return String(decoding: found, as: UTF8.self)
                }
            } else if next == 10 || next == 13 {
                guard isLong, takeLineEnd() else { break }
                found.append(10)
                continue
            } else if next < 32 && next != 9 || next == 127 {
                throw mistake("a control character in a text, which TOML does not allow")
            } else if quote == UInt8(ascii: "\""), next == UInt8(ascii: "\\") {
                try escape(&found, isLong)
                continue
            }
            found.append(next)
            advance()
        }
        let quotes = String(repeating: Character(Unicode.Scalar(quote)), count: isLong ? 3 : 1)
        throw mistake("this text is never closed: end it with \(quotes)", at: start)
    }

    /// Takes a line's end of one byte or two.
    private mutating func takeLineEnd() -> Bool {
        if next == 13, index + 1 < bytes.count, bytes[index + 1] == 10 { advance() }
        return take(10)
    }

    /// Reads a backslash and what stands behind it.
    private mutating func escape(_ found: inout [UInt8], _ isLong: Bool) throws(Mistake) {
        let start = place
        advance()
        let wrong = mistake(
            "what stands behind this backslash means nothing: \\\\ is one, \\\" a quote, \\n a line end",
            at: start)
        guard let letter = next else { throw wrong }
        if isLong, [32, 9, 10, 13].contains(letter) {
            // The line goes on at the next text; nothing but blanks may follow.
            while next == 32 || next == 9 { advance() }
            guard takeLineEnd() else { throw wrong }
            while next == 32 || next == 9 || takeLineEnd() {
                if next == 32 || next == 9 { advance() }
            }
            return
        }
        advance()
        let known: [UInt8: UInt8] = [
            UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13,
            UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "\""): 34,
            UInt8(ascii: "\\"): 92,
        ]
        if let byte = known[letter] { return found.append(byte) }
        let count = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
        let digits = bytes[index...].prefix(count)
        let text = String(decoding: digits, as: UTF8.self)
        guard count > 0, digits.count == count, text.allSatisfy(\.isHexDigit),
            let number = UInt32(text, radix: 16), let scalar = Unicode.Scalar(number)
        else { throw wrong }
        for _ in digits { advance() }
        found += Array(String(scalar).utf8)
    }
}

/// Numbers as TOML writes them.
enum TOMLNumber {
    static func isOne(_ word: String) -> Bool {
        var rest = word[...]
        let hasSign = rest.first == "+" || rest.first == "-"
        if hasSign { rest = rest.dropFirst() }
        if rest == "inf" || rest == "nan" { return true }
        for (prefix, digits) in [("0x", 16), ("0o", 8), ("0b", 2)] where rest.hasPrefix(prefix) {
            return !hasSign && areDigits(rest.dropFirst(2), base: digits) && rest.count <= 60
        }
        // A whole number that no machine has room for, and one of a thousand digits, are none of ours.
        guard rest.count <= 60 else { return false }
        let parts = rest.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard parts.count <= 2, let mantissa = parts.first else { return false }
        if parts.count == 2 {
            let exponent = parts[1]
            let digits =
                exponent.first == "+" || exponent.first == "-" ? exponent.dropFirst() : exponent
            guard areDigits(digits, base: 10), digits.count <= 6 else { return false }
        }
        let halves = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, halves.allSatisfy({ areDigits($0, base: 10) }) else {
            return false
        }
        // 007 is no number of TOML's.
        return halves[0] == "0" || halves[0].first != "0"
    }

    /// What a number says; nil for a whole one that is too large.
    static func value(_ word: String) -> PlanNode.Content? {
        let plain = word.filter { $0 != "_" }
        for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where plain.hasPrefix(prefix) {
            return Int(plain.dropFirst(2), radix: base).map { .whole($0) }
        }
        if plain.contains(where: { ".eEn".contains($0) }) {
            return Double(plain).map { .number($0) }
        }
        return Int(plain).map { .whole($0) }
    }

    /// Digits, `_` between any two of them.
    private static func areDigits(_ text: Substring, base: Int) -> Bool {
        !text.isEmpty
            && text.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty
                    && part.unicodeScalars.allSatisfy { $0.isASCII }
                    && part.allSatisfy { ($0.hexDigitValue ?? 99) < base }
            }
    }
}
