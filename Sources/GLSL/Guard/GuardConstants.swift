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

    let source: GuardSource
    let macros: Set<String>
    /// A number, and what a comparison takes it for.
    struct Number: Equatable {
        var value: Double
        /// `int`, `uint` or `float`.
        var type: String
    }

    /// So many values a name may have: more are a text's that is written to be slow to read.
    static let mostValues = 8

    /// All values that a name may have; branches of an `#if` can give it several.
    var values: [String: [Number]] = [:]

    init(_ source: GuardSource, names: [String]) {
        self.source = source
        macros = Set(source.macros.map(\.name))
        var unusable = source.undefined
        for macro in source.macros {
            let number = Self.number(source, macro.body[...])
            if !macro.isFunction, let number {
                add(number, macro.name, &unusable)
            } else {
                unusable.insert(macro.name)
            }
        }
        let items = source.code
        var constants: Set<Int> = []
        for index in items.indices.dropFirst(2)
        where items[index].word == .name && items[index - 1].kind == .type {
            let isConstant =
                source.item(items[index - 2], is: "const")
                || (index > 2 && source.item(items[index - 3], is: "const"))
            guard isConstant, index + 3 < items.count, source.item(items[index + 1], is: "="),
                let end = items[(index + 2)..<min(items.count, index + 6)].firstIndex(where: {
                    $0.word == .semicolon || $0.word == .comma
                }), let number = Self.number(source, items[(index + 2)..<end]),
                let typed = Self.converted(number, to: source.text(items[index - 1]))
            else { continue }
            add(typed, names[index], &unusable)
            constants.insert(index)
        }
        if !values.isEmpty {
            unusable.formUnion(
                NameUses(source, names).declared(among: Set(values.keys), besides: constants))
            for name in unusable { values[name] = nil }
        }
        addParameters(names)
    }

    private mutating func add(_ number: Number, _ name: String, _ unusable: inout Set<String>) {
        guard values[name]?.contains(number) != true else { return }
        values[name, default: []].append(number)
        if values[name, default: []].count > Self.mostValues {
            unusable.insert(name)
            values[name]?.removeLast()
        }
    }

    /// The number that tokens are: with a sign and in parentheses, perhaps.
    private static func number(
        _ source: GuardSource, _ tokens: ArraySlice<GuardSource.Item>
    ) -> Number? {
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
        let isHex = text.hasPrefix("0x")
        let isUnsigned = text.hasSuffix("u")
        // What an unsigned number becomes by a sign is no small one.
        if isUnsigned {
            guard sign > 0 else { return nil }
            text.removeLast()
        }
        if isHex {
            return Int(text.dropFirst(2), radix: 16).map {
                Number(value: sign * Double($0), type: isUnsigned ? "uint" : "int")
            }
        }
        let isFloat = text.contains { $0 == "." || $0 == "e" || $0 == "f" }
        if text.hasSuffix("f") { text.removeLast() }
        // A number that begins with 0 may be octal.
        if text.count > 1, text.hasPrefix("0"), !isFloat { return nil }
        if text.hasPrefix(".") { text = "0" + text }
        if text.hasSuffix(".") { text += "0" }
        text = text.replacing(".e", with: ".0e")
        return Double(text).map {
            Number(
                value: sign * $0, type: isFloat ? "float" : isUnsigned ? "uint" : "int")
        }
    }

    /// A number as a variable of a type takes it; nil where it could become another.
    static func converted(_ number: Number, to type: String) -> Number? {
        guard number.type == type || (type == "float" && number.type == "int") else { return nil }
        return Number(value: number.value, type: type)
    }

    /// All numbers that tokens may stand for: a number, the name of one, or a sum or difference of two.
    func numbers(
        _ tokens: ArraySlice<GuardSource.Item>, _ names: [String]
    ) -> [Number]? {
        if tokens.count == 1, let token = tokens.first, token.word == .name {
            return values[names[tokens.startIndex]]
        }
        if tokens.count == 3, let sign = tokens.dropFirst().first, sign.kind == .operator,
            let first = numbers(tokens.prefix(1), names),
            let second = numbers(tokens.suffix(1), names)
        {
            return sums(first, source.text(sign), second)
        }
        return Self.number(source, tokens).map { [$0] }
    }

    /// Sums or differences of integers; those of floats depend on the precision.
    private func sums(_ first: [Number], _ sign: String, _ second: [Number]) -> [Number]? {
        guard sign == "+" || sign == "-" else { return nil }
        var result: [Number] = []
        for a in first {
            for b in second {
                let value = sign == "+" ? a.value + b.value : a.value - b.value
                guard a.type == "int", b.type == "int", abs(value) <= 32_000 else { return nil }
                result.append(Number(value: value, type: "int"))
            }
        }
        return result
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
        guard let declaration = isInside ? parts[0] : declaration(items, before: start - 2) else {
            return nil
        }
        return header(declaration, isInside: isInside, parts[1], parts[2], names)
    }

    /// Reads a `while` at an index as the `for` that it would be: the declaration right before it, its condition, and
    /// the step that ends each round.
    func header(
        ofWhile index: Int, _ items: [GuardSource.Item], _ names: [String], condition: Range<Int>,
        step: Range<Int>
    ) -> Header? {
        guard let declaration = declaration(items, before: index) else { return nil }
        return header(declaration, isInside: false, items[condition], items[step], names)
    }

    private func header(
        _ declaration: ArraySlice<GuardSource.Item>, isInside: Bool,
        _ condition: ArraySlice<GuardSource.Item>, _ step: ArraySlice<GuardSource.Item>,
        _ names: [String]
    ) -> Header? {
        guard
            let (type, variable, first) = beginning(declaration, names),
            let (comparison, last, isWhole) = comparison(condition, variable, names),
            let change = steps(step, variable, names, type)
        else { return nil }
        let numbers = [first, last, change].map { $0.compactMap { Self.converted($0, to: type) } }
        let (from, to, steps) = (numbers[0], numbers[1], numbers[2])
        guard from.count == first.count, to.count == last.count, steps.count == change.count
        else { return nil }
        var (most, least) = (0, Int.max)
        for a in from {
            for b in to {
                for step in steps {
                    guard
                        let count = Self.rounds(
                            a.value, b.value, step.value, comparison, type)
                    else {
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
        for length in 4...6 where end - length > 0 && items[end - length].kind == .type {
            var before = end - length - 1
            if before > 0, items[before].kind == .keyword, isPrecision(items[before]) {
                before -= 1
            }
            // In another branch, or as what an `if` alone decides on, it may not be the one.
            guard [.semicolon, .openBrace, .closeBrace].contains(items[before].word),
                items[before...index].allSatisfy({ $0.context == items[index].context })
            else { return nil }
            return items[end - length..<end]
        }
        return nil
    }

    private func isPrecision(_ item: GuardSource.Item) -> Bool {
        ["highp", "mediump", "lowp"].contains(source.text(item))
    }

    /// Takes `int i = A` apart.
    private func beginning(
        _ tokens: ArraySlice<GuardSource.Item>, _ names: [String]
    ) -> (type: String, variable: String, from: [Number])? {
        var tokens = tokens
        if let word = tokens.first, word.kind == .keyword, isPrecision(word) {
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
    ) -> (comparison: String, to: [Number], isWhole: Bool)? {
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
            // A macro beside it could bring an `||`.
            let others = tokens.indices.filter { !part.indices.contains($0) }
            guard
                !others.contains(where: { macros.contains(names[$0]) && values[names[$0]] == nil })
            else { return nil }
            return (source.text(part[part.startIndex + 1]), to, parts.count == 1)
        }
        return nil
    }

    private func steps(
        _ tokens: ArraySlice<GuardSource.Item>, _ variable: String, _ names: [String],
        _ type: String
    ) -> [Number]? {
        guard tokens.count >= 2 else { return nil }
        let start = tokens.startIndex
        if tokens.count == 2 {
            let (name, sign) =
                names[start] == variable ? (start, start + 1) : (start + 1, start)
            guard names[name] == variable else { return nil }
            switch source.text(tokens[sign]) {
            case "++": return [Number(value: 1, type: type)]
            case "--": return [Number(value: -1, type: type)]
            default: return nil
            }
        }
        guard names[start] == variable, let values = numbers(tokens.dropFirst(2), names) else {
            return nil
        }
        switch source.text(tokens[start + 1]) {
        case "+=": return values
        case "-=": return values.map { Number(value: -$0.value, type: $0.type) }
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
