import CSystem
import GLSL
import Glibc

extension Supervisor {
    /// Starts what can be started.
    ///
    /// Called after whatever may have changed something; it never blocks.
    func schedule(_ now: UInt64) {
        guard isRunning else { return }
        spawnMissing(now)
        // Roles are names: with nothing to show, the guest that is ready first gets the first program.
        if shownRevision == nil, pending != nil, back?.isIdle != true, front?.isIdle == true {
            frontIndex = 1 - frontIndex
        }
        for guest in guests.compactMap({ $0 }) where guest.isIdle { configure(guest, now) }
        startHandoverIfNeeded(now)
        // The host waits on the allocator's socket during a hand-over, too.
        drainAllocator(now)
        hurryBack(now)
        guard handover == nil else { return continueHandover(now) }
        loadFront(now)
        scheduleBack(now)
        keepSnapshot(now)
        continueSharing(now)
        dispatchFrame(now)
    }

    private func spawnMissing(_ now: UInt64) {
        for index in [frontIndex, 1 - frontIndex] where guests[index] == nil {
            if spawnAt[index] == nil, isStandbyDue(besides: guests[1 - index], now) {
                spawnAt[index] = now
            }
            guard let due = spawnAt[index], due <= now, now >= (spawnHeld(index) ?? 0) else {
                continue
            }
            do throws(GuestError) {
                guests[index] = try GuestProcess(configuration, now: now)
                spawnAt[index] = now
            } catch {
                failedStarts += 1
                if failedStarts == 1 { events.append(.notice(error.description)) }
                spawnAt[index] = now + backoff
            }
        }
    }

    /// Until when a guest is not started, because the other one is bringing the picture back; nil for no such reason.
    ///
    /// After both have died, two that start at once would take the processors from each other.
    private func spawnHeld(_ index: Int) -> UInt64? {
        guard index != frontIndex, let shownRevision, let front, front.isAlive,
            !front.loaded.contains(shownRevision)
        else { return nil }
        return front.spawned + 1_000_000_000
    }

    /// At the very start the standby would only take processor time from the first trial.
    private func isStandbyDue(besides other: GuestProcess?, _ now: UInt64) -> Bool {
        if shownRevision != nil || now >= started + Self.standbyLatest { return true }
        return other?.isIdle == true && pending == nil
    }

    /// After this long the standby comes, whatever the first guest is at.
    private static var standbyLatest: UInt64 { 2_000_000_000 }

    /// Waits longer and longer where guests do not even start, five seconds at most.
    var backoff: UInt64 {
        failedStarts == 0 ? 0 : min(5_000_000_000, 100_000_000 << UInt64(min(failedStarts, 6)))
    }

    private func configure(_ guest: GuestProcess, _ now: UInt64) {
        guard guest.ring?.generation != generation, now >= ringDue else { return }
        do throws(GuestError) {
            let ring = try HostRing(
                width: width, height: height, slots: configuration.slots, generation: generation)
            isRingRefused = false
            if !guest.configure(ring) {
                guest.end(.broken("its socket takes no message"), now: now)
            }
        } catch {
            ringDue = now + Self.ringPause
            if !isRingRefused { events.append(.notice(error.description)) }
            isRingRefused = true
        }
    }

    /// Between attempts to get memory for a ring.
    private static var ringPause: UInt64 { 1_000_000_000 }

    /// Brings what is shown into a front that does not have it, after a death.
    private func loadFront(_ now: UInt64) {
        guard let front, front.canLoad, let shownRevision, !front.loaded.contains(shownRevision)
        else { return }
        guard let entry = good(shownRevision) else { return drop(shownRevision) }
        load(entry, as: .load(revision: shownRevision), in: front, now: now)
    }

