import CSystem
public import GLSL

extension Supervisor {
    /// Has a revision compiled and tried.
    ///
    /// Its verdict comes from `pump`, or from the next one where it is known already.
    ///
    /// While the back is busy only the newest revision waits; the one that it replaces is superseded. What the back
    /// is at goes on to its end, unless it takes longer than twice the last good trial.
    public func submit(_ revision: Int, program: AssembledProgram, options: TryOptions = .init()) {
        newest = revision
        let entry = Entry(
            revision: revision, program: program, options: options, submitted: phosphor_now(),
            isPermitted: !options.waitsForPermission)
        if let overtaken = pending, overtaken.revision != revision {
            events.append(.verdict(revision: overtaken.revision, .superseded))
        }
        pending = nil
        if let trying, trying.revision == revision, trying.isSame(as: entry) { return }
        if !options.compileOnly, let known = known(entry) {
            events.append(.verdict(revision: revision, .good(known.timings)))
            if shownRevision == revision { events.append(.shown(revision: revision)) }
            return
        }
        pending = entry
        if isRunning { schedule(phosphor_now()) }
    }

    /// The same program under the same number, if a living guest has it where it would be shown anyway.
    private func known(_ entry: Entry) -> Entry? {
        if let shown = goods.last, shown.revision == entry.revision, shown.isSame(as: entry),
            shownRevision == entry.revision, front?.isAlive == true,
            front?.loaded.contains(entry.revision) == true
        {
            return shown
        }
        if !showsAtOnce, !entry.options.isOpening, let prepared, !prepared.isSlow,
            prepared.revision == entry.revision,
            prepared.isSame(as: entry)
        {
            return prepared
        }
        return nil
    }

    /// Shows a revision that was good but not shown (show cut), or one that was shown before.
    ///
    /// It is shown at once where the back has it ready, otherwise as soon as a guest has loaded it again; it does
    /// nothing for a revision that was never good.
    ///
    /// - Returns: whether it is known well enough to be shown.
    @discardableResult
    public func activate(_ revision: Int) -> Bool {
        guard good(revision) != nil else { return false }
        guard revision != shownRevision else { return true }
        wanted = revision
        if isRunning { schedule(phosphor_now()) }
        return true
    }

    /// Takes a program as good without a trial, so that it is loaded and shown again; for a start from a journal.
    public func setLastGood(
        _ revision: Int, program: AssembledProgram, resources: [String: UInt64] = [:]
    ) {
        var entry = Entry(revision: revision, program: program)
        entry.options.resources = resources
        remember(entry)
        shownRevision = revision
        if isRunning { schedule(phosphor_now()) }
    }

    /// Revisions that may still be shown: those to fall back on, the pinned one, what waits and what is tried.
    public var keptRevisions: Set<Int> {
        Set(goods.map(\.revision)).union(
            [
                shownRevision, prepared?.revision, pinned?.revision, pending?.revision,
                trying?.revision,
            ]
            .compactMap(\.self))
    }

    /// The good revision shown most recently; nil for none.
    public var lastGood: Int? { goods.last?.revision }

    func remember(_ entry: Entry) {
        var entry = entry
        entry.isSlow = false
        goods.removeAll { $0.revision == entry.revision }
        goods.append(entry)
        // Enough to fall back on when several in a row turn out bad; texts are small.
        if goods.count > 8 { goods.removeFirst() }
    }

    func good(_ revision: Int) -> Entry? {
        if let prepared, prepared.revision == revision { return prepared }
        if let pinned, pinned.revision == revision { return pinned }
        return goods.last { $0.revision == revision }
    }

    /// The deadlines for trying or loading an entry.
    func deadlines(for entry: Entry, in guest: GuestProcess) -> Deadlines {
        // What once took long to load takes as long again, and is known to end.
        let isPatient =
            entry.options.isOpening || goods.isEmpty
            || entry.timings.totalNanoseconds > 2_000_000_000
        return isPatient ? configuration.openingDeadlines : deadlines(in: guest)
    }

    func deadlines(in guest: GuestProcess) -> Deadlines {
        configuration.deadlines ?? (guest.info?.isSoftware == false ? .hardware : .software)
    }

    /// Gives a guest a program to try or to load.
    func load(_ entry: Entry, as job: GuestProcess.Job, in guest: GuestProcess, now: UInt64) {
        guard let ring = guest.ring, let slot = ring.freeSlot() else { return }
        let descriptor: Int32
        do throws(GuestError) {
            descriptor = try ProgramPayload(
                entry.program, resources: entry.options.resources
            ).frozen()
        } catch {
            events.append(
                .verdict(revision: entry.revision, .error([Diagnostic(message: error.description)]))
            )
            if case .trial = job { trying = nil } else { drop(entry.revision) }
            return
        }
        defer { closeDescriptor(descriptor) }
        let deadlines = deadlines(for: entry, in: guest)
        ring.busy = slot
        let extent: HostMessage.Attempt.Extent =
            switch job {
            case .trial where entry.options.compileOnly: .link
            // The rest of a frame would only keep the next revision waiting.
            case .warm: .small
            default: .whole
            }
        let attempt = HostMessage.Attempt(
            revision: entry.revision, slot: slot, extent: extent,
            state: entry.options.state ?? lastState, waits: job.isTrial && !entry.isPermitted,
            limits: job.isTrial ? limits(of: entry, deadlines: deadlines) : nil)
        guest.sent = attempt.state
        if job.isTrial { permissionDue = nil }
        let sent = guest.begin(
            job, .attempt(attempt), descriptor: descriptor, phase: .compiling,
            deadlines: deadlines, now: now)
        if !sent { guest.end(.broken("its socket takes no message"), now: now) }
    }

    /// Makes a loaded revision the one that is shown; the guest that has it becomes the front.
    func show(
        _ entry: Entry, in index: Int, slot: Int, request: UInt64 = 0, gpuNanoseconds: UInt64?,
        now: UInt64
    ) {
        if index != frontIndex {
            clearState(of: front)
            frontIndex = index
            quietSince = now
        }
        shownRevision = entry.revision
        if wanted == entry.revision { wanted = nil }
        if prepared?.revision == entry.revision { prepared = nil }
        remember(entry)
        if let guest = guests[index] {
            publish(
                guest, slot: slot, revision: entry.revision, request: request,
                gpuNanoseconds: gpuNanoseconds)
        }
        trimPrograms()
    }

    /// Lets guests forget programs that nobody will ask for.
    func trimPrograms() {
        for guest in guests.compactMap({ $0 }) where guest.isAlive {
            let needed = [shownRevision, prepared?.revision, wanted, pinned?.revision]
            while guest.loaded.count > 4,
                let index = guest.loaded.firstIndex(where: { !needed.contains($0) })
            {
                let revision = guest.loaded.remove(at: index)
                if !guest.send(.forget(revision: revision)) {
                    guest.end(.broken("its socket takes no message"), now: phosphor_now())
                }
            }
        }
    }

    /// Never loads a revision again by itself; an older good one follows it.
    func drop(_ revision: Int) {
        goods.removeAll { $0.revision == revision }
        if prepared?.revision == revision { prepared = nil }
        if pinned?.revision == revision { pinned = nil }
        if wanted == revision { wanted = nil }
        if shownRevision == revision { shownRevision = goods.last?.revision }
    }
}
