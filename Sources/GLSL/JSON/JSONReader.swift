/// Reads JSON (RFC 8259) and keeps the place of every key and value, which Foundation's reader does not.
///
/// People write JSON by hand at the head of a shader. So what has one meaning only is read although the grammar forbids
/// it, and noted as harmless: commas before a closing bracket, line ends in texts, `//` comments, numbers such as `.5`
/// and `1.`. What is left after the first mistake that is not harmless is not read.
///
/// Limits: 16 MB of text, 64 levels, a million values.
public struct JSONReader {
    /// What a text holds.
    public struct Reading: Sendable, Hashable {
        /// The value; nil where a mistake was not harmless.
        public var value: JSONValue?
        /// What is wrong, in the order of the text.
        public var mistakes: [JSONMistake]
    }

    static let mostBytes = 16 << 20
    static let mostLevels = 64
    static let mostValues = 1_000_000
    /// More harmless mistakes than these are not told: nobody reads them.
    static let mostMistakes = 32

    /// Reads a text that holds one value.
    public static func read(_ text: String) -> Reading {
        read(Array(text.utf8), firstPlace: JSONPlace(line: 1, column: 1))
    }

    /// Reads bytes that begin at a place of a larger text.
    static func read(_ bytes: some Collection<UInt8>, firstPlace: JSONPlace) -> Reading {
        guard bytes.count <= mostBytes else {
            let message = "this is larger than \(mostBytes >> 20) MB, and is not read"
            return Reading(value: nil, mistakes: [JSONMistake(at: firstPlace, message)])
        }
        var reader = JSONReader(bytes: Array(bytes), at: firstPlace)
        do throws(JSONMistake) {
            if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
            reader.skipBlanks()
            let value = try reader.value(level: 0)
            reader.skipBlanks()
            guard reader.index == reader.bytes.count else {
                throw reader.mistake(
                    "there is more after the end of the JSON: delete it, or look for a bracket that closes too early"
                )
            }
            return Reading(value: value, mistakes: reader.mistakes)
        } catch {
            return Reading(value: nil, mistakes: reader.mistakes + [error])
        }
    }

    var bytes: [UInt8]
    var index = 0
    var mistakes: [JSONMistake] = []
    private var line: Int
    /// Where the line begins; for the first line, where it would begin.
    private var lineStart: Int
    private var count = 0

    private init(bytes: [UInt8], at place: JSONPlace) {
        self.bytes = bytes
        line = place.line
        lineStart = 1 - place.column
    }

    // MARK: Places

    /// The next byte; 0 at the end.
    var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    var place: JSONPlace { JSONPlace(line: line, column: index - lineStart + 1) }

    func mistake(_ message: String) -> JSONMistake { JSONMistake(at: place, message) }

    mutating func note(at place: JSONPlace, _ message: String) {
        guard mistakes.count < Self.mostMistakes else { return }
        mistakes.append(JSONMistake(at: place, message, isHarmless: true))
    }

    /// Steps over a line end, which counts once whether it is `\n`, `\r` or both.
    mutating func stepOverLineEnd() {
        if next == Byte.carriageReturn, index + 1 < bytes.count,
            bytes[index + 1] == Byte.newline
        {
            index += 1
        }
        index += 1
        line += 1
        lineStart = index
    }

    mutating func skipBlanks() {
        while index < bytes.count {
            switch next {
            case Byte.newline, Byte.carriageReturn: stepOverLineEnd()
            case Byte.space, Byte.tab: index += 1
            case Byte.slash where index + 1 < bytes.count && bytes[index + 1] == Byte.slash:
                note(at: place, "JSON has no comments: this one is skipped")
                while index < bytes.count, next != Byte.newline, next != Byte.carriageReturn {
                    index += 1
                }
            case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0xA0:
                note(at: place, "a blank that is none in JSON: write a plain one")
                index += 2
            default: return
            }
        }
    }

    // MARK: Values

