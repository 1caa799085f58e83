import Synchronization

/// A grapheme cluster as a number: its scalar's value where it has one scalar, else its place in a table that all
/// grids share.
///
/// The table only grows, with each cluster of several scalars that was ever drawn; past its limit new ones become the
/// replacement character, so that no text can eat the memory.
struct ClusterCode: Hashable, Sendable {
    private var value: UInt32

    /// Above all Unicode scalars.
    private static let firstEntry: UInt32 = 0x20_0000
    private static let limit = 65_536

    private struct Table {
        var codes: [Character: UInt32] = [:]
        var clusters: [Character] = []
    }

    private static let table = Mutex(Table())
    private static let ascii: [Character] = (0..<128).map { Character(UnicodeScalar(UInt8($0))) }

    init(ascii byte: UInt8) { value = UInt32(byte) }

    init(_ character: Character) {
        let scalars = character.unicodeScalars
        let first = scalars.startIndex
        if scalars.index(after: first) == scalars.endIndex {
            value = scalars[first].value
        } else {
            value = Self.intern(character)
        }
    }

    private static func intern(_ character: Character) -> UInt32 {
        table.withLock { table in
            if let code = table.codes[character] { return code }
            guard table.clusters.count < limit else { return 0xFFFD }
            let code = firstEntry + UInt32(table.clusters.count)
            table.codes[character] = code
            table.clusters.append(character)
            return code
        }
    }

    var character: Character {
        if value < 128 { return Self.ascii[Int(value)] }
        if let scalar = UnicodeScalar(value) { return Character(scalar) }
        return Self.table.withLock { table in
            let index = Int(value - Self.firstEntry)
            return table.clusters.indices.contains(index) ? table.clusters[index] : "\u{FFFD}"
        }
    }
}
