import CSystem
import Glibc
import Render

/// Pictures that guests and host share; `FrameSharing` has the steps.
extension Supervisor {
    /// Has guests draw into pictures that the host draws from, where the driver can, as soon as that has been tried.
    ///
    /// Needs the host's context to be current, now and in all calls from then on, until `stopSharing`. Pictures go
    /// through memory until the trial is over, and for good where it fails; `frames` tells which. On software GL nothing is
    /// shared unless the user's word is `shared`.
    public func shareImages() {
        guard sharing == nil else { return }
        let wish =
            configuration.environment[FrameTransport.variable]
            ?? getenv(FrameTransport.variable).map { String(cString: $0) }
        guard wish != "memfd" else {
            return whyNotShared = "\(FrameTransport.variable)=memfd says so"
        }
        // Mesa's llvmpipe keeps in the memory itself what it unmaps in the end, where a guest could write.
        guard wish == "shared" || !GLQuery.isSoftware else {
            return whyNotShared = "on software GL a guest could spoil more than pixels"
        }
        guard let device = DeviceIdentity.current() else {
            return whyNotShared = "the driver has no GL_EXT_memory_object_fd"
        }
        sharing = FrameSharing(device: device)
        whyNotShared = "shared pictures are still being tried"
        if isRunning { schedule(phosphor_now()) }
    }

    /// Lets go of everything that belongs to the host's context, which is about to go.
    ///
    /// A picture that lies there is gone; the guests' next ones go through memory.
    public func stopSharing() {
        guard sharing != nil || latest?.isImage == true else { return }
        heldFrame?.ring.held = nil
        (heldFrame, heldImage) = (nil, nil)
        if let latest, latest.isImage {
            latest.ring.shared?.abandon()
            self.latest = nil
        }
        for ring in guests.compactMap({ $0?.ring }) { ring.shared?.abandon() }
        endSharing("the host has no context")
    }

    /// How pictures come from the guests at present.
    public var frames: FrameTransport {
        front?.ring?.shared?.images.isEmpty == false ? .shared : .memory(why: whyNotShared)
    }

    /// Whether nothing is on its way that would change `frames`: all guests share their pictures, or none will.
    public var isSharingSettled: Bool {
        guard sharing != nil else { return true }
        let rings = guests.compactMap { $0 }.map(\.ring)
        return !rings.isEmpty
            && rings.allSatisfy { $0?.generation == generation && $0?.shared != nil }
    }

    /// Tries how pictures come from guests, for `phosphor doctor`; waits for it, with the caller's context current.
    ///
    /// - Throws: `GuestError` where no guest starts.
    public static func tryFrames(
        configuration: GuestConfiguration, width: Int = 640, height: Int = 360, seconds: Double = 20
    ) throws -> FrameTransport {
        let supervisor = try Supervisor(configuration: configuration, width: width, height: height)
        supervisor.sharesAtOnce = true
        supervisor.start()
        supervisor.shareImages()
        defer {
            supervisor.stopSharing()
            supervisor.shutdown()
        }
        let end = phosphor_now() + UInt64(seconds * 1e9)
        while phosphor_now() < end {
            _ = supervisor.pump(now: phosphor_now())
            if supervisor.failedStarts > 2 { throw GuestError("no guest starts") }
            if supervisor.isSharingSettled { return supervisor.frames }
            var requests = supervisor.descriptors.map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            _ = poll(&requests, nfds_t(requests.count), 5)
        }
        return .memory(why: "it took longer than \(Int(seconds)) s to try shared pictures")
    }

    // MARK: Ends

    /// A guest died while it took a step.
    ///
    /// Once may be anybody's doing.
    func sharingDeath(_ words: String, _ blame: Verdict?) {
        guard let sharing else { return }
        sharing.deaths += 1
        if blame != nil || sharing.deaths > 1 { failSharing("a guest died of it: \(words)") }
    }

    /// Gives up sharing, and says so: it should have worked.
    func failSharing(_ reason: String) {
        events.append(
            .notice(
                "Pictures go through memory, which is slower: \(reason). "
                    + "\(FrameTransport.variable)=memfd spares the attempt."))
        endSharing(reason)
    }

    /// Gives up sharing: rings that are shared already are replaced.
    func endSharing(_ reason: String) {
        endAllocator()
        sharing = nil
        whyNotShared = reason
        guard guests.contains(where: { $0?.ring?.shared != nil }) else { return }
        generation &+= 1
        (isRingRefused, ringDue) = (false, 0)
    }

    func endAllocator() {
        guard let allocator = sharing?.allocator else { return }
        if let pid = allocator.end() { zombies.append(pid) }
        sharing?.allocator = nil
        sharing?.unwanted = []
    }
}
