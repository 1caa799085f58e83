/// Makes what goes to the driver out of what the user wrote: preamble, text, footer, line map.
///
/// The driver has the last word on the language: a plain source with its own `#version` is passed
/// byte for byte, and nothing is judged here that a driver judges well. Refused are only texts whose
/// end would swallow what is put behind them, or whose error a driver would put in a strange place.
public enum Assembler {
    /// Assembles a program, or says on which lines it cannot be.
    public static func assemble(
        _ source: SketchSource
    ) -> Result<AssembledProgram, AssemblyError> {
        let dialect =
            source.dialect ?? source.plan.dialect
            ?? source.stages[.fragment].map { Dialect.recognise(fragment: SourceOutline($0.text)) }
            ?? .plain
        return switch dialect {
        case .glslViewer: glslViewer(source)
        case .isf: isf(source)
        default: plain(source, dialect: dialect)
        }
    }

    /// Assembles by plain rules, and by those of dialects that are near enough.
    static func plain(
        _ source: SketchSource, dialect: Dialect
    ) -> Result<AssembledProgram, AssemblyError> {
        let parts = source.stages.map { StagePart(stage: $0.key, text: $0.value) }
            .sorted { $0.stage < $1.stage }
        let problems = parts.flatMap(\.problems)
        guard problems.isEmpty else { return .failure(AssemblyError(diagnostics: problems)) }

        let written = parts.filter { !$0.outline.isEmpty && $0.stage != .compute }
        let fragment = written.first { $0.stage == .fragment }
        if let problem = missing(written, among: parts, dialect: dialect, name: source.name) {
            return .failure(AssemblyError(diagnostics: [problem]))
        }

        let shared = SharedUniforms(written)
        var stages = written.map { part in
            part.stage == .fragment && dialect.isToy
                ? part.toy(shared, dialect) : part.plain(shared)
        }
        if let fragment, !written.contains(where: { $0.stage == .vertex }) {
            let isOurs = fragment.entries(in: dialect) != nil
            stages.append(
                Self.generatedVertex(
                    for: fragment.outline, version: isOurs ? nil : fragment.outline.version))
        } else if fragment == nil, let last = written.last {
            stages.append(
                Self.generatedFragment(for: last.outline, version: last.outline.version))
        }
        // A program of its own beside the drawing one, which runs before it.
        stages += parts.filter { $0.stage == .compute && !$0.outline.isEmpty }.map {
            $0.plain(shared)
        }
        stages.sort { $0.stage < $1.stage }
        let surrounds =
            fragment?.entries(in: dialect)?.ray != nil || written.contains(where: \.usesViews)
        return .success(
            AssembledProgram(
                dialect: dialect, passes: [AssembledPass(name: "image", stages: stages)],
                surroundings: surrounds ? .world : .flat, startingPlace: StartingPlace(source)))
    }

    /// What keeps the stages from making a picture at all.
    private static func missing(
        _ written: [StagePart], among parts: [StagePart], dialect: Dialect, name: String
    ) -> Diagnostic? {
        if let fragment = written.first(where: { $0.stage == .fragment }) {
            guard let entries = fragment.entries(in: dialect), entries.lines.isEmpty else {
                return nil
            }
            let entry =
                dialect == .riftray
                ? "vec3 getSceneColor(vec3 eye, vec3 ray)"
                : "void mainImage(out vec4 color, in vec2 position)"
            return fragment.problem(
                line: fragment.outline.lineCount, token: nil,
                "there is no entry: write \(entry) { … }")
        }
        guard written.isEmpty else { return nil }
        let file = parts.first?.file ?? name
        if parts.contains(where: { $0.stage == .compute && !$0.outline.isEmpty }) {
            return Diagnostic(
                stage: .compute, file: file, line: 1,
                message: "a compute stage alone draws nothing: add a fragment stage")
        }
        return Diagnostic(
            stage: parts.first?.stage, file: file, line: parts.isEmpty ? nil : 1,
            message: "there is nothing to draw: write a fragment stage, or a vertex stage")
    }
}

/// One stage on its way through the assembler.
struct StagePart {
    let stage: Stage
    let file: String
    let outline: SourceOutline

    init(stage: Stage, text: StageText) {
        self.stage = stage
        file = text.file
        outline = SourceOutline(text.text)
    }

    /// A diagnostic on a line of this text.
    func problem(line: Int, token: String?, _ message: String) -> Diagnostic {
        Diagnostic(stage: stage, file: file, line: line, token: token, message: message)
    }

    /// Where the text's end would swallow what follows, or where no driver could read on.
    var problems: [Diagnostic] {
        if let line = outline.nulLine {
            return [
                problem(
                    line: line, token: nil,
                    "a NUL byte: a compiler would take it for the text's end; delete it")
            ]
        }
        if let line = outline.openCommentLine {
            return [
                problem(
                    line: line, token: "/*", "this comment is never closed: end it with */")
            ]
        }
        return outline.openConditionals.suffix(1).map {
            problem(line: $0, token: "#", "this condition is never closed: end it with #endif")
        }
    }
}
