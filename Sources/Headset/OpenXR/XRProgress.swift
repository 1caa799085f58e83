import COpenXR

/// Where a session stands (`XrSessionState`), and what each of its steps asks for; no calls, so that it can be tested.
struct XRProgress {
    /// What is to be done about a change of state.
    enum Step: Equatable {
        case none
        /// `xrBeginSession`: frames run from then on.
        case begin
        /// `xrEndSession`, once no frame is out.
        case end
        /// Everything is over, for this reason.
        case lost(String, mayReturn: Bool = true)
    }

    private(set) var phase = HeadsetPhase.idle
    /// Between `xrBeginSession` and `xrEndSession`: frames are waited for.
    private(set) var isRunning = false
    /// Whether the end was asked for by Phosphor itself.
    var isLeaving = false
    /// How the runtime calls itself.
    let runtime: String

    init(runtime: String) { self.runtime = runtime }

    /// Takes in a new state of the session.
    mutating func take(_ state: XrSessionState) -> Step {
        switch state {
        case XR_SESSION_STATE_READY: return isRunning ? .none : .begin
        case XR_SESSION_STATE_SYNCHRONIZED: phase = .synchronized
        case XR_SESSION_STATE_VISIBLE: phase = .visible
        case XR_SESSION_STATE_FOCUSED: phase = .focused
        case XR_SESSION_STATE_STOPPING: return isRunning ? .end : .none
        case XR_SESSION_STATE_LOSS_PENDING:
            return .lost(XRFault.words(for: XR_ERROR_SESSION_LOST, of: runtime))
        case XR_SESSION_STATE_EXITING:
            return .lost(
                isLeaving
                    ? "The headset's session was ended, as asked."
                    : "\(runtime) has ended the session: it was asked to, or it is about to stop.",
                mayReturn: false)
        case XR_SESSION_STATE_IDLE: phase = .idle
        // A state of a later version: nothing that is known hangs on it.
        default: break
        }
        return .none
    }

    /// After `xrBeginSession`: frames are wanted from here on, so that the runtime can get in step.
    mutating func began() { (isRunning, phase) = (true, .synchronized) }
    /// After `xrEndSession`.
    mutating func ended() { (isRunning, phase) = (false, .idle) }
}
