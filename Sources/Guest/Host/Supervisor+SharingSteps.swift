import CSystem
import Glibc
import Render

/// The steps towards pictures that guests and host share, a ring at a time; `FrameSharing` has them in words.
extension Supervisor {
    /// Takes the next steps; never blocks.
    func continueSharing(_ now: UInt64) {
        guard sharing != nil else { return }
        for index in guests.indices {
            guard let sharing else { return }
            guard let guest = guests[index], guest.isAlive, guest.info != nil, let ring = guest.ring
            else {
                forget(&sharing.shares[index])
                continue
            }
            if sharing.shares[index]?.ring !== ring { forget(&sharing.shares[index]) }
            if let share = sharing.shares[index] {
                advance(share, guest, now)
            } else if ring.generation == generation, ring.shared == nil, now >= sharing.due,
                isCalm(now)
            {
                order(ring, for: index, now)
            }
        }
    }

    /// Whether the allocator's start, and the steps, take processor time from nothing that somebody waits for: a first
    /// trial, or the picture's return after a death.
    private func isCalm(_ now: UInt64) -> Bool {
        if sharesAtOnce { return true }
        guard let shownRevision else { return isIdle && now >= started + Self.sharingLatest }
        return isIdle && latest != nil && front?.loaded.contains(shownRevision) == true
    }

    /// When that is tried without anything to show, at the earliest.
    private static var sharingLatest: UInt64 { 3_000_000_000 }

    private func forget(_ share: inout RingShare?) {
        guard let old = share else { return }
        share = nil
        guard let sharing else { return }
        for (number, value) in sharing.asked where value.share === old {
            sharing.asked[number] = nil
            sharing.unwanted.insert(number)
        }
    }

    /// Asks the allocator for a ring's memory.
    private func order(_ ring: HostRing, for index: Int, _ now: UInt64) {
        guard let sharing else { return }
        do throws(GuestError) {
            if sharing.allocator == nil { sharing.allocator = try ImageAllocator(configuration) }
        } catch {
            return failSharing(error.description)
        }
        let share = RingShare(ring, now)
        sharing.shares[index] = share
        for slot in 0..<ring.layout.slots {
            sharing.number &+= 1
            sharing.asked[sharing.number] = (share, slot)
            let request = MemoryRequest(
                number: sharing.number, device: sharing.device, width: ring.layout.width,
                height: ring.layout.height)
            guard sharing.allocator?.ask(request) == true else {
                // It ends when nobody has asked for some time, which may be now; its end is yet to be seen.
                forget(&sharing.shares[index])
                return
            }
        }
    }

    /// Takes what the allocator has sent.
    func drainAllocator(_ now: UInt64) {
        // A bound, so that an allocator that sends without end cannot keep the host here.
        for _ in 0..<64 {
            guard let sharing, let event = sharing.allocator?.next() else { return }
            switch event {
            case .memory(let number, let file, let memory):
                // What nobody wants any more is closed with its file.
                if sharing.unwanted.remove(number) != nil { continue }
                guard let (share, slot) = sharing.asked.removeValue(forKey: number) else {
                    return failSharing("the allocator sent memory that nobody asked for")
                }
                guard phosphor_keep_size(file.descriptor, memory.bytes) == 0 else {
                    return failSharing("shared memory could be taken away from under the host")
                }
                share.memory[slot] = (file, memory)
            case .refused(let reason):
                return endSharing(reason)
            case .ended(let status):
                endAllocator()
                guard !sharing.asked.isEmpty else { return }
                // The socket of one that has waited long enough closes before it can be reaped.
                let isNatural = status == 0 || status == nil && !sharing.hadUnknownEnd
                if status == nil { sharing.hadUnknownEnd = true }
                guard isNatural else {
                    return failSharing(
                        "the allocator ended (\(status.map(String.init) ?? "killed"))")
                }
                // It had waited long enough just when it was asked; another one is asked anew.
                for index in sharing.shares.indices {
                    if case .ordered = sharing.shares[index]?.step {
                        forget(&sharing.shares[index])
                    }
                }
                sharing.unwanted = []
                return
            }
        }
    }

    private func advance(_ share: RingShare, _ guest: GuestProcess, _ now: UInt64) {
        switch share.step {
        case .ordered:
            guard share.memory.count == share.ring.layout.slots else {
                if now > share.since + FrameSharing.allocatorLimit {
                    failSharing("the allocator does not answer")
                }
                return
            }
            do { try takeOver(share) } catch { return failSharing("\(error)") }
            share.step = .ready
            advance(share, guest, now)
        case .ready:
            // A frame between two steps: together they would hold the picture up.
            let isTurn =
                guest !== front || figures.frames != share.frames || now > share.since + 50_000_000
            if guest.isIdle, isTurn { offer(share, guest, now) }
        case .offered, .inUse: return
        case .looking(let look):
            guard let isThere = sharing?.seen(look) else {
                if now > share.since + FrameSharing.lookLimit {
                    failSharing("the driver does not finish looking at a shared picture")
                }
                return
            }
            guard isThere else {
                return failSharing("what a guest draws is not what the host sees")
            }
            share.step = .ready
            if share.advance() { advance(share, guest, now) } else { use(share, guest, now) }
        }
    }

    /// Imports a ring's memory into the host's context: before any guest has it, since drivers read in it how large it is.
    private func takeOver(_ share: RingShare) throws {
        for slot in 0..<share.ring.layout.slots {
            guard let (file, memory) = share.memory[slot] else { continue }
            let own = dup(file.descriptor)
            guard own >= 0 else { throw GuestError(system: "Shared memory could not be kept") }
            share.images.append(
                try SharedImage(
                    descriptor: own, bytes: memory.bytes, width: share.ring.layout.width,
                    height: share.ring.layout.height, isDedicated: memory.isDedicated))
        }
    }

    /// Has the guest draw the next pattern.
    private func offer(_ share: RingShare, _ guest: GuestProcess, _ now: UInt64) {
        let pattern = share.pattern
        var step = Share.Step.show(slot: share.slot, pattern)
        let given = share.memory.removeValue(forKey: share.slot)
        if let given { step = .take(slot: share.slot, memory: given.memory, pattern) }
        share.step = .offered(pattern)
        let generation = share.ring.generation
        let sent = guest.begin(
            .share(generation: generation),
            .share(Share(generation: generation, step: step)),
            descriptor: given?.file.descriptor ?? -1, phase: .drawing,
            deadlines: deadlines(in: guest), now: now)
        if !sent { guest.end(.broken("its socket takes no message"), now: now) }
    }

    /// A guest says that a pattern is drawn, or why not.
    func shared(_ reason: String, _ guest: GuestProcess, _ index: Int, _ now: UInt64) {
        guest.finishJob()
        guard let share = sharing?.shares[index], share.ring === guest.ring,
            case .offered(let pattern) = share.step
        else { return }
        guard reason.isEmpty else { return failSharing(reason) }
        do {
            share.step = .looking(
                try PatternLook(for: pattern, in: share.images[share.slot].texture))
            (share.since, share.frames) = (now, figures.frames)
        } catch { failSharing("\(error)") }
    }

    /// From the next job on the guest draws into the shared pictures.
    private func use(_ share: RingShare, _ guest: GuestProcess, _ now: UInt64) {
        share.step = .inUse
        share.ring.shared = SharedSlots(share.images)
        share.images = []
        whyNotShared = ""
        if !guest.send(.share(Share(generation: share.ring.generation, step: .use))) {
            guest.end(.broken("its socket takes no message"), now: now)
        }
    }
}
