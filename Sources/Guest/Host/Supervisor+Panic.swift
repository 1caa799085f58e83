import CSystem

extension Supervisor {
    /// Keeps a good revision ready, so that a panic can show it at once; nil lets go of the one kept.
    ///
    /// The guests keep it loaded: the back gets it ready once it is quiet, a guest that showed it has it still. It does nothing for a revision that was never good, or that has been forgotten.
    ///
    /// - Returns: whether the revision is pinned now.
    @discardableResult
    public func pin(_ revision: Int?) -> Bool {
        guard let revision else {
            pinned = nil
            return false
        }
        guard let entry = good(revision), !entry.isSlow else { return false }
        pinned = entry
        quietSince = min(quietSince, phosphor_now())
        if isRunning { schedule(phosphor_now()) }
        return true
    }

    /// Whether a panic holds the pinned revision on screen.
    public var isHeld: Bool { beforePanic != nil }

    /// Shows the pinned revision, whatever the front is at, and nothing else until `endPanic`.
    ///
    /// What is tried meanwhile gets its verdict and waits. A front that is at a frame of another revision for longer
    /// than its last ones took is killed at once, since nobody can know how long it would go on.
    public func panic() {
        guard let pinned, !isHeld else { return }
        let now = phosphor_now()
        // What was being handed over is what would be on screen by now; it waits for the end of the panic.
        beforePanic = .some(handover?.entry.revision ?? wanted ?? shownRevision)
        if let handover { prepared = handover.entry }
        handover = nil
        panicBegan = now
        wanted = nil
        // Said again, even if it was the one said last: the host waits for its first live picture.
        if shownRevision != pinned.revision { announced = nil }
        shownRevision = pinned.revision
        remember(pinned)
        wantedFrame = wantedFrame ?? lastState
        // The back has had time to get it ready; whatever the front is at, it need not be waited for.
        if let back, back.isIdle, back.loaded.contains(pinned.revision),
            front?.isIdle != true || front?.loaded.contains(pinned.revision) != true
        {
            frontIndex = 1 - frontIndex
        }
        // What the back gets ready may be just what the front is stuck in.
        endWarming { $0 != pinned.revision }
        endStuckFront(now)
        if isRunning { schedule(now) }
    }

    /// Lets go of the pinned revision: what was shown before comes back, or what has become good since.
    public func endPanic() {
        guard let before = beforePanic else { return }
        beforePanic = nil
        // Not one that was kept ready before, perhaps of another sketch, and that nobody has accepted.
        if showsAtOnce, let prepared, !prepared.isSlow, prepared.submitted >= panicBegan {
            activate(prepared.revision)
        } else if let before {
            activate(before)
        }
    }

    /// Ends guests that get revisions ready that nobody waits for.
    func endWarming(where isUnwanted: (Int) -> Bool) {
        for guest in guests.compactMap({ $0 }) {
            if case .warm(let revision) = guest.job, isUnwanted(revision) {
                guest.end(.overtaken, now: phosphor_now())
            }
        }
    }

    /// The guest that is at a frame which nobody waits for in a panic, and when it has had its time for it.
    private var stuck: (guest: GuestProcess, due: UInt64)? {
        guard isHeld, let shownRevision else { return nil }
        for guest in guests.compactMap({ $0 }) where guest.isAlive {
            if case .draw(let revision, _) = guest.job, revision != shownRevision {
                return (guest, guest.jobStarted + max(Self.panicPatience, 2 * frontPause))
            }
        }
        return nil
    }

    /// When a guest that a panic waits behind is killed; nil for never.
    var panicDue: UInt64? { stuck?.due }

    /// Two frames of a host at 60 Hz.
    private static var panicPatience: UInt64 { 33_000_000 }

    /// Kills a guest that a panic has waited for long enough.
    func endStuckFront(_ now: UInt64) {
        guard let (guest, due) = stuck, now >= due else { return }
        // After a second the frame itself is to blame, and its revision must not come back by itself.
        let isHung = now - min(now, guest.jobStarted) > 1_000_000_000
        guest.end(isHung ? .deadline(.drawing) : .asked, now: now)
    }
}
