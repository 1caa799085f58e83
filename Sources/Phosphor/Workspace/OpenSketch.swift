import Editor
import GLSL
import Guest

/// A sketch that was opened: its files, its text with all revisions, and what became of them.
final class OpenSketch {
    /// What is known of one revision.
    struct Judgement {
        /// The verdict; nil while it is being tried.
        var verdict: Verdict?
        /// When the trial began, in nanoseconds.
        var began: UInt64
        var diagnostics: [Diagnostic] = []
        /// GPU time of its trial frame.
        var gpuMilliseconds: Double?
        /// Seconds since 1970, when it was first shown.
        var shownAt: Double?

        var isGood: Bool {
            if case .good = verdict { true } else { false }
        }
    }

    var file: SketchFile
    let text: SketchText
    let editor: EditorController
    /// The dialect that its current text was taken for.
    var dialect = Dialect.plain
    var judgements: [RevisionID: Judgement] = [:]
    /// The revision whose picture is on screen, and the good one most recently shown.
    var shown: RevisionID?
    var lastGood: RevisionID?
    /// A good revision that waits for Ctrl+Enter, with `show cut`.
    var ready: RevisionID?
    /// For each good revision, the one shown before it: the way that repeated roll-backs take.
    var goodBefore: [RevisionID: RevisionID] = [:]
    /// For a revision that a roll-back made, the revision whose text it has.
    var origin: [RevisionID: RevisionID] = [:]
    /// Budget for a frame, in milliseconds, where the sketch has one of its own.
    var budgetMilliseconds: Double?

    init(file: SketchFile, texts: [Stage: String]) {
        self.file = file
        text = SketchText(stages: texts)
        editor = EditorController(sketch: text)
        text.markSaved()
    }

    /// What goes to the assembler.
    var source: SketchSource {
        var stages: [Stage: StageText] = [:]
        for stage in text.stages {
            stages[stage] = StageText(text: text.text(stage), file: file.label(stage))
        }
        return SketchSource(stages: stages, name: file.name, dialect: dialect(of: stages))
    }

    /// The dialect to take the text for: the one it shows, or, while an entry point is being typed anew, the one that
    /// the last good text had.
    private func dialect(of stages: [Stage: StageText]) -> Dialect? {
        let seen = Dialect.recognise(stages: stages.mapValues(\.text))
        guard seen == .plain, dialect != .plain, lastGood != nil,
            !stages.values.contains(where: { Self.hasEntry($0.text) })
        else { return nil }
        return dialect
    }

    /// Whether a text defines `main` itself.
    private static func hasEntry(_ text: String) -> Bool {
        let tokens = Lexer.tokens(of: text)
        let bytes = Array(text.utf8)
        return tokens.contains { bytes[$0.range].elementsEqual("main".utf8) }
    }

    /// The judgement of the text in the editor.
    var current: Judgement? { judgements[text.current] }

    /// A revision's place among the good ones: itself, or the one whose text a roll-back brought back.
    func original(_ revision: RevisionID) -> RevisionID { origin[revision] ?? revision }

    /// Notes that a revision's picture is on screen from now on.
    func wasShown(_ revision: RevisionID, at seconds: Double) {
        let (known, before) = (original(revision), lastGood.map(original))
        if origin[revision] == nil, goodBefore[known] == nil, let before, before != known {
            goodBefore[known] = before
        }
        shown = revision
        lastGood = revision
        if judgements[revision]?.shownAt == nil { judgements[revision]?.shownAt = seconds }
    }

    /// The revision that a roll-back goes to now; nil where there is none.
    ///
    /// The last good one; from a current that is good and shown, the good one shown before it.
    var rollbackTarget: RevisionID? {
        guard let lastGood else { return nil }
        let current = text.current
        if shown == current, judgements[current]?.isGood == true { return goodBefore[original(current)] }
        return original(lastGood)
    }
}
