import GLSL
import Render

extension Supervisor {
    /// Does what an answer asks for.
    func handle(
        _ message: GuestMessage, file: OwnedFile?, from guest: GuestProcess, _ index: Int,
        _ now: UInt64
    ) {
        // Only an answer to what was asked is believed; see `answers`.
        guard message.answers(guest.job) else {
            return guest.end(.broken("it answered what was not asked"), now: now)
        }
        switch message {
        case .ready(let info):
            failedStarts = 0
            guest.becomeReady(info)
            self.info = info
            introduce(guest)
            events.append(.ready(info))
        case .compiled(let revision, let isGood, let logs):
            compiled(revision, isGood, logs, guest, now)
        case .yielded:
            guest.finishJob()
            quietSince = now
        case .failed(let revision, let reason):
            failed(revision, reason, guest, now)
        case .tried(let revision, let slot, let timings):
            tried(revision, slot, timings, guest, index, now)
        case .drawn(let request, let slot, let revision, let gpu, let tripped):
            drawn(request, slot, revision, gpu, guest, index, now)
            tell(tripped, of: revision)
        case .stopped(let revision, let timings, let stop):
            stopped(revision, timings, stop, guest, now)
        case .lint(let revision, let logs):
            linted(revision, logs, guest, now)
        case .contextLost: guest.end(.contextLost, now: now)
        case .state(let revision, let bytes, let remade):
            stateTold(revision, bytes, remade, guest, now)
        case .snapshot(_, let reason): snapshotTaken(file, reason, guest, index, now)
        case .shared(_, let reason): shared(reason, guest, index, now)
        // Only the doctor asks for it.
        case .sandboxTried: break
        case .buffer(let reading): answered(reading, by: guest, index)
        case .census(let counts): guest.census = ObjectCensus(counts: counts.map(Int.init))
        }
    }

    private func compiled(
        _ revision: Int, _ isGood: Bool, _ logs: [StageLog], _ guest: GuestProcess, _ now: UInt64
    ) {
        switch guest.job {
        case .trial where !isGood: refuse(logs, guest, now)
        case .trial where trying?.options.compileOnly == true:
            guest.finishJob()
            finishTrial(.good(Timings()), now)
        case .trial:
            if trying?.isPermitted == false { permissionDue = now + Self.permissionLimit }
        default: if !isGood { giveUp(revision, "the driver refuses it now.", guest) }
        }
    }

    private func failed(_ revision: Int, _ reason: String, _ guest: GuestProcess, _ now: UInt64) {
        switch guest.job {
        case .trial:
            guest.finishJob()
            finishTrial(.error([Diagnostic(message: reason)]), now)
        case .draw, .restore:
            // It is not loaded there, whatever we believed; it gets loaded again.
            guest.finishJob()
            guest.loaded.removeAll { $0 == revision }
            abandonHandover(to: guest)
        default: giveUp(revision, reason, guest)
        }
    }

    private func linted(
        _ revision: Int, _ logs: [StageLog], _ guest: GuestProcess, _ now: UInt64
    ) {
        guest.finishJob()
        quietSince = now
        guard let (entry, errors) = linting else { return }
        linting = nil
        let additions = entry.program.diagnostics(logs)
        events.append(
            .lint(revision: revision, entry.program.merge(driver: errors, glslang: additions)))
    }

    /// Whether the slot holds what it must, and is the one that was named; a guest that fails this is ended.
    private func accept(
        _ guest: GuestProcess, slot: Int, revision: Int, request: UInt64, now: UInt64
    ) -> Bool {
        guard let ring = guest.ring, ring.busy == slot, slot < ring.layout.slots,
            ring.holds(revision: revision, request: request, in: slot)
        else {
            guest.end(.broken("its ring does not hold the picture that it announced"), now: now)
            return false
        }
        return true
    }