    private func scheduleBack(_ now: UInt64) {
        if let wanted, front?.isIdle == true, front?.loaded.contains(wanted) == true {
            guard let entry = good(wanted) else { return self.wanted = nil }
            // The front has it still; no swap is needed, only the next frame.
            shownRevision = wanted
            self.wanted = nil
            remember(entry)
            wantedFrame = wantedFrame ?? lastState
        }
        guard let back, back.canLoad else { return }
        if let wanted {
            guard let entry = good(wanted) else { return self.wanted = nil }
            load(entry, as: .load(revision: wanted), in: back, now: now)
        } else if let entry = pending {
            pending = nil
            trying = entry
            load(entry, as: .trial(revision: entry.revision), in: back, now: now)
        } else if let entry = warmable, now >= warmDue {
            load(entry, as: .warm(revision: entry.revision), in: back, now: now)
        }
    }

    /// Has the back stop what is for later, where something waits for it: so it keeps all that it has compiled, which a
    /// kill would cost.
    private func hurryBack(_ now: UInt64) {
        guard pending != nil || wanted != nil, let back, back.isAlive else { return }
        switch back.job {
        case .warm, .lint:
            if !back.hurry(now: now) { back.end(.broken("its socket takes no message"), now: now) }
        default: break
        }
    }

    /// What the back is to get ready once it is quiet; nil for nothing, as long as the front has not got it itself.
    private var warmable: Entry? {
        guard wanted == nil, pending == nil, let back, back.canLoad, let shownRevision,
            front?.loaded.contains(shownRevision) == true
        else { return nil }
        return [shownRevision, pinned?.revision].compactMap(\.self).first {
            !back.loaded.contains($0) && !unwarmable.contains($0)
        }.flatMap(good)
    }

    /// When the back may spend time on being ready for the front's death.
    private var warmDue: UInt64 { quietSince + UInt64(max(0, configuration.warmAfter) * 1e9) }

    /// When `pump` wants to be called at the latest, even if no descriptor is readable; nil for any time.
    ///
    /// Each of these times is one at which `pump` does something: a time that nothing answers to would let the host
    /// call it without end.
    public func nextDeadline(now: UInt64) -> UInt64? {
        guard isRunning else { return nil }
        var times: [UInt64] = []
        for (index, guest) in guests.enumerated() {
            if let guest {
                if let time = guest.nextDeadline(now: now) { times.append(time) }
            } else if let due = spawnAt[index] {
                times.append(max(due, spawnHeld(index) ?? 0))
            } else {
                times.append(started + Self.standbyLatest)
            }
        }
        if !zombies.isEmpty { times.append(now + 10_000_000) }
        if let time = overtakenDue { times.append(time) }
        if let time = permissionDue { times.append(time) }
        if let time = panicDue { times.append(time) }
        if let time = handoverDue { times.append(time) }
        if wantedFrame != nil, restEnd > now { times.append(restEnd) }
        // During a hand-over nothing gets ready besides.
        if handover == nil, warmable != nil { times.append(warmDue) }
        let lacksRing = guests.contains { $0?.isIdle == true && $0?.ring?.generation != generation }
        if lacksRing { times.append(ringDue) }
        return times.min().map { max($0, now) }
    }

    /// When what the back does has to make room for a newer revision; nil while none waits.
    var overtakenDue: UInt64? {
        guard pending != nil, let back, back.isAlive else { return nil }
        switch back.job {
        case .trial, .load: break
        case .warm(let revision), .lint(let revision):
            // It was told to hurry, and stops behind the pass that it is at.
            let passes = (good(revision) ?? linting?.entry)?.program.passes.count ?? 1
            return (back.hurriedAt ?? back.jobStarted)
                + (passes > 1 ? Self.hurryingFloor : Self.overtakingFloor)
        default: return nil
        }
        if goods.isEmpty, lastTrialNanoseconds == nil { return back.jobStarted + 5_000_000_000 }
        // Where one kill follows the other, nothing would ever be seen of what is typed: each gets twice the time of the
        // one before.
        return back.jobStarted + max(Self.overtakingFloor, 2 * (lastTrialNanoseconds ?? 0))
            << UInt64(min(killsInARow, 6))
    }

    /// A kill costs the next revision a new guest, some 50 ms; below this it is never worth it.
    private static var overtakingFloor: UInt64 { 300_000_000 }

    /// The same for one that will stop by itself, and keeps what it has compiled.
    private static var hurryingFloor: UInt64 { 1_000_000_000 }

    func closeDescriptor(_ descriptor: Int32) { close(descriptor) }
}
