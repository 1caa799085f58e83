import COpenXR
import CSystem
import Glibc
import Synchronization

/// The thread that waits for frames, so that the main thread never does.
///
/// It alone calls `xrWaitFrame`, and all that needs no GL: it reads events, begins and ends the session, reads the
/// controllers and has them tick. The main thread has what needs GL: beginning and ending frames, and swapchains. A
/// runtime that hangs so holds up this thread first; the main thread only where it hangs in the middle of a frame, and
/// no longer than `XRLifeline` lets it.
///
/// Events are polled at each beat, and every 100 ms where there are no beats: OpenXR has no descriptor to wait for.
/// What the thread finds goes into a mailbox; `descriptor` is readable while there is something in it.
final class XRBeat: @unchecked Sendable {
    /// A frame that has come, and both hands as they were then.
    struct Beat {
        let displayTime: XrTime
        let period: XrDuration
        let shouldRender: Bool
        let hands: [HandState]
    }

    /// What the two threads tell each other.
    private struct Mail {
        // To the main thread.
        var events: [HeadsetEvent] = []
        var beat: Beat?
        // To the beat's thread.
        /// A frame was handed out and not ended yet: neither is the next one waited for, nor the session ended.
        var isFrameOut = false
        var ticks: [XRTick] = []
        var wantsExit = false
        var wantsStop = false
        /// What the main thread found broken, in words.
        var fault: String?
        /// Nothing comes after it.
        var isLost = false
    }

    /// What the thread does next, as of one look into the mailbox.
    struct Orders {
        var isFrameOut: Bool
        var ticks: [XRTick]
        var wantsExit: Bool
        var wantsStop: Bool
        var fault: String?
    }

    /// Readable while there is something for the main thread.
    let descriptor = phosphor_event_descriptor()
    /// Wakes the thread.
    private let wake = phosphor_event_descriptor()
    /// Readable once the thread has ended.
    fileprivate let ended = phosphor_event_descriptor()
    private let mail = Mutex(Mail())
    /// Nil until it was started.
    private var thread: pthread_t?
    /// Whether it could not be ended.
    private var hangs = false

    // The rest is the thread's own once it runs.
    let session: XRSession
    let actions: XRActions
    var progress: XRProgress
    /// Frames since the session began.
    var frames = 0
    var refreshRate: Double
    /// Whether the runtime tells of its rate; where not, it is taken from the frames' period.
    let isRateTold: Bool
    /// The moment from which poses count anew, and hold until then as they were.
    var recentreTime: XrTime?
    var mustBegin = false
    var mustEnd = false

    /// How often events are looked for where no frame comes.
    private static let idleWait: Int64 = 100_000_000
    /// How long the end of the driver waits for the thread; a runtime's `xrWaitFrame` takes a frame or two.
    private static let endWait: Int64 = 2_000_000_000

    init(session: XRSession, actions: XRActions, refreshRate: Double, isRateTold: Bool) {
        (self.session, self.actions) = (session, actions)
        (self.refreshRate, self.isRateTold) = (refreshRate, isRateTold)
        progress = XRProgress(runtime: session.instance.runtime)
    }

    deinit {
        close(descriptor)
        close(wake)
        close(ended)
    }

    /// Starts the thread, which holds this object until it ends.
    func start() throws(HeadsetError) {
        let held = Unmanaged.passRetained(self)
        var thread: UInt = 0
        let error = phosphor_xr_start_thread("headset beat", runBeat, held.toOpaque(), &thread)
        guard error == 0 else {
            held.release()
            throw HeadsetError(
                "No thread could be started for the headset (error \(error)): the system has reached a limit."
            )
        }
        self.thread = thread
    }

    /// Ends the thread; false where a runtime that hangs keeps it, and what it uses must stay.
    func stop() -> Bool {
        guard let thread else { return !hangs }
        self.thread = nil
        mail.withLock { $0.wantsStop = true }
        Self.signal(wake)
        var entry = pollfd(fd: ended, events: Int16(POLLIN), revents: 0)
        // What comes back by itself does so within a few frames; what does not is brought back.
        if phosphor_poll(&entry, 1, Self.endWait / 8) <= 0 { session.instance.lifeline.cut() }
        guard phosphor_poll(&entry, 1, Self.endWait) > 0 else {
            pthread_detach(thread)
            hangs = true
            return false
        }
        pthread_join(thread, nil)
        return true
    }

    // MARK: For the main thread

    /// What has come since the last call.
    func takeEvents() -> [HeadsetEvent] {
        var count: UInt64 = 0
        guard read(descriptor, &count, 8) == 8 else { return [] }
        return mail.withLock { mail in
            defer { mail.events = [] }
            return mail.events
        }
    }

    /// The frame that has come and was not taken yet; whoever takes it owes `frameEnded`.
    func takeBeat() -> Beat? {
        mail.withLock { mail in
            defer { mail.beat = nil }
            return mail.beat
        }
    }

    /// The frame that was taken is ended, or will never begin.
    func frameEnded() {
        mail.withLock { $0.isFrameOut = false }
        Self.signal(wake)
    }

    func requestExit() {
        mail.withLock { $0.wantsExit = true }
        Self.signal(wake)
    }

    /// Has a controller tick, on the thread: the call goes to the runtime's service, which may hang.
    func tick(_ tick: XRTick) {
        mail.withLock { $0.ticks.append(tick) }
        Self.signal(wake)
    }

    /// What a frame's calls on the main thread have found broken: the thread ends, and `.lost` follows.
    func fail(_ words: String) {
        mail.withLock { $0.fault = words }
        Self.signal(wake)
    }

    // MARK: For the thread

    func takeOrders() -> Orders {
        mail.withLock { mail in
            defer { (mail.ticks, mail.wantsExit) = ([], false) }
            return Orders(
                isFrameOut: mail.isFrameOut, ticks: mail.ticks, wantsExit: mail.wantsExit,
                wantsStop: mail.wantsStop, fault: mail.fault)
        }
    }

    func post(_ event: HeadsetEvent) {
        let isNews = mail.withLock { mail in
            // The main thread drops everything at the first of it.
            if mail.isLost { return false }
            if case .lost = event { (mail.isLost, mail.beat) = (true, nil) }
            mail.events.append(event)
            return true
        }
        if isNews { Self.signal(descriptor) }
    }

    func post(_ beat: Beat) {
        mail.withLock { mail in (mail.beat, mail.isFrameOut) = (beat, true) }
        Self.signal(descriptor)
    }

    /// Sleeps until somebody has an order, a tenth of a second at most.
    func sleep() {
        var entry = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
        _ = phosphor_poll(&entry, 1, Self.idleWait)
        var count: UInt64 = 0
        _ = read(wake, &count, 8)
    }

    fileprivate static func signal(_ descriptor: Int32) {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }
}

/// The thread's first call; it holds the beat as long as it lasts.
private func runBeat(_ argument: UnsafeMutableRawPointer?) {
    guard let argument else { return }
    let beat = Unmanaged<XRBeat>.fromOpaque(argument).takeRetainedValue()
    beat.run()
    XRBeat.signal(beat.ended)
}
