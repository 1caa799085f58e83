/// What can be read out of a message's words.
enum LogMessage {
    /// The token that the message quotes, or names behind a colon; nil where it names none.
    ///
    /// Quotes are `'x'`, `"x"` or Mesa's `` `x' ``. Of a quoted call or declaration, such as
    /// `` `mix(float, vec3)' ``, the name alone is taken.
    static func token(in message: String) -> String? {
        // A user's own #error can quote anything.
        if message.hasPrefix("#") { return nil }
        // What a parser expected is just what is not there.
        if message.hasPrefix("Expected") { return nil }
        let end = message.firstRange(of: " expecting")?.lowerBound ?? message.endIndex
        let bytes = Array(message[..<end].utf8)
        var index = 0
        while index < bytes.count {
            let close: UInt8
            switch bytes[index] {
            case 0x60, 0x27: close = 0x27  // ` or '
            case Byte.quote: close = Byte.quote
            default:
                index += 1
                continue
            }
            // An apostrophe inside a word, as in "doesn't", opens no quote.
            if index > 0, Byte.isNamePart(bytes[index - 1]) {
                index += 1
                continue
            }
            guard let end = bytes[(index + 1)...].firstIndex(of: close) else { break }
            if let token = name(in: bytes[(index + 1)..<end]) { return token }
            index = end + 1
        }
        return end == message.endIndex ? nameBehindColon(in: message) : nil
    }

    /// The first word of quoted text, or the whole where it is no word but short: `}`, `<<=`.
    private static func name(in quoted: ArraySlice<UInt8>) -> String? {
        let trimmed = quoted.drop(while: Byte.isBlank)
        let word = trimmed.prefix(while: Byte.isNamePart)
        if let first = word.first, Byte.isLetter(first) {
            return String(decoding: word, as: UTF8.self)
        }
        let all = trimmed.prefix { !Byte.isBlank($0) }
        guard !all.isEmpty, all.count <= 32 else { return nil }
        return String(decoding: all, as: UTF8.self)
    }

    /// AMD's `Undeclared identifier: x`.
    private static func nameBehindColon(in message: String) -> String? {
        guard let colon = message.lastIndex(of: ":") else { return nil }
        let rest = message[message.index(after: colon)...].drop { $0 == " " }
        guard let first = rest.utf8.first, Byte.isLetter(first),
            rest.utf8.allSatisfy(Byte.isNamePart)
        else { return nil }
        return String(rest)
    }

    /// The message without the `'' :` by which glslang says that it has no token.
    static func withoutEmptyToken(_ message: String) -> String {
        guard message.hasPrefix("'' :") else { return message }
        return String(message.dropFirst(4).drop { $0 == " " })
    }

    /// Puts the user's names in place of the assembler's, as whole words.
    static func restore(_ renamed: [String: String], in message: String) -> String {
        let bytes = Array(message.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard Byte.isNamePart(bytes[index]) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            var end = index
            while end < bytes.count, Byte.isNamePart(bytes[end]) { end += 1 }
            let word = String(decoding: bytes[index..<end], as: UTF8.self)
            result += Array((renamed[word] ?? word).utf8)
            index = end
        }
        return String(decoding: result, as: UTF8.self)
    }
}
