import CSystem
import GLSL

extension Supervisor {
    /// How far over its budget a program may be before it is refused; one that follows a refused one must keep to it.
    ///
    /// Without that, one that takes about its budget would be refused and taken in turns.
    private static var tolerance: Double { 1.1 }

    /// The budget that an entry is held to, in milliseconds; nil where its time is not looked at.
    ///
    /// What is opened, or the only thing that there is to show, is never refused as slow.
    func budget(of entry: Entry) -> Double? {
        entry.options.isOpening || shownRevision == nil || entry.options.compileOnly
            ? nil : entry.options.budgetMilliseconds
    }

    /// The verdict on an entry whose frames take too long; nil for one that is within its budget.
    func slowness(of entry: Entry) -> Verdict? {
        guard let budget = budget(of: entry) else { return nil }
        let time = entry.timings.frameMilliseconds
        guard time > budget * (wasSlow ? 1 : Self.tolerance) else { return nil }
        return .slow(milliseconds: time, budget: budget)
    }

    /// What a guest measures a trial by.
    func limits(of entry: Entry, deadlines: Deadlines) -> TrialLimits {
        TrialLimits(
            budget: UInt64(max(0, min(budget(of: entry) ?? 0, 1e9)) * 1e6),
            deadline: UInt64(max(0, min(deadlines.firstDraw, 86_400)) * 1e9))
    }

    /// Refuses a slow entry, but keeps its program where it is: accepting it needs no second compile.
    func keepOut(_ entry: Entry, _ verdict: Verdict, _ now: UInt64) {
        wasSlow = true
        var entry = entry
        entry.isSlow = true
        prepared = entry
        finishTrial(verdict, now)
        trimPrograms()
    }

    /// Takes in that a guest has ended a trial by itself.
    func stopped(
        _ revision: Int, _ timings: Timings, _ stop: Stop, _ guest: GuestProcess, _ now: UInt64
    ) {
        guest.finishJob()
        quietSince = now
        guard var entry = trying else { return }
        killsInARow = 0
        entry.timings = timings
        switch stop {
        case .tripped(let loops):
            guest.loaded.removeAll { $0 == revision }
            finishTrial(.runaway(entry.program.runaways(loops)), now)
        case .estimate(let wall, _):
            guest.loaded.removeAll { $0 == revision }
            guest.loaded.append(revision)
            // What is loaded with so long a frame gets the long deadlines, should somebody ask for it.
            entry.timings.wholeDrawNanoseconds = wall
            let milliseconds = Double(wall) / 1e6
            if let budget = budget(of: entry), milliseconds > budget * Self.tolerance {
                return keepOut(
                    entry, .slow(milliseconds: milliseconds, budget: budget, isEstimate: true), now)
            }
            finishTrial(
                .hung(
                    phase: GuestPhase.partDraw.words
                        + ", by which a whole one would take about \(Int(milliseconds / 1000)) s"),
                now)
        }
    }

    /// Tells once that loops of the revision on screen pass the limit by now, which they did not in its trial.
    func tell(_ tripped: [Tripped], of revision: Int) {
        guard !tripped.isEmpty, revision == shownRevision, toldTripped != revision,
            let entry = good(revision)
        else { return }
        toldTripped = revision
        events.append(.tripped(revision: revision, entry.program.runaways(tripped)))
    }
}

extension AssembledProgram {
    /// What to say of loops that passed the guard's limit; of each once, and never nothing.
    func runaways(_ tripped: [Tripped]) -> [Diagnostic] {
        var result: [Diagnostic] = []
        for item in tripped where passes.indices.contains(item.pass) {
            let stage = passes[item.pass].stages.first { $0.stage == item.stage }
            guard let report = stage?.loopGuard else { continue }
            let diagnostic = report.runaway(loop: item.loop, stage: item.stage)
            if !result.contains(diagnostic) { result.append(diagnostic) }
        }
        return result.isEmpty
            ? [Diagnostic(message: "runaway: a loop passed the limit (line unknown)")] : result
    }
}
