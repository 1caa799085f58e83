/// One word of a command line: bare, or quoted text with its escapes undone.
struct CommandWord: Equatable {
    /// What it says.
    var text: String
    /// Whether it stood in quotes, and so is never a keyword such as `as` or `off`.
    var isQuoted: Bool
    /// Where it begins and ends in the line, counted in Unicode scalars from 0.
    var range: Range<Int>

    /// The word where it can be a keyword.
    var keyword: String? { isQuoted ? nil : text }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n"
    }

    /// Cuts a line into words; throws where quoted text is malformed.
    static func words(of line: String) throws(CommandError) -> [CommandWord] {
        let scalars = Array(line.unicodeScalars)
        var words: [CommandWord] = []
        var index = 0
        while true {
            while index < scalars.count, isBlank(scalars[index]) { index += 1 }
            guard index < scalars.count else { return words }
            let start = index
            if scalars[index] == "\"" {
                let text = try quotedText(scalars, &index)
                words.append(CommandWord(text: text, isQuoted: true, range: start..<index))
                if index < scalars.count, !isBlank(scalars[index]) {
                    throw CommandError(
                        "a space is missing after the closing quote; for a quote inside text "
                            + "write \\\"",
                        column: index + 1)
                }
            } else {
                while index < scalars.count, !isBlank(scalars[index]) { index += 1 }
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars[start..<index])
                words.append(
                    CommandWord(text: String(text), isQuoted: false, range: start..<index))
            }
        }
    }

    /// Reads from the opening quote to behind the closing one.
    private static func quotedText(
        _ scalars: [Unicode.Scalar], _ index: inout Int
    ) throws(CommandError) -> String {
        let start = index
        var text = String.UnicodeScalarView()
        index += 1
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            switch scalar {
            case "\"": return String(text)
            case "\\": text.append(try escape(scalars, &index))
            default: text.append(scalar)
            }
        }
        throw CommandError("the quoted text has no closing quote", column: start + 1)
    }

    /// Reads what follows a backslash.
    private static func escape(
        _ scalars: [Unicode.Scalar], _ index: inout Int
    ) throws(CommandError) -> Unicode.Scalar {
        let start = index
        guard index < scalars.count else {
            throw CommandError("the quoted text has no closing quote", column: start)
        }
        let scalar = scalars[index]
        index += 1
        switch scalar {
        case "n": return "\n"
        case "t": return "\t"
        case "\"", "\\": return scalar
        case "u":
            guard index < scalars.count, scalars[index] == "{",
                let end = scalars[index...].prefix(10).firstIndex(of: "}")
            else { break }
            let digits = scalars[(index + 1)..<end]
            var value: UInt32? = digits.isEmpty || digits.count > 8 ? nil : 0
            for digit in digits {
                guard let known = value, let number = Character(digit).hexDigitValue else {
                    value = nil
                    break
                }
                value = known << 4 | UInt32(number)
            }
            index = end + 1
            if let value, let result = Unicode.Scalar(value) { return result }
            let name = String(String.UnicodeScalarView(scalars[start..<index]))
            throw CommandError("'\\\(name)' is not a Unicode character", column: start)
        default: break
        }
        throw CommandError(
            "unknown escape '\\\(scalar)'; quoted text knows \\n \\t \\\" \\\\ and \\u{HEX}",
            column: start)
    }
}
