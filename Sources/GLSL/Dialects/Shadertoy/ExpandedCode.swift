/// A text's code as its compiler sees it, as far as macros go: those that it defines are put in place, and what
/// conditions surely take out is not there.
///
/// Limitations: macros that paste (`##`) stay, and so do constants that are called like keys, whose names tell more
/// than their numbers. Files that are included are in the text already.
struct ExpandedCode {
    let outline: SourceOutline
    private(set) var items: [SourceOutline.Item] = []

    private struct Macro {
        /// Nil for one that takes no arguments.
        var parameters: [String]?
        var body: [SourceOutline.Item]
    }

    private var macros: [String: Macro] = [:]
    /// How many items were looked at to put macros in place.
    private var steps = 0
    /// No text that a person writes comes near it; macros that double themselves do, and stay from there on.
    private static let most = 200_000

    init(_ outline: SourceOutline) {
        self.outline = outline
        let hidden = outline.surelyHidden
        var rest = outline.directives.filter { ["define", "undef"].contains($0.name) }[...]
        guard !rest.isEmpty || !hidden.isEmpty else {
            items = outline.items
            return
        }
        func isHidden(_ item: SourceOutline.Item) -> Bool {
            hidden.contains { $0.contains(item.range.lowerBound) }
        }
        // Arguments of a macro may go on over lines with directives, but no text does that.
        var run: [SourceOutline.Item] = []
        for item in outline.items where !isHidden(item) {
            while let next = rest.first, let hash = next.items.first,
                hash.range.lowerBound < item.range.lowerBound
            {
                expand(run[...], [])
                run = []
                if !isHidden(hash) { read(next) }
                rest = rest.dropFirst()
            }
            run.append(item)
        }
        expand(run[...], [])
    }

    private mutating func read(_ directive: SourceOutline.Directive) {
        let all = directive.items
        guard all.count > 1 else { return }
        let name = outline.text(all[1])
        macros[name] = nil
        guard directive.name == "define", !all.contains(where: { outline.text($0).hasPrefix("##") })
        else { return }
        var body = all[2...]
        var parameters: [String]?
        if let open = body.first, outline.item(open, is: "("),
            open.range.lowerBound == all[1].range.upperBound
        {
            guard let close = body.firstIndex(where: { outline.item($0, is: ")") }) else { return }
            parameters = body[body.startIndex..<close].dropFirst()
                .filter { !outline.item($0, is: ",") }.map { outline.text($0) }
            body = body[(close + 1)...]
        }
        let isKey = parameters == nil && name.lowercased().hasPrefix("key")
        if !isKey || body.count > 1 {
            macros[name] = Macro(parameters: parameters, body: Array(body))
        }
    }

    /// Adds items with macros put in place; `inside` are those that are being put in place.
    private mutating func expand(_ source: ArraySlice<SourceOutline.Item>, _ inside: Set<String>) {
        guard !macros.isEmpty else { return items += source }
        var index = source.startIndex
        while index < source.endIndex {
            guard steps < Self.most else { return inside.isEmpty ? items += source[index...] : () }
            let item = source[index]
            index += 1
            steps += 1
            guard item.kind != .number, item.kind != .punctuation, item.kind != .operator else {
                items.append(item)
                continue
            }
            let name = outline.text(item)
            guard let macro = macros[name], !inside.contains(name), inside.count < 16 else {
                items.append(item)
                continue
            }
            guard let parameters = macro.parameters else {
                expand(macro.body[...], inside.union([name]))
                continue
            }
            guard index < source.endIndex, outline.item(source[index], is: "("),
                let (arguments, end) = arguments(of: source, at: index)
            else {
                items.append(item)
                continue
            }
            index = end
            var body: [SourceOutline.Item] = []
            for part in macro.body {
                let place = parameters.firstIndex(of: outline.text(part))
                if let place, place < arguments.count {
                    body += arguments[place]
                } else {
                    body.append(part)
                }
                steps += 1
                guard body.count < Self.most, steps < Self.most else { return }
            }
            expand(body[...], inside.union([name]))
        }
    }

    /// What stands between the parentheses that open at an index, and the index behind them.
    private mutating func arguments(
        of source: ArraySlice<SourceOutline.Item>, at open: Int
    ) -> (arguments: [ArraySlice<SourceOutline.Item>], end: Int)? {
        var found: [ArraySlice<SourceOutline.Item>] = []
        var (depth, start) = (0, open + 1)
        for index in open..<min(source.endIndex, open + 4096) {
            let item = source[index]
            steps += 1
            if outline.item(item, is: "(") { depth += 1 }
            if outline.item(item, is: ")") {
                depth -= 1
                if depth == 0 {
                    found.append(source[start..<index])
                    return (found, index + 1)
                }
            }
            if depth == 1, outline.item(item, is: ",") {
                found.append(source[start..<index])
                start = index + 1
            }
        }
        return nil
    }
}

extension SourceOutline {
    /// The bytes that conditions surely take out: `#if 0`, and those over macros that nobody defines, or always.
    fileprivate var surelyHidden: [Range<Int>] {
        guard directives.contains(where: { $0.name.hasPrefix("if") }) else { return [] }
        var (always, sometimes): (Set<String>, Set<String>) = ([], [])
        for directive in directives where directive.items.count > 1 {
            let name = text(directive.items[1])
            if directive.name == "define", directive.depth == 0 {
                always.insert(name)
            } else if ["define", "undef"].contains(directive.name) {
                sometimes.insert(name)
            }
        }
        return hidden { name in
            if sometimes.contains(name) { return nil }
            if always.contains(name) { return true }
            // What the compiler or a dialect of ours may define.
            let isOurs =
                name.hasPrefix("GL_") || name.hasPrefix("__") || name == Dialect.riftrayMacro
            return isOurs ? nil : false
        }
    }
}
