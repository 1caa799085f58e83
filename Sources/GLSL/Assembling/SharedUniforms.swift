/// The built-in uniforms as a program's stages declare them, so that all stages agree on a type.
///
/// GLSL wants a uniform of one name to have one type in all stages. Where the user declares
/// `uniform vec2 iResolution` in one stage, a preamble must not say `vec3` in another.
struct SharedUniforms {
    /// The type by which the user declares a uniform, in whichever stage.
    private var types: [String: String] = [:]
    /// The names that are not plain uniforms somewhere: arrays and the like, not to be repeated.
    private var special: Set<String> = []

    init(_ parts: [StagePart], macro: String? = nil) {
        for part in parts {
            let hidden = part.outline.hidden(defining: macro)
            for variable in part.interface.variables("uniform")
            where !part.outline.isHidden(variable, hidden) {
                if variable.array != nil || variable.layout != nil {
                    special.insert(variable.name)
                } else {
                    types[variable.name] = variable.type
                }
            }
        }
    }

    /// The type by which a stage declares a uniform; nil where none does, or as no plain one.
    func type(of name: String) -> String? { types[name] }

    /// The declarations for a stage that declares these names itself.
    func declarations(
        for part: StagePart, without declared: Set<String>, _ rules: StageRules
    ) -> String {
        func isMentioned(_ name: String) -> Bool {
            part.outline.mentions(name) && !part.outline.isDefined(name)
        }
        func isWanted(_ entry: BuiltinUniform.Entry) -> Bool {
            switch entry.scope {
            case .all: true
            case .toys: rules.isToy || isMentioned(entry.name)
            case .mentioned: isMentioned(entry.name)
            case .rays: rules.entries?.ray != nil
            }
        }
        var text = ""
        for entry in BuiltinUniform.table
        where !declared.contains(entry.name) && !special.contains(entry.name) && isWanted(entry) {
            if let type = types[entry.name] {
                text += "uniform \(type) \(entry.name);\n"
            } else {
                text += entry.declaration + "\n"
            }
        }
        for channel in Words.channels + ChannelDirective.more(in: part.outline)
        where !declared.contains(channel) && (rules.isToy || isMentioned(channel)) {
            let type = rules.channelTypes[channel] ?? types[channel] ?? "sampler2D"
            text += "uniform \(type) \(channel);\n"
        }
        return text
    }
}

extension SourceOutline {
    /// Whether a variable's declaration lies in bytes that are taken out.
    fileprivate func isHidden(_ variable: InterfaceVariable, _ hidden: [Range<Int>]) -> Bool {
        guard !hidden.isEmpty, let first = variable.items.first else { return false }
        return hidden.contains { $0.contains(items[first].range.lowerBound) }
    }
}
