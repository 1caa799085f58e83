import Editor
import GLSL
import Guest
import Journal

/// A sketch that was opened: its files, its text with all revisions, and what became of them.
final class OpenSketch {
    /// What is known of one revision.
    struct Judgement {
        /// The verdict; nil while it is being tried.
        var verdict: Verdict?
        /// When the trial began, in nanoseconds.
        var began: UInt64
        var diagnostics: [Diagnostic] = []
        /// What is worth saying of it though it runs.
        var notices: [Diagnostic] = []
        /// GPU time of its trial frame.
        var gpuMilliseconds: Double?
        /// Seconds since 1970, when it was judged and when it was first shown.
        var judgedAt: Double?
        var shownAt: Double?
        /// The budget under which it was good, in milliseconds, infinite for none; nil where it never was.
        var goodUnder: Double?
        /// The time that it was accepted with, in milliseconds, until it is shown.
        var accepted: Double?

        var isGood: Bool {
            if case .good = verdict { true } else { false }
        }

        /// What is worth keeping of it once another revision has taken its place; nil for nothing.
        var remains: Judgement? {
            guard goodUnder != nil || shownAt != nil else { return nil }
            var kept = self
            (kept.verdict, kept.diagnostics, kept.accepted) = (nil, [], nil)
            kept.notices = []
            return kept
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
    /// The revision that was handed on last.
    var submitted: RevisionID?
    /// For each good revision, the one shown before it: the way that repeated roll-backs take.
    var goodBefore: [RevisionID: RevisionID] = [:]
    /// For a revision that a roll-back made, the revision whose text it has.
    var origin: [RevisionID: RevisionID] = [:]
    /// What its frames may take, as far as the sketch has something to say in that.
    var budget = SketchBudget()
    /// Whether its loops are counted.
    var isGuarded = true
    /// The loops of its newest program that run uncounted all the same, and why.
    var unguarded: [Diagnostic] = []
    /// Its tweakable values, and what people have made of them.
    var values = SketchValues()
    /// The files that its texts include.
    var included = IncludedFiles()
    /// The pictures and meshes that its newest program brings along, and what is being done about them.
    var resources = SketchResources()
    var resourceWork = ResourceWork()
    /// What its `sketch.toml` says, by the text that was read last.
    private var plan = ReadPlan()
    /// The text of `sketch.toml` that was there before anything was good: its mistakes keep nothing from running.
    var toleratedPlan: String?
    /// Where its files' links lead to, as far as they were looked up.
    var linkTargets: Set<String> = []

    /// Its number in the journal, and what is to be written there once somebody listens.
    var tree = TreeID()
    var isInJournal = false
    var unrecorded: [SketchChange] = []
    /// Revisions that were running when everything died, or that ended badly the last time: they run when asked.
    var quarantined: Set<RevisionID> = []
    var heldBack: RevisionID?
    /// Whether the journal did not answer when it was opened: what it has comes later.
    var awaitsJournal = false
    /// Whether it is being asked just now.
    var isAskingJournal = false
    /// Whether a good revision is to be shown should the text in hand not be one, since nothing of it was on screen.
    var wantsStandIn = false
    /// What is to be said of how it was found.
    var openingNotice: String?

    init(file: SketchFile, text: SketchText) {
        self.file = file
        self.text = text
        editor = EditorController(sketch: text)
        editor.partOfFile = { [unowned self] name in
            self.text.parts.first { self.file.label($0) == name }
        }
    }

    convenience init(file: SketchFile, texts: [SketchPart: String]) {
        self.init(file: file, text: SketchText(parts: texts))
        // What was taken out of another file is in none of its own yet.
        if file.origin == nil { text.markSaved() } else { text.forgetSaved() }
    }

    /// What goes to the assembler.
    var source: SketchSource { source(of: text.texts(at: text.current)) }

    /// What goes to the assembler for other texts of this sketch.
    func source(of texts: [SketchPart: String]) -> SketchSource {
        var source = SketchSource(texts, name: file.name) { file.label($0) }
        source.plan = plan.plan(of: texts[.plan], file: file.label(.plan))
        source.included = included.texts
        return source
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

    /// Takes note of a verdict that ends a revision that was good and shown: it is neither any more.
    func lost(_ revision: RevisionID, _ verdict: Verdict) {
        switch verdict {
        case .hung, .crashed: break
        default: return
        }
        if shown == revision { shown = nil }
        if let lastGood, original(lastGood) == original(revision) {
            self.lastGood = goodBefore[original(revision)]
        }
    }

    /// The revision that a roll-back goes to now; nil where there is none.
    ///
    /// The last good one; from a current that is good and shown, the good one shown before it.
    var rollbackTarget: RevisionID? {
        guard let lastGood else { return nil }
        let current = text.current
        // A roll-back that is still being tried counts as there: the next one goes further.
        if origin[current] != nil || (shown == current && judgements[current]?.isGood == true) {
            return goodBefore[original(current)]
        }
        return original(lastGood)
    }
}

extension SketchSource {
    /// Bytes of all parts together.
    var size: Int { parts.values.reduce(0) { $0 + $1.text.utf8.count } }
}

extension Dialect {
    /// The dialect to take a source for: the one it shows, or, while its entry point is being typed anew, the one that
    /// it had when it was last good.
    static func sticky(_ known: Dialect?, for source: SketchSource) -> Dialect? {
        guard let known, known != .plain, source.plan.dialect == nil,
            recognise(source) == .plain,
            !source.parts.values.contains(where: { $0.text.definesMain })
        else { return nil }
        return known
    }
}

extension String {
    /// Whether a source names `main` anywhere in its code.
    fileprivate var definesMain: Bool {
        let bytes = Array(utf8)
        return Lexer.tokens(of: self).contains { bytes[$0.range].elementsEqual("main".utf8) }
    }
}
