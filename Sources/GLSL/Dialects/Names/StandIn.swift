/// Where the square stands that is drawn where nobody says what is.
///
/// It lies at the world's origin, in the plane of the eye that looks at it. So the matrices by which a text places its
/// vertices put it before the eye: the model does where there is one, else what there is between it and the picture.
struct StandIn {
    /// What the matrices are of the stages before the fragments, by their names.
    private let matrices: Set<BuiltinUniform>

    /// Nil where no stage before the fragments has a matrix that is known.
    init?(_ parts: [StagePart], fixed: Set<BuiltinUniform>) {
        let uniforms = parts.filter { $0.stage != .fragment && $0.stage != .compute }
            .flatMap { $0.interface.uniforms }
        var found = fixed
        for uniform in uniforms {
            if let matrix = GuessedName.matrix(uniform) { found.insert(matrix) }
        }
        guard !found.isEmpty else { return nil }
        matrices = found
    }

    /// What fills a uniform that means this.
    func source(_ meaning: BuiltinUniform) -> UniformSource {
        let isSeen = !matrices.isDisjoint(with: [.view, .viewProjection])
        let hasWhole = matrices.contains(.modelViewProjection)
        let hasModel = matrices.contains(.model) || matrices.contains(.modelView) || hasWhole
        switch meaning {
        case .modelViewProjection: return .builtin(.frontModelViewProjection)
        case .modelView: return .builtin(.frontModelView)
        case .model:
            if isSeen || hasWhole || matrices.contains(.modelView) {
                return .builtin(.frontModel)
            }
            // Alone it moves something flat over the picture.
            return .builtin(matrices.contains(.projection) ? .frontModelView : .model)
        case .viewProjection where !hasModel: return .builtin(.frontModelViewProjection)
        case .view where !hasModel:
            return .builtin(matrices.contains(.projection) ? .frontModelView : .model)
        case .projection where !hasModel && !isSeen: return .builtin(.frontModelViewProjection)
        default: return .builtin(meaning)
        }
    }
}
