import COpenXR

/// What the beat's thread does, over and over, until everything is lost or it is told to stop.
extension XRBeat {
    private var functions: XRFunctions { session.instance.functions }

    func run() {
        while true {
            let orders = takeOrders()
            if orders.wantsStop { return }
            if let fault = orders.fault { return post(.lost(fault)) }
            for tick in orders.ticks where progress.isRunning { actions.tick(tick) }
            if orders.wantsExit, !leave() { return }
            guard readEvents() else { return }
            if mustBegin, !begin() { return }
            // A frame that is out must be ended first: the order of calls is the runtime's law.
            if mustEnd, !orders.isFrameOut, !end() { return }
            guard progress.isRunning, !orders.isFrameOut else {
                sleep()
                continue
            }
            guard waitFrame() else { return }
        }
    }

    /// Asks the runtime to end the session; false where everything is over.
    private func leave() -> Bool {
        progress.isLeaving = true
        let result = functions.requestExitSession(session.handle)
        if result.isSuccess { return true }
        // A session that does not run has nothing to end.
        post(
            .lost(
                result == XR_ERROR_SESSION_NOT_RUNNING
                    ? "The headset's session was ended, as asked."
                    : words(result, "xrRequestExitSession")))
        return false
    }

    private func begin() -> Bool {
        mustBegin = false
        var info = XrSessionBeginInfo()
        info.type = XR_TYPE_SESSION_BEGIN_INFO
        info.primaryViewConfigurationType = XRSystem.stereo
        let result = functions.beginSession(session.handle, &info)
        guard result.isSuccess else { return lose(result, "xrBeginSession") }
        frames = 0
        let before = progress.phase
        progress.began()
        if progress.phase != before { post(.phase(progress.phase)) }
        return true
    }

    private func end() -> Bool {
        mustEnd = false
        let result = functions.endSession(session.handle)
        guard !result.isLoss else { return lose(result, "xrEndSession") }
        let before = progress.phase
        progress.ended()
        if progress.phase != before { post(.phase(progress.phase)) }
        return true
    }

    /// Waits for the next frame's moment and hands it to the main thread; false where everything is over.
    private func waitFrame() -> Bool {
        var info = XrFrameWaitInfo()
        info.type = XR_TYPE_FRAME_WAIT_INFO
        var frame = XrFrameState()
        frame.type = XR_TYPE_FRAME_STATE
        let result = functions.waitFrame(session.handle, &info, &frame)
        if result == XR_ERROR_SESSION_NOT_RUNNING {
            // The event that tells so is on its way.
            progress.ended()
            return true
        }
        guard result.isSuccess else { return lose(result, "xrWaitFrame") }
        let period = period(of: frame)
        frames += 1
        if let time = recentreTime, frame.predictedDisplayTime >= time {
            recentreTime = nil
            post(.recentred)
        }
        post(
            Beat(
                displayTime: frame.predictedDisplayTime, period: period,
                shouldRender: frame.shouldRender != 0,
                hands: actions.read(at: frame.predictedDisplayTime)))
        return true
    }

    /// From this frame to the next.
    ///
    /// Monado has it wrong in the first two frames of a session, and others may, too: what makes no sense is replaced
    /// by what the refresh rate says.
    private func period(of frame: XrFrameState) -> XrDuration {
        let known = XrDuration(1e9 / refreshRate)
        let told = frame.predictedDisplayPeriod
        guard frames >= 2, told > 1_000_000, told < 500_000_000 else { return known }
        // Where the runtime tells no rate, this is the only way to know it. Two percent are no change, but noise.
        let rate = 1e9 / Double(told)
        if !isRateTold, abs(rate / refreshRate - 1) > 0.02 {
            refreshRate = rate
            post(.refreshRate(rate))
        }
        return told
    }

    /// Posts the end of everything, in words; always false.
    @discardableResult
    func lose(_ result: XrResult, _ call: String) -> Bool {
        post(.lost(words(result, call)))
        return false
    }

    private func words(_ result: XrResult, _ call: String) -> String {
        HeadsetError(result, from: call, of: session.instance.runtime).description
    }
}
