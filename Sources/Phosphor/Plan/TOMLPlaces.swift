/// Reads TOML (1.0.0): what a text says with the places in it, or the first place at which it is none.
///
/// A reader of our own, since a plan is read at each key that is typed in it: TOMLKit never frees what it reads, keeps
/// places for its own errors only, and does not survive every text: its parser ends the process, or in a release build
/// does anything at all, where it assumes what it does not check. It reads settings alone, once, and of them only what
/// was read here to its end.
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

    /// The text, and where in it reading is.
    let bytes: [UInt8]
    private(set) var index = 0
    private(set) var place = Place()
    /// The whole, and the table that keys belong to at present.
    private let root: Table
    private var table: Table
    /// What nobody nests deeper: keys and numbers of elements that lead to a value, one by one.
    static let deepest = 32

    init(_ text: String) throws(Mistake) {
        bytes = Array(text.utf8)
        root = Table(.whole, Place(), depth: 0)
        table = root
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        while true {
            try skipLines()
            guard let next else { break }
            if next == UInt8(ascii: "[") { try header() } else { try entry(table) }
            try endLine()
        }
    }

    /// What the text says.
    var node: PlanNode { root.node }

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
        table = try table(keys, isList: isList, in: root, at: start)
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
            return try string(isKey: true)
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

    private mutating func entry(_ around: Table) throws(Mistake) {
        let start = place
        let keys = try self.keys("a key")
        guard take(UInt8(ascii: "=")) else {
            let isOther = (next ?? 0) >= 0x80
            throw mistake(
                "'=' is missing behind \(keys.last?.shown ?? ""): \(seen)"
                    + (isOther ? "; names with other letters than a to z stand in quotes" : ""))
        }
        skipBlanks()
        let table = try table(dotted: keys.dropLast(), in: around, at: start)
        let key = keys.last ?? ""
        if let known = table[key] { throw twice(key, known, at: start) }
        let content = try value(key, try deeper(table.depth, by: 1, at: start))
        table.add(key, .node(PlanNode(content: content, place: start)))
    }

    // MARK: Values

    private mutating func value(_ key: String, _ depth: Int) throws(Mistake) -> PlanNode.Content {
        switch next {
        case UInt8(ascii: "{"): try inlineTable(depth)
        case UInt8(ascii: "["): try list(depth)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): .text(try string(isKey: false))
        default: try scalar(key)
        }
    }

    private mutating func inlineTable(_ depth: Int) throws(Mistake) -> PlanNode.Content {
        let table = Table(.whole, place, depth: depth)
        advance()
        skipBlanks()
        if take(UInt8(ascii: "}")) { return table.node.content }
        while true {
            skipBlanks()
            try entry(table)
            skipBlanks()
            if take(UInt8(ascii: "}")) { return table.node.content }
            guard take(UInt8(ascii: ",")) else {
                throw mistake("',' or '}' is missing: \(seen); such a table stands on one line")
            }
        }
    }

    private mutating func list(_ depth: Int) throws(Mistake) -> PlanNode.Content {
        let start = place
        advance()
        var items: [PlanNode] = []
        while true {
            try skipLines()
            if take(UInt8(ascii: "]")) { return .list(items) }
            guard next != nil else {
                throw mistake("this list is never closed: end it with ]", at: start)
            }
            let start = place
            let content = try value("\(items.count)", try deeper(depth, by: 1, at: start))
            items.append(PlanNode(content: content, place: start))
            try skipLines()
            if take(UInt8(ascii: "]")) { return .list(items) }
            guard take(UInt8(ascii: ",")) else {
                guard next != nil else {
                    throw mistake("this list is never closed: end it with ]", at: start)
                }
                throw mistake("',' or ']' is missing: \(seen)")
            }
        }
    }

    /// A number, or true or false.
    private mutating func scalar(_ key: String) throws(Mistake) -> PlanNode.Content {
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
        if word == "true" || word == "false" { return .flag(word == "true") }
        if TOMLNumber.isOne(word) {
            if let value = TOMLNumber.value(word) { return value }
            throw mistake("\(word.shown) is more than a whole number here can be", at: start)
        }
        let isDate = word.prefix(4).allSatisfy(\.isNumber) && word.contains { ":-".contains($0) }
        throw mistake(
            isDate
                ? "\(word.shown) is a date, and nothing here takes one"
                : "'\(word.shown)' is no value: a text stands in quotes, a number has a digit on both sides of its point",
            at: start)
    }
}
