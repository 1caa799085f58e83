import CSystem

extension Supervisor {
    /// Asks for a frame; never blocks.
    ///
    /// While the front is still at the last one, only the newest request is kept.
    ///
    /// - Returns: the number of the last request that was sent; the picture that answers it carries it.
    @discardableResult
    public func requestFrame(_ state: DrawState) -> UInt64 {
        lastState = state
        wantedFrame = state
        dispatchFrame(phosphor_now())
        return request
    }

    /// Whether a request made now would be sent at once, so that its time is the time it is drawn for.
    public func canTakeFrame(now: UInt64) -> Bool {
        handover == nil ? readySlot(now) != nil : handoverSlot != nil
    }

    /// The slot that a frame can be drawn into now.
    private func readySlot(_ now: UInt64) -> Int? {
        guard let front, front.isIdle, let shownRevision, front.loaded.contains(shownRevision),
            let ring = front.ring, ring.generation == generation
        else { return nil }
        // On software GL front and back share the processors: while the back works, the front rests as long as it
        // drew, so that the revision that someone waits for gets at least half.
        if info?.isSoftware != false, back?.isWorking == true, now < restEnd { return nil }
        return ring.freeSlot()
    }

    /// Sends the wanted frame to the front if it can take it.
    func dispatchFrame(_ now: UInt64) {
        guard handover == nil else { return drawHandover(now) }
        guard let state = wantedFrame, let front, let shownRevision, let ring = front.ring,
            let slot = readySlot(now)
        else { return }
        wantedFrame = nil
        front.sent = state
        request += 1
        ring.busy = slot
        let sent = front.begin(
            .draw(revision: shownRevision, request: request),
            .draw(request: request, slot: slot, revision: shownRevision, state: state),
            phase: .drawing,
            deadlines: deadlines(in: front), now: now)
        if !sent { front.end(.broken("its socket takes no message"), now: now) }
    }

    /// Until when the front rests while the back works.
    ///
    /// Slow frames rest longer once the back draws its whole frame: a frame begun then would be of yesterday when
    /// the two swap, and would keep the next revision waiting for a guest that still draws it.
    var restEnd: UInt64 {
        let isLong = frontPause > 20_000_000 && back?.ring?.phase == .wholeDraw
        return frontDone + (isLong ? 3 : 1) * frontPause
    }

    /// Makes a slot's picture the newest.
    ///
    /// Pictures of an older ring than the newest one's are dropped.
    func publish(
        _ guest: GuestProcess, slot: Int, revision: Int, request: UInt64 = 0,
        gpuNanoseconds: UInt64?
    ) {
        guard let ring = guest.ring else { return }
        ring.newest = slot
        // Drawn for a context that the host has lost meanwhile.
        if guest.drawsIntoImages, ring.shared?.images.isEmpty == true { return }
        if let latest, latest.ring.generation > ring.generation { return }
        if let latest, latest.ring !== ring { latest.ring.newest = nil }
        sequence += 1
        latest = Frame(
            ring: ring, slot: slot, revision: revision, request: request, sequence: sequence,
            state: guest.sent, gpuNanoseconds: gpuNanoseconds, isImage: guest.drawsIntoImages)
        figures.gpuNanoseconds = gpuNanoseconds
        if announced != revision {
            announced = revision
            events.append(.shown(revision: revision))
        }
    }

    /// The newest finished frame, the same as before where there is no newer; nil before the first.
    ///
    /// It stays as it is until `releasePicture`. Upload it at once and release it: a guest has three slots.
    public var picture: Picture? {
        guard let latest else { return nil }
        heldFrame?.ring.held = nil
        latest.ring.held = latest.slot
        heldFrame = latest
        heldImage = latest.isImage ? latest.ring.shared?.hold(latest.slot) : nil
        let layout = latest.ring.layout
        var depth: PictureDepth?
        if latest.state.wantsDepth, latest.ring.header(of: latest.slot).hasDepth {
            let size = layout.depthSize(eyes: latest.state.views.count)
            depth = PictureDepth(
                places: latest.ring.depth(of: latest.slot), width: size.width, height: size.height)
        }
        return Picture(
            memory: latest.ring.pixels(of: latest.slot), hold: heldImage, depth: depth,
            width: layout.width,
            height: layout.height,
            generation: latest.ring.generation, sequence: latest.sequence,
            revision: latest.revision, request: latest.request, state: latest.state,
            gpuNanoseconds: latest.gpuNanoseconds)
    }

    /// The number of the newest picture; 0 before the first.
    ///
    /// For a look that holds nothing.
    public var pictureSequence: UInt64 { latest?.sequence ?? 0 }

    /// Lets go of the picture; its pixels may change from now on.
    public func releasePicture() {
        heldFrame?.ring.held = nil
        (heldFrame, heldImage) = (nil, nil)
        dispatchFrame(phosphor_now())
    }
}

extension GuestProcess {
    /// Whether it does something that somebody waits for.
    var isWorking: Bool {
        switch job {
        case .trial, .load, .lint, .start: true
        case .warm, .draw, .snapshot, .restore, .share, nil: false
        }
    }
}
