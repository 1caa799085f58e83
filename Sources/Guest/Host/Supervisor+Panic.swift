import CSystem

extension Supervisor {
    /// Keeps a good revision ready, so that a panic can show it at once; nil lets go of the one kept.
    ///
    /// Both guests load it and keep it. It does nothing for a revision that was never good, or that has been forgotten.
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

    /// The revision kept for a panic; nil for none, also after it took its guest down.
    public var pinnedRevision: Int? { pinned?.revision }

    /// Whether a panic holds the pinned revision on screen.
    public var isHeld: Bool { beforePanic != nil }

    /// Shows the pinned revision, whatever the front is at, and nothing else until `endPanic`.
    ///
    /// What is tried meanwhile gets its verdict and waits. A front that is at a frame of another revision for longer
    /// than its last ones took is killed at once, since nobody can know how long it would go on.
    public func panic() {
        guard let pinned, !isHeld else { return }
        let now = phosphor_now()
        beforePanic = .some(wanted ?? shownRevision)
        wanted = nil
        // Said again, even if it was the one said last: the host waits for its first live picture.
        if shownRevision != pinned.revision { announced = nil }
        shownRevision = pinned.revision
        remember(pinned)
        wantedFrame = wantedFrame ?? lastState
        endStuckFront(now)
        if isRunning { schedule(now) }
    }

    /// Lets go of the pinned revision: what was shown before comes back, or what has become good since.
    public func endPanic() {
        guard let before = beforePanic else { return }
        beforePanic = nil
        if showsAtOnce, let prepared, !prepared.isSlow {
            activate(prepared.revision)
        } else if let before {
            activate(before)
        }
    }

    /// When the front has had its time for a frame that a panic waits behind; nil where none does.
    var panicDue: UInt64? {
        guard isHeld, let front, front.isAlive, let shownRevision,
            case .draw(let revision, _) = front.job, revision != shownRevision
        else { return nil }
        return front.jobStarted + max(Self.panicPatience, 2 * frontPause)
    }

    /// Two frames of a host at 60 Hz.
    private static var panicPatience: UInt64 { 33_000_000 }

    /// Kills a front that a panic has waited for long enough.
    func endStuckFront(_ now: UInt64) {
        guard let panicDue, now >= panicDue, let front else { return }
        // After a second the frame itself is to blame, and its revision must not come back by itself.
        let isHung = now - min(now, front.jobStarted) > 1_000_000_000
        front.end(isHung ? .deadline(.drawing) : .asked, now: now)
    }
}
