import CSystem
import Editor
import FoundationEssentials
import GLSL
import Guest
import Logging

extension Workspace {
    /// Hands the text in the editor to the guests, if it has changed since the last time.
    func submitIfDue(now: UInt64) {
        guard isSubmissionDue else { return }
        isSubmissionDue = false
        let revision = sketch.text.current
        overtake(by: revision)
        let judgement = OpenSketch.Judgement(
            verdict: nil, began: now, shownAt: sketch.judgements[revision]?.shownAt)
        sketch.judgements[revision] = judgement
        sketch.ready = nil
        let (owner, source, guards) = (sketch, sketch.source, sketch.isGuarded)
        let known = owner.lastGood == nil ? nil : owner.dialect
        assembly += 1
        guard source.size > Self.largestInlineSource else {
            return submit(owner, revision, Self.assemble(source, known, guards))
        }
        // A text of megabytes takes longer than a frame to assemble.
        let ticket = assembly
        assembler.perform({ Self.assemble(source, known, guards) }) { [unowned self] result in
            guard ticket == assembly, owner === sketch else { return }
            submit(owner, revision, result)
        }
    }

    /// Bytes of source that are assembled on the spot: well under a millisecond.
    private static let largestInlineSource = 32 * 1024

    /// What the assembler made of a source, and the dialect that it took it for.
    private struct Assembled: Sendable {
        var dialect: Dialect
        var program: Result<AssembledProgram, AssemblyError>
    }

    private static func assemble(
        _ source: SketchSource, _ known: Dialect?, _ guards: Bool
    ) -> Assembled {
        var source = source
        source.dialect = Dialect.sticky(known, for: source)
        let program = Assembler.assemble(source)
        if case .success(let assembled) = program {
            let final = guards ? LoopGuard.guarded(assembled) : assembled
            return Assembled(dialect: assembled.dialect, program: .success(final))
        }
        let dialect = Dialect.recognise(stages: source.stages.mapValues(\.text))
        return Assembled(dialect: dialect, program: program)
    }

    private func submit(_ owner: OpenSketch, _ revision: RevisionID, _ assembled: Assembled) {
        owner.dialect = assembled.dialect
        switch assembled.program {
        case .success(let program):
            owner.unguarded = program.unguarded
            let trial = nextTrial
            nextTrial += 1
            trials[trial] = (owner, revision)
            // With nothing of this sketch on screen yet, it may take its time.
            supervisor.submit(
                trial, program: program, options: TryOptions(isOpening: owner.lastGood == nil))
            forgetOldTrials()
        case .failure(let error): judge(owner, revision, .error(error.diagnostics))
        }
    }

    /// Ends what was still untried, and lets go of messages that nobody will read again: a session has many revisions.
    private func overtake(by revision: RevisionID) {
        guard let last = sketch.submitted, last != revision else {
            return sketch.submitted = revision
        }
        sketch.submitted = revision
        if sketch.judgements[last]?.verdict == nil {
            sketch.judgements[last]?.verdict = .superseded
        }
        sketch.judgements[last]?.diagnostics = []
        if case .error = sketch.judgements[last]?.verdict {
            sketch.judgements[last]?.verdict = .error([])
        }
    }

    /// The supervisor keeps fewer programs than this to fall back on.
    private func forgetOldTrials() {
        guard trials.count > 128 else { return }
        let kept = Set([supervisor.shownRevision, supervisor.lastGood].compactMap(\.self))
        trials = trials.filter { $0.key > nextTrial - 64 || kept.contains($0.key) }
    }

    /// Takes in what guests had to say.
    func handle(_ event: GuestEvent, now: UInt64) {
        switch event {
        case .ready(let info):
            log.info("guest ready: \(info.renderer), OpenGL \(info.version)")
        case .verdict(let trial, let verdict):
            guard let (owner, revision) = trials[trial] else { return }
            judge(owner, revision, verdict)
        case .lint(let trial, let diagnostics):
            guard let (owner, revision) = trials[trial] else { return }
            guard case .error? = owner.judgements[revision]?.verdict else { return }
            judge(owner, revision, .error(diagnostics))
        case .shown(let trial):
            guard let (owner, revision) = trials[trial] else { return }
            if case .crashed? = owner.judgements[revision]?.verdict {
                // Its guest was killed from outside, again and again; it runs after all.
                judge(owner, revision, .good(Timings()))
            }
            owner.wasShown(revision, at: Date().timeIntervalSince1970)
            owner.ready = nil
        case .died(let role, let cause, let trial):
            log.info(
                "the \(role.rawValue) guest was replaced: \(cause)",
                metadata: ["trial": "\(trial ?? 0)"])
        case .notice(let text):
            notify(text, now: now)
        }
    }

    private func judge(_ owner: OpenSketch, _ revision: RevisionID, _ verdict: Verdict) {
        var judgement =
            owner.judgements[revision] ?? OpenSketch.Judgement(verdict: nil, began: phosphor_now())
        judgement.verdict = verdict
        switch verdict {
        case .good(let timings):
            judgement.diagnostics = []
            judgement.gpuMilliseconds = timings.gpuNanoseconds.map { Double($0) / 1e6 }
            if owner === sketch, !showsLive, owner.shown != revision { owner.ready = revision }
        case .error(let diagnostics), .runaway(let diagnostics):
            judgement.diagnostics = diagnostics
        case .hung, .crashed:
            // Without a line of its own it still has to be read somewhere.
            judgement.diagnostics = [Diagnostic(message: verdict.words)]
        case .slow, .superseded:
            judgement.diagnostics = []
        }
        owner.judgements[revision] = judgement
        owner.lost(revision, verdict)
        if revision == owner.text.current {
            owner.editor.setDiagnostics(judgement.diagnostics, of: revision)
        }
    }

    /// The verdict's word, as `status` and `wait` use it.
    func word(_ judgement: OpenSketch.Judgement?) -> String { judgement?.verdict?.name ?? "trying" }
}
