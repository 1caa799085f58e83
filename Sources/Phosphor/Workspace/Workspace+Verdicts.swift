import CSystem
import Editor
import FoundationEssentials
import GLSL
import Guest
import Journal
import Logging

extension Workspace {
    /// Hands the text in the editor to the guests, if it has changed since the last time.
    func submitIfDue(now: UInt64) {
        guard isSubmissionDue else { return }
        isSubmissionDue = false
        standIn = nil
        let revision = sketch.text.current
        overtake(by: revision)
        guard !sketch.isHeld(revision) else { return hold(now: now) }
        let old = sketch.judgements[revision]
        let judgement = OpenSketch.Judgement(
            verdict: nil, began: now, shownAt: old?.shownAt, goodUnder: old?.goodUnder)
        sketch.judgements[revision] = judgement
        sketch.ready = nil
        let (owner, guards) = (sketch, sketch.isGuarded)
        let source = owner.tolerating(self.source(of: owner))
        let known = owner.lastGood == nil ? nil : owner.dialect
        assembly += 1
        // A text of megabytes takes longer than a frame to assemble, and what is included lies on the disk.
        guard source.size > Self.largestInlineSource || Includes.isIncluding(source) else {
            return submit(owner, revision, Self.assemble(source, known, guards))
        }
        assembleAside(owner, revision, source, known)
    }

    /// Bytes of source that are assembled on the spot: well under a millisecond.
    private static let largestInlineSource = 32 * 1024

    /// What the assembler made of a source, and the dialect that it took it for.
    struct Assembled: Sendable {
        var dialect: Dialect
        var program: Result<AssembledProgram, AssemblyError>
        var budget: FrameBudget?
    }

    static func assemble(
        _ source: SketchSource, _ known: Dialect?, _ guards: Bool
    ) -> Assembled {
        let budget = FrameBudget.note(in: source)
        var source = source
        source.dialect = Dialect.sticky(known, for: source)
        let program = Assembler.assemble(source)
        if case .success(let assembled) = program {
            let final = guards ? LoopGuard.guarded(assembled) : assembled
            return Assembled(
                dialect: assembled.dialect, program: .success(final), budget: budget)
        }
        let dialect = source.plan.dialect ?? Dialect.recognise(source)
        return Assembled(dialect: dialect, program: program, budget: budget)
    }

    /// - Parameter standsIn: whether it is shown in place of the text in hand.
    func submit(
        _ owner: OpenSketch, _ revision: RevisionID, _ assembled: Assembled, standsIn: Bool = false
    ) {
        owner.dialect = assembled.dialect
        noteBudget(assembled.budget, of: owner)
        switch assembled.program {
        case .success(let program):
            let ticket = assembly
            withResources(of: program, owner) { [unowned self] resources in
                // A newer text asks for itself.
                guard ticket == assembly, owner === sketch else { return }
                submit(owner, revision, program, resources)
                if standsIn { standIn = nextTrial - 1 }
            }
        case .failure(let error): judge(owner, revision, .error(error.diagnostics))
        }
    }

    private func submit(
        _ owner: OpenSketch, _ revision: RevisionID, _ program: AssembledProgram,
        _ resources: [String: UInt64]
    ) {
        owner.unguarded = program.unguarded
        owner.judgements[revision]?.notices =
            (program.notices + owner.resources.problems(of: program)).withoutRepeats
        takeValues(of: program, owner, revision)
        let trial = nextTrial
        nextTrial += 1
        trials[trial] = (owner, revision)
        surroundingsOfTrials[trial] = program.surroundings
        if program.listens { listeningTrials.insert(trial) }
        resourcesOfTrials[trial] = resources.isEmpty ? nil : Set(resources.values)
        if owner === sketch { room.takeStart(program.startingPlace) }
        // With nothing of this sketch on screen yet, it may take its time.
        supervisor.submit(
            trial, program: program,
            options: TryOptions(
                isOpening: owner.lastGood == nil,
                waitsForPermission: journal != nil && journalState == .on,
                budgetMilliseconds: trialBudget(of: owner, revision),
                sketch: sketchNumber, resources: resources))
        markAboutToRun(owner, revision, trial: trial)
        forgetOldTrials()
        withdrawResources()
    }

    /// Lets go of what nobody will ask for again, for a session has thousands of revisions: what became of one matters
    /// only if it was good, or must not be run by mistake.
    private func overtake(by revision: RevisionID) {
        guard let last = sketch.submitted, last != revision else {
            return sketch.submitted = revision
        }
        sketch.submitted = revision
        // A verdict that comes late is still heard; until then it is as good as never tried.
        switch sketch.judgements[last]?.verdict {
        case nil, .error, .superseded, .slow:
            sketch.judgements[last] = sketch.judgements[last]?.remains
        case .good, .runaway, .hung, .crashed: sketch.judgements[last]?.diagnostics = []
        }
    }

    /// Forgets old trials but those that a guest may still show.
    private func forgetOldTrials() {
        guard trials.count > 128 else { return }
        let kept = supervisor.keptRevisions
        trials = trials.filter { $0.key > nextTrial - 64 || kept.contains($0.key) }
        surroundingsOfTrials = surroundingsOfTrials.filter { trials[$0.key] != nil }
        listeningTrials = listeningTrials.filter { trials[$0] != nil }
    }

