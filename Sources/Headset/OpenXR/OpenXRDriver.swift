import COpenXR

/// A headset behind an OpenXR runtime.
///
/// Everything here runs on the main thread with the GL context current. Nothing waits, but for what the runtime does
/// itself in a frame's calls; `XRBeat` has the thread that waits for frames. Runtimes may leave other things bound to
/// GL's targets than they found (Monado binds textures and ends with `glFinish`), so bind anew after each call.
public final class OpenXRDriver: HeadsetDriver {
    /// Device and runtime, for people.
    public let name: String
    /// What the session is good for, as of the last `pump`.
    public private(set) var phase = HeadsetPhase.idle
    /// Frames a second: what the runtime tells, else what its frames' period says, 90 before either is known.
    public private(set) var refreshRate: Double
    /// One eye's picture, in pixels.
    public var recommendedSize: ImageSize { system.recommendedSize }
    /// One eye's picture at most; a swapchain that holds both may be larger.
    public var largestSize: ImageSize { system.largestSize }
    /// The largest swapchain that the runtime makes.
    public var largestSwapchain: ImageSize { system.largestSwapchain }
    /// Readable when there is an event or a beat (eventfd(2)).
    public var descriptor: Int32 { beat.descriptor }
    /// Both hands as of the last frame taken, left first.
    public private(set) var hands = [HandState(), HandState()]
    /// What is known of runtime and device.
    public var report: HeadsetReport {
        var report = HeadsetReport(instance: session.instance, system: system)
        report.bindings = [session.binding]
        (report.refreshRate, report.trackingSpace) = (refreshRate, tracking.words)
        return report
    }
    /// Why the last frame was shown without its layers, for `status`; nil when all is well.
    public private(set) var frameProblem: String?

    let session: XRSession
    private let system: XRSystem
    private let tracking: XRTrackingSpace
    private let beat: XRBeat
    private let layers: XRLayerStore
    private let eyes: XREyes
    /// What depth is handed over in; nil where the runtime takes none.
    private let depthFormat: Int64?
    /// When the frame that is out is seen.
    private var displayTime: XrTime = 0
    /// Made once, since a frame needs one each time.
    private var abandon: () -> Void = {}

    /// Where neither runtime nor frames have told a rate yet.
    private static let usualRate = 90.0

    init(instance: XRInstance, system: XRSystem) throws(HeadsetError) {
        let session = try XRSession(instance, system)
        depthFormat = try session.checkFormats()
        tracking = try XRTrackingSpace(of: session)
        let actions = try XRActions(session: session, tracking: tracking)
        let told = session.refreshRate()
        let rate = told ?? Self.usualRate
        beat = XRBeat(
            session: session, actions: actions, refreshRate: rate, isRateTold: told != nil)
        (self.session, self.system, refreshRate) = (session, system, rate)
        name = "\(system.name) (\(instance.runtime))"
        layers = XRLayerStore(space: tracking.handle, limit: system.layers)
        eyes = XREyes(session: session, space: tracking.handle)
        try beat.start()
        abandon = { [weak self] in self?.endFrame(layerCount: 0) }
    }

    deinit {
        // A thread that hangs in the runtime goes on using the session, so both stay for good; the runtime is lost then.
        if !beat.stop() { _ = Unmanaged.passRetained(beat) }
    }

    /// Takes in what happened since the last call.
    public func pump(now: UInt64) -> [HeadsetEvent] {
        var events = beat.takeEvents()
        if session.instance.lifeline.isCut {
            // The error that calls came back with says that the runtime has gone; it has not.
            events = events.map {
                guard case .lost(_, let mayReturn) = $0 else { return $0 }
                return .lost("\(session.instance.runtime) does not answer", mayReturn: mayReturn)
            }
        }
        for event in events {
            switch event {
            case .phase(let phase): self.phase = phase
            case .refreshRate(let rate): refreshRate = rate
            case .lost: (phase, hands) = (.idle, [HandState(), HandState()])
            case .recentred, .controllers: break
            }
        }
        return events
    }

