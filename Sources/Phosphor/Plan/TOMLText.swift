/// What TOMLKit leaves to those who use it.
enum TOMLText {
    /// The first line whose `[` has no name behind it, which TOMLKit's parser does not survive: it ends the process where
    /// a table's name neither is quoted nor begins with what a name may have.
    static func unnamedTable(in text: String) -> Int? {
        let lines = text.utf8.split(omittingEmptySubsequences: false) { $0 == 10 }
        return lines.firstIndex { line in
            let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
            var rest = line.drop { isBlank($0) || [0xEF, 0xBB, 0xBF].contains($0) }
            guard rest.first == UInt8(ascii: "[") else { return false }
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "[") { rest = rest.dropFirst() }
            guard let next = rest.first(where: { !isBlank($0) }) else { return true }
            switch next {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"):
                return false
            default: return true
            }
        }.map { $0 + 1 }
    }

    /// The first line with a NUL, at which C takes a text for ended.
    static func nulLine(in text: String) -> Int? {
        var line = 1
        for byte in text.utf8 {
            if byte == 0 { return line }
            if byte == 10 { line += 1 }
        }
        return nil
    }
}
