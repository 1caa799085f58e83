import CSystem
import Glibc

/// A headset that is not there: its user follows a script, its beats come from a timer or by hand, and what it shows can
/// be looked at.
///
/// For tests, and for whoever works on the program without a headset. It does what a runtime does: it begins idle, its
/// first frame is not to be rendered, it holds at most one frame at a time, poses are those of the time that they are
/// asked for. Whatever can go wrong with a headset can be made to (`happen`). Calls in a wrong order are a trap in debug
/// builds; with `recordsViolations` they are written down instead.
public final class SimulatedHeadset: HeadsetDriver {
    /// Where beats come from.
    public enum Beats: Sendable {
        /// A timer at the refresh rate; time is CLOCK_MONOTONIC.
        case timer
        /// Each call of `beat`; time stands still in between.
        case byHand
    }

    /// What eyes see.
    public enum Sight: Sendable, Equatable {
        /// Much like a Valve Index: wider outwards and downwards.
        case wide
        /// The same in all four directions, in degrees from straight ahead.
        case even(Float)
    }

    /// A tick of a controller.
    public struct Tick: Sendable, Equatable {
        /// 0 left, 1 right.
        public var hand: Int
        /// From 0 to 1.
        public var strength: Float
        /// How long.
        public var seconds: Double
    }

    /// What the user does.
    public var script: HeadsetScript
    /// What the user does, instead of the script's poses and buttons; takes seconds from the start.
    public var moment: ((Double) -> SimulatedMoment)?
    /// Metres between the eyes.
    public let eyeDistance: Float
    /// What eyes see.
    public let sight: Sight
    /// All ticks of controllers so far.
    public internal(set) var ticks: [Tick] = []
    /// Frames ended, with or without layers.
    public internal(set) var frames = 0
    /// Frames that ended with layers.
    public internal(set) var framesShown = 0
    /// Beats that came while the frame before was not through.
    public internal(set) var missed = 0
    /// What the last frame with layers showed, back to front.
    public internal(set) var layers: [HeadsetLayer] = []
    /// When it was to be seen, by this headset's clock.
    public internal(set) var shownTime: HeadsetTime = 0

    /// What to call it in front of people.
    public let name = "Simulated headset"
    /// What the session is good for.
    public internal(set) var phase = HeadsetPhase.idle
    /// Frames a second.
    public internal(set) var refreshRate: Double
    /// The recommended size of one eye's picture.
    public let recommendedSize: ImageSize
    /// The largest picture that it takes.
    public var largestSize: ImageSize { ImageSize(width: 4096, height: 4096) }
    /// The largest texture that it takes.
    public var largestSwapchain: ImageSize { largestSize }
    /// Whether it takes depth; what it was told before that stays as it is.
    public var takesDepth = true
    /// Readable when `pump` has something to do.
    public let descriptor: Int32
    /// Both hands as of the last beat, left first.
    public internal(set) var hands = [HandState(), HandState()]

    let order = CallOrder()
    let beats: Beats
    var composer: EyeComposer?
    var composed: [ComposedLayer] = []
    var events: [HeadsetEvent] = []
    /// Nanoseconds of the last beat, and of the first moment.
    var time: HeadsetTime
    let start: HeadsetTime
    var isBeat = false
    var isFrameOut = false
    var isLost = false
    var isStarted = false
    var state = Faults()
    /// Where tracking space is in the script's.
    var space = Pose.identity
    var lastViews: [EyeView] = []
    var lastAwake: [Bool] = [false, false]

    /// What is wrong at present.
    struct Faults {
        var hasFocus = true
        var isVisible = true
        var isTracked = true
        var hasImages = true
        var hangs = false
    }

    /// A headset; needs the GL context current that is drawn with.
    ///
    /// - Parameters:
    ///   - size: the recommended size of an eye's picture.
    ///   - eyeDistance: metres between the eyes.
    public init(
        refreshRate: Double = 90, size: ImageSize = ImageSize(width: 1344, height: 1512),
        sight: Sight = .wide, eyeDistance: Float = 0.063, beats: Beats = .byHand,
        script: HeadsetScript = .still
    ) throws(HeadsetError) {
        descriptor = phosphor_timer_descriptor()
        guard descriptor >= 0 else {
            throw HeadsetError(
                "No timer for the simulated headset: \(String(cString: strerror(errno))).")
        }
        (self.refreshRate, recommendedSize) = (max(refreshRate, 1), size)
        (self.sight, self.eyeDistance, self.beats, self.script) =
            (sight, eyeDistance, beats, script)
        time = beats == .timer ? HeadsetTime(phosphor_now()) : 1_000_000_000
        start = time
        lastViews = eyes(of: moment(at: time).head)
        startTimer()
    }

    deinit { close(descriptor) }

    /// What was called in a wrong order so far; empty for a good host.
    public var violations: [String] { order.violations }
    /// Whether a wrong order is only written down, and not a trap.
    public var recordsViolations: Bool {
        get { !order.traps }
        set { order.traps = !newValue }
    }

    /// Nanoseconds from one frame to the next.
    var period: HeadsetTime { HeadsetTime(1e9 / refreshRate) }

    /// Seconds since the start, of a time of this headset's.
    public func seconds(at time: HeadsetTime) -> Double { Double(time - start) / 1e9 }

    /// What the user does at a time.
    func moment(at time: HeadsetTime) -> SimulatedMoment {
        let seconds = seconds(at: time)
        return moment?(seconds) ?? script.moment(at: seconds)
    }

    /// A controller ticks; see `ticks`.
    public func tick(hand: Int, strength: Float, seconds: Double) {
        order.requireThread()
        ticks.append(Tick(hand: hand, strength: strength, seconds: seconds))
    }

    /// Swapchains of at most `largestSize`, with as many mipmaps as that size has.
    public func makeSwapchain(size: ImageSize, mipLevels: Int, isStatic: Bool) throws(HeadsetError)
        -> any HeadsetSwapchain
    {
        try makeSwapchain(size: size, mipLevels: mipLevels, isStatic: isStatic, isDepth: false)
    }

    /// Swapchains for depth; none where `takesDepth` says so.
    public func makeDepthSwapchain(size: ImageSize) throws(HeadsetError)
        -> (any HeadsetSwapchain)?
    {
        guard takesDepth else { return nil }
        return try makeSwapchain(size: size, mipLevels: 1, isStatic: false, isDepth: true)
    }

    private func makeSwapchain(size: ImageSize, mipLevels: Int, isStatic: Bool, isDepth: Bool)
        throws(HeadsetError) -> SimulatedSwapchain
    {
        order.requireThread()
        order.require(!isLost, "a swapchain is made of a headset that is lost")
        guard size.width > 0, size.height > 0, size.width <= largestSize.width,
            size.height <= largestSize.height
        else {
            throw HeadsetError(
                "The simulated headset takes no images of \(size.width)x\(size.height); "
                    + "at most \(largestSize.width)x\(largestSize.height).")
        }
        let most = Int.bitWidth - max(size.width, size.height).leadingZeroBitCount
        guard (1...most).contains(mipLevels) else {
            throw HeadsetError("An image of \(size.width)x\(size.height) has 1 to \(most) mipmaps.")
        }
        return SimulatedSwapchain(
            size: size, mipLevels: mipLevels, isStatic: isStatic, isDepth: isDepth, order: order
        ) { [weak self] in self?.state.hasImages ?? false }
    }
}
