extension GuardConstants {
    /// A parameter of a function, by the token that names it in its declaration.
    private struct Parameter {
        var name: String
        var type: String
        /// Which of how many.
        var place: Int
        var count: Int
    }

    /// Takes parameters to which every call gives a number, and that nothing writes, for names of those numbers:
    /// `float noise(vec3 p, int octaves)`, where all that is ever called is `noise(q, 4)` and `noise(q, near ? 5 : 3)`.
    mutating func addParameters(_ names: [String]) {
        let items = source.code
        // What is called through a subroutine's uniform is called by another name.
        guard !items.contains(where: { source.item($0, is: "subroutine") }) else { return }
        let enclosing = NameUses.enclosing(items)
        var found: [String: [Number]] = [:]
        var declarations: Set<Int> = []
        var unusable: Set<String> = []
        let hidden = Set(source.macros.flatMap { $0.body.map { source.text($0) } }).union(macros)
        let callLike = items.indices.filter { isCallLike($0, names) }
        for (function, uses) in Dictionary(grouping: callLike, by: { names[$0] }) {
            var calls: [[ArraySlice<GuardSource.Item>]?] = []
            var parameters: [(index: Int, what: Parameter)] = []
            var declared = 0
            for use in uses {
                if let here = self.parameters(use, items, names) {
                    parameters += here
                    declared += 1
                } else {
                    calls.append(arguments(use, items))
                }
            }
            // Called by a name that a macro hides, by nobody that can be seen, or declared more often than anybody does.
            let isHidden =
                calls.isEmpty || declared > 8 || parameters.count > 64 || hidden.contains(function)
                || uses.contains { $0 > 0 && macros.contains(names[$0 - 1]) }
            for (index, parameter) in parameters {
                declarations.insert(index)
                guard !isHidden, !unusable.contains(parameter.name),
                    let numbers = numbers(given: parameter, by: calls, names)
                else {
                    unusable.insert(parameter.name)
                    continue
                }
                for number in numbers
                where found[parameter.name]?.contains(number) != true {
                    found[parameter.name, default: []].append(number)
                }
            }
        }
        found = found.filter {
            values[$0.key] == nil && !macros.contains($0.key) && $0.value.count <= Self.mostValues
        }
        guard !found.isEmpty else { return }
        unusable.formUnion(
            NameUses(source, names).declared(among: Set(found.keys), besides: declarations))
        for index in items.indices where found[names[index]] != nil && !declarations.contains(index)
        {
            if isWritten(index, items, enclosing) { unusable.insert(names[index]) }
        }
        for (name, numbers) in found where !unusable.contains(name) { values[name] = numbers }
    }

    /// The few numbers that all calls give a parameter; nil where one gives something else.
    private func numbers(
        given parameter: Parameter, by calls: [[ArraySlice<GuardSource.Item>]?], _ names: [String]
    ) -> [Number]? {
        var result: [Number] = []
        for call in calls {
            guard let call, let numbers = argument(parameter, call, names) else { return nil }
            for number in numbers where !result.contains(number) { result.append(number) }
            guard result.count <= Self.mostValues else { return nil }
        }
        return result
    }

    private func isCallLike(_ index: Int, _ names: [String]) -> Bool {
        !names[index].isEmpty && index + 1 < source.code.count
            && source.code[index + 1].word == .open
            && source.code[index + 1].match > 0
    }

    /// The number-like parameters that a declaration or definition names; nil for a call.
    private func parameters(
        _ index: Int, _ items: [GuardSource.Item], _ names: [String]
    ) -> [(index: Int, what: Parameter)]? {
        guard index > 0, items[index - 1].kind == .type || items[index - 1].word == .name
        else { return nil }
        guard let parts = arguments(index, items) else { return [] }
        return parts.enumerated().compactMap { place, tokens in
            guard let last = tokens.indices.last, tokens.count >= 2, items[last].word == .name,
                items[last - 1].kind == .type,
                !tokens.contains(where: {
                    source.item($0, is: "out") || source.item($0, is: "inout")
                })
            else { return nil }
            let type = source.text(items[last - 1])
            guard ["int", "uint", "float"].contains(type) else { return nil }
            return (
                last, Parameter(name: names[last], type: type, place: place, count: parts.count)
            )
        }
    }

    /// The tokens between the parentheses behind a name, parted by commas; nil where brackets do not tell.
    private func arguments(
        _ index: Int, _ items: [GuardSource.Item]
    ) -> [ArraySlice<GuardSource.Item>]? {
        let close = Int(items[index + 1].match)
        var parts: [ArraySlice<GuardSource.Item>] = []
        var (start, place) = (index + 2, index + 2)
        while place < close {
            switch items[place].word {
            case .open, .openBracket, .openBrace:
                guard Int(items[place].match) > place else { return nil }
                place = Int(items[place].match)
            case .comma:
                parts.append(items[start..<place])
                start = place + 1
            default: break
            }
            place += 1
        }
        if start < close || !parts.isEmpty { parts.append(items[start..<close]) }
        return parts
    }

    /// The numbers that a call gives a parameter: one, or either of two.
    private func argument(
        _ parameter: Parameter, _ arguments: [ArraySlice<GuardSource.Item>], _ names: [String]
    ) -> [Number]? {
        guard arguments.count == parameter.count else { return nil }
        var choices = [arguments[parameter.place]]
        let tokens = arguments[parameter.place]
        let marks = tokens.indices.filter { ["?", ":"].contains(source.text(tokens[$0])) }
        if marks.count == 2, source.text(tokens[marks[0]]) == "?" {
            // An assignment takes what stands between, too, and a macro may bring an alternative of its own.
            guard
                !tokens[..<marks[0]].contains(where: {
                    macros.contains(source.text($0))
                        || ConstantLoops.writing.contains(source.text($0))
                })
            else { return nil }
            choices = [tokens[marks[0] + 1..<marks[1]], tokens[(marks[1] + 1)...]]
        }
        var result: [Number] = []
        for choice in choices {
            guard let numbers = numbers(choice, names) else { return nil }
            let typed = numbers.compactMap { Self.converted($0, to: parameter.type) }
            guard typed.count == numbers.count else { return nil }
            result += typed
        }
        return result
    }

    /// Whether a name may be written where it stands, otherwise than by `=`.
    private func isWritten(_ index: Int, _ items: [GuardSource.Item], _ enclosing: [Int]) -> Bool {
        guard index > 0, index + 1 < items.count else { return true }
        let (last, next) = (items[index - 1], items[index + 1])
        if next.kind == .operator, ConstantLoops.writing.contains(source.text(next)) { return true }
        if last.kind == .operator, ["++", "--"].contains(source.text(last)) { return true }
        if source.item(next, is: ".") || macros.contains(source.text(last))
            || macros.contains(source.text(next))
        {
            return true
        }
        // An argument by itself could be handed to an `out`; in parentheses it could be written behind them.
        let around = enclosing[index]
        guard last.word == .open || last.word == .comma, next.word == .close || next.word == .comma
        else {
            return around >= 0 && items[around].word == .open
                && isInMacroCall(around, items, enclosing)
        }
        return true
    }

    private func isInMacroCall(_ open: Int, _ items: [GuardSource.Item], _ enclosing: [Int]) -> Bool
    {
        var around = open
        while around > 0 {
            if items[around].word == .open, macros.contains(source.text(items[around - 1])) {
                return true
            }
            around = enclosing[around]
        }
        return false
    }
}
