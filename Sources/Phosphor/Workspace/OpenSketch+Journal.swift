import CSystem
import Editor
import GLSL
import Guest
import Journal

/// A sketch as it was read in the background: its files, and what the journal knows of it.
struct LoadedSketch: Sendable {
    var file: SketchFile
    var texts: [Stage: String]
    var taken: TakenTree
    /// Whether its files are gone or cannot be read: all that there is of it is what the journal has.
    var isLost = false

    init(file: SketchFile, texts: [Stage: String], taken: TakenTree) {
        (self.file, self.texts, self.taken) = (file, texts, taken)
    }

    /// Asks the journal for a sketch that was read from disk.
    init(
        _ loaded: (file: SketchFile, texts: [Stage: String]), _ journal: Journal?, seconds: Double
    ) {
        (file, texts) = loaded
        taken = journal?.take(file.path, seconds: seconds) ?? TakenTree()
    }

    /// A sketch whose files could not be read, as the journal has it; nil where it has nothing of it.
    ///
    /// - Parameter mustBeUnsaved: leave alone what was saved before its file went.
    init?(lost path: String, _ journal: Journal?, seconds: Double, mustBeUnsaved: Bool = false) {
        let path = Folders.absolute(path)
        guard let journal, let found = journal.take(path, seconds: seconds).found,
            !mustBeUnsaved || (!found.isDiscarded && SketchText(found.sketch).isModified)
        else { return nil }
        self.init(file: SketchFile(new: path), texts: [:], taken: TakenTree(found: found))
        isLost = true
    }
}

extension OpenSketch {
    /// A sketch with all that the journal has of it, brought together with what its files hold now.
    convenience init(_ loaded: LoadedSketch, _ place: Memory.Place?, at seconds: Double) {
        guard let found = loaded.taken.found else {
            self.init(file: loaded.file, texts: loaded.texts)
            if let place { resume(at: place) }
            if loaded.taken.isOpenElsewhere {
                openingNotice =
                    "\(file.name) is open in another Phosphor: this one begins a history of its own"
            } else if let problem = loaded.taken.problem {
                awaitsJournal = true
                openingNotice =
                    "the journal cannot be read yet (\(problem)): what was typed in \(file.name) before comes when it can"
            }
            return
        }
        self.init(file: loaded.file, text: SketchText(found.sketch))
        tree = found.id
        isInJournal = found.damagedFrom == nil
        text.onRecord = { [unowned self] in unrecorded.append($0) }
        quarantined = found.quarantined
        takeOver(found.verdicts)
        if found.isDiscarded { text.returnToSaved() }
        if loaded.isLost { takeForLost() } else { reconcile(loaded.texts, at: seconds) }
        if let damage = found.damagedFrom {
            openingNotice =
                "the journal of \(file.name) is damaged: what came after revision \(damage.number - 1) is lost"
        }
        adoptVerdictOfSameText()
        // The journal's caret is that of the last edit, the memory's that of the last second.
        if let place, !found.wasCutOff { resume(at: place) }
        switch current?.verdict {
        case .hung?, .crashed?, .runaway?: heldBack = text.current
        default: break
        }
    }

    /// The files are gone, so no text is saved; saving writes them again.
    private func takeForLost() {
        if text.stages.count > 1 {
            (file.isFolder, file.files) = (true, [:])
        } else {
            file.files = [text.stages.first ?? .fragment: file.path]
        }
        text.forgetSaved()
        openingNotice =
            "\(file.name) is gone or cannot be read: its text is here from the journal, unsaved"
    }

    /// What is known of a text that is current under another number, as where its file was changed meanwhile: what hung
    /// once must not run by itself because of that.
    private func adoptVerdictOfSameText() {
        origin = text.restoredOriginals
        guard current?.verdict == nil else { return }
        let same = judgements.filter {
            $0.value.verdict != nil && text.isSameText($0.key, text.current)
        }.max { ($0.value.judgedAt ?? 0, $0.key) < ($1.value.judgedAt ?? 0, $1.key) }
        guard let known = same?.value else { return }
        switch known.verdict {
        case .hung?, .crashed?, .runaway?:
            judgements[text.current] = known
            editor.setDiagnostics(known.diagnostics, of: text.current)
        default: break
        }
    }

