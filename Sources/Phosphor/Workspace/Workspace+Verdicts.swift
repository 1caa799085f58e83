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
        overtake(upTo: revision)
        let source = sketch.source
        sketch.judgements[revision] = OpenSketch.Judgement(
            verdict: nil, began: now, shownAt: sketch.judgements[revision]?.shownAt)
        sketch.ready = nil
        do {
            let program = try Assembler.assemble(source).get()
            sketch.dialect = program.dialect
            let trial = nextTrial
            nextTrial += 1
            trials[trial] = (sketch, revision)
            // With nothing of this sketch on screen yet, it may take its time.
            supervisor.submit(
                trial, program: program, options: TryOptions(isOpening: sketch.lastGood == nil))
        } catch {
            sketch.dialect = Dialect.recognise(stages: source.stages.mapValues(\.text))
            judge(sketch, revision, .error(error.diagnostics))
        }
    }

    /// Every revision between two submissions was overtaken before anybody tried it.
    private func overtake(upTo revision: RevisionID) {
        for (known, judgement) in sketch.judgements
        where judgement.verdict == nil && known != revision {
            sketch.judgements[known]?.verdict = .superseded
        }
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
            owner.wasShown(revision, at: Date().timeIntervalSince1970)
            owner.ready = nil
            isBlack = false
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
        case .slow, .hung, .crashed, .superseded:
            judgement.diagnostics = []
        }
        owner.judgements[revision] = judgement
        if revision == owner.text.current {
            owner.editor.setDiagnostics(judgement.diagnostics, of: revision)
        }
    }

    /// The verdict's word, as `status` and `wait` use it.
    func word(_ judgement: OpenSketch.Judgement?) -> String { judgement?.verdict?.name ?? "trying" }
}
