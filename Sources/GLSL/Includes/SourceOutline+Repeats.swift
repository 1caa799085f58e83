/// Whether a text may stand in another one twice.
///
/// In C it may, and then says everything again. What defines a function, outside of any condition, can only be refused
/// the second time, and is left out then, as glslViewer does it with every file; what is meant to come again under
/// other macros is none of that.
extension SourceOutline {
    /// Whether a second time can only be a mistake: a definition that no condition and none of these macros changes.
    func isOnlyOnce(_ macros: Set<String>) -> Bool {
        let conditions = conditionalLines
        var depth = 0
        for index in items.indices {
            if item(index, is: "{") { depth += 1 }
            if item(index, is: "}") { depth -= 1 }
            guard depth == 0, let words = definition(at: index) else { continue }
            let line = items[index].line
            if !conditions.contains(where: { $0.contains(line) }),
                !words.contains(where: { macros.contains(text(items[$0])) })
            {
                return true
            }
        }
        return false
    }

    /// The tokens on which it hangs what is defined at an index; nil where nothing is.
    private func definition(at index: Int) -> Range<Int>? {
        if item(index, is: "struct"), item(index + 2, is: "{") { return index..<index + 2 }
        if item(index, is: "const"), item(index + 3, is: "=") || item(index + 3, is: "[") {
            return index..<index + 3
        }
        guard index > 0, item(index + 1, is: "("),
            items[index].kind == .identifier || items[index].kind == .function,
            items[index - 1].kind == .type || items[index - 1].kind == .identifier
        else { return nil }
        var end = index + 2
        while end < items.count, !item(end, is: ")") {
            // Another bracket, or a statement's end: this is half typed, or something else.
            if item(end, is: "(") || item(end, is: ";") || item(end, is: "{") { return nil }
            end += 1
        }
        return item(end + 1, is: "{") ? index - 1..<end : nil
    }

    /// The lines from each outermost `#if` to its `#endif`.
    private var conditionalLines: [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        var start: Int?
        for directive in directives where directive.depth == 0 {
            switch directive.name {
            case "if", "ifdef", "ifndef": start = directive.line
            case "endif":
                if let first = start { ranges.append(first...max(first, directive.line)) }
                start = nil
            default: break
            }
        }
        if let start { ranges.append(start...max(start, lineCount)) }
        return ranges
    }

    /// The macro by which a text keeps itself from being read twice: `#ifndef NAME`, `#define NAME`, all else, `#endif`.
    var guardName: String? {
        guard directives.count > 2, directives[0].name == "ifndef",
            directives[1].name == "define", directives.last?.name == "endif",
            directives.count(where: { $0.depth == 0 && $0.name == "endif" }) == 1,
            let name = directives[0].items.dropFirst().first.map(text),
            directives[1].macro(self) == name
        else { return nil }
        return name
    }

    /// Whether a directive stands outside of all functions, as far as brackets tell.
    func isGlobal(before directive: Directive) -> Bool {
        guard let place = directive.items.first?.range.lowerBound else { return true }
        var depth = 0
        for index in items.indices where items[index].range.lowerBound < place {
            if item(index, is: "{") { depth += 1 }
            if item(index, is: "}") { depth -= 1 }
        }
        return depth == 0
    }
}

extension SourceOutline.Directive {
    /// The macro that it defines or takes back; nil for other directives.
    func macro(_ outline: SourceOutline) -> String? {
        guard name == "define" || name == "undef" else { return nil }
        return items.dropFirst().first.map(outline.text)
    }
}
