import COpenXR

/// What the runtime tells (`xrPollEvent`).
extension XRBeat {
    /// Takes in all that has happened; false where everything is over.
    func readEvents() -> Bool {
        let instance = session.instance
        while true {
            var event = phosphor_xr_event()
            let result = phosphor_xr_poll_event(
                instance.functions.pollEvent, instance.handle, &event)
            if result == XR_EVENT_UNAVAILABLE { return true }
            guard result.isSuccess else { return lose(result, "xrPollEvent") }
            guard take(event) else { return false }
        }
    }

    private func take(_ event: phosphor_xr_event) -> Bool {
        switch event.type {
        case XR_TYPE_EVENT_DATA_INSTANCE_LOSS_PENDING:
            return lose(XR_ERROR_INSTANCE_LOST, "XrEventDataInstanceLossPending")
        case XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED where event.session == session.handle:
            return take(event.state)
        case XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING
        where event.space == actions.tracking.kind:
            // Poses up to that moment still fit; the beat that passes it tells.
            recentreTime = event.change
            if !progress.isRunning {
                recentreTime = nil
                post(.recentred)
            }
        case XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED:
            post(.controllers(left: actions.controller(0), right: actions.controller(1)))
        case XR_TYPE_EVENT_DATA_DISPLAY_REFRESH_RATE_CHANGED_FB
        where event.rate.isFinite && event.rate > 1:
            refreshRate = (Double(event.rate) * 1000).rounded() / 1000
            post(.refreshRate(refreshRate))
        default: break
        }
        return true
    }

    private func take(_ state: XrSessionState) -> Bool {
        let before = progress.phase
        let step = progress.take(state)
        if progress.phase != before { post(.phase(progress.phase)) }
        switch step {
        case .none: break
        case .begin: mustBegin = true
        case .end: mustEnd = true
        case .lost(let words, let mayReturn):
            post(.lost(words, mayReturn: mayReturn))
            return false
        }
        return true
    }
}
