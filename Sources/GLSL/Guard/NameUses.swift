/// Finds names that may be declared somewhere: what else a text calls so is not told apart by tokens.
struct NameUses {
    private let source: GuardSource
    private let items: [GuardSource.Item]
    private let names: [String]
    private let enclosing: [Int]
    private let macros: [String: [GuardSource.Macro]]
    /// For each token, how many commas its innermost bracket has before it.
    private let arguments: [Int]
    /// Where each macro is first defined.
    private let definitions: [String: Int]

    init(_ source: GuardSource, _ names: [String]) {
        (self.source, self.names, items) = (source, names, source.code)
        enclosing = Self.enclosing(source.code)
        macros = Dictionary(grouping: source.macros, by: \.name)
        var commas: [Int: Int] = [:]
        var arguments: [Int] = []
        arguments.reserveCapacity(items.count)
        for (index, around) in enclosing.enumerated() {
            arguments.append(commas[around, default: 0])
            if items[index].word == .comma { commas[around, default: 0] += 1 }
        }
        self.arguments = arguments
        definitions = macros.compactMapValues {
            $0.compactMap(\.body.first?.range.lowerBound).min()
        }
    }

    /// For each token the innermost bracket around it; -1 for none.
    static func enclosing(_ items: [GuardSource.Item]) -> [Int] {
        var open: [Int] = []
        return items.indices.map { index in
            while let last = open.last, Int(items[last].match) <= index { open.removeLast() }
            let around = open.last ?? -1
            switch items[index].word {
            case .open, .openBrace, .openBracket:
                if Int(items[index].match) > index { open.append(index) }
            default: break
            }
            return around
        }
    }

    /// Those of some constants' and macros' names that may mean something else at some place.
    func declared(among wanted: Set<String>, besides constants: Set<Int>) -> Set<String> {
        var result: Set<String> = []
        for index in items.indices where wanted.contains(names[index]) && !constants.contains(index)
        {
            if isDeclared(items, index, around: enclosing[index]) || isHanded(index) {
                result.insert(names[index])
            }
            // Before the macro that has this name, it is another's.
            if let first = definitions[names[index]], items[index].range.lowerBound < first {
                result.insert(names[index])
            }
        }
        for macro in source.macros {
            let around = Self.enclosing(macro.body)
            for index in macro.body.indices where macro.body[index].word == .name {
                let name = source.text(macro.body[index])
                guard wanted.contains(name), !macro.parameters.contains(name) else { continue }
                // A macro's number stays one in another macro; a constant may be hidden where that is used.
                if macros[name] == nil || isDeclared(macro.body, index, around: around[index]) {
                    result.insert(name)
                }
            }
        }
        return result
    }

    /// Whether a name stands where one is declared, or is given a value.
    private func isDeclared(_ items: [GuardSource.Item], _ index: Int, around: Int) -> Bool {
        if index + 1 < items.count, source.item(items[index + 1], is: "=") { return true }
        guard index > 0 else { return false }
        let last = items[index - 1]
        switch last.word {
        case .name, .close, .closeBracket: return true
        case .comma:
            guard around >= 0 else { return true }
            if items[around].word == .openBracket { return false }
            guard items[around].word == .open else { return true }
            // In a call's parentheses a comma parts arguments; in a loop's, declarations.
            guard around > 0 else { return false }
            let callee = items[around - 1]
            return callee.word != .name && callee.kind != .type
                && !(callee.word == .forLoop && callee.kind != .keyword)
        case .returns, .elseBranch: return false
        default:
            return last.kind == .type || (last.kind == .keyword && !source.item(last, is: "case"))
        }
    }

    /// Whether a name is given to a macro that may declare it.
    private func isHanded(_ index: Int) -> Bool {
        var (place, around) = (index, enclosing[index])
        var depth = 0
        while around >= 0 {
            depth += 1
            guard depth < 64 else { return true }
            if around > 0, items[around].word == .open,
                let all = macros[source.text(items[around - 1])]
            {
                let argument = arguments[place]
                guard
                    all.allSatisfy({
                        $0.parameters.indices.contains(argument) && !declares($0, argument)
                    })
                else { return true }
            }
            (place, around) = (around, enclosing[around])
        }
        return false
    }

    private func declares(_ macro: GuardSource.Macro, _ parameter: Int) -> Bool {
        let around = Self.enclosing(macro.body)
        return macro.body.indices.contains { index in
            guard macro.body[index].word == .name else { return false }
            let name = source.text(macro.body[index])
            // It may hand it on.
            if macros[name] != nil, !macro.parameters.contains(name) { return true }
            return name == macro.parameters[parameter]
                && isDeclared(macro.body, index, around: around[index])
        }
    }
}
