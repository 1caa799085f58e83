import CSystem
import Editor
import GLSL
import Guest
import Journal

extension OpenSketch {
    /// A sketch with all that the journal has of it, brought together with what its files hold now.
    convenience init(_ loaded: LoadedSketch, _ place: Memory.Place?, at seconds: Double) {
        guard let found = loaded.taken.found else {
            self.init(file: loaded.file, texts: loaded.texts)
            included = loaded.included
            if let place { resume(at: place) }
            if let origin = file.origin { openingNotice = Self.tell(origin, file) }
            if loaded.taken.isOpenElsewhere {
                openingNotice =
                    "\(file.name) is open in another Phosphor: this one begins a history of its own"
            } else if let problem = loaded.taken.problem {
                awaitsJournal = true
                openingNotice =
                    "the journal cannot be read yet (\(problem)): what was typed in \(file.name) before comes when it can"
            }
            tellForeignTexts()
            return
        }
        self.init(file: loaded.file, text: SketchText(found.sketch))
        included = loaded.included
        tree = found.id
        isInJournal = found.damagedFrom == nil
        text.onRecord = { [unowned self] in unrecorded.append($0) }
        quarantined = found.quarantined
        takeOver(found.verdicts)
        if found.isDiscarded { text.returnToSaved() }
        if loaded.isLost {
            takeForLost()
        } else if let origin = file.origin {
            takeAnew(loaded.texts, from: origin, found.isDiscarded, at: seconds)
        } else {
            reconcile(loaded.texts, at: seconds)
        }
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
        tellForeignTexts()
    }

    private func tellForeignTexts() {
        guard openingNotice == nil, let part = file.foreignLines.keys.min() else { return }
        openingNotice = "\(file.label(part)) is \(SketchFile.foreignWords)"
    }

    /// Texts that were taken out of another file before and are not saved yet: what was typed since stays in hand.
    private func takeAnew(
        _ texts: [SketchPart: String], from origin: String, _ isDiscarded: Bool, at seconds: Double
    ) {
        if isDiscarded {
            for (part, new) in texts.sorted(by: { $0.key < $1.key }) {
                text.setText(new, part, at: seconds)
            }
        }
        text.forgetSaved()
        openingNotice =
            texts == text.texts(at: text.current)
            ? Self.tell(origin, file)
            : "what you typed in \(file.name) is here, unsaved; it came from \(Folders.name(of: origin))"
    }

    private static func tell(_ origin: String, _ file: SketchFile) -> String {
        "taken out of \(Folders.name(of: origin)): Ctrl+S writes the folder \(file.name) beside it"
    }

    /// The files are gone, so no text is saved; saving writes them again.
    private func takeForLost() {
        if text.parts.count > 1 {
            (file.isFolder, file.files) = (true, [:])
        } else {
            file.files = [text.parts.first ?? .fragment: file.path]
        }
        text.forgetSaved()
        openingNotice =
            file.origin.map {
                "what you typed in \(file.name) is here, unsaved; it came from \(Folders.name(of: $0))"
            }
            ?? "\(file.name) is gone or cannot be read: its text is here from the journal, unsaved"
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
    private func reconcile(_ texts: [SketchPart: String], at seconds: Double) {
        let (known, mine) = (text.savedTexts, text.texts(at: text.current))
        let gone = known.keys.filter { texts[$0] == nil }.sorted()
        if texts.allSatisfy({ known[$0.key] == $0.value }) {
            if text.isModified { openingNotice = "what you typed in \(file.name) is here, unsaved" }
        } else if texts.allSatisfy({ mine[$0.key] == $0.value }) {
            text.markSaved()
        } else {
            let before = text.current
            let isUnsaved = text.isModified
            for (part, new) in texts.sorted(by: { $0.key < $1.key }) {
                text.setText(new, part, at: seconds)
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
        if let part = gone.first {
            openingNotice =
                "\(part.words) of \(file.name) is gone from the disk: its text is here, and saving writes it"
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
}
