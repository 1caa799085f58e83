/// What is wrong with a size.
public struct SizeMistake: Error, Sendable, Hashable {
    /// The column in the expression's text, from 1, in bytes of UTF-8.
    public var column: Int
    /// What is wrong and what to do, for people.
    public var message: String

    /// Makes a mistake.
    public init(column: Int, _ message: String) { (self.column, self.message) = (column, message) }
}

extension SizeExpression {
    /// Reads a size as ISF and `sketch.toml` write it: `$WIDTH/2`, `floor($HEIGHT*0.25)`, `max($WIDTH, 64)`, `$blur`.
    ///
    /// It knows numbers, `$WIDTH`, `$HEIGHT`, values by name, `+ - * / %`, powers as `**`, `^` or `pow`, brackets, and
    /// `floor ceil round trunc abs sqrt min max mod clamp`; a `$` may be left out. Nothing is evaluated.
    ///
    /// - Parameter values: the names that may stand for values; nil for any.
    /// - Throws: what is wrong, with its column. An expression has at most 1,000 bytes and 32 levels.
    public static func parse(
        _ text: String, values: Set<String>? = nil
    ) throws(SizeMistake) -> SizeExpression {
        var parser = SizeParser(bytes: Array(text.utf8), values: values)
        return try parser.parse()
    }
}

/// Reads a size by recursive descent.
private struct SizeParser {
    let bytes: [UInt8]
    let values: Set<String>?
    private var index = 0
    private var level = 0

    static let mostBytes = 1000
    static let mostLevels = 32

    init(bytes: [UInt8], values: Set<String>?) {
        (self.bytes, self.values) = (bytes, values)
    }

    mutating func parse() throws(SizeMistake) -> SizeExpression {
        guard bytes.count <= Self.mostBytes else {
            throw SizeMistake(
                column: 1, "a size of more than \(Self.mostBytes) characters: write a shorter one")
        }
        skipBlanks()
        guard index < bytes.count else {
            throw mistake("a size is missing: write a number, or something like $WIDTH/2")
        }
        let result = try sum()
        guard index == bytes.count else {
            throw mistake("\(seen) does not belong here: an operator is missing before it")
        }
        return result
    }

    // MARK: Places

    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private func mistake(_ message: String, at place: Int? = nil) -> SizeMistake {
        SizeMistake(column: (place ?? index) + 1, message)
    }

    private var seen: String {
        guard index < bytes.count else { return "the end" }
        var end = index + 1
        let isWord = Byte.isNamePart(bytes[index])
        while end < bytes.count, end < index + 24,
            isWord ? Byte.isNamePart(bytes[end]) : bytes[end] & 0xC0 == 0x80
        {
            end += 1
        }
        return "'\(String(decoding: bytes[index..<end], as: UTF8.self))'"
    }

