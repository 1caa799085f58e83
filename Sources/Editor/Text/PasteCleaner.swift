/// Cleans text from elsewhere of what a compiler trips over and an eye does not see.
public enum PasteCleaner {
    /// The text without carriage returns, odd blanks and zero-width characters, and what was done in words.
    ///
    /// CR LF and a lone CR become a newline, non-breaking and other odd spaces a space; zero-width characters, byte
    /// order marks and soft hyphens go. The notice is nil where nothing was found.
    public static func clean(_ text: String) -> (text: String, notice: String?) {
        var result = String.UnicodeScalarView()
        var (returns, spaces, invisible) = (0, 0, 0)
        var lastWasReturn = false
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            defer { lastWasReturn = scalar == "\r" }
            switch scalar.value {
            case 0x0D:
                returns += 1
                result.append("\n")
            case 0x0A:
                if !lastWasReturn { result.append(scalar) }
            case 0x85, 0x2028, 0x2029:
                returns += 1
                result.append("\n")
            case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
                spaces += 1
                result.append(" ")
            case 0x200D where index > 0 && scalars[index - 1].value > 0x2000:
                // Between pictographs a joiner is part of the character.
                result.append(scalar)
            case 0x00AD, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069,
                0xFEFF:
                invisible += 1
            case 0x00:
                invisible += 1
            default: result.append(scalar)
            }
        }
        let found = [
            count(spaces, "non-breaking space"),
            count(returns, "carriage return"),
            count(invisible, "invisible character"),
        ].compactMap { $0 }
        guard !found.isEmpty else { return (text, nil) }
        let list =
            found.count < 2
            ? found.joined()
            : found.dropLast().joined(separator: ", ") + " and " + (found.last ?? "")
        return (String(result), "pasted text: \(list) cleaned")
    }

    private static func count(_ number: Int, _ noun: String) -> String? {
        number == 0 ? nil : "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
