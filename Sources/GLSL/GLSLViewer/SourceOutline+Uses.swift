extension SourceOutline {
    /// The names that functions and macros use outside of some bytes.
    func used(outside hidden: [Range<Int>]) -> Set<String> {
        func isHidden(_ item: Item) -> Bool {
            hidden.contains { $0.contains(item.range.lowerBound) }
        }
        var names: Set<String> = []
        var depth = 0
        for item in items where !isHidden(item) {
            if self.item(item, is: "{") { depth += 1 }
            if self.item(item, is: "}") { depth -= 1 }
            if depth > 0, item.kind == .identifier { names.insert(text(item)) }
        }
        for directive in directives where directive.name == "define" {
            for item in directive.items where item.kind == .identifier && !isHidden(item) {
                names.insert(text(item))
            }
        }
        return names
    }
}
