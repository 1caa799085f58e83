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
        including(source) ?? assembleWhole(source)
    }

    /// Assembles a program whose texts include no others.
    static func assembleWhole(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        let (source, problems) = source.parted
        guard problems.isEmpty else { return .failure(AssemblyError(diagnostics: problems)) }
        let told = source.dialect ?? source.plan.dialect
        let dialect = told ?? Dialect.recognise(source)
        return switch dialect {
        case .plain: plain(source, dialect: .plain, isTold: told != nil)
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
        assembly.mayMix = !isTold
        return assembly.program()
    }
}

extension Dialect {
    /// The dialect of a whole sketch: that of its picture's fragment stage, or where there is none, of another pass's.
    public static func recognise(_ source: SketchSource) -> Dialect {
        let passes = PassTexts.all(of: source.parted.source)
        let shown = passes.first { $0.name == Assembler.shownPass && $0.stages[.fragment] != nil }
        guard
            let fragment = (shown ?? passes.last { $0.stages[.fragment] != nil })?
                .stages[.fragment]
        else { return .plain }
        return recognise(fragment: SourceOutline(fragment.text))
    }
}
