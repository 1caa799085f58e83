/// What a look for a headset found, for `doctor` and `status`: as much as is known, and what is in the way.
public struct HeadsetReport: Sendable, Equatable {
    /// The runtime's name and version; nil where none answers.
    public var runtime: String?
    /// The device's name, as the runtime has it.
    public var system: String?
    /// How the runtime takes OpenGL pictures: "GLX" (with a window), "EGL" (without one).
    public var bindings: [String] = []
    /// The runtime's recommended size of one eye's picture, in pixels.
    public var recommendedSize: ImageSize?
    /// The largest that it takes.
    public var largestSize: ImageSize?
    /// How many layers a frame may have.
    public var layers = 0
    /// Whether depth could be handed to the compositor (`XR_KHR_composition_layer_depth`), as far as is known before a session.
    public var takesDepth = false
    /// Frames a second; only a session knows, so nil before there is one.
    public var refreshRate: Double?
    /// Where the origin of tracking space is, in words; only a session knows.
    public var trackingSpace: String?
    /// Why there is no headset, in words; nil where there is one.
    public var problem: HeadsetError?

    /// An empty report.
    public init() {}

    /// What is known of a runtime before there is a session.
    init(instance: XRInstance, system: XRSystem? = nil) {
        runtime = instance.runtime
        if instance.extensions.contains(XRExtension.openGL) { bindings.append("GLX") }
        if instance.extensions.contains(XRExtension.egl) { bindings.append("EGL") }
        takesDepth = instance.extensions.contains(XRExtension.depth)
        guard let system else { return }
        self.system = system.name
        (recommendedSize, largestSize) = (system.recommendedSize, system.largestSize)
        layers = system.layers
    }
}
