extension SourceOutline {
    /// The bytes that the preprocessor surely takes out where `macro` is defined: `#ifndef` and its like.
    ///
    /// Other conditions are not evaluated: what they hide counts as code, as everywhere here.
    func hidden(defining macro: String) -> [Range<Int>] {
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
                let holds = truth(of: directive, defining: macro)
                frames.append(Frame(isTaken: holds == true, start: holds == false ? offset : nil))
            case "elif", "else":
                guard var frame = frames.popLast() else { continue }
                end(frame, at: offset)
                let holds = directive.name == "else" ? nil : truth(of: directive, defining: macro)
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

    /// Whether a condition holds with `macro` defined; nil where only a preprocessor could tell.
    private func truth(of directive: Directive, defining macro: String) -> Bool? {
        var words = directive.items.dropFirst().map { text($0) }
        switch directive.name {
        case "ifdef": return words.first == macro ? true : nil
        case "ifndef": return words.first == macro ? false : nil
        default: break
        }
        if words == ["0"] { return false }
        let isNot = words.first == "!"
        if isNot { words.removeFirst() }
        let asks = words == ["defined", macro] || words == ["defined", "(", macro, ")"]
        return asks ? !isNot : nil
    }
}
