extension SourceOutline {
    /// Whether the text begins with ISF's comment: a block comment that holds a JSON object.
    ///
    /// Other texts begin with a comment that begins with a brace, too: so one of ISF's keys or names must be there.
    var isISF: Bool {
        guard let range = leadingComment else { return false }
        return hasKnownKey(range) || ISFHeader.ownNames.contains(where: mentions)
    }

    /// The bytes between `/*` and `*/` of the comment that holds the JSON: the first one that a brace begins; nil for none.
    ///
    /// Before it may stand blanks, comments and directives. Of several such comments the first that has one of ISF's keys
    /// counts. Where it is not closed, it ends with the text.
    var leadingComment: Range<Int>? {
        var index = 0
        var first: Range<Int>?
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if Byte.isBlank(byte) || byte == Byte.newline {
                index += 1
            } else if byte == Byte.hash || (byte == Byte.slash && next == Byte.slash) {
                while index < bytes.count, bytes[index] != Byte.newline { index += 1 }
            } else if byte == Byte.slash, next == Byte.star {
                let (content, end) = blockComment(at: index)
                if let content {
                    if hasKnownKey(content) { return content }
                    first = first ?? content
                }
                index = end
            } else {
                break
            }
        }
        return first
    }

    /// What the block comment at an index holds from a brace on, nil where it begins with none; and where it ends.
    private func blockComment(at index: Int) -> (content: Range<Int>?, end: Int) {
        var first = index + 2
        var end = first
        while end + 1 < bytes.count, bytes[end] != Byte.star || bytes[end + 1] != Byte.slash {
            end += 1
        }
        let isClosed = end + 1 < bytes.count
        if !isClosed { end = bytes.count }
        while first < end,
            Byte.isBlank(bytes[first]) || bytes[first] == Byte.newline || bytes[first] == Byte.star
        {
            first += 1
        }
        let content = first < end && bytes[first] == 0x7B ? first..<end : nil
        return (content, isClosed ? end + 2 : end)
    }

    private func hasKnownKey(_ range: Range<Int>) -> Bool {
        let comment = String(decoding: bytes[range], as: UTF8.self)
        return ISFHeader.knownKeys.contains { comment.contains("\"\($0)\"") }
    }
}
