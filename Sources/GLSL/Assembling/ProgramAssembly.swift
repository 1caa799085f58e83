/// Assembles the passes of a program by the rules of a dialect.
struct ProgramAssembly {
    let source: SketchSource
    let dialect: Dialect
    /// The dialect's uniforms.
    var names: [KnownUniform] = []
    /// Least and most of single numbers that nobody fills.
    var range: ClosedRange<Double>?
    /// A macro that the dialect defines.
    var macro: String?
    /// Whether passes whose texts are Shadertoy's are assembled so, in whichever dialect.
    var mayMix = false
    /// What replaces declarations of the user's in a fragment stage.
    var replaced: (StagePart) -> (names: Set<String>, text: String) = { _ in ([], "") }
    /// What a generated vertex stage says of inputs with a meaning of their own; nil for what names tell.
    var vertexInput: (InterfaceVariable) -> String? = { _ in nil }
    /// Textures that the dialect's comments name, by the channel that reads them.
    var textures: (StagePart) -> [String: TexturePlan] = { _ in [:] }
    /// What comments say of values.
    var noted: (StagePart) -> [String: ValuePlan] = { _ in [:] }

    init(_ source: SketchSource, dialect: Dialect) {
        (self.source, self.dialect) = (source, dialect)
    }

    /// The program, or what keeps it from being one.
    func program() -> Result<AssembledProgram, AssemblyError> {
        var notices: [Diagnostic] = []
        var passes = readPasses(&notices)
        let problems = passes.flatMap { $0.parts.flatMap(\.problems) }
        if !problems.isEmpty { return .failure(AssemblyError(diagnostics: problems)) }
        if let index = passes.firstIndex(where: { $0.texts.name == Assembler.shownPass }),
            passes[index].drawn.isEmpty
        {
            let others = passes[..<index].filter { !$0.drawn.isEmpty }
            if passes[index].written.isEmpty, let last = others.last {
                passes[index].copied = last.texts.name
            } else if passes[index].shownImage == nil {
                guard let compute = passes[index].onlyCompute else {
                    return .failure(AssemblyError(diagnostics: [nothingToDraw(passes[index])]))
                }
                notices.append(
                    compute.problem(
                        .note, line: 1, token: nil,
                        "a compute stage alone draws nothing, unless it writes one image2D: `buffer NAME` shows "
                            + "what it wrote; add a fragment stage for a picture"))
            }
        }
        let missing = passes.compactMap { missingEntry($0) }
        if !missing.isEmpty { return .failure(AssemblyError(diagnostics: missing)) }
        passes.removeAll { $0.written.isEmpty && $0.copied == nil }
        notices += missingNamed(passes)
        return .success(assembled(passes, notices))
    }

    // MARK: Reading

    /// A pass on its way.
    struct Pass {
        var texts: PassTexts
        var parts: [StagePart]
        var dialect: Dialect
        /// The pass that is shown in its place, where it has no text of its own.
        var copied: String?
        /// The stages that hold something.
        var written: [StagePart] { parts.filter { !$0.isEmpty } }
        /// The same without those that only compute.
        var drawn: [StagePart] { written.filter { $0.stage != .compute } }
        var fragment: StagePart? { drawn.first { $0.stage == .fragment } }
        /// The compute stage of a pass that has no other text, not even an empty one, which somebody is writing anew.
        var onlyCompute: StagePart? {
            parts.count == 1 && written.first?.stage == .compute ? written.first : nil
        }
        /// The image that is shown where a compute stage is all that there is: the only one that it writes.
        var shownImage: String? {
            let images = written.filter { $0.stage == .compute }.flatMap {
                $0.interface.variables("uniform")
            }.filter {
                $0.type == "image2D" && $0.array == nil && !$0.qualifiers.contains("readonly")
            }
            return images.count == 1 ? images.first?.name : nil
        }
    }