    mutating func value(level: Int) throws(JSONMistake) -> JSONValue {
        count += 1
        guard count <= Self.mostValues else {
            throw mistake("more than \(Self.mostValues) values: the rest is not read")
        }
        guard level < Self.mostLevels else {
            throw mistake("more than \(Self.mostLevels) brackets in each other")
        }
        let start = place
        switch next {
        case 0x7B: return JSONValue(.object(try members(level: level)), at: start)
        case 0x5B: return JSONValue(.array(try elements(level: level)), at: start)
        case Byte.quote: return JSONValue(.string(try string()), at: start)
        case Byte.minus, Byte.plus, Byte.dot, Byte.zero...0x39:
            return JSONValue(.number(try number()), at: start)
        default: return JSONValue(try word(), at: start)
        }
    }

    private mutating func elements(level: Int) throws(JSONMistake) -> [JSONValue] {
        let start = place
        index += 1
        var values: [JSONValue] = []
        skipBlanks()
        while next != 0x5D {
            values.append(try value(level: level + 1))
            guard try stepOverComma(before: 0x5D, opened: start) else { break }
        }
        index += 1
        return values
    }

    private mutating func members(level: Int) throws(JSONMistake) -> [JSONMember] {
        let start = place
        index += 1
        var members: [JSONMember] = []
        var keys: Set<String> = []
        skipBlanks()
        while next != 0x7D {
            guard next == Byte.quote else { throw missingKey(opened: start) }
            let keyPlace = place
            let key = try string()
            if !keys.insert(key).inserted {
                note(at: keyPlace, "\"\(key.shortened)\" is here twice: the last one counts")
            }
            skipBlanks()
            guard next == Byte.colon else {
                throw mistake("a ':' is missing after the key \"\(key.shortened)\"")
            }
            index += 1
            skipBlanks()
            members.append(
                JSONMember(key: key, keyPlace: keyPlace, value: try value(level: level + 1)))
            guard try stepOverComma(before: 0x7D, opened: start) else { break }
        }
        index += 1
        return members
    }

    /// Steps over the comma behind a value; false where `close` follows instead.
    private mutating func stepOverComma(
        before close: UInt8, opened start: JSONPlace
    ) throws(JSONMistake) -> Bool {
        skipBlanks()
        if next == close { return false }
        let comma = place
        guard next == 0x2C else {
            let bracket = close == 0x7D ? "{" : "["
            guard index < bytes.count else {
                throw mistake("the '\(bracket)' of line \(start.line) is never closed")
            }
            throw mistake(
                "a ',' or '\(Character(UnicodeScalar(close)))' is missing before \(seen)")
        }
        index += 1
        skipBlanks()
        if next == close {
            note(at: comma, "a ',' before '\(Character(UnicodeScalar(close)))': delete it")
        }
        return true
    }

    private func missingKey(opened start: JSONPlace) -> JSONMistake {
        guard index < bytes.count else {
            return mistake("the '{' of line \(start.line) is never closed")
        }
        return mistake("here must be a key in double quotes, not \(seen)")
    }

    private mutating func word() throws(JSONMistake) -> JSONValue.Content {
        guard index < bytes.count else { throw mistake("the text ends where a value must be") }
        var end = index
        while end < bytes.count, Byte.isNamePart(bytes[end]) { end += 1 }
        let word = String(decoding: bytes[index..<end], as: UTF8.self)
        let known: JSONValue.Content? =
            switch word.lowercased() {
            case "true": .bool(true)
            case "false": .bool(false)
            case "null": .null
            default: nil
            }
        guard let known else { throw mistake("here must be a value, not \(seen)") }
        if word != word.lowercased() {
            note(at: place, "write \(word.lowercased()) in small letters")
        }
        index = end
        return known
    }

    /// What stands at the present place, for a message.
    var seen: String {
        guard index < bytes.count else { return "the end of the text" }
        var end = index + 1
        if Byte.isNamePart(bytes[index]) {
            while end < min(bytes.count, index + 24), Byte.isNamePart(bytes[end]) { end += 1 }
        } else {
            while end < min(bytes.count, index + 4), bytes[end] & 0xC0 == 0x80 { end += 1 }
        }
        return "'\(String(decoding: bytes[index..<end], as: UTF8.self))'"
    }
}

extension String {
    /// At most 40 characters of it, for a message.
    var shortened: String { count > 40 ? prefix(39) + "…" : self }
}
