/// Small changes to a text that keep every line on its number.
struct TextPatches {
    private var patches: [(range: Range<Int>, text: [UInt8])] = []

    /// Puts blanks in a token's place.
    mutating func blank(_ range: Range<Int>) {
        patches.append((range, Array(repeating: Byte.space, count: range.count)))
    }

    /// Puts another word in a token's place.
    mutating func replace(_ range: Range<Int>, with word: String) {
        patches.append((range, Array(word.utf8)))
    }

    /// The text with all changes, which must not overlap.
    func apply(to bytes: [UInt8]) -> String {
        guard !patches.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        for patch in patches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where patch.range.lowerBound >= position {
            result += bytes[position..<patch.range.lowerBound]
            result += patch.text
            position = patch.range.upperBound
        }
        result += bytes[position...]
        return String(decoding: result, as: UTF8.self)
    }
}
