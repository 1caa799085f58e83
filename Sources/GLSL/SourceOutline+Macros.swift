extension SourceOutline {
    /// The macros that stand for words of a declaration, by name: `#define IN attribute`, `#define LOWP`,
    /// `#define float2 vec2`.
    ///
    /// Where conditions define one again and again, the first counts that stands for something. Which one is taken only
    /// a preprocessor tells, but they mean the same here: `in` or `attribute`, `mediump` or nothing.
    var declarationMacros: [String: [Item]] {
        var found: [String: [Item]] = [Self.openFrameworksHeader: []]
        for directive in directives where directive.name == "define" && directive.items.count > 1 {
            let body = directive.items[2...]
            guard body.count <= 4, body.allSatisfy({ $0.kind == .keyword || $0.kind == .type })
            else { continue }
            let name = text(directive.items[1])
            if found[name]?.isEmpty != false { found[name] = Array(body) }
        }
        return found
    }

    /// What openFrameworks puts a version in the place of, on the first line.
    static let openFrameworksHeader = "OF_GLSL_SHADER_HEADER"
}
