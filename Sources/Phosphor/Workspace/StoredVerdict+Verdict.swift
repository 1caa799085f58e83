import Guest
import Journal

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