    private mutating func skipBlanks() {
        while index < bytes.count, Byte.isBlank(next) || next == Byte.newline { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, next == byte else { return false }
        index += 1
        skipBlanks()
        return true
    }

    // MARK: Grammar

    private mutating func sum() throws(SizeMistake) -> SizeExpression {
        // Each of the grammar's own recursions passes here or through `signed`.
        level += 1
        defer { level -= 1 }
        guard level <= Self.mostLevels else { throw mistake("too many brackets in each other") }
        var result = try product()
        while true {
            if take(Byte.plus) {
                result = .operation(.add, result, try product())
            } else if take(Byte.minus) {
                result = .operation(.subtract, result, try product())
            } else {
                return result
            }
        }
    }

    private mutating func product() throws(SizeMistake) -> SizeExpression {
        var result = try signed()
        while true {
            if next == Byte.star, index + 1 < bytes.count, bytes[index + 1] == Byte.star {
                return result
            }
            if take(Byte.star) {
                result = .operation(.multiply, result, try signed())
            } else if take(Byte.slash) {
                result = .operation(.divide, result, try signed())
            } else if take(0x25) {
                result = .operation(.remainder, result, try signed())
            } else {
                return result
            }
        }
    }

    private mutating func signed() throws(SizeMistake) -> SizeExpression {
        level += 1
        defer { level -= 1 }
        guard level <= Self.mostLevels else { throw mistake("too many signs or powers in a row") }
        if take(Byte.minus) { return .negated(try signed()) }
        if take(Byte.plus) { return try signed() }
        let base = try primary()
        if next == Byte.star, index + 1 < bytes.count, bytes[index + 1] == Byte.star {
            index += 1
            _ = take(Byte.star)
        } else if !take(0x5E) {
            return base
        }
        return .operation(.power, base, try signed())
    }

    private mutating func primary() throws(SizeMistake) -> SizeExpression {
        if take(Byte.openParenthesis) {
            let inner = try sum()
            guard take(Byte.closeParenthesis) else { throw mistake("a ')' is missing here") }
            return inner
        }
        if Byte.isDigit(next) || next == Byte.dot { return .number(try number()) }
        let start = index
        let hasSign = next == 0x24
        if hasSign { index += 1 }
        guard Byte.isLetter(next) else {
            throw mistake("here must be a number or a name, not \(seen)")
        }
        let nameStart = index
        while Byte.isNamePart(next) { index += 1 }
        let name = String(decoding: bytes[nameStart..<index], as: UTF8.self)
        skipBlanks()
        if !hasSign, next == Byte.openParenthesis { return try call(name, at: start) }
        switch name {
        case "WIDTH": return .pictureWidth
        case "HEIGHT": return .pictureHeight
        case "PI" where values?.contains(name) != true, "pi" where values?.contains(name) != true:
            return .number(.pi)
        default:
            guard let values, !values.contains(name) else { return .value(name) }
            throw mistake(
                "there is no value \"\(name)\": write a number, $WIDTH, $HEIGHT, or an input's name after a $",
                at: start)
        }
    }

    private mutating func number() throws(SizeMistake) -> Double {
        let start = index
        while Byte.isDigit(next) { index += 1 }
        if next == Byte.dot {
            index += 1
            while Byte.isDigit(next) { index += 1 }
        }
        if next | 0x20 == 0x65 {
            var end = index + 1
            if end < bytes.count, bytes[end] == Byte.plus || bytes[end] == Byte.minus { end += 1 }
            if end < bytes.count, Byte.isDigit(bytes[end]) {
                index = end
                while Byte.isDigit(next) { index += 1 }
            }
        }
        var text = String(decoding: bytes[start..<index], as: UTF8.self)
        if text.hasPrefix(".") { text = "0" + text }
        if text.hasSuffix(".") { text += "0" }
        guard let value = Double(text.replacing(".e", with: ".0e").replacing(".E", with: ".0e")),
            value.isFinite, !Byte.isLetter(next)
        else { throw mistake("this is no number", at: start) }
        skipBlanks()
        return value
    }

    private mutating func call(
        _ name: String, at start: Int
    ) throws(SizeMistake) -> SizeExpression {
        _ = take(Byte.openParenthesis)
        var arguments: [SizeExpression] = []
        if next != Byte.closeParenthesis {
            repeat { arguments.append(try sum()) } while take(0x2C)
        }
        guard take(Byte.closeParenthesis) else {
            throw mistake("a ')' is missing here, for the '(' behind \(name)")
        }
        let wanted: Int
        switch (name.lowercased(), arguments.count) {
        case ("floor", 1): return .function(.floor, arguments[0])
        case ("ceil", 1): return .function(.ceil, arguments[0])
        case ("round", 1): return .function(.round, arguments[0])
        // No size is below zero.
        case ("trunc", 1), ("int", 1): return .function(.floor, arguments[0])
        case ("float", 1): return arguments[0]
        case ("abs", 1): return .function(.abs, arguments[0])
        case ("sqrt", 1): return .function(.sqrt, arguments[0])
        case ("pow", 2): return .operation(.power, arguments[0], arguments[1])
        case ("mod", 2): return .operation(.remainder, arguments[0], arguments[1])
        case ("clamp", 3):
            return .operation(
                .min, .operation(.max, arguments[0], arguments[1]), arguments[2])
        case ("min", 1...), ("max", 1...):
            let operation: SizeExpression.Operation = name.lowercased() == "min" ? .min : .max
            return arguments.dropFirst().reduce(arguments[0]) { .operation(operation, $0, $1) }
        case ("min", _), ("max", _), ("floor", _), ("ceil", _), ("round", _), ("trunc", _),
            ("int", _), ("float", _), ("abs", _), ("sqrt", _):
            wanted = 1
        case ("pow", _), ("mod", _): wanted = 2
        case ("clamp", _): wanted = 3
        default:
            throw mistake(
                "a size has no function \"\(name.shortened)\": it knows floor, ceil, round, abs, sqrt, min, max, pow, mod and clamp",
                at: start)
        }
        throw mistake(
            "\(name) needs \(wanted == 1 ? "one number" : "\(wanted) numbers")", at: start)
    }
}
