import Editor
import GLSL
import Guest
import Terminal

/// What a sketch's frames may take, and who said so.
///
/// The command decides, else a comment in its text, else the settings, else the machine. An acceptance raises whichever
/// holds.
struct SketchBudget {
    /// What the command `budget` said; nil for nothing.
    var command: FrameBudget?
    /// What the text says; nil for nothing.
    var note: FrameBudget?
    /// What accepting a slow program has raised it to, in milliseconds.
    var accepted: Double?

    /// The milliseconds that hold; nil for any time.
    func limit(settings: FrameBudget?, standard: Double?) -> Double? {
        guard let limit = (command ?? note ?? settings).map(\.limit) ?? standard else { return nil }
        return max(limit, accepted ?? 0)
    }
}

extension Workspace {
    /// What a sketch's frames may take, in milliseconds; nil for any time.
    func budget(of owner: OpenSketch) -> Double? {
        owner.budget.limit(settings: settings.budget, standard: standardBudget)
    }

    /// Half the rate of most displays, where a graphics card draws for somebody; software GL has no limit of its own.
    ///
    /// In a headset, where a late picture makes people ill, 70 % of a frame.
    private var standardBudget: Double? {
        guard supervisor.info?.isSoftware == false else { return nil }
        if room.isShown, let session = room.session { return 700 / session.refreshRate }
        return surface.isInteractive ? 33 : nil
    }

    /// The command `budget`; nil lets comment, settings and machine decide.
    func setBudget(_ budget: FrameBudget?) -> Outcome {
        changeBudget {
            sketch.budget.command = budget
            sketch.budget.accepted = nil
        }
        return .done()
    }

    /// Takes what a text says of its budget; another figure than before is a wish newer than any acceptance.
    func noteBudget(_ note: FrameBudget?, of owner: OpenSketch) {
        guard owner.budget.note != note else { return }
        owner.budget.note = note
        owner.budget.accepted = nil
    }

    /// Changes what decides on the budget, and has the text in the editor judged by the new one.
    ///
    /// It is tried again only where its verdict may be another one now; its program is still loaded as a rule.
    func changeBudget(_ change: () -> Void) {
        let before = budget(of: sketch)
        change()
        let after = budget(of: sketch)
        guard before != after, let current = sketch.current else { return }
        let limit = after ?? .infinity
        switch current.verdict {
        case .slow(let time, _, let isEstimate)?:
            if time <= limit {
                isSubmissionDue = true
            } else {
                judge(
                    sketch, sketch.text.current,
                    .slow(milliseconds: time, budget: limit, isEstimate: isEstimate))
            }
        case .good?:
            if let time = timeOnScreen ?? current.gpuMilliseconds, time > limit {
                sketch.judgements[sketch.text.current]?.goodUnder = nil
                isSubmissionDue = true
            }
        default: break
        }
    }

    /// The budget that a revision is tried with; nil where its time does not matter.
    ///
    /// A sketch's first picture is never refused for its time, and neither is what was good under no larger a budget.
    func trialBudget(of owner: OpenSketch, _ revision: RevisionID) -> Double? {
        guard owner.shown != nil, let limit = budget(of: owner) else { return nil }
        let under =
            owner.judgements[revision]?.goodUnder
            ?? owner.judgements[owner.original(revision)]?.goodUnder
        if let under, limit >= under { return nil }
        // A machine that has more to do than when the sketch was accepted would have it accepted again and again: then
        // what is on screen is slower, too.
        guard owner.budget.accepted != nil, let time = timeOnScreen ?? gpuTimes.last else {
            return limit
        }
        return max(limit, min(1.25 * time, 2 * limit))
    }

    /// Shows the current revision though it is slow, and raises the sketch's budget, so that it need not be asked again.
    func acceptSlow(_ milliseconds: Double) -> Outcome {
        let revision = sketch.text.current
        sketch.budget.accepted = 1.25 * milliseconds
        guard let trial = trial(of: sketch, revision), supervisor.activate(trial) else {
            // Its program is gone; under the raised budget it is tried again.
            isSubmissionDue = true
            return .done()
        }
        sketch.judgements[revision]?.verdict = nil
        sketch.judgements[revision]?.accepted = milliseconds
        return .done()
    }

    /// The newest trial of a revision; nil where it has been forgotten.
    func trial(of owner: OpenSketch, _ revision: RevisionID) -> Int? {
        trials.filter { $0.value.sketch === owner && $0.value.revision == revision }.keys.max()
    }

    /// What a frame of what is on screen takes, in milliseconds: the median of the last ones; nil where none was timed.
    private var timeOnScreen: Double? {
        timesOnScreen.isEmpty ? nil : timesOnScreen.sorted()[timesOnScreen.count / 2]
    }

    /// Whether what is on screen takes longer than its sketch's budget: its first program, or one that changes.
    var overBudget: (time: Double, budget: Double)? {
        guard clock.held == nil, sketch.shown != nil, sketch.current?.isGood == true,
            let limit = budget(of: sketch), let time = timeOnScreen
        else { return nil }
        return time > limit * 1.1 ? (time, limit) : nil
    }
}
