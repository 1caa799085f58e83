/// What a sketch is for somebody in a headset.
public enum Surroundings: UInt8, Sendable, Codable {
    /// A picture, which hangs on a screen in the world.
    case flat
    /// A world around the viewer, drawn once for each eye.
    case world
}

extension BuiltinUniform {
    /// The uniforms that each eye has its own value of: a sketch that uses one surrounds its viewer.
    static let perView = table.filter { $0.scope == .mentioned }.map(\.name)
}

extension StagePart {
    /// Whether the stage sees by its viewer's eyes: whether it uses a uniform that each eye has its own value of.
    ///
    /// A name that the user gives to something else tells nothing, and neither does a declaration alone.
    var usesViews: Bool {
        let globals = outline.globals
        return BuiltinUniform.perView.contains { name in
            let count = outline.count(of: name)
            guard count > 0 else { return false }
            if let own = globals.first(where: { $0.name == name }) {
                return own.qualifiers.contains("uniform") && count > 1
            }
            return !outline.isDefined(name) && !outline.declaresLocally(name)
        }
    }
}

extension SourceOutline {
    /// How often the code and its directives name this identifier.
    func count(of name: String) -> Int {
        let wanted = Array(name.utf8)
        return items.count { bytes[$0.range].elementsEqual(wanted) }
            + directives.reduce(0) { sum, directive in
                sum + directive.items.count { bytes[$0.range].elementsEqual(wanted) }
            }
    }

    /// Whether something in a function, or a parameter, is declared by that name.
    func declaresLocally(_ name: String) -> Bool {
        items.indices.dropFirst().contains { index in
            items[index - 1].kind == .type && text(items[index]) == name
        }
    }
}
