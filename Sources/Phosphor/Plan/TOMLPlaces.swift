/// Where the keys of a text in TOML stand, or the first place at which it is none.
///
/// TOMLKit keeps places for its own errors only, and does not survive every text: its parser ends the process, or in a
/// release build does anything at all, where it assumes what it does not check. So it gets only what was read here to
/// its end by TOML's grammar (1.0.0); what it then has to say is of keys that stand twice. Places are found by paths of
/// keys, elements of lists by their numbers.
///
/// Limitations: dates and times are refused, since nothing of ours takes one.
struct TOMLPlaces {
    /// Line and column from 1, the column in bytes of UTF-8.
    struct Place: Sendable, Equatable, Comparable {
        var line = 1
        var column = 1
        static func < (a: Place, b: Place) -> Bool {
            (a.line, a.column) < (b.line, b.column)
        }
    }

    /// Why a text is no TOML.
    struct Mistake: Error, Equatable {
        var place: Place
        var message: String
    }

    private(set) var places: [[String]: Place] = [:]
    /// The text, and where in it reading is.
    let bytes: [UInt8]
    private(set) var index = 0
    private(set) var place = Place()
    /// The table that keys belong to at present.
    private var table: [String] = []
    /// How many tables each list of tables has so far.
    private var counts: [[String]: Int] = [:]
    /// What nobody nests deeper.
    private static let deepest = 32

    init(_ text: String) throws(Mistake) {
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        while true {
            try skipLines()
            guard let next else { break }
            if next == UInt8(ascii: "[") { try header() } else { try entry(table, 0) }
            try endLine()
        }
    }

    subscript(path: [String]) -> Place? { places[path] }

    // MARK: Bytes

    /// The next byte; nil at the end.
    var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func advance() {
        guard index < bytes.count else { return }
        place.column += 1
        if bytes[index] == 10 { place = Place(line: place.line + 1, column: 1) }
        index += 1
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        advance()
        return true
    }

    func mistake(_ message: String, at place: Place? = nil) -> Mistake {
        Mistake(place: place ?? self.place, message: message)
    }

    /// What stands next, for a message.
    private var seen: String {
        guard let next, next != 10, next != 13 else { return "the line ends" }
        guard next >= 32, next != 127 else { return "here is a control character" }
        let rest = String(decoding: bytes[index...].prefix(8), as: UTF8.self)
        return "here is '\(rest.first.map(String.init) ?? "")'"
    }

    private mutating func skipBlanks() { while next == 32 || next == 9 { advance() } }