    /// The frame whose beat has come, begun (`xrBeginFrame`).
    public func takeFrame() -> HeadsetFrame? {
        guard let next = beat.takeBeat() else { return nil }
        var info = XrFrameBeginInfo()
        info.type = XR_TYPE_FRAME_BEGIN_INFO
        let result = guarding { $0.beginFrame(session.handle, &info) }
        guard result.isSuccess else {
            give(result, "xrBeginFrame")
            return nil
        }
        hands = next.hands
        displayTime = next.displayTime
        return HeadsetFrame(
            displayTime: next.displayTime, period: next.period, shouldRender: next.shouldRender,
            abandon: abandon)
    }

    /// Ends a frame (`xrEndFrame`); layers that the runtime would refuse are left out.
    public func end(_ frame: consuming HeadsetFrame, layers: [HeadsetLayer]) {
        let shouldRender = frame.shouldRender
        frame.finish()
        if shouldRender { self.layers.set(layers, of: session) }
        endFrame(layerCount: shouldRender ? self.layers.count : 0)
    }

    private func endFrame(layerCount: Int) {
        var info = XrFrameEndInfo()
        info.type = XR_TYPE_FRAME_END_INFO
        info.displayTime = displayTime
        info.environmentBlendMode = system.blendMode
        info.layerCount = UInt32(layerCount)
        info.layers = layerCount > 0 ? UnsafePointer(layers.pointers) : nil
        var result = guarding { $0.endFrame(session.handle, &info) }
        frameProblem = result.isSuccess ? nil : "xrEndFrame: \(result.name)"
        if !result.isSuccess, !result.isLoss, layerCount > 0 {
            // A frame that was refused for its layers is still open; without an end the session would stand still.
            (info.layerCount, info.layers) = (0, nil)
            result = guarding { $0.endFrame(session.handle, &info) }
        }
        give(result, "xrEndFrame")
    }

    private func guarding<Result>(_ call: (XRFunctions) -> Result) -> Result {
        session.instance.guarding(call)
    }

    /// Lets the next frame come, or has `.lost` come where there will be none.
    private func give(_ result: XrResult, _ call: String) {
        if result.isLoss {
            beat.fail(
                HeadsetError(result, from: call, of: session.instance.runtime).description)
        } else {
            beat.frameEnded()
        }
    }

    /// Both eyes at a moment (`xrLocateViews`); the last that were known where they are not tracked.
    public func views(at time: HeadsetTime) -> HeadViews { eyes.views(at: time) }

    /// Has a controller tick (`xrApplyHapticFeedback`), within a frame's time.
    public func tick(hand: Int, strength: Float, seconds: Double) {
        beat.tick(XRTick(hand: hand, strength: strength, seconds: seconds))
    }

    /// A chain of SRGB8_ALPHA8 textures (`xrCreateSwapchain`), for parts of any size within the runtime's limits.
    public func makeSwapchain(size: ImageSize, mipLevels: Int, isStatic: Bool) throws(HeadsetError)
        -> any HeadsetSwapchain
    {
        try check(size)
        return try OpenXRSwapchain(
            session: session, size: size, mipLevels: mipLevels, isStatic: isStatic)
    }

    /// A chain of depth textures; nil where the runtime has none.
    public func makeDepthSwapchain(size: ImageSize) throws(HeadsetError)
        -> (any HeadsetSwapchain)?
    {
        guard let depthFormat else { return nil }
        try check(size)
        return try OpenXRSwapchain(
            session: session, size: size, mipLevels: 1, isStatic: false, format: depthFormat)
    }

    /// Whether the runtime takes depth, in a format that there is.
    public var takesDepth: Bool { depthFormat != nil }

    private func check(_ size: ImageSize) throws(HeadsetError) {
        let largest = system.largestSwapchain
        guard size.width <= largest.width, size.height <= largest.height else {
            throw HeadsetError(
                "\(name) takes images of \(largest.width)x\(largest.height) at most, not of "
                    + "\(size.width)x\(size.height).")
        }
    }

    /// Ends the beat's thread; false where it hangs in the runtime.
    public func stop() -> Bool { beat.stop() }

    /// Asks the runtime to end the session; `.lost` follows.
    public func requestExit() { beat.requestExit() }
}
