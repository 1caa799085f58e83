/// A headset that is there: the real one through OpenXR, or a simulated one.
///
/// Lifecycle: made on the main thread with the GL context current that the host draws with; from then on all calls come
/// from that thread with that context current. Nothing here waits: the beat comes through `descriptor`, from a thread
/// that waits for it. Each beat gives one frame, which is taken, and ended with its layers. Once `pump` gives `.lost`,
/// nothing else is called any more but `stop`: let go of all swapchains, then of the driver, and look for a new one.
public protocol HeadsetDriver: AnyObject {
    /// What to call it in front of people: runtime and device.
    var name: String { get }
    /// What the runtime says the session is good for at the moment.
    var phase: HeadsetPhase { get }
    /// Frames a second.
    var refreshRate: Double { get }
    /// The runtime's recommended size of one eye's picture.
    var recommendedSize: ImageSize { get }
    /// The largest picture of one eye that it takes.
    var largestSize: ImageSize { get }
    /// The largest texture that it takes, which may hold both eyes side by side.
    var largestSwapchain: ImageSize { get }
    /// Readable when `pump` has something to do: an event, or a frame's beat.
    var descriptor: Int32 { get }

    /// Takes in what happened; call it when `descriptor` is readable.
    func pump(now: UInt64) -> [HeadsetEvent]
    /// The frame whose beat has come, begun (`xrBeginFrame`); nil where none has, or the session does not run.
    ///
    /// There is one at a time: the next beat is waited for only after `end`.
    func takeFrame() -> HeadsetFrame?
    /// Hands a frame's layers to the compositor (`xrEndFrame`), back to front; none where it should not render.
    ///
    /// A frame that is dropped without this is ended without layers by itself, so that the order of calls holds.
    func end(_ frame: consuming HeadsetFrame, layers: [HeadsetLayer])
    /// The eyes at a moment, in tracking space, as well as is known.
    func views(at time: HeadsetTime) -> HeadViews
    /// Both hands as of the last beat, left first; not active where a controller sleeps.
    var hands: [HandState] { get }
    /// Has a controller tick: strength 0 to 1, for some seconds.
    func tick(hand: Int, strength: Float, seconds: Double)

    /// A chain of textures for layers: SRGB8_ALPHA8, so that bytes written as they are are sRGB, and a framebuffer needs
    /// `GL_FRAMEBUFFER_SRGB`. `isStatic` allows one single image.
    func makeSwapchain(size: ImageSize, mipLevels: Int, isStatic: Bool) throws(HeadsetError)
        -> any HeadsetSwapchain
    /// A chain of depth textures for `DepthImage`, to be uploaded to; nil where the headset takes no depth.
    func makeDepthSwapchain(size: ImageSize) throws(HeadsetError) -> (any HeadsetSwapchain)?
    /// Whether there are any (`XR_KHR_composition_layer_depth`, and a format of depth that GL can fill).
    var takesDepth: Bool { get }
    /// Asks the runtime to end the session (`xrRequestExitSession`); `.lost` follows once it has.
    func requestExit()
    /// Ends what waits for beats, within seconds; call it once, before anything of the headset is let go of.
    ///
    /// False where the runtime does not answer: then no call to it comes back, so driver and swapchains must be kept for
    /// good, and no other headset can be had in this process.
    func stop() -> Bool
}

extension HeadsetDriver {
    /// An eye's full size: what is recommended, as far as one eye may have it and both fit side by side into a texture.
    public var eyeSize: ImageSize {
        ImageSize(
            width: max(
                16, min(recommendedSize.width, largestSize.width, largestSwapchain.width / 2)),
            height: max(
                16, min(recommendedSize.height, largestSize.height, largestSwapchain.height)))
    }
}

/// Textures that host and compositor take turns with.
public protocol HeadsetSwapchain: AnyObject {
    /// The size of each of its images.
    var size: ImageSize { get }
    /// The next image to draw into; nil where the compositor has none free in time, and the layer stays as it was.
    ///
    /// It comes back by itself when it goes, at the latest before the frame is ended.
    func acquire() throws(HeadsetError) -> HeadsetImage?
    /// Gives back the image last acquired; called by `HeadsetImage` alone.
    func releaseImage()
}

/// An image that the host may draw into, until it goes (`xrReleaseSwapchainImage`).
public struct HeadsetImage: ~Copyable {
    /// A GL texture, `GL_TEXTURE_2D`.
    public let texture: UInt32
    private let chain: any HeadsetSwapchain

    /// For drivers.
    public init(texture: UInt32, of chain: any HeadsetSwapchain) {
        (self.texture, self.chain) = (texture, chain)
    }

    deinit { chain.releaseImage() }
}

/// A frame that was begun and must be ended: it cannot be copied, and where it is dropped it ends itself.
public struct HeadsetFrame: ~Copyable {
    /// When its picture is seen.
    public let displayTime: HeadsetTime
    /// From one frame to the next.
    public let period: HeadsetTime
    /// Whether anybody sees it; where not, it is ended without layers.
    public let shouldRender: Bool
    private let abandon: () -> Void
    private var isEnded = false

    /// For drivers; `abandon` ends the frame without layers.
    public init(
        displayTime: HeadsetTime, period: HeadsetTime, shouldRender: Bool,
        abandon: @escaping () -> Void
    ) {
        (self.displayTime, self.period, self.shouldRender) = (displayTime, period, shouldRender)
        self.abandon = abandon
    }

    /// For drivers, in `end`: from here on it needs no ending.
    public consuming func finish() { isEnded = true }

    deinit { if !isEnded { abandon() } }
}
