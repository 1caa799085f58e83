import CSystem
import GLSL
import Glibc

/// The hand-over of what lives from frame to frame.
///
/// The state follows the screen: one guest has it, the one that shows. A swap stops asking that guest for frames, has
/// it copy its state into a frozen file, has the other guest take the file over and draw the next frame, and only then
/// are roles exchanged. The host passes the file on and never looks into it.
extension Supervisor {
    /// A front that shows a program with state but has none of it: the first of all, or one that follows a dead one.
    func startHandoverIfNeeded(_ now: UInt64) {
        guard handover == nil, let front, front.isIdle, let shownRevision,
            keepsState(shownRevision), front.loaded.contains(shownRevision),
            kept.holder != front.pid, let entry = good(shownRevision)
        else { return }
        handover = Handover(entry: entry, index: frontIndex)
    }

    /// When a hand-over has taken too long; nil where none is timed.
    var handoverDue: UInt64? {
        guard let handover, case .copying(let since) = handover.step else { return nil }
        return since + UInt64(configuration.handoverLimit * 1e9)
    }

    /// Takes the next step, if its time has come.
    func continueHandover(_ now: UInt64) {
        guard let handover else { return }
        switch handover.step {
        case .waiting: copyOut(handover, now)
        case .copying:
            if let due = handoverDue, now >= due {
                kept.isOutdated = true
                lose("copying it took longer than \(Int(configuration.handoverLimit * 1000)) ms")
                restore(nil, now)
            }
        case .restored: drawHandover(now)
        case .restoring, .drawing: break
        }
    }

    private func copyOut(_ handover: Handover, _ now: UInt64) {
        let isOfThisSketch = kept.sketch == handover.entry.options.sketch
        if isOfThisSketch, let front, front.isAlive, front.pid == kept.holder,
            handover.index != frontIndex, let shownRevision
        {
            // It draws, or copies already: its answer brings us back here.
            guard front.isIdle else { return }
            if kept.failedRestores > 1 {
                // Two guests in a row did not survive it: no third tries the same.
                lose("guests die of taking it over")
                return restore(nil, now)
            }
            if let bytes = kept.bytes[shownRevision], bytes > WireLimits.state {
                lose(
                    "it is \(bytes >> 20) MB, and \(WireLimits.state >> 20) MB can be handed over")
                return restore(nil, now)
            }
            if !kept.uncopyable.contains(shownRevision) {
                self.handover?.step = .copying(since: now)
                self.handover?.began = now
                return ask(front, forCopyOf: shownRevision, now)
            }
            lose("its guest dies of copying it")
            return restore(nil, now)
        }
        let snapshot = kept.snapshot.flatMap {
            $0.sketch == handover.entry.options.sketch ? $0.file : nil
        }
        if !isOfThisSketch { kept.loss = nil }
        restore(snapshot, now)
    }

    func ask(_ guest: GuestProcess, forCopyOf revision: Int, _ now: UInt64) {
        (kept.asked, kept.isOutdated) = (now, false)
        let sent = guest.begin(
            .snapshot(revision: revision), .snapshot(revision: revision), phase: .drawing,
            deadlines: deadlines(in: guest), now: now)
        if !sent { guest.end(.broken("its socket takes no message"), now: now) }
    }

    /// Has the new front take a copy over, or begin with zeros.
    func restore(_ file: OwnedFile?, _ now: UInt64) {
        guard let handover else { return }
        guard let guest = guests[handover.index], guest.isIdle else {
            // It is ending, which ends this, too.
            self.handover?.step = .waiting
            return
        }
        self.handover?.step = .restoring
        let revision = handover.entry.revision
        let sent = guest.begin(
            .restore(revision: revision), .restore(revision: revision),
            descriptor: file?.descriptor ?? -1, phase: .drawing, deadlines: deadlines(in: guest),
            now: now)
        if !sent { guest.end(.broken("its socket takes no message"), now: now) }
    }

    /// The slot that the hand-over's frame can be drawn into now.
    var handoverSlot: Int? {
        guard let handover, handover.step == .restored, let guest = guests[handover.index],
            guest.isIdle, let ring = guest.ring, ring.generation == generation
        else { return nil }
        return ring.freeSlot()
    }

    /// Has the new front draw the next frame that somebody wants.
    func drawHandover(_ now: UInt64) {
        guard let handover, let slot = handoverSlot, let state = wantedFrame,
            let guest = guests[handover.index]
        else { return }
        wantedFrame = nil
        guest.sent = state
        request += 1
        guest.ring?.busy = slot
        self.handover?.step = .drawing
        let revision = handover.entry.revision
        let sent = guest.begin(
            .draw(revision: revision, request: request),
            .draw(request: request, slot: slot, revision: revision, state: state),
            phase: .drawing, deadlines: deadlines(in: guest), now: now)
        if !sent { guest.end(.broken("its socket takes no message"), now: now) }
    }

    /// Exchanges the roles once the new front's picture is in the ring; false where it is no hand-over's picture.
    func finishHandover(
        _ revision: Int, slot: Int, request: UInt64, gpuNanoseconds: UInt64?, _ index: Int,
        _ now: UInt64
    ) -> Bool {
        guard let handover, handover.step == .drawing, handover.index == index else { return false }
        self.handover = nil
        kept.failedRestores = 0
        figures.frames += 1
        (frontDone, frontPause) = (now, 0)
        if let loss = kept.loss {
            kept.report = .restarted(loss)
            events.append(.notice("What the sketch keeps from frame to frame restarts: \(loss)."))
        } else {
            kept.report = .kept
        }
        kept.loss = nil
        kept.sketch = handover.entry.options.sketch
        forgetCopies(besides: handover.entry)
        show(
            handover.entry, in: index, slot: slot, request: request,
            gpuNanoseconds: gpuNanoseconds, now: now)
        kept.holder = guests[index]?.pid
        return true
    }

    func lose(_ reason: String) { kept.loss = reason }

    /// Ends a hand-over to a guest that cannot take it; what it was for is loaded again.
    func abandonHandover(to guest: GuestProcess) {
        guard let handover, guests[handover.index] == nil || guests[handover.index] === guest
        else { return }
        self.handover = nil
        guard handover.entry.revision != shownRevision else { return }
        prepared = handover.entry
        if !isHeld { wanted = handover.entry.revision }
    }
}
