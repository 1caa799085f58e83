import CSystem
import GLSL
import Glibc

/// What programs keep from frame to frame: who has it, copies of it, and what is lost with a guest.
extension Supervisor {
    /// What became of what the shown program keeps from frame to frame.
    public var stateReport: StateReport {
        shownRevision.map(keepsState) == true ? kept.report : .none
    }

    /// Whether a revision keeps anything.
    func keepsState(_ revision: Int) -> Bool { (kept.bytes[revision] ?? 0) > 0 }

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

    /// A sketch that is left begins anew when it is opened again, as its clock does.
    func forgetCopies(besides entry: Entry) {
        if kept.snapshot?.sketch != entry.options.sketch { kept.snapshot = nil }
    }
}
