extension JSONReader {
    /// Reads a text in double quotes; the next byte is the opening one.
    mutating func string() throws(JSONMistake) -> String {
        let start = place
        index += 1
        var result: [UInt8] = []
        while true {
            guard index < bytes.count else {
                throw JSONMistake(at: start, "this text is never closed: end it with \"")
            }
            switch next {
            case Byte.quote:
                index += 1
                return String(decoding: result, as: UTF8.self)
            case Byte.backslash: try escape(into: &result)
            case Byte.newline, Byte.carriageReturn:
                note(at: start, "a line end in a text: write \\n")
                result.append(Byte.newline)
                stepOverLineEnd()
            case ..<0x20:
                // Tabs are in too many texts to speak of.
                if next != Byte.tab {
                    note(at: place, "a control character in a text: write it as \\u00…")
                }
                result.append(next)
                index += 1
            default:
                result.append(next)
                index += 1
            }
        }
    }

    private mutating func escape(into result: inout [UInt8]) throws(JSONMistake) {
        let start = place
        index += 1
        guard index < bytes.count else { return }
        let byte = next
        index += 1
        switch byte {
        case Byte.quote, Byte.backslash, Byte.slash: result.append(byte)
        case 0x62: result.append(8)
        case 0x66: result.append(12)
        case 0x6E: result.append(Byte.newline)
        case 0x72: result.append(Byte.carriageReturn)
        case 0x74: result.append(Byte.tab)
        case 0x75: result += try unicode(from: start).utf8
        default:
            index -= 1
            note(at: start, "'\\' before \(seen) means nothing in JSON: write \\\\ for a backslash")
            result.append(Byte.backslash)
        }
    }

    /// Reads what follows `\u`, and a second one where they make a pair; a half of a pair becomes U+FFFD.
    private mutating func unicode(from start: JSONPlace) throws(JSONMistake) -> String {
        let unit = try hexadecimal(from: start)
        var units = [unit]
        if unit & 0xFC00 == 0xD800, index + 1 < bytes.count, next == Byte.backslash,
            bytes[index + 1] == 0x75
        {
            let back = index
            index += 2
            let second = try hexadecimal(from: start)
            if second & 0xFC00 == 0xDC00 { units.append(second) } else { index = back }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func hexadecimal(from start: JSONPlace) throws(JSONMistake) -> UInt16 {
        let end = min(bytes.count, index + 4)
        let digits = bytes[index..<end]
        guard digits.count == 4, digits.allSatisfy(Byte.isHexDigit),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw JSONMistake(at: start, "after \\u there must be four hexadecimal digits") }
        index = end
        return unit
    }

    /// Reads a number; also one that only people would call so: `.5`, `1.`, `+2`, `007`, `1.0f`.
    mutating func number() throws(JSONMistake) -> Double {
        let start = place
        let first = index
        var text = ""
        var isStrict = true
        if next == Byte.minus || next == Byte.plus {
            if next == Byte.minus { text = "-" } else { isStrict = false }
            index += 1
        }
        let whole = digits()
        if whole.isEmpty || (whole.count > 1 && whole.utf8.first == Byte.zero) { isStrict = false }
        text += whole.isEmpty ? "0" : whole
        var share = ""
        if next == Byte.dot {
            index += 1
            share = digits()
            if share.isEmpty { isStrict = false } else { text += "." + share }
        }
        guard !whole.isEmpty || !share.isEmpty else {
            index = first
            throw mistake("here must be a number, not \(seen)")
        }
        if next | 0x20 == 0x65 {
            index += 1
            var exponent = "e"
            if next == Byte.minus || next == Byte.plus {
                exponent += next == Byte.minus ? "-" : ""
                index += 1
            }
            let count = digits()
            guard !count.isEmpty else {
                throw JSONMistake(at: start, "digits are missing after the exponent's 'e'")
            }
            text += exponent + count
        }
        if next | 0x20 == 0x66 {
            isStrict = false
            index += 1
        }
        guard !Byte.isNamePart(next), next != Byte.dot else {
            throw JSONMistake(at: start, "this is no number: \(seen) stands in it")
        }
        guard let value = Double(text), value.isFinite else {
            throw JSONMistake(at: start, "this number is too large")
        }
        if !isStrict { note(at: start, "JSON writes this number as \(value)") }
        return value
    }

    private mutating func digits() -> String {
        let start = index
        while Byte.isDigit(next) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }
}
