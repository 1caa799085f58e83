extension Assembler {
    /// Assembles a source of glslViewer's: one text, compiled with another macro for each pass.
    static func glslViewer(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        let parts = source.stages.map {
            StagePart(stage: $0.key, text: $0.value, common: source.parts[.common])
        }.sorted { $0.stage < $1.stage }
        let problems = parts.flatMap(\.problems)
        guard problems.isEmpty else { return .failure(AssemblyError(diagnostics: problems)) }
        let others = parts.contains {
            ![.fragment, .vertex, .compute].contains($0.stage) && !$0.isEmpty
        }
        // glslViewer has two stages; what has more is ours.
        guard !others else { return plain(source, dialect: .plain) }
        let vertex = parts.first { $0.stage == .vertex && !$0.isEmpty }
        let own = parts.first { $0.stage == .fragment && !$0.isEmpty }
        guard let fragment = own ?? vertex.map(ViewerStandIn.fragment) else {
            return plain(source, dialect: .plain)
        }
        var builder = ViewerBuilder(
            ViewerSource(fragment: fragment, vertex: vertex, plan: source.plan))
        var program = builder.program()
        if own == nil, let vertex { program = ViewerStandIn.marked(program, for: vertex) }
        program.startingPlace = StartingPlace(source)
        if program.surroundings == .world, program.startingPlace.eyePosition == nil {
            program.startingPlace.eyePosition = ViewerUniforms.eye
        }
        return .success(program)
    }
}
