/// The numbers that a text gives names to, and headers of loops that are made of them.
struct GuardConstants {
    /// A loop's header that counts from one number to another.
    struct Header {
        var variable: String
        /// At most so many.
        var rounds: Int
        /// At least so many, where nothing leaves the loop and the whole condition is the comparison; else 0.
        var certainRounds: Int
        /// The bytes of the number that it counts from; nil where that stands before the loop.
        var start: Range<Int>?
    }

    private let source: GuardSource
    /// All values that a name may have; branches of an `#if` can give it several.
    private var values: [String: [Double]] = [:]

    init(_ source: GuardSource, names: [String]) {
        self.source = source
        var unusable = source.undefined
        for macro in source.macros {
            let number = Self.number(source, macro.body[...])
            if !macro.isFunction, let number {
                values[macro.name, default: []].append(number)
            } else {
                unusable.insert(macro.name)
            }
        }
        let items = source.code
        for index in items.indices.dropFirst() where items[index].word == .name {
            let isDeclared =
                items[index - 1].kind == .type && index + 1 < items.count
                && items[index + 1].word != .open
            guard isDeclared || (index + 1 < items.count && source.item(items[index + 1], is: "="))
            else { continue }
            // Declared or given a value in any other way than as a constant, it is none.
            let isConstant =
                isDeclared && index > 1 && index + 3 < items.count
                && (source.item(items[index - 2], is: "const")
                    || (index > 2 && source.item(items[index - 3], is: "const")))
            if isConstant, source.item(items[index + 1], is: "="),
                let end = items[(index + 2)..<min(items.count, index + 6)].firstIndex(where: {
                    $0.word == .semicolon || $0.word == .comma
                }), let number = Self.number(source, items[(index + 2)..<end])
            {
                values[names[index], default: []].append(number)
            } else {
                unusable.insert(names[index])
            }
        }
        for name in unusable { values[name] = nil }
    }

    /// The number that tokens are: with a sign and in parentheses, perhaps.
    private static func number(
        _ source: GuardSource, _ tokens: ArraySlice<GuardSource.Item>
    ) -> Double? {
        var tokens = tokens
        while tokens.count > 2, tokens.first?.word == .open, tokens.last?.word == .close {
            tokens = tokens.dropFirst().dropLast()
        }
        var sign = 1.0
        if tokens.count == 2, let first = tokens.first, source.item(first, is: "-") {
            sign = -1
            tokens = tokens.dropFirst()
        }
        guard tokens.count == 1, let token = tokens.first, token.kind == .number else { return nil }
        var text = source.text(token).lowercased()
        if text.hasPrefix("0x") {
            if text.hasSuffix("u") { text.removeLast() }
            return Int(text.dropFirst(2), radix: 16).map { sign * Double($0) }
        }
        while let last = text.last, "ufl".contains(last) { text.removeLast() }
        // A number that begins with 0 may be octal.
        if text.count > 1, text.hasPrefix("0"), !text.contains("."), !text.contains("e") {
            return nil
        }
        if text.hasPrefix(".") { text = "0" + text }
        if text.hasSuffix(".") { text += "0" }
        text = text.replacing(".e", with: ".0e")
        return Double(text).map { sign * $0 }
    }

    /// All numbers that tokens may stand for.
    private func numbers(
        _ tokens: ArraySlice<GuardSource.Item>, _ names: [String]
    ) -> [Double]? {
        if tokens.count == 1, let token = tokens.first, token.word == .name {
            return values[names[tokens.startIndex]]
        }
        return Self.number(source, tokens).map { [$0] }
    }

    /// Reads the tokens between a header's parentheses; nil for anything but a count between constants.
    func header(
        _ items: [GuardSource.Item], _ names: [String], _ start: Int, _ end: Int
    ) -> Header? {
        let parts = items[start..<end].split(omittingEmptySubsequences: false) {
            $0.word == .semicolon
        }
        guard parts.count == 3 else { return nil }
        let isInside = !parts[0].isEmpty
        guard let declaration = isInside ? parts[0] : declaration(items, before: start - 2),
            let (type, variable, from) = beginning(declaration, names),
            let (comparison, to, isWhole) = comparison(parts[1], variable, names),
            let steps = steps(parts[2], variable, names)
        else { return nil }
        var (most, least) = (0, Int.max)
        for a in from {
            for b in to {
                for step in steps {
                    guard let count = Self.rounds(a, b, step, comparison, type) else {
                        return nil
                    }
                    most = max(most, count.most)
                    least = min(least, count.least)
                }
            }
        }
        var range: Range<Int>?
        if isInside, let first = declaration.dropFirst(3).first, let last = declaration.last {
            // Behind a precision there is one token more.
            let isQualified = declaration.first?.kind == .keyword
            let number = isQualified ? declaration.dropFirst(4).first ?? first : first
            range = number.range.lowerBound..<last.range.upperBound
        }
        return Header(
            variable: variable, rounds: most, certainRounds: isWhole ? least : 0, start: range)
    }

