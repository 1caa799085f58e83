extension SourceOutline {
    /// The names that functions, macros and the initialisers of globals use outside of some bytes.
    func used(outside hidden: [Range<Int>]) -> Set<String> {
        var names = Set(uses(outside: hidden).map { text($0) })
        for directive in directives where directive.name == "define" {
            for item in directive.items
            where item.kind == .identifier && !Self.isHidden(item, hidden) {
                names.insert(text(item))
            }
        }
        return names
    }

    /// The names in code that stand for something, not those by which uniforms and globals are declared.
    func uses(outside hidden: [Range<Int>] = []) -> [Item] {
        var uses: [Item] = []
        var depth = 0
        var isUniform = false
        var before: TokenKind?
        for item in items where !Self.isHidden(item, hidden) {
            defer { before = item.kind }
            if self.item(item, is: "{") { depth += 1 }
            if self.item(item, is: "}") { depth -= 1 }
            if depth <= 0 {
                if self.item(item, is: "uniform") { isUniform = true }
                if self.item(item, is: ";") { isUniform = false }
                if isUniform || before == .type { continue }
            }
            if item.kind == .identifier { uses.append(item) }
        }
        return uses
    }

    private static func isHidden(_ item: Item, _ hidden: [Range<Int>]) -> Bool {
        hidden.contains { $0.contains(item.range.lowerBound) }
    }
}
