extension GuardNames {
    /// A binding of storage buffers that no text takes; nil where that is not certain.
    ///
    /// A block without a binding has 0, so that is none to choose.
    static func freeBinding(_ texts: [String]) -> Int? {
        var used: Set<Int> = []
        for text in texts {
            guard let taken = bindings(in: text) else { return nil }
            used.formUnion(taken)
        }
        return (1...7).last { !used.contains($0) }
    }

    /// Beginnings of the word, of which `##` could make it.
    private static let beginnings: Set<String> = ["b", "bi", "bin", "bind", "bindi", "bindin"]

    /// The numbers behind `binding =`; nil where one is anything but a decimal number alone, or an array of blocks
    /// takes more than it says.
    private static func bindings(in text: String) -> Set<Int>? {
        let bytes = Array(text.utf8)
        let words = Lexer.tokens(of: text).filter { $0.kind != .comment }.map { token in
            String(
                decoding: bytes[token.range].filter {
                    $0 != Byte.backslash && $0 != Byte.newline && $0 != Byte.carriageReturn
                }, as: UTF8.self)
        }
        if words.contains("##"), !beginnings.isDisjoint(with: words) { return nil }
        var macros: Set<String> = []
        for index in words.indices.dropFirst()
        where words[index - 1].hasPrefix("#") && words[index - 1].hasSuffix("define") {
            macros.insert(words[index])
        }
        var result: Set<Int> = []
        for index in words.indices where words[index] == "binding" {
            guard index + 3 < words.count, words[index + 1] == "=",
                let number = Int(words[index + 2]), String(number) == words[index + 2],
                words[index + 3] == ")" || words[index + 3] == ",",
                !isArray(words, index + 3, macros)
            else { return nil }
            result.insert(number)
        }
        return result
    }

    /// Whether what is declared behind an index may be an array of blocks.
    private static func isArray(_ words: [String], _ start: Int, _ macros: Set<String>) -> Bool {
        var (isInside, isBlock) = (false, false)
        for word in words[start...] {
            switch word {
            case "{": (isInside, isBlock) = (true, true)
            case "}": isInside = false
            case ";" where !isInside: return false
            case "[" where !isInside && isBlock: return true
            default: if !isInside, macros.contains(word) { return true }
            }
        }
        return true
    }
}
