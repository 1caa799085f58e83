/// One stage on its way through the assembler: its text, with what all stages share before it.
struct StagePart {
    let stage: Stage
    /// The file of the stage's own text.
    let file: String
    /// The whole text's outline.
    let outline: SourceOutline
    /// What the stage shares with others.
    let interface: StageInterface
    /// Where the text's lines come from, from its first on.
    let runs: [TextRun]
    /// How many lines stand before the stage's own text.
    let commonLines: Int
    /// Whether the stage's own text holds nothing that could be compiled.
    let isEmpty: Bool
    /// The line on which the common text is left open: a comment, a condition.
    private let commonProblem: Diagnostic?

    init(stage: Stage, text: StageText, common: StageText? = nil) {
        self.stage = stage
        let (text, common) = (text.declared, common?.declared)
        file = text.file
        guard let common else {
            outline = SourceOutline(text.text)
            interface = outline.interface
            isEmpty = outline.isEmpty
            (commonLines, commonProblem) = (0, nil)
            runs = [
                TextRun(firstLine: 1, file: text.file, fileLine: 1, count: outline.lineCount)
            ]
            return
        }
        let before = SourceOutline(common.text)
        isEmpty = SourceOutline(text.text).isEmpty
        commonProblem = Self.problem(of: before, stage: stage) { line in
            (common.file, line)
        }
        // An empty line between: a backslash at the common text's end would swallow a line end.
        outline = SourceOutline(
            String(decoding: before.bytes, as: UTF8.self) + "\n\n" + text.text)
        interface = outline.interface
        commonLines = before.lineCount + 1
        runs = [
            TextRun(firstLine: 1, file: common.file, fileLine: 1, count: before.lineCount),
            TextRun(
                firstLine: commonLines + 1, file: text.file, fileLine: 1,
                count: max(1, outline.lineCount - commonLines)),
        ]
    }

    /// The user's place of a line of the text.
    func place(_ line: Int) -> (file: String, line: Int) {
        let run = runs.last { $0.firstLine <= line } ?? runs[0]
        return (run.file, run.fileLine + min(line - run.firstLine, run.count - 1))
    }

    /// A diagnostic on a line of this text.
    func problem(
        _ severity: Diagnostic.Severity = .error, line: Int, token: String?, _ message: String
    ) -> Diagnostic {
        let place = place(line)
        return Diagnostic(
            severity, stage: stage, file: place.file, line: place.line, token: token,
            message: message)
    }

    /// Where the text's end would swallow what follows, or where no driver could read on.
    var problems: [Diagnostic] {
        if let commonProblem { return [commonProblem] }
        return Self.problem(of: outline, stage: stage, place: place).map { [$0] } ?? []
    }

    private static func problem(
        of outline: SourceOutline, stage: Stage, place: (Int) -> (file: String, line: Int)
    ) -> Diagnostic? {
        func problem(_ line: Int, _ token: String?, _ message: String) -> Diagnostic {
            let place = place(line)
            return Diagnostic(
                stage: stage, file: place.file, line: place.line, token: token, message: message)
        }
        if let line = outline.nulLine {
            return problem(
                line, nil, "a NUL byte: a compiler would take it for the text's end; delete it")
        }
        if let line = outline.openCommentLine {
            return problem(line, "/*", "this comment is never closed: end it with */")
        }
        return outline.openConditionals.last.map {
            problem($0, "#", "this condition is never closed: end it with #endif")
        }
    }
}

/// Lines of a text that follow each other in one file.
struct TextRun: Sendable, Equatable {
    /// The text's line in which it begins, from 1.
    var firstLine: Int
    var file: String
    /// The file's line in which it begins, from 1.
    var fileLine: Int
    var count: Int
}

extension StageText {
    /// The same text with declarations for the values that an editor's lines declare.
    fileprivate var declared: StageText {
        var copy = self
        copy.text = UniformDirective.declaring(text)
        return copy
    }
}
