import CSystem
import Editor
import GLSL
import Guest
import Journal
import Logging

/// Where the journal's reports wait until there is a workspace to take them.
final class JournalInbox {
    private var reports: [JournalReport] = []
    weak var workspace: Workspace? {
        didSet {
            for report in reports { workspace?.handle(report) }
            reports = []
        }
    }

    /// The journal that the settings ask for; nil for none.
    func journal(_ settings: Settings, _ mailbox: Mailbox) -> Journal? {
        guard settings.journalMegabytes > 0 else { return nil }
        var configuration = Journal.Configuration(path: Folders.state + "/journal.sqlite")
        configuration.megabytes = settings.journalMegabytes
        return Journal(configuration, report: mailbox.door { [self] in take($0) })
    }

    private func take(_ report: JournalReport) {
        if let workspace { workspace.handle(report) } else { reports.append(report) }
    }
}

extension Workspace {
    /// Has every change of a sketch's text written down from now on.
    func recordInJournal(_ opened: OpenSketch) {
        if let notice = opened.openingNotice {
            opened.openingNotice = nil
            notify(notice, now: phosphor_now(), seconds: 20)
        }
        guard let journal else { return }
        askLate(opened)
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
            for other in allSketches where trees.contains(other.tree) {
                other.tree = TreeID()
                journal?.append(.tree(other.stored))
            }
        }
    }

    /// Asks again for a sketch's tree where the journal did not answer when it was opened.
    private func askLate(_ opened: OpenSketch) {
        guard opened.awaitsJournal, let journal else { return }
        let (path, file) = (opened.file.path, opened.file)
        mailbox.perform({ journal.take(path, seconds: 3) }) { [unowned self, weak opened] taken in
            guard let opened, opened.awaitsJournal, taken.problem == nil else { return }
            opened.awaitsJournal = false
            guard let found = taken.found, opened.file.path == path else { return }
            let now = seconds(phosphor_now())
            if opened === sketch, opened.text.newest == RevisionID(1) {
                // Nothing was typed yet: as if it had answered at once.
                let texts = opened.text.texts(at: opened.text.current)
                replaceSketch(
                    with: OpenSketch(
                        LoadedSketch(file: file, texts: texts, taken: taken), nil, at: now))
            } else if opened.takeLate(found, at: now) {
                notify(
                    "the journal had unsaved text of \(file.name): undo brings it here",
                    now: phosphor_now(), seconds: 20)
                if opened === sketch { isSubmissionDue = true }
            }
        }
    }

    private var allSketches: [OpenSketch] { [sketch] + parked.values }

    private func writeWhole(_ isWanted: (OpenSketch) -> Bool) {
        for other in allSketches where isWanted(other) { journal?.append(.tree(other.stored)) }
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
        // What was to stand in for a held revision is no good either: the one before it.
        if owner === sketch, owner.isHeld(owner.text.current), owner.shown == nil,
            !judgement.isGood, judgement.verdict != .superseded
        {
            showOlderGood()
        }
    }

    // MARK: Revisions that run only when asked

    /// Leaves a held revision as text, and shows a good one instead while nothing of the sketch is on screen.
    func hold(now: UInt64) {
        sketch.ready = nil
        if let reason = sketch.heldReason {
            notify("\(reason): Ctrl+Enter runs it", now: now, seconds: 20)
        }
        if sketch.shown == nil { showOlderGood() }
    }

    /// Runs the current revision where it was held; false where it was not.
    func runHeld() -> Bool {
        guard sketch.isHeld(sketch.text.current) else { return false }
        for revision in sketch.releaseHeld() { journal?.append(.released(sketch.tree, revision)) }
        notice = nil
        isSubmissionDue = true
        return true
    }

    /// Tries the newest good revision that may run by itself; without one the host's own picture stays.
    private func showOlderGood() {
        guard let revision = sketch.goodsToShow.first else { return }
        let source = sketch.source(of: sketch.text.texts(at: revision))
        submit(sketch, revision, Self.assemble(source, nil, sketch.isGuarded))
    }

    /// Brings the last good picture back at the start, while the text in hand is still to be tried.
    func showLastGoodAtStart() {
        let revision = sketch.text.current
        guard supervisor.shownRevision == nil, sketch.current?.isGood == false,
            !sketch.isHeld(revision), let good = sketch.goodsToShow.first, good != revision
        else { return }
        let owner = sketch
        let source = owner.source(of: owner.text.texts(at: good))
        guard case .success(let program) = Self.assemble(source, nil, owner.isGuarded).program
        else { return }
        let trial = nextTrial
        nextTrial += 1
        trials[trial] = (owner, good)
        owner.lastGood = good
        markAboutToRun(owner, good, trial: trial) { [unowned self] in
            // Something else may be on screen by now.
            if supervisor.shownRevision == nil { supervisor.setLastGood(trial, program: program) }
        }
    }

    // MARK: The end

    /// Writes what is left and says that the program ended well.
    func endJournal() {
        guard let journal else { return }
        let discarded = discardsUnsaved ? allSketches.filter(\.text.isModified).map(\.tree) : []
        if let problem = journal.end(discarding: discarded) {
            log.warning("What was typed last is not in the journal: \(problem)")
        }
    }
}