    /// The declaration that ends right before a token: `int i = 0;`.
    private func declaration(
        _ items: [GuardSource.Item], before index: Int
    ) -> ArraySlice<GuardSource.Item>? {
        let end = index - 1
        guard end >= 4, items[end].word == .semicolon else { return nil }
        for length in 4...5 where end - length >= 0 && items[end - length].kind == .type {
            return items[end - length..<end]
        }
        return nil
    }

    /// Takes `int i = A` apart.
    private func beginning(
        _ tokens: ArraySlice<GuardSource.Item>, _ names: [String]
    ) -> (type: String, variable: String, from: [Double])? {
        var tokens = tokens
        if let word = tokens.first, word.kind == .keyword,
            ["highp", "mediump", "lowp"].contains(source.text(word))
        {
            tokens = tokens.dropFirst()
        }
        guard tokens.count > 3, let type = tokens.first, tokens.dropFirst().first?.word == .name,
            source.item(tokens[tokens.startIndex + 2], is: "="),
            let from = numbers(tokens.dropFirst(3), names)
        else { return nil }
        let name = source.text(type)
        guard ["int", "uint", "float"].contains(name) else { return nil }
        return (name, names[tokens.startIndex + 1], from)
    }

    /// Finds `i < B` in a condition: alone, or as one of several that all must hold.
    private func comparison(
        _ tokens: ArraySlice<GuardSource.Item>, _ variable: String, _ names: [String]
    ) -> (comparison: String, to: [Double], isWhole: Bool)? {
        var depth = 0
        var start = tokens.startIndex
        var parts: [ArraySlice<GuardSource.Item>] = []
        for index in tokens.indices {
            switch tokens[index].word {
            case .open, .openBracket: depth += 1
            case .close, .closeBracket: depth -= 1
            case .comma where depth == 0: return nil
            default:
                guard depth == 0, tokens[index].kind == .operator else { continue }
                switch source.text(tokens[index]) {
                case "&&":
                    parts.append(tokens[start..<index])
                    start = index + 1
                case "||", "^^", "?", "=": return nil
                default: break
                }
            }
        }
        parts.append(tokens[start...])
        for part in parts {
            guard part.count > 2, names[part.startIndex] == variable,
                let to = numbers(part.dropFirst(2), names)
            else { continue }
            return (source.text(part[part.startIndex + 1]), to, parts.count == 1)
        }
        return nil
    }

    private func steps(
        _ tokens: ArraySlice<GuardSource.Item>, _ variable: String, _ names: [String]
    ) -> [Double]? {
        guard tokens.count >= 2 else { return nil }
        let start = tokens.startIndex
        if tokens.count == 2 {
            let (name, sign) =
                names[start] == variable ? (start, start + 1) : (start + 1, start)
            guard names[name] == variable else { return nil }
            switch source.text(tokens[sign]) {
            case "++": return [1]
            case "--": return [-1]
            default: return nil
            }
        }
        guard names[start] == variable, let values = numbers(tokens.dropFirst(2), names) else {
            return nil
        }
        switch source.text(tokens[start + 1]) {
        case "+=": return values
        case "-=": return values.map { -$0 }
        default: return nil
        }
    }

    /// The rounds of a count, at least and at most; nil where it may not end in any precision that a driver may use.
    static func rounds(
        _ from: Double, _ to: Double, _ step: Double, _ comparison: String, _ type: String
    ) -> (least: Int, most: Int)? {
        let largest = max(abs(from), abs(to)) + abs(step)
        // Integers of medium precision have 16 bits.
        guard largest <= 32_000, step != 0 else { return nil }
        switch comparison {
        case "<", "<=": guard step > 0 else { return nil }
        case ">", ">=": guard step < 0, type != "uint" else { return nil }
        case "!=":
            guard type == "int", abs(step) == 1, (to - from) * step >= 0,
                from.rounded() == from, to.rounded() == to
            else { return nil }
        default: return nil
        }
        let distance = (to - from) / step
        guard distance >= 0 else { return (0, 1) }
        guard type == "float" else {
            let whole = Int(distance.rounded(.down))
            return (comparison.hasSuffix("=") && comparison != "!=" ? whole + 1 : whole, whole + 2)
        }
        // Each step must move a number of medium precision, whose sums are rounded to eleven bits.
        guard abs(step) >= largest / 512 else { return nil }
        return (Int(distance / 2), 2 * Int(distance.rounded(.up)) + 2)
    }
}