    /// Takes in what guests had to say.
    func handle(_ event: GuestEvent, now: UInt64) {
        switch event {
        case .ready(let info):
            log.info("guest ready: \(info.renderer), OpenGL \(info.version)")
        case .verdict(let trial, let verdict):
            // A good one is on screen in a moment, where that is not for somebody to ask for.
            if trial == standIn, !showsLive || isPanicking || verdict.name != "good" {
                standIn = nil
            }
            guard let (owner, revision) = trials[trial] else { return }
            judge(owner, revision, verdict)
            unpinLost(owner, revision, verdict, now: now)
        case .lint(let trial, let diagnostics):
            guard let (owner, revision) = trials[trial] else { return }
            guard case .error? = owner.judgements[revision]?.verdict else { return }
            judge(owner, revision, .error(diagnostics))
        case .tripped(let trial, let diagnostics):
            guard let (owner, revision) = trials[trial] else { return }
            let warnings = diagnostics.map {
                var warning = $0
                warning.severity = .warning
                return warning
            }
            notify(warnings.first?.message ?? "runaway", now: now, seconds: 8)
            guard revision == owner.text.current else { return }
            owner.judgements[revision]?.diagnostics += warnings
            owner.editor.setDiagnostics(
                owner.inEditor(owner.judgements[revision]?.diagnostics ?? []), of: revision)
        case .shown(let trial):
            if trial == standIn { standIn = nil }
            guard let (owner, revision) = trials[trial] else { return }
            if isPanicking, let pinned, pinned.trial == trial {
                // The panic's picture is on screen; of what was good before, it says nothing.
                return owner.shown = revision
            }
            if let time = owner.judgements[revision]?.accepted {
                var timings = Timings()
                timings.gpuNanoseconds = UInt64(min(max(0, time), 1e9) * 1e6)
                judge(owner, revision, .good(timings))
            }
            if case .crashed? = owner.judgements[revision]?.verdict {
                // Its guest was killed from outside, again and again; it runs after all.
                judge(owner, revision, .good(Timings()))
            }
            owner.wasShown(revision, at: Date().timeIntervalSince1970)
            owner.ready = nil
            journal?.append(.shown(owner.tree, revision))
        case .died(let role, let cause, let trial):
            if trial == standIn { standIn = nil }
            log.info(
                "the \(role.rawValue) guest was replaced: \(cause)",
                metadata: ["trial": "\(trial ?? 0)"])
        case .notice(let text):
            notify(text, now: now)
        }
    }

    func judge(_ owner: OpenSketch, _ revision: RevisionID, _ verdict: Verdict) {
        var judgement =
            owner.judgements[revision] ?? OpenSketch.Judgement(verdict: nil, began: phosphor_now())
        judgement.verdict = verdict
        judgement.judgedAt = wallSeconds
        switch verdict {
        case .good(let timings):
            judgement.diagnostics = judgement.notices
            judgement.gpuMilliseconds = timings.gpuNanoseconds.map { Double($0) / 1e6 }
            judgement.goodUnder = budget(of: owner) ?? .infinity
            judgement.accepted = nil
            settleValues(of: owner, revision)
            if owner === sketch, !showsLive, owner.shown != revision { owner.ready = revision }
        case .error(let diagnostics), .runaway(let diagnostics):
            judgement.diagnostics =
                (diagnostics + judgement.notices.besides(diagnostics)).withoutRepeats
        case .slow: judgement.diagnostics = [whole(owner, revision, .warning, verdict.words)]
        case .hung, .crashed:
            judgement.diagnostics = [whole(owner, revision, .error, verdict.words)]
        case .superseded: judgement.diagnostics = []
        }
        let isOld = revision != owner.submitted
        if isOld { judgement.diagnostics = [] }
        owner.judgements[revision] = judgement
        recordVerdict(of: revision, in: owner)
        switch verdict {
        case .error, .slow, .superseded:
            // The journal has it; memory need not.
            if isOld { return owner.judgements[revision] = judgement.remains }
        default: break
        }
        owner.lost(revision, verdict)
        if revision == owner.text.current {
            owner.editor.setDiagnostics(owner.inEditor(judgement.diagnostics), of: revision)
        }
    }

    /// A message that means the program as a whole: where its `main` is, while that is the text in the editor.
    private func whole(
        _ owner: OpenSketch, _ revision: RevisionID, _ severity: Diagnostic.Severity, _ text: String
    ) -> Diagnostic {
        guard revision == owner.text.current, owner.source.size <= Self.largestInlineSource,
            let entry = owner.source.entry
        else { return Diagnostic(severity, message: text) }
        return Diagnostic(
            severity, stage: entry.stage, file: entry.file, line: entry.line, message: text)
    }

    /// The verdict's word, as `status` and `wait` use it.
    func word(_ judgement: OpenSketch.Judgement?) -> String { judgement?.verdict?.name ?? "trying" }
}

extension [Diagnostic] {
    /// The same, each once: what stands before several stages is compiled with each of them.
    fileprivate var withoutRepeats: [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return filter { diagnostic in
            guard diagnostic.line != nil else { return true }
            var place = diagnostic
            place.stage = nil
            return seen.insert(place).inserted
        }
    }
}
