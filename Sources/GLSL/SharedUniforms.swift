/// The built-in uniforms as a program's stages declare them, so that all stages agree on a type.
///
/// GLSL wants a uniform of one name to have one type in all stages. Where the user declares
/// `uniform vec2 iResolution` in one stage, a preamble must not say `vec3` in another.
struct SharedUniforms {
    /// The type by which the user declares a built-in uniform, in whichever stage.
    private var types: [String: String] = [:]
    /// The names that are not plain uniforms somewhere: arrays and the like, not to be repeated.
    private var special: Set<String> = []

    init(_ parts: [StagePart]) {
        for part in parts {
            for variable in part.outline.globals
            where BuiltinUniform.named(variable.name) != nil
                && variable.qualifiers.contains("uniform")
            {
                if variable.isArray || variable.layout != nil {
                    special.insert(variable.name)
                } else {
                    types[variable.name] = variable.type
                }
            }
        }
    }

    /// The declarations for a stage that declares these names itself.
    ///
    /// - Parameter wantsRays: whether we compute the ray of each pixel, and so need what it is made of.
    func declarations(
        for outline: SourceOutline, without declared: Set<String>, isToy: Bool, wantsRays: Bool
    ) -> String {
        func isWanted(_ entry: BuiltinUniform.Entry) -> Bool {
            switch entry.scope {
            case .all: true
            case .toys: isToy
            case .mentioned: outline.mentions(entry.name) && !outline.isDefined(entry.name)
            case .rays: wantsRays
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
        guard isToy else { return text }
        for channel in Words.channels where !declared.contains(channel) {
            text += "uniform sampler2D \(channel);\n"
        }
        return text
    }
}
