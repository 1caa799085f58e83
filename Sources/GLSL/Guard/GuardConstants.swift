/// The numbers that a text gives names to, and headers of loops that are made of them.
struct GuardConstants {
    /// A loop's header that counts from one number to another.
    struct Header {
        var variable: String
        /// At most so many.
        var rounds: Int
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
        var first = parts[0]
        let (second, third) = (parts[1], parts[2])
        if let word = first.first, word.kind == .keyword,
            ["highp", "mediump", "lowp"].contains(source.text(word))
        {
            first = first.dropFirst()
        }
        guard first.count > 3, let type = first.first, first.dropFirst().first?.word == .name,
            source.item(first[first.startIndex + 2], is: "="),
            let from = numbers(first.dropFirst(3), names)
        else { return nil }
        let typeName = source.text(type)
        guard ["int", "uint", "float"].contains(typeName) else { return nil }
        let variable = names[first.startIndex + 1]
        guard second.count > 2, names[second.startIndex] == variable,
            let to = numbers(second.dropFirst(2), names)
        else { return nil }
        let comparison = source.text(second[second.startIndex + 1])
        guard let steps = steps(third, variable, names) else { return nil }
        var most = 0
        for a in from {
            for b in to {
                for step in steps {
                    guard let count = Self.rounds(a, b, step, comparison, typeName) else {
                        return nil
                    }
                    most = max(most, count)
                }
            }
        }
        return Header(variable: variable, rounds: most)
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

    /// The rounds of a count, at most; nil where it may not end in any precision that a driver may use.
    static func rounds(
        _ from: Double, _ to: Double, _ step: Double, _ comparison: String, _ type: String
    ) -> Int? {
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
        guard distance >= 0 else { return 1 }
        guard type == "float" else { return Int(distance) + 2 }
        // Each step must move a number of medium precision, whose sums are rounded to eleven bits.
        guard abs(step) >= largest / 512 else { return nil }
        return 2 * Int(distance.rounded(.up)) + 2
    }
}
