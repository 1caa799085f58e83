// Whether something writes a loop's variable, as far as tokens tell.
extension ConstantLoops {
    static let writing: Set<String> = [
        "=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^=", "++", "--",
    ]

    /// The built-in functions with an `out` among their parameters.
    private static let writingBuiltins: Set<String> = [
        "modf", "frexp", "uaddCarry", "usubBorrow", "umulExtended", "imulExtended",
    ]

    /// Whether a loop's variable could be written anywhere in a run of tokens.
    func mayWrite(_ variable: String, in places: Range<Int>) -> Bool {
        places.contains { names[$0] == variable && mayWrite($0) }
    }

    /// Whether a loop's variable could be written where it is named.
    func mayWrite(_ place: Int) -> Bool {
        if mayWrite(from: place, to: place) { return true }
        // What a macro makes of its arguments may end or begin with them.
        var around = enclosing[place]
        var depth = 0
        while around > 0 {
            depth += 1
            guard depth < 64 else { return true }
            // A macro that is a loop's header has no name among `names`.
            let callee = source.text(items[around - 1])
            if items[around].word == .open, macros.contains(callee),
                !pureMacros.contains(callee)
                    || mayWrite(from: around - 1, to: Int(items[around].match))
            {
                return true
            }
            around = enclosing[around]
        }
        return false
    }

    /// Whether something is written that stands from one token to another.
    func mayWrite(from first: Int, to end: Int) -> Bool {
        guard first > 0, end + 1 < items.count else { return true }
        let (last, next) = (first - 1, end + 1)
        if items[next].kind == .operator, Self.writing.contains(source.text(items[next])) {
            return true
        }
        if items[last].kind == .operator, ["++", "--"].contains(source.text(items[last])) {
            return true
        }
        // Numbers have components, too, in some versions.
        if source.item(items[next], is: ".") { return true }
        if macros.contains(names[last]) || macros.contains(names[next]) { return true }
        if items[last].word == .close {
            let open = Int(items[last].match)
            if open <= 0 || macros.contains(names[open - 1]) { return true }
        }
        // Only a name that is an argument by itself can be written by a call.
        guard items[last].word == .open || items[last].word == .comma,
            items[next].word == .close || items[next].word == .comma
        else { return false }
        let open = enclosing[first]
        guard open > 0, items[open].word == .open else { return true }
        let callee = items[open - 1]
        if callee.kind == .type { return false }
        guard callee.word == .name, !hidesOutputs else { return true }
        let name = names[open - 1]
        if macros.contains(name) { return !pureMacros.contains(name) }
        guard functions[name] != nil || callee.kind == .builtinFunction else { return true }
        return writers.contains(name)
            || Self.writingBuiltins.contains(name)
    }

    /// Finds the macros that are expressions of operators, numbers, built-in functions and one another alone.
    mutating func findPureMacros() {
        // Of longer chains nothing is said: each turn takes time by the text's length.
        for _ in 0..<8 {
            var changed = false
            for (name, all) in Dictionary(grouping: source.macros, by: \.name)
            where !pureMacros.contains(name) && all.allSatisfy(isPure) {
                pureMacros.insert(name)
                changed = true
            }
            if !changed { break }
        }
    }

    func isPure(_ macro: GuardSource.Macro) -> Bool {
        macro.body.indices.allSatisfy { index in
            let item = macro.body[index]
            switch item.kind {
            case .operator: return !Self.writing.contains(source.text(item))
            case .number: return true
            case .punctuation:
                return [.open, .close, .comma, .openBracket, .closeBracket].contains(item.word)
            case .type:
                return index + 1 < macro.body.count && macro.body[index + 1].word == .open
            case .builtinFunction:
                return !macros.contains(source.text(item))
                    && !Self.writingBuiltins.contains(source.text(item))
            default:
                let name = source.text(item)
                return item.word == .name
                    && (macro.parameters.contains(name)
                        ? index + 1 == macro.body.count || macro.body[index + 1].word != .open
                        : pureMacros.contains(name))
            }
        }
    }
}
