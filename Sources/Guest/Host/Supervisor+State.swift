import CSystem
import GLSL
import Glibc

/// The hand-over of what lives from frame to frame.
///
/// The state follows the screen: one guest has it, the one that shows. A swap stops asking that guest for frames, has
/// it copy its state into a frozen file, has the other guest take the file over and draw the next frame, and only then
/// are roles exchanged. The host passes the file on and never looks into it.
extension Supervisor {
    /// What became of what the shown program keeps from frame to frame.
    public var stateReport: StateReport {
        shownRevision.map(keepsState) == true ? kept.report : .none
    }

    /// Whether a revision keeps anything.
    private func keepsState(_ revision: Int) -> Bool { (kept.bytes[revision] ?? 0) > 0 }

    // MARK: Beginning

    /// Shows a revision that a guest has ready: at once where it keeps nothing, otherwise with the state handed over.
    func swap(to entry: Entry, in index: Int, slot: Int, gpuNanoseconds: UInt64?, now: UInt64) {
        guard keepsState(entry.revision), latest != nil, shownRevision != nil else {
            handover = nil
            show(entry, in: index, slot: slot, gpuNanoseconds: gpuNanoseconds, now: now)
            kept.holder = nil
            forgetCopies(besides: entry)
            return
        }
        guard handover == nil else {
            // One after the other: it is loaded, and asked for again when the present one is done.
            prepared = entry
            wanted = entry.revision
            return
        }
        handover = Handover(entry: entry, index: index)
    }

    /// A front that shows a program with state but has none of it: the first of all, or one that follows a dead one.
    func startHandoverIfNeeded(_ now: UInt64) {
        guard handover == nil, let front, front.isIdle, let shownRevision,
            keepsState(shownRevision), front.loaded.contains(shownRevision),
            kept.holder != front.pid, let entry = good(shownRevision)
        else { return }
        handover = Handover(entry: entry, index: frontIndex)
    }

    // MARK: Going on

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

    private func ask(_ guest: GuestProcess, forCopyOf revision: Int, _ now: UInt64) {
        (kept.asked, kept.isOutdated) = (now, false)
        let sent = guest.begin(
            .snapshot(revision: revision), .snapshot(revision: revision), phase: .drawing,
            deadlines: deadlines(in: guest), now: now)
        if !sent { guest.end(.broken("its socket takes no message"), now: now) }
    }

    /// Has the new front take a copy over, or begin with zeros.
    private func restore(_ file: OwnedFile?, _ now: UInt64) {
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

    private func lose(_ reason: String) { kept.loss = reason }

    // MARK: Answers

    /// A guest says what a revision keeps, and what of it did not fit.
    func stateTold(
        _ revision: Int, _ bytes: Int, _ remade: [String], _ guest: GuestProcess, _ now: UInt64
    ) {
        kept.bytes[revision] = bytes
        if kept.bytes.count > 256 {
            let known = Set(
                goods.map(\.revision) + [prepared, trying].compactMap { $0?.revision } + [revision])
            kept.bytes = kept.bytes.filter { known.contains($0.key) }
        }
        let words = remade.joined(separator: ", ")
        switch guest.job {
        case .restore:
            guest.finishJob()
            if !remade.isEmpty { lose("the layout of \(words) changed") }
            guard let handover, guests[handover.index] === guest, handover.step == .restoring
            else { return }
            self.handover?.step = .restored
            drawHandover(now)
        case .draw where !remade.isEmpty:
            let loss = "the layout of \(words) changed"
            kept.report = .restarted(loss)
            events.append(.notice("What the sketch keeps from frame to frame restarts: \(loss)."))
        default: break
        }
    }

    /// A guest has copied what it keeps, or says why it cannot.
    func snapshotTaken(
        _ file: OwnedFile?, _ reason: String, _ guest: GuestProcess, _ index: Int, _ now: UInt64
    ) {
        kept.took = now - min(now, guest.jobStarted)
        guest.finishJob()
        if let file {
            let bytes = Int(phosphor_memfd_frozen_size(file.descriptor))
            guard (1...WireLimits.stateFile).contains(bytes) else {
                return guest.end(.broken("its copy of the state is not sealed"), now: now)
            }
        }
        let isOurs: Bool
        if let handover, case .copying = handover.step, index != handover.index {
            isOurs = true
        } else {
            isOurs = false
        }
        if kept.isOutdated {
            if isOurs { restore(nil, now) }
            return
        }
        if let file { kept.snapshot = (file, kept.sketch) }
        guard isOurs else { return }
        if file == nil, !reason.isEmpty { lose(reason) }
        restore(file, now)
    }

    // MARK: Keeping a copy

    /// Has an idle front copy its state now and then, for the case that it dies.
    ///
    /// What takes long to copy is copied less often.
    func keepSnapshot(_ now: UInt64) {
        guard let front, front.isIdle, front.pid == kept.holder, let shownRevision,
            let bytes = kept.bytes[shownRevision], bytes > 0, bytes <= WireLimits.state,
            !kept.uncopyable.contains(shownRevision),
            now >= kept.asked
                + max(UInt64(max(0, configuration.snapshotEvery) * 1e9), 50 * kept.took)
        else { return }
        ask(front, forCopyOf: shownRevision, now)
    }

    /// Lets a guest that is no longer shown free its state.
    func clearState(of guest: GuestProcess?) {
        guard let guest, guest.isAlive, guest.pid == kept.holder else { return }
        if !guest.send(.rewind) {
            guest.end(.broken("its socket takes no message"), now: phosphor_now())
        }
    }

    /// Forgets all copies, and what is being copied or handed over.
    func forgetState() {
        kept.snapshot = nil
        kept.isOutdated = true
        kept.loss = nil
        if case .restarted = kept.report { kept.report = .kept }
    }

    // MARK: Deaths

    /// What a guest's death means for the state and for a hand-over that it has part in.
    func stateLost(
        with guest: GuestProcess, _ index: Int, _ job: GuestProcess.Job?, _ blame: Verdict?
    ) {
        if case .snapshot(let revision) = job, blame != nil { kept.uncopyable.insert(revision) }
        if case .restore = job {
            // One death may be anybody's doing; two in a row are the copy's.
            kept.failedRestores += 1
            if blame != nil || kept.failedRestores > 1 {
                kept.snapshot = nil
                kept.loss = "its copy could not be read"
            }
        }
        if guest.pid == kept.holder {
            kept.holder = nil
            if kept.snapshot?.sketch != kept.sketch {
                kept.loss = kept.loss ?? "its guest died before there was a copy"
            }
        }
        guard let handover else { return }
        guard handover.index == index else {
            // The old front is gone; the newest copy serves.
            if case .copying = handover.step { self.handover?.step = .waiting }
            return
        }
        if case .draw = job, blame != nil { return self.handover = nil }
        abandonHandover(to: guest)
    }

    /// Ends a hand-over to a guest that cannot take it; what it was for is loaded again.
    func abandonHandover(to guest: GuestProcess) {
        guard let handover, guests[handover.index] == nil || guests[handover.index] === guest
        else { return }
        self.handover = nil
        guard handover.entry.revision != shownRevision else { return }
        prepared = handover.entry
        if !isHeld { wanted = handover.entry.revision }
    }

    /// A sketch that is left begins anew when it is opened again, as its clock does.
    private func forgetCopies(besides entry: Entry) {
        if kept.snapshot?.sketch != entry.options.sketch { kept.snapshot = nil }
    }
}