    /// Skips blanks, comments and line ends.
    private mutating func skipLines() throws(Mistake) {
        while let next {
            switch next {
            case 32, 9, 10: advance()
            case 13 where index + 1 < bytes.count && bytes[index + 1] == 10: advance()
            case UInt8(ascii: "#"): try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(Mistake) {
        while let next, next != 10 {
            let isEnd = next == 13 && index + 1 < bytes.count && bytes[index + 1] == 10
            guard next >= 32 || next == 9 || isEnd, next != 127 else {
                throw mistake("\(seen) in a comment, which TOML does not allow: delete it")
            }
            advance()
        }
    }

    private mutating func endLine() throws(Mistake) {
        skipBlanks()
        if next == UInt8(ascii: "#") { try skipComment() }
        if next == 13, index + 1 < bytes.count, bytes[index + 1] == 10 { advance() }
        guard next == nil || next == 10 else {
            throw mistake("\(seen), where the line should end: one key or table a line")
        }
    }

    // MARK: Tables and keys

    private mutating func header() throws(Mistake) {
        let start = place
        advance()
        let isList = take(UInt8(ascii: "["))
        skipBlanks()
        guard let next, next != UInt8(ascii: "]"), next != 10, next != 13 else {
            throw mistake("a table's name is missing after '['")
        }
        let keys = try self.keys("a table's name")
        for _ in 0..<(isList ? 2 : 1) {
            guard take(UInt8(ascii: "]")) else {
                throw mistake(
                    "\(isList ? "']]'" : "']'") is missing behind the table's name: \(seen)")
            }
        }
        var path: [String] = []
        for (number, key) in keys.enumerated() {
            path.append(key)
            if number == keys.count - 1, isList {
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

    /// Keys with dots between.
    private mutating func keys(_ what: String) throws(Mistake) -> [String] {
        var keys: [String] = []
        repeat {
            skipBlanks()
            keys.append(try key(what))
            guard keys.count <= Self.deepest else { throw mistake("more dots than anybody needs") }
            skipBlanks()
        } while take(UInt8(ascii: "."))
        return keys
    }

    private mutating func key(_ what: String) throws(Mistake) -> String {
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
            let start = place
            guard let key = try string(mayBeLong: false) else {
                throw mistake("a key is a text of one line", at: start)
            }
            return key
        }
        let start = index
        while let next, Self.isBare(next) { advance() }
        guard index > start else {
            let isOther = (next ?? 0) >= 0x80
            throw mistake(
                "\(what) is missing here: \(seen)"
                    + (isOther ? "; names with other letters than a to z stand in quotes" : ""))
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private mutating func entry(_ around: [String], _ depth: Int) throws(Mistake) {
        let start = place
        let keys = try self.keys("a key")
        var path = around
        for key in keys {
            path.append(key)
            note(path, start)
        }
        guard take(UInt8(ascii: "=")) else {
            let isOther = (next ?? 0) >= 0x80
            throw mistake(
                "'=' is missing behind \(keys.last?.shown ?? ""): \(seen)"
                    + (isOther ? "; names with other letters than a to z stand in quotes" : ""))
        }
        skipBlanks()
        try value(path, depth)
    }

    // MARK: Values

    private mutating func value(_ path: [String], _ depth: Int) throws(Mistake) {
        guard depth < Self.deepest else { throw mistake("tables and lists too deep in each other") }
        switch next {
        case UInt8(ascii: "{"): try inlineTable(path, depth)
        case UInt8(ascii: "["): try list(path, depth)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try string(mayBeLong: true)
        default: try scalar(path.last ?? "")
        }
    }

    private mutating func inlineTable(_ path: [String], _ depth: Int) throws(Mistake) {
        advance()
        skipBlanks()
        if take(UInt8(ascii: "}")) { return }
        while true {
            skipBlanks()
            try entry(path, depth + 1)
            skipBlanks()
            if take(UInt8(ascii: "}")) { return }
            guard take(UInt8(ascii: ",")) else {
                throw mistake("',' or '}' is missing: \(seen); such a table stands on one line")
            }
        }
    }

    private mutating func list(_ path: [String], _ depth: Int) throws(Mistake) {
        let start = place
        advance()
        var number = 0
        while true {
            try skipLines()
            if take(UInt8(ascii: "]")) { return }
            guard next != nil else {
                throw mistake("this list is never closed: end it with ]", at: start)
            }
            note(path + ["\(number)"], place)
            try value(path + ["\(number)"], depth + 1)
            number += 1
            try skipLines()
            if take(UInt8(ascii: "]")) { return }
            guard take(UInt8(ascii: ",")) else {
                guard next != nil else {
                    throw mistake("this list is never closed: end it with ]", at: start)
                }
                throw mistake("',' or ']' is missing: \(seen)")
            }
        }
    }

    /// A number, or true or false.
    private mutating func scalar(_ key: String) throws(Mistake) {
        let (start, first) = (place, index)
        while let next,
            Self.isBare(next) || next == UInt8(ascii: "+") || next == UInt8(ascii: ".")
                || next == UInt8(ascii: ":")
        {
            advance()
        }
        let word = String(decoding: bytes[first..<index], as: UTF8.self)
        guard !word.isEmpty else {
            throw mistake("the value of \(key.shown) is missing: \(seen)")
        }
        if TOMLNumber.isOne(word) || word == "true" || word == "false" { return }
        let isDate = word.prefix(4).allSatisfy(\.isNumber) && word.contains { ":-".contains($0) }
        throw mistake(
            isDate
                ? "\(word.shown) is a date, and nothing here takes one"
                : "'\(word.shown)' is no value: a text stands in quotes, a number has a digit on both sides of its point",
            at: start)
    }
}
