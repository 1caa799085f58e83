import CSystem
import Editor
import GLSL
import Guest
import Journal

/// Revisions that run only when asked, and good ones that stand in for them.
extension Workspace {
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
    func showOlderGood() {
        guard let revision = sketch.goodsToShow.first else { return }
        let source = sketch.source(of: sketch.text.texts(at: revision))
        submit(sketch, revision, Self.assemble(source, nil, sketch.isGuarded), standsIn: true)
    }

    /// Brings the last good picture back at the start, while the text in hand is still to be tried.
    func showLastGoodAtStart() {
        let revision = sketch.text.current
        guard supervisor.shownRevision == nil, sketch.current?.isGood != true,
            !sketch.isHeld(revision), let good = sketch.goodsToShow.first, good != revision
        else { return }
        let owner = sketch
        let source = owner.source(of: owner.text.texts(at: good))
        guard case .success(let program) = Self.assemble(source, nil, owner.isGuarded).program
        else { return }
        owner.lastGood = good
        withResources(of: program, owner) { [unowned self] resources in
            let trial = nextTrial
            nextTrial += 1
            trials[trial] = (owner, good)
            resourcesOfTrials[trial] = resources.isEmpty ? nil : Set(resources.values)
            markAboutToRun(owner, good, trial: trial) { [unowned self] in
                // Something else may be on screen by now.
                guard supervisor.shownRevision == nil else { return }
                supervisor.setLastGood(trial, program: program, resources: resources)
            }
        }
    }
}
