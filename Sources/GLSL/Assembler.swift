/// Makes what goes to the driver out of what the user wrote: preamble, text, footer, line map.
///
/// The driver has the last word on the language: a plain source with its own `#version` is passed
/// byte for byte, and nothing is judged here that a driver judges well. Refused are only texts whose
/// end would swallow what is put behind them, or whose error a driver would put in a strange place.
public enum Assembler {
    /// Assembles a program, or says on which lines it cannot be.
    ///
    /// The dialect is the source's, else the plan's, else that of a comment, else it is recognised
    /// (`Dialect.recognise`).
    public static func assemble(
        _ source: SketchSource
    ) -> Result<AssembledProgram, AssemblyError> {
        let result = including(source) ?? assembleWhole(source)
        let problems = source.plan.problems
        guard !problems.isEmpty else { return result }
        let mistakes = problems.filter { $0.severity == .error }
        switch result {
        case .success(var program) where mistakes.isEmpty || source.toleratesPlan:
            program.notices += problems
            return .success(program)
        case .success: return .failure(AssemblyError(diagnostics: problems))
        case .failure(let error):
            return .failure(AssemblyError(diagnostics: mistakes + error.diagnostics))
        }
    }

    /// Assembles a program whose texts include no others.
    static func assembleWhole(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        let (source, problems) = source.parted
        guard problems.isEmpty else { return .failure(AssemblyError(diagnostics: problems)) }
        let told = source.dialect ?? source.plan.dialect
        let dialect = told ?? Dialect.recognise(source)
        return assemble(source, as: dialect, isTold: told != nil).flatMap {
            PlanReview.reviewed($0, source)
        }
    }

    private static func assemble(
        _ source: SketchSource, as dialect: Dialect, isTold: Bool
    ) -> Result<AssembledProgram, AssemblyError> {
        switch dialect {
        case .plain: plain(source, dialect: .plain, isTold: isTold)
        case .shadertoy: shadertoy(source)
        case .riftray: riftray(source)
        case .bonzomatic: bonzomatic(source)
        case .kodelife: kodelife(source)
        case .glslSandbox: glslSandbox(source)
        case .glslViewer: glslViewer(source)
        case .isf: isf(source)
        }
    }

    /// Assembles by plain rules.
    ///
    /// - Parameter isTold: whether the dialect was given, so that no pass may be of another.
    static func plain(
        _ source: SketchSource, dialect: Dialect, isTold: Bool = true
    ) -> Result<AssembledProgram, AssemblyError> {
        var assembly = ProgramAssembly(source, dialect: dialect)
        assembly.names = KnownUniform.plain
        if KnownUniform.areLibretro(source) {
            assembly.names += KnownUniform.libretro
            assembly.macro = ParameterPragma.macro
            assembly.noted = { ParameterPragma.values($0.outline) }
        }
        assembly.mayMix = !isTold
        return assembly.program()
    }
}

extension Dialect {
    /// The dialect of a whole sketch: that of its picture's fragment stage, or where there is none, of another pass's.
    public static func recognise(_ source: SketchSource) -> Dialect {
        let passes = PassTexts.all(of: source.parted.source)
        let shown = passes.first { $0.name == Assembler.shownPass && $0.stages[.fragment] != nil }
        guard let pass = shown ?? passes.last(where: { $0.stages[.fragment] != nil }),
            let fragment = pass.stages[.fragment].map({ SourceOutline($0.text) })
        else { return ofVertexStage(passes) }
        let dialect = recognise(fragment: fragment)
        // Engines call time and size as glslViewer does, but have matrices of their own.
        guard dialect == .glslViewer, note(in: fragment) == nil, !fragment.asksForViewerPasses,
            let vertex = pass.stages[.vertex], SourceOutline(vertex.text).usesForeignMatrices
        else { return dialect }
        return .plain
    }

    /// The dialect of a sketch that has no fragment stage: glslViewer's where its only stage draws a thing for it.
    private static func ofVertexStage(_ passes: [PassTexts]) -> Dialect {
        let stages = passes.flatMap(\.stages)
        guard stages.count == 1, let vertex = stages.first, vertex.key == .vertex else {
            return .plain
        }
        return SourceOutline(vertex.value.text).isViewersVertex ? .glslViewer : .plain
    }
}
