import CSystem
import Editor
import Glibc
import GLSL
import Guest
import Journal
import Logging

extension Workspace {
    /// Has every change of a sketch's text written down from now on.
    func recordInJournal(_ opened: OpenSketch) {
        if let notice = opened.openingNotice {
            opened.openingNotice = nil
            notify(notice, now: phosphor_now(), seconds: 20)
        }
        guard let journal else { return }
        // Until it is known what the file has, nothing is begun there that could hide it.
        if opened.awaitsJournal { return askLate(opened) }
        if !opened.isInJournal {
            journal.append(.tree(opened.stored))
        } else {
            for change in opened.unrecorded { journal.append(.change(opened.tree, change)) }
        }
        opened.isInJournal = true
        opened.unrecorded = []
        opened.text.onRecord = { [unowned opened] change in
            journal.append(.change(opened.tree, change))
        }
    }

    /// Takes in what the journal has to tell.
    func handle(_ report: JournalReport) {
        switch report {
        case .marked(let trials):
            for trial in trials { mayRun(trial) }
        case .state(let state):
            journalState = state
            // Without a journal nobody has to wait for it.
            if state != .on { for trial in permits.keys.sorted() { mayRun(trial) } }
            if state == .on { for other in allSketches { askLate(other) } }
        case .notice(let text):
            log.warning("\(text)")
            notify(text, now: phosphor_now(), seconds: 20)
        case .wanted(let trees): writeWhole { trees.contains($0.tree) }
        case .allWanted: writeWhole { _ in true }
        case .displaced(let trees):
            for other in allSketches where other.isInJournal && trees.contains(other.tree) {
                other.tree = TreeID()
                journal?.append(.tree(other.stored))
            }
        }
    }

    /// Asks again for a sketch's tree where the journal did not answer when it was opened.
    private func askLate(_ opened: OpenSketch) {
        guard opened.awaitsJournal, !opened.isAskingJournal, let journal else { return }
        opened.isAskingJournal = true
        let path = opened.file.path
        // Beside the files' queue: whoever holds the journal must not keep files, or the end, waiting.
        mailbox.performAside({ () -> TakenTree in
            let taken = journal.take(path, seconds: 3)
            if taken.problem != nil { usleep(300_000) }
            return taken
        }) { [unowned self, weak opened] taken in
            guard let opened else { return }
            opened.isAskingJournal = false
            guard opened.awaitsJournal else { return }
            if taken.problem != nil { return askLate(opened) }
            opened.awaitsJournal = false
            takeIn(opened.file.path == path ? taken : TakenTree(), for: opened)
        }
    }

    /// Goes on with a sketch for which the journal has answered at last.
    private func takeIn(_ taken: TakenTree, for opened: OpenSketch) {
        let (file, now) = (opened.file, seconds(phosphor_now()))
        guard let found = taken.found else { return recordInJournal(opened) }
        if opened.text.newest == RevisionID(1) {
            // Nothing was typed yet: as if it had answered at once.
            let texts = opened.text.texts(at: opened.text.current)
            let whole = OpenSketch(
                LoadedSketch(file: file, texts: texts, taken: taken), memory.places[file.path],
                at: now)
            if opened === sketch { return replaceSketch(with: whole) }
            guard parked[file.path] === opened else { return }
            parked[file.path] = whole
            return recordInJournal(whole)
        }
        let hadUnsaved = !found.isDiscarded && SketchText(found.sketch).isModified
        if let moved = opened.takeLate(taken, at: now) {
            for (trial, known) in trials where known.sketch === opened {
                trials[trial] = (opened, moved(known.revision))
            }
            if let known = pinned, known.sketch === opened {
                pinned?.revision = moved(known.revision)
            }
            if opened === sketch, opened.current?.verdict == nil {
                // It may be on its way under the number that it had.
                assembly += 1
                isSubmissionDue = true
            }
            if hadUnsaved {
                notify(
                    "the journal had unsaved text of \(file.name): undo leads to it, beyond what you typed now",
                    now: phosphor_now(), seconds: 20)
            }
        } else if hadUnsaved {
            notify(
                "the journal has other unsaved text of \(file.name): it comes at the next start after saving this",
                now: phosphor_now(), seconds: 20)
        }
        recordInJournal(opened)
    }

    private var allSketches: [OpenSketch] { [sketch] + parked.values }

    private func writeWhole(_ isWanted: (OpenSketch) -> Bool) {
        for other in allSketches where other.isInJournal && isWanted(other) {
            journal?.append(.tree(other.stored))
        }
    }

    // MARK: About to run

    /// Has it on the disk that a revision is about to run: if everything dies then, it will not run again by itself.
    func markAboutToRun(
        _ owner: OpenSketch, _ revision: RevisionID, trial: Int, then run: @escaping () -> Void = {}
    ) {
        permits[trial] = run
        guard let journal, journalState == .on else { return mayRun(trial) }
        journal.append(.aboutToRun(owner.tree, revision, trial: trial))
    }

    /// Lets a trial draw: what it is about to do is on the disk, or cannot be.
    private func mayRun(_ trial: Int) {
        guard let run = permits.removeValue(forKey: trial) else { return }
        supervisor.permit(trial)
        run()
    }

    /// Keeps what became of a revision.
    func recordVerdict(of revision: RevisionID, in owner: OpenSketch) {
        guard let journal, let judgement = owner.judgements[revision] else { return }
        if let verdict = StoredVerdict(judgement) {
            journal.append(.verdict(owner.tree, revision, verdict))
        } else {
            journal.append(.overtaken(owner.tree, revision))
        }
        guard owner === sketch, owner.shown == nil, !judgement.isGood,
            judgement.verdict != .superseded
        else { return }
        // What was to stand in for a held revision is no good either: the one before it.
        let isWanted = owner.isHeld(owner.text.current) || (owner.wantsStandIn && showsLive)
        if isWanted, standIn == nil { showOlderGood() }
    }

    // MARK: The end

    /// Writes what is left and says that the program ended well.
    func endJournal() {
        guard let journal else { return }
        for late in allSketches where late.awaitsJournal && late.text.newest > RevisionID(1) {
            // It never answered: what was typed is kept beside what it has.
            (late.awaitsJournal, late.isInJournal) = (false, true)
            journal.append(.tree(late.stored))
        }
        var kept: [TreeID] { allSketches.filter(\.isInJournal).map(\.tree) }
        // What is written last may show that the file lacks whole trees, so a few rounds.
        for _ in 0..<3 {
            mailbox.drain()
            guard let missing = journal.missing(of: kept) else {
                return log.warning("What was typed last is not in the journal: it does not answer")
            }
            if missing.isEmpty { break }
            writeWhole { missing.contains($0.tree) }
        }
        let discarded = discardsUnsaved ? allSketches.filter(\.text.isModified).map(\.tree) : []
        if let problem = journal.end(discarding: discarded, keeping: kept) {
            log.warning("What was typed last is not in the journal: \(problem)")
        }
    }
}
