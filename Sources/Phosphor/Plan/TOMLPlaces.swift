/// Where the keys of a text in TOML stand: TOMLKit keeps places for its own errors only.
///
/// It walks a text that TOMLKit has taken, so it looks for keys and where values end, and for nothing else; of a text
/// that is none it gives some places, and never fails. Places are found by paths of keys, elements of lists by their
/// numbers.
struct TOMLPlaces {
    /// Line and column from 1, the column in bytes of UTF-8.
    struct Place: Sendable, Equatable, Comparable {
        var line = 1
        var column = 1
        static func < (a: Place, b: Place) -> Bool {
            (a.line, a.column) < (b.line, b.column)
        }
    }

    private var places: [[String]: Place] = [:]
    private let bytes: [UInt8]
    private var index = 0
    private var place = Place()
    /// The table that keys belong to at present.
    private var table: [String] = []
    /// How many tables each list of tables has so far.
    private var counts: [[String]: Int] = [:]
    /// TOMLKit's parser refuses what is nested deeper.
    private static let deepest = 256

    init(_ text: String) {
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        while true {
            skip(blanksAnd: true)
            guard index < bytes.count else { break }
            let start = index
            if bytes[index] == UInt8(ascii: "[") { header() } else { entry(table, 0) }
            // What is no TOML must not hold us.
            if index == start { advance() }
        }
    }

    subscript(path: [String]) -> Place? { places[path] }

    // MARK: Bytes

    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func advance() {
        guard index < bytes.count else { return }
        place.column += 1
        if bytes[index] == 10 { place = Place(line: place.line + 1, column: 1) }
        index += 1
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        advance()
        return true
    }

    /// Skips blanks; with `lines`, line ends and comments as well.
    private mutating func skip(blanksAnd lines: Bool) {
        while index < bytes.count {
            switch bytes[index] {
            case 32, 9: advance()
            case 10 where lines, 13 where lines: advance()
            case UInt8(ascii: "#") where lines:
                while index < bytes.count, bytes[index] != 10 { advance() }
            default: return
            }
        }
    }

    // MARK: Tables and keys

    private mutating func header() {
        let start = place
        advance()
        let isList = take(UInt8(ascii: "["))
        let keys = self.keys()
        _ = take(UInt8(ascii: "]"))
        if isList { _ = take(UInt8(ascii: "]")) }
        guard !keys.isEmpty else { return }
        var path: [String] = []
        for (number, key) in keys.enumerated() {
            path.append(key)
            let isLast = number == keys.count - 1
            if isLast, isList {
                note(path, start)
                counts[path, default: -1] += 1
                path.append("\(counts[path] ?? 0)")
            } else if let last = counts[path] {
                path.append("\(last)")
            }
            note(path, start)
        }
        table = path
    }

    private mutating func note(_ path: [String], _ place: Place) {
        if places[path] == nil { places[path] = place }
    }

    /// Keys with dots between; empty where there is none.
    private mutating func keys() -> [String] {
        var keys: [String] = []
        repeat {
            skip(blanksAnd: false)
            guard let key = key() else { return keys }
            keys.append(key)
            skip(blanksAnd: false)
        } while take(UInt8(ascii: "."))
        return keys
    }

    private mutating func key() -> String? {
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") { return string() }
        let start = index
        while index < bytes.count, Self.isBare(bytes[index]) { advance() }
        return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: byte >= 0x80
        }
    }

    private mutating func entry(_ around: [String], _ depth: Int) {
        let start = place
        let keys = self.keys()
        guard !keys.isEmpty else { return }
        var path = around
        for key in keys {
            path.append(key)
            note(path, start)
        }
        skip(blanksAnd: false)
        guard take(UInt8(ascii: "=")) else { return }
        skip(blanksAnd: false)
        value(path, depth)
    }

    // MARK: Values

    private mutating func value(_ path: [String], _ depth: Int) {
        guard depth < Self.deepest else { return }
        switch next {
        case UInt8(ascii: "{"): inlineTable(path, depth)
        case UInt8(ascii: "["): list(path, depth)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        default:
            while index < bytes.count, !Self.endsValue(bytes[index]) { advance() }
        }
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        [10, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#")]
            .contains(byte)
    }

    private mutating func inlineTable(_ path: [String], _ depth: Int) {
        advance()
        while index < bytes.count {
            skip(blanksAnd: true)
            if take(UInt8(ascii: "}")) { return }
            let start = index
            entry(path, depth + 1)
            skip(blanksAnd: true)
            _ = take(UInt8(ascii: ","))
            if index == start { advance() }
        }
    }

    private mutating func list(_ path: [String], _ depth: Int) {
        advance()
        var number = 0
        while index < bytes.count {
            skip(blanksAnd: true)
            if take(UInt8(ascii: "]")) { return }
            let start = index
            note(path + ["\(number)"], place)
            value(path + ["\(number)"], depth + 1)
            number += 1
            skip(blanksAnd: true)
            _ = take(UInt8(ascii: ","))
            if index == start { advance() }
        }
    }

    /// Skips a text of any of the four kinds; gives it, with the escapes of one line read.
    private mutating func string() -> String {
        let quote = next
        let isLong = index + 2 < bytes.count && bytes[index..<index + 3].allSatisfy { $0 == quote }
        for _ in 0..<(isLong ? 3 : 1) { advance() }
        var found: [UInt8] = []
        while index < bytes.count {
            if bytes[index] == quote {
                let run = bytes[index...].prefix(isLong ? 5 : 1).prefix { $0 == quote }.count
                if !isLong || run >= 3 {
                    for _ in 0..<run { advance() }
                    break
                }
            } else if !isLong, bytes[index] == 10 {
                break
            } else if quote == UInt8(ascii: "\""), bytes[index] == UInt8(ascii: "\\") {
                advance()
                escape(&found)
                continue
            }
            found.append(next)
            advance()
        }
        return String(decoding: found, as: UTF8.self)
    }

    /// Reads what stands behind a backslash.
    private mutating func escape(_ found: inout [UInt8]) {
        let letter = next
        advance()
        let count = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
        let known: [UInt8: UInt8] = [
            UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13,
            UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "e"): 27,
        ]
        guard count > 0 else { return found.append(known[letter] ?? letter) }
        let digits = bytes[index...].prefix(count)
        for _ in digits { advance() }
        let text = String(decoding: digits, as: UTF8.self)
        if let number = UInt32(text, radix: 16), let scalar = Unicode.Scalar(number) {
            found += Array(String(scalar).utf8)
        }
    }
}