    private func takeOver(_ verdicts: [RevisionID: StoredVerdict]) {
        for (revision, stored) in verdicts where text.contains(revision) {
            guard let verdict = Verdict(stored) else { continue }
            judgements[revision] = Judgement(
                verdict: verdict, began: phosphor_now(), diagnostics: stored.diagnostics,
                gpuMilliseconds: stored.gpuMilliseconds, judgedAt: stored.judgedAt,
                shownAt: stored.shownAt)
        }
        origin = text.restoredOriginals
        let shown = judgements.filter { origin[$0.key] == nil && $0.value.isGood }.compactMap {
            revision, judgement in judgement.shownAt.map { (revision, $0) }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
        for (before, after) in zip(shown, shown.dropFirst()) { goodBefore[after] = before }
        if let current { editor.setDiagnostics(current.diagnostics, of: text.current) }
    }

    /// Takes in what the files hold now, where that is not what they held last.
    ///
    /// Nothing typed is lost: with nothing unsaved the files' text is an edit, which undo takes back; unsaved text
    /// stays in hand, and undo gives the files'.
    private func reconcile(_ texts: [Stage: String], at seconds: Double) {
        let (known, mine) = (text.savedTexts, text.texts(at: text.current))
        let gone = known.keys.filter { texts[$0] == nil }.sorted()
        if texts.allSatisfy({ known[$0.key] == $0.value }) {
            if text.isModified { openingNotice = "what you typed in \(file.name) is here, unsaved" }
        } else if texts.allSatisfy({ mine[$0.key] == $0.value }) {
            text.markSaved()
        } else {
            let before = text.current
            let isUnsaved = text.isModified
            for (stage, new) in texts.sorted(by: { $0.key < $1.key }) {
                text.setText(new, stage, at: seconds)
            }
            text.markSaved()
            if isUnsaved {
                text.restore(before)
                openingNotice =
                    "\(file.name) was changed by another program: your unsaved text is here, undo gives the file's"
            } else {
                openingNotice =
                    "\(file.name) was changed by another program: undo brings back the text before"
            }
        }
        if let stage = gone.first {
            openingNotice =
                "the \(stage.name) stage of \(file.name) is gone from the disk: its text is here, and saving writes it"
        }
    }

    /// Takes in what the journal has after all, as the past of what was typed meanwhile: text, caret and scroll stay.
    ///
    /// Undo leads from what was typed here to the files' text, and on to what was unsaved. Gives the new numbers of
    /// the revisions; nil where the two do not fit together, as with a stage that came or went.
    func takeLate(_ taken: TakenTree, at seconds: Double) -> ((RevisionID) -> RevisionID)? {
        let texts = text.texts(at: RevisionID(1))
        let past = OpenSketch(
            LoadedSketch(file: file, texts: texts, taken: taken), nil, at: seconds)
        past.text.onRecord = nil
        if past.text.isModified { past.text.restoreSaved() }
        guard let moved = text.graft(onto: past.text) else { return nil }
        var judgements = past.judgements
        for (revision, judgement) in self.judgements { judgements[moved(revision)] = judgement }
        self.judgements = judgements
        (shown, lastGood) = (shown.map(moved), lastGood.map(moved))
        (ready, submitted) = (ready.map(moved), submitted.map(moved))
        var goodBefore = past.goodBefore
        for (after, before) in self.goodBefore { goodBefore[moved(after)] = moved(before) }
        self.goodBefore = goodBefore
        origin = text.restoredOriginals
        (tree, isInJournal) = (past.tree, false)
        (quarantined, heldBack) = (past.quarantined, past.heldBack)
        // What runs here has been asked for by nobody else than who typed it.
        if let shown { quarantined = quarantined.filter { !text.isSameText($0, shown) } }
        return moved
    }

    /// All that the journal keeps of it.
    var stored: StoredTree {
        var verdicts: [RevisionID: StoredVerdict] = [:]
        for (revision, judgement) in judgements {
            if let verdict = StoredVerdict(judgement) { verdicts[revision] = verdict }
        }
        return StoredTree(
            id: tree, path: file.path, tree: text.tree, verdicts: verdicts,
            quarantined: quarantined, shown: shown, running: running)
    }

    /// The newest revision while it may be about to run: it has no verdict, or is good and not on screen yet.
    private var running: RevisionID? {
        guard let submitted, let judgement = judgements[submitted], shown != submitted else {
            return nil
        }
        return judgement.verdict == nil || (judgement.isGood && judgement.shownAt == nil)
            ? submitted : nil
    }

    // MARK: Quarantine

    /// Whether a revision, or one with its very text, runs only when asked.
    func isHeld(_ revision: RevisionID) -> Bool {
        isHeldBack(revision) || isQuarantined(revision)
    }

    private func isHeldBack(_ revision: RevisionID) -> Bool {
        heldBack.map { text.isSameText($0, revision) } ?? false
    }

    private func isQuarantined(_ revision: RevisionID) -> Bool {
        quarantined.contains { text.isSameText($0, revision) }
    }

    /// Why the current revision does not run by itself; nil where it does.
    var heldReason: String? {
        let revision = text.current
        if isQuarantined(revision) { return "this revision was running when Phosphor ended" }
        guard isHeldBack(revision), let heldBack else { return nil }
        switch judgements[heldBack]?.verdict {
        case .hung: return "this revision hung the last time"
        case .runaway: return "this revision ran away the last time"
        default: return "this revision crashed the last time"
        }
    }

    /// Lets the current revision run; gives those that were quarantined.
    func releaseHeld() -> [RevisionID] {
        let released = quarantined.filter { text.isSameText($0, text.current) }
        quarantined.subtract(released)
        heldBack = nil
        return Array(released)
    }

    /// Good revisions that may be shown in place of one that is held, the newest first.
    var goodsToShow: [RevisionID] {
        judgements.filter { $0.value.isGood && !isHeld($0.key) }
            .sorted { ($0.value.shownAt ?? 0, $0.key) > ($1.value.shownAt ?? 0, $1.key) }.map(\.key)
    }
}

extension StoredVerdict {
    /// A judgement as it is kept; nil for one that says nothing about the revision.
    init?(_ judgement: OpenSketch.Judgement) {
        guard let verdict = judgement.verdict else { return nil }
        self.init(
            name: verdict.name, gpuMilliseconds: judgement.gpuMilliseconds,
            diagnostics: judgement.diagnostics, judgedAt: judgement.judgedAt ?? 0,
            shownAt: judgement.shownAt)
        switch verdict {
        case .superseded: return nil
        case .slow(let milliseconds, let budget, _):
            (gpuMilliseconds, budgetMilliseconds) = (milliseconds, budget)
        case .hung(let phase): detail = phase
        case .crashed(let cause): detail = cause
        case .good, .error, .runaway: break
        }
    }
}

extension Verdict {
    /// A verdict as it was kept; nil for a word that this version does not know.
    init?(_ stored: StoredVerdict) {
        switch stored.name {
        case "good":
            var timings = Timings()
            timings.gpuNanoseconds = stored.gpuMilliseconds.map {
                UInt64(max(0, min($0, 1e9)) * 1e6)
            }
            self = .good(timings)
        case "error": self = .error(stored.diagnostics)
        case "slow":
            self = .slow(
                milliseconds: stored.gpuMilliseconds ?? 0, budget: stored.budgetMilliseconds ?? 0)
        case "runaway": self = .runaway(stored.diagnostics)
        case "hung": self = .hung(phase: stored.detail)
        case "crashed": self = .crashed(stored.detail)
        default: return nil
        }
    }
}