    private func tried(
        _ revision: Int, _ slot: Int, _ timings: Timings, _ guest: GuestProcess, _ index: Int,
        _ now: UInt64
    ) {
        let (job, duration) = (guest.job, now - min(now, guest.jobStarted))
        // Warming leaves the slot alone.
        guard
            job == .warm(revision: revision)
                || accept(guest, slot: slot, revision: revision, request: 0, now: now)
        else { return }
        guest.finishJob()
        guest.loaded.removeAll { $0 == revision }
        guest.loaded.append(revision)
        quietSince = now
        switch job {
        case .trial:
            guard var entry = trying else { return }
            entry.timings = timings
            lastTrialNanoseconds = duration
            killsInARow = 0
            if let refusal = slowness(of: entry) {
                guest.ring?.newest = slot
                return keepOut(entry, refusal, now)
            }
            wasSlow = false
            let isOvertaken = pending == nil && newest != revision
            let isShown =
                wanted == revision || shownRevision == nil
                || ((showsAtOnce || entry.options.isOpening) && !isOvertaken && !isHeld)
            finishTrial(.good(timings), now)
            if isShown {
                swap(
                    to: entry, in: index, slot: slot, gpuNanoseconds: timings.gpuNanoseconds,
                    now: now)
            } else {
                guest.ring?.newest = slot
                prepared = entry
                trimPrograms()
            }
        case .load:
            guard let entry = good(revision), wanted == revision || index == frontIndex else {
                return
            }
            if index != frontIndex || shownRevision == revision {
                swap(
                    to: entry, in: index, slot: slot, gpuNanoseconds: timings.gpuNanoseconds,
                    now: now)
            }
        default: break
        }
    }

    private func drawn(
        _ request: UInt64, _ slot: Int, _ revision: Int, _ gpu: UInt64?, _ guest: GuestProcess,
        _ index: Int,
        _ now: UInt64
    ) {
        guard accept(guest, slot: slot, revision: revision, request: request, now: now) else {
            return
        }
        let duration = now - min(now, guest.jobStarted)
        guest.finishJob()
        if finishHandover(
            revision, slot: slot, request: request, gpuNanoseconds: gpu, index, now)
        {
            return
        }
        guard index == frontIndex else {
            // It has lost its role in the meantime; the picture is of yesterday.
            quietSince = now
            return
        }
        figures.frames += 1
        figures.frameNanoseconds = duration
        (frontDone, frontPause) = (now, duration)
        // A few frames that end well clear a name that deaths from outside have blackened.
        outsideDeaths[revision] = nil
        if revision == shownRevision {
            publish(guest, slot: slot, revision: revision, request: request, gpuNanoseconds: gpu)
        }
    }

    /// The driver's word is told at once; only then glslang looks, so that its death costs nothing but a guest.
    private func refuse(_ logs: [StageLog], _ guest: GuestProcess, _ now: UInt64) {
        guard let entry = trying else { return guest.finishJob() }
        let errors = entry.program.driverErrors(logs)
        guest.finishJob()
        finishTrial(.error(errors), now)
        guard pending == nil else { return }
        linting = (entry, errors)
        let sent = guest.begin(
            .lint(revision: entry.revision), .lint(revision: entry.revision), phase: .linting,
            deadlines: deadlines(in: guest), now: now)
        if !sent { guest.end(.broken("its socket takes no message"), now: now) }
    }

    /// Tells the verdict on what was tried.
    func finishTrial(_ verdict: Verdict, _ now: UInt64) {
        guard let entry = trying else { return }
        trying = nil
        permissionDue = nil
        quietSince = now
        events.append(.verdict(revision: entry.revision, verdict))
    }

    /// A good program that cannot be loaded again.
    private func giveUp(_ revision: Int, _ reason: String, _ guest: GuestProcess) {
        let job = guest.job
        guest.finishJob()
        unwarmable.insert(revision)
        guard case .load = job else { return }
        events.append(
            .notice("Revision \(revision) was good but cannot be loaded again: \(reason)"))
        // Somebody may wait for it, as who has accepted a slow one does.
        events.append(.verdict(revision: revision, .error([Diagnostic(message: reason)])))
        drop(revision)
    }
}
