/// The words that the language and Phosphor know, looked up without allocation.
///
/// A table of open addressing over a hash of the bytes: the editor asks it for every name on every
/// line that it lexes again, and `String` keys would allocate there.
enum Words {
    /// What a word is; nil for a name of the user's own.
    static func kind(of word: UnsafeBufferPointer<UInt8>) -> TokenKind? {
        table.kind(of: word)
    }

    /// What a word is; nil for a name of the user's own.
    static func kind(of word: String) -> TokenKind? {
        var word = word
        return word.withUTF8 { table.kind(of: $0) }
    }

    private static let table = WordTable([
        (.keyword, keywords), (.type, types), (.builtinFunction, functions),
        (.builtinVariable, variables),
        (
            .builtinUniform,
            (BuiltinUniform.table.filter { $0.scope != .rays }.map(\.name) + channels)
                .joined(separator: " ")
        ),
    ])

    /// Shadertoy's four inputs.
    static let channels = ["iChannel0", "iChannel1", "iChannel2", "iChannel3"]
}

/// Words with a kind each, by a hash of their bytes.
struct WordTable: Sendable {
    private struct Slot {
        var hash: UInt64 = 0
        var start: Int32 = 0
        var length: Int32 = 0
        var kind: TokenKind = .identifier
    }

    private var slots: [Slot]
    private var names: [UInt8] = []
    private let mask: Int
    private let longest: Int

    /// Makes a table from lists of words, parted by blanks; the first list that has a word wins.
    init(_ lists: [(TokenKind, String)]) {
        var words: [(TokenKind, Substring)] = []
        for (kind, list) in lists {
            words += list.split(whereSeparator: \.isWhitespace).map { (kind, $0) }
        }
        var size = 16
        while size < words.count * 3 { size *= 2 }
        slots = Array(repeating: Slot(), count: size)
        mask = size - 1
        longest = words.map(\.1.utf8.count).max() ?? 0
        for (kind, word) in words { insert(Array(word.utf8), kind) }
    }

    private mutating func insert(_ word: [UInt8], _ kind: TokenKind) {
        word.withUnsafeBufferPointer { bytes in
            guard self.kind(of: bytes) == nil else { return }
            let hash = Self.hash(bytes)
            var index = Int(truncatingIfNeeded: hash) & mask
            while slots[index].length > 0 { index = (index + 1) & mask }
            slots[index] = Slot(
                hash: hash, start: Int32(names.count), length: Int32(bytes.count), kind: kind)
            names += bytes
        }
    }

    /// The kind of a word; nil where the table has it not.
    func kind(of word: UnsafeBufferPointer<UInt8>) -> TokenKind? {
        guard word.count > 0, word.count <= longest else { return nil }
        let hash = Self.hash(word)
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].length > 0 {
            let slot = slots[index]
            if slot.hash == hash, Int(slot.length) == word.count,
                word.indices.allSatisfy({ names[Int(slot.start) + $0] == word[$0] })
            {
                return slot.kind
            }
            index = (index + 1) & mask
        }
        return nil
    }

    /// FNV-1a of 64 bits: short words, no need for more.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ (hash >> 32)
    }
}
