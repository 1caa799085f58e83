import CSystem
import Glibc

extension SimulatedHeadset {
    /// Begins the timer's beats; by hand, the descriptor is readable at once, since there is a first event.
    func startTimer() {
        if beats == .timer {
            _ = phosphor_timer_start(descriptor, UInt64(period), UInt64(period))
        } else {
            wake()
        }
    }

    /// Makes the descriptor readable; a timer's next beat does so anyway.
    func wake() { if beats == .byHand { _ = phosphor_timer_start(descriptor, 1, 0) } }

    /// One beat by hand: time goes on by a period, what the script says happens, and a frame can be taken.
    public func beat() {
        guard beats == .byHand else { return }
        advance(to: time + period)
        wake()
    }

    /// Events since the last call; the first one is that frames are wanted.
    public func pump(now: UInt64) -> [HeadsetEvent] {
        order.requireThread()
        var expired: UInt64 = 0
        let isDue = read(descriptor, &expired, 8) == 8
        if beats == .timer, isDue, !isLost {
            // More than one that went by: those frames were missed.
            if expired > 1 { missed += Int(expired - 1) }
            advance(to: max(HeadsetTime(phosphor_now()), time + 1))
        }
        if !isStarted, !isLost {
            isStarted = true
            setPhase(.synchronized)
        }
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    private func advance(to next: HeadsetTime) {
        guard !isLost, !state.hangs else { return }
        // The very start belongs to the first beat.
        let from = time == start ? -1 : seconds(at: time)
        for fault in script.faults(after: from, until: seconds(at: next)) { happen(fault) }
        time = next
        if isFrameOut || isBeat { missed += 1 }
        if phase != .idle, !isFrameOut { isBeat = true }
        updateHands()
    }

    private func updateHands() {
        let now = moment(at: time).hands
        for hand in 0...1 {
            hands[hand] = hand < now.count ? now[hand] : HandState()
            let isTracked = state.isTracked
            let back = space.inverse
            hands[hand].aim = isTracked ? hands[hand].aim.map { back * $0 } : nil
            hands[hand].grip = isTracked ? hands[hand].grip.map { back * $0 } : nil
            // Without focus, controllers are somebody else's.
            if phase != .focused { hands[hand] = HandState() }
        }
        let awake = hands.map(\.isActive)
        guard awake != lastAwake else { return }
        lastAwake = awake
        func name(_ hand: Int) -> String? { awake[hand] ? "Simulated controller" : nil }
        events.append(.controllers(left: name(0), right: name(1)))
    }

    /// Goes on to another phase, and says so.
    func setPhase(_ next: HeadsetPhase) {
        guard phase != next, !isLost else { return }
        phase = next
        events.append(.phase(next))
        wake()
    }

    /// The phase that frames and faults lead to.
    func updatePhase() {
        guard isStarted, phase != .idle, !isLost else { return }
        setPhase(
            frames == 0 || !state.isVisible
                ? .synchronized : state.hasFocus ? .focused : .visible)
    }

    /// Has something happen to the headset now.
    public func happen(_ fault: SimulatedFault) {
        guard !isLost, !state.hangs else { return }
        switch fault {
        case .lost(let reason): lose(.lost(reason))
        case .exit: lose(.lost("The session was ended in the headset.", mayReturn: false))
        case .hang:
            (state.hangs, isBeat) = (true, false)
            return
        case .focus(let isOn): state.hasFocus = isOn
        case .visible(let isOn): state.isVisible = isOn
        case .tracking(let isOn): state.isTracked = isOn
        case .images(let isOn): state.hasImages = isOn
        case .rate(let rate):
            refreshRate = max(rate, 1)
            events.append(.refreshRate(refreshRate))
            if beats == .timer { startTimer() }
        case .recentre:
            let head = moment(at: time).head
            space = Pose(
                position: SIMD3(head.position.x, 0, head.position.z),
                orientation: Quaternion(yaw: head.orientation.yaw))
            events.append(.recentred)
        }
        updatePhase()
        wake()
    }

    /// Has nothing to end; false where the script has the runtime hang.
    public func stop() -> Bool { !state.hangs }

    private func lose(_ event: HeadsetEvent) {
        isLost = true
        isBeat = false
        phase = .idle
        events.append(event)
    }

    /// Ends the session: `.lost` comes with the next `pump`.
    public func requestExit() {
        order.requireThread()
        guard !isLost, !state.hangs else { return }
        lose(.lost("The session has ended, as it was asked to.", mayReturn: false))
        wake()
    }
}
