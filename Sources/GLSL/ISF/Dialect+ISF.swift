extension SourceOutline {
    /// Whether the text begins with ISF's comment: a block comment that holds a JSON object.
    ///
    /// Other texts begin with a comment that begins with a brace, too: so one of ISF's keys or names must be there.
    var isISF: Bool {
        guard let range = leadingComment else { return false }
        let comment = String(decoding: bytes[range], as: UTF8.self)
        return ISFHeader.knownKeys.contains { comment.contains("\"\($0)\"") }
            || ISFHeader.ownNames.contains(where: mentions)
    }

    /// The bytes between `/*` and `*/` of the text's first comment, where a brace begins them; nil where there is none.
    ///
    /// Before it may stand blanks, `//` comments and directives. Where it is not closed, it ends with the text.
    var leadingComment: Range<Int>? {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if Byte.isBlank(byte) || byte == Byte.newline {
                index += 1
            } else if byte == Byte.hash
                || (byte == Byte.slash && index + 1 < bytes.count && bytes[index + 1] == Byte.slash)
            {
                while index < bytes.count, bytes[index] != Byte.newline { index += 1 }
            } else {
                break
            }
        }
        guard index + 1 < bytes.count, bytes[index] == Byte.slash, bytes[index + 1] == Byte.star
        else { return nil }
        let start = index + 2
        var first = start
        while first < bytes.count,
            Byte.isBlank(bytes[first]) || bytes[first] == Byte.newline || bytes[first] == Byte.star
        {
            first += 1
        }
        guard first < bytes.count, bytes[first] == 0x7B else { return nil }
        var end = first
        while end + 1 < bytes.count, bytes[end] != Byte.star || bytes[end + 1] != Byte.slash {
            end += 1
        }
        return first..<(end + 1 < bytes.count ? end : bytes.count)
    }
}
