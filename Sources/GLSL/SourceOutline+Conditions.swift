extension SourceOutline {
    /// The bytes that the preprocessor surely takes out where just these macros are defined.
    ///
    /// `truth` says of a macro whether it is defined; nil where only a preprocessor could tell. What depends on such a
    /// macro counts as code.
    func hidden(_ truth: @escaping (String) -> Bool?) -> [Range<Int>] {
        struct Frame {
            /// A branch of it is surely taken.
            var isTaken: Bool
            /// Where the branch begins that is being read, where it is surely not taken.
            var start: Int?
        }
        var frames: [Frame] = []
        var result: [Range<Int>] = []
        func end(_ frame: Frame, at offset: Int) {
            if let start = frame.start { result.append(start..<max(start, offset)) }
        }
        for directive in directives {
            guard let offset = directive.items.first?.range.lowerBound else { continue }
            switch directive.name {
            case "if", "ifdef", "ifndef":
                let holds = self.truth(of: directive, truth)
                frames.append(Frame(isTaken: holds == true, start: holds == false ? offset : nil))
            case "elif", "else":
                guard var frame = frames.popLast() else { continue }
                end(frame, at: offset)
                let holds = directive.name == "else" ? nil : self.truth(of: directive, truth)
                frame.start = frame.isTaken || holds == false ? offset : nil
                frame.isTaken = frame.isTaken || holds == true
                frames.append(frame)
            case "endif":
                if let frame = frames.popLast() { end(frame, at: offset) }
            default: break
            }
        }
        for frame in frames { end(frame, at: bytes.count) }
        return result
    }

    private func truth(of directive: Directive, _ macro: @escaping (String) -> Bool?) -> Bool? {
        let words = directive.items.dropFirst().map { text($0) }
        switch directive.name {
        case "ifdef": return words.first.flatMap(macro)
        case "ifndef": return words.first.flatMap(macro).map { !$0 }
        default:
            var condition = MacroCondition(words: words, macro: macro)
            let truth = condition.either()
            return condition.isAtEnd ? truth : nil
        }
    }

    /// The bytes that the preprocessor surely takes out, where `macro` is defined and what the text itself does not
    /// define is not: what stands behind `#ifdef STANDALONE`, `#ifndef` of the macro, `#if 0`.
    ///
    /// Of what drivers may define nothing is known, but for `GL_ES`.
    func hidden(defining macro: String? = nil) -> [Range<Int>] {
        guard directives.contains(where: { $0.name.hasPrefix("if") }) else { return [] }
        let own = Set(
            directives.lazy.filter { $0.name == "define" && $0.items.count > 1 }
                .map { text($0.items[1]) })
        let isES = version?.isES == true
        return hidden { name in
            if name == macro { return true }
            if name == "GL_ES" { return isES }
            return own.contains(name) || name.hasPrefix("GL_") || name.hasPrefix("__") ? nil : false
        }
    }
}

/// A condition of the preprocessor over macros, read as far as it is made of `defined`, `!`, `&&`, `||` and brackets.
private struct MacroCondition {
    let words: [String]
    let macro: (String) -> Bool?
    private var index = 0
    private var level = 0

    init(words: [String], macro: @escaping (String) -> Bool?) {
        (self.words, self.macro) = (words, macro)
    }

    var isAtEnd: Bool { index == words.count }

    private mutating func take(_ word: String) -> Bool {
        guard index < words.count, words[index] == word else { return false }
        index += 1
        return true
    }

    mutating func either() -> Bool? {
        var truth = both()
        while take("||") {
            let other = both()
            truth =
                truth == true || other == true ? true : truth == nil || other == nil ? nil : false
        }
        return truth
    }

    private mutating func both() -> Bool? {
        var truth = one()
        while take("&&") {
            let other = one()
            truth =
                truth == false || other == false ? false : truth == nil || other == nil ? nil : true
        }
        return truth
    }

    private mutating func one() -> Bool? {
        level += 1
        defer { level -= 1 }
        guard level < 64 else { return nil }
        if take("!") { return one().map { !$0 } }
        if take("(") {
            let truth = either()
            return take(")") ? truth : nil
        }
        if take("0") { return false }
        if take("1") { return true }
        guard take("defined") else { return nil }
        let isInBrackets = take("(")
        guard index < words.count else { return nil }
        let name = words[index]
        index += 1
        return isInBrackets && !take(")") ? nil : macro(name)
    }
}