    private func readPasses(_ notices: inout [Diagnostic]) -> [Pass] {
        let common = source.parts[.common]
        var passes: [Pass] = []
        for texts in PassTexts.all(of: source) {
            let parts = texts.stages.map {
                StagePart(
                    stage: $0.key, text: $0.value,
                    common: common ?? ThreeNames.before($0.key, of: texts.stages))
            }
            .sorted { $0.stage < $1.stage }
            var pass = Pass(texts: texts, parts: parts, dialect: dialect)
            if let fragment = pass.fragment {
                if mayMix || dialect.isToy { notices += Self.unsupported(fragment) }
                if mayMix, Dialect.recognise(fragment: fragment.outline) == .shadertoy {
                    pass.dialect = .shadertoy
                }
                if texts.name != Assembler.shownPass, pass.dialect.isToy,
                    fragment.isSilentOrCubic
                {
                    continue
                }
            }
            passes.append(pass)
        }
        if dialect.isToy { notices += unsupportedBeside }
        return passes
    }

    /// What Shadertoy has and we have not, on the line that asks for it.
    private static func unsupported(_ part: StagePart) -> [Diagnostic] {
        var found: [Diagnostic] = []
        if let line = part.outline.soundLine {
            found.append(
                part.problem(
                    .note, line: line, token: "mainSound", "\(noSound): mainSound is not called"))
        }
        if let line = part.outline.definitionLine(of: "mainCubemap") {
            found.append(
                part.problem(
                    .warning, line: line, token: "mainCubemap",
                    "\(noCube): mainCubemap is not called"))
        }
        return found
    }

    private static let noSound = "there is no sound yet"
    private static let noCube = "cube maps cannot be drawn"

    /// The same for texts that are no stage of a pass: `sound.glsl`, `cubeA.glsl`.
    private var unsupportedBeside: [Diagnostic] {
        source.parts.sorted { $0.key < $1.key }.flatMap { part, text -> [Diagnostic] in
            let bytes = Array(text.text.utf8)
            guard part.stage == nil, part != .common,
                ["mainSound", "mainCubemap"].contains(where: {
                    FrameBudget.contains(bytes, Array($0.utf8))
                })
            else { return [] }
            return Self.unsupported(StagePart(stage: .fragment, text: text))
        }
    }

    // MARK: What is missing

    private func nothingToDraw(_ pass: Pass) -> Diagnostic {
        let file = pass.parts.first?.file ?? source.name
        if let compute = pass.written.first(where: { $0.stage == .compute }) {
            return compute.problem(
                line: 1, token: nil,
                "a compute stage alone draws nothing, unless it writes one image2D: write a fragment stage"
            )
        }
        return Diagnostic(
            stage: pass.parts.first?.stage, file: file, line: pass.parts.isEmpty ? nil : 1,
            message: "there is nothing to draw: write a fragment stage, or a vertex stage")
    }

    private func missingEntry(_ pass: Pass) -> Diagnostic? {
        guard let fragment = pass.fragment, let entries = fragment.entries(in: pass.dialect),
            entries.lines.isEmpty
        else { return nil }
        let isSound = fragment.outline.soundLine != nil
        if let line = fragment.outline.soundLine
            ?? fragment.outline.definitionLine(of: "mainCubemap")
        {
            return fragment.problem(
                line: line, token: isSound ? "mainSound" : "mainCubemap",
                "\(isSound ? Self.noSound : Self.noCube), and this text has nothing else to draw: "
                    + "write void mainImage(out vec4 color, in vec2 position) { … } beside it")
        }
        let entry =
            pass.dialect == .riftray
            ? "vec3 getSceneColor(vec3 eye, vec3 ray)"
            : "void mainImage(out vec4 color, in vec2 position)"
        return fragment.problem(
            line: fragment.outline.lineCount, token: nil,
            "there is no entry: write \(entry) { … }")
    }
}

extension StagePart {
    /// Whether the text makes sound, or sides of a cube, and no picture.
    fileprivate var isSilentOrCubic: Bool {
        !outline.defines("main") && !outline.defines("mainImage") && !outline.defines("mainVR")
            && (outline.defines("mainCubemap") || outline.soundLine != nil)
    }
}

extension SourceOutline {
    /// The line on which Shadertoy's entry for sound is defined.
    fileprivate var soundLine: Int? {
        definition(of: "mainSound", returning: "vec2").map { items[$0].line }
    }
}
