import COpenXR
import Glibc
import Synchronization

@testable import Headset

/// A runtime in a few lines behind `xrGetInstanceProcAddr`, which fails where a test wants it to.
///
/// C calls it, so its state is one for all; tests that use it run one after the other. It holds calls to the order
/// that OpenXR prescribes: what a real runtime refuses, it notes in `mistakes`.
struct FakeRuntime {
    // What a test sets before it connects.
    var extensions = [XRExtension.openGL, XRExtension.egl]
    var formats: [Int64] = [0x881A, 0x8C43]
    var oldestGL = phosphor_xr_version(3, 3, 0)
    var spaces = [XR_REFERENCE_SPACE_TYPE_STAGE, XR_REFERENCE_SPACE_TYPE_LOCAL]
    /// What it recommends for an eye.
    var recommended: (width: UInt32, height: UInt32) = (640, 720)
    var largestTexture: UInt32 = 4096
    /// What a function answers instead of doing anything.
    var failures: [String: XrResult] = [:]
    /// Functions that the runtime does not have at all.
    var missing: Set<String> = ["xrGetDisplayRefreshRateFB"]
    /// Whether eyes and hands are tracked.
    var isTracked = true
    var select: Float = 0
    var profile = "/interaction_profiles/valve/index_controller"

    // What came of it.
    var calls: [String] = []
    var mistakes: [String] = []
    var alive: [String: Int] = [:]
    var ended: [(time: XrTime, layers: [XrStructureType])] = []
    var spaceOffsets: [Float] = []
    var ticks: [Float] = []
    var bindings: [String: [String]] = [:]
    var flags: [XrCompositionLayerFlags] = []
    /// Near and far planes of the last frame's worlds, for each eye that has depth.
    var depths: [ClosedRange<Float>] = []

    // Its own.
    var events: [FakeEvent] = []
    var isRunning = false
    var isLeaving = false
    var isWaited = false
    var isBegun = false
    var frames = 0
    var paths = ["", "/"]
    var isImageOut = false
    var isImageReady = false

    /// The state of the only one.
    static let shared = Mutex(FakeRuntime())

    static func change<Result>(_ body: (inout sending FakeRuntime) -> sending Result) -> Result {
        shared.withLock(body)
    }

    /// Notes a call, and tells what it shall fail with.
    mutating func called(_ name: String) -> XrResult? {
        calls.append(name)
        return failures[name]
    }

    /// Notes a call, and does what `body` says unless it shall fail.
    static func answer(
        _ name: String, _ body: (inout sending FakeRuntime) -> XrResult
    ) -> XrResult {
        change { $0.called(name) ?? body(&$0) }
    }

    mutating func expect(_ condition: Bool, _ words: String) -> XrResult {
        if !condition { mistakes.append(words) }
        return condition ? XR_SUCCESS : XR_ERROR_CALL_ORDER_INVALID
    }

    mutating func made(_ kind: String) -> OpaquePointer? {
        alive[kind, default: 0] += 1
        return OpaquePointer(
            bitPattern: 0x1000 + kind.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 0xFFFF)
    }
}

/// What a runtime tells.
enum FakeEvent {
    case state(XrSessionState)
    case recentre(XrReferenceSpaceType, at: XrTime)
    case rate(Float)
    case profile
    case instanceLoss
}

extension FakeRuntime {
    /// The loader's door, through which all addresses of functions come.
    static let lookup: XRLookup = { _, name, result in
        guard let name, let result else { return XR_ERROR_VALIDATION_FAILURE }
        let wanted = String(cString: name)
        guard !FakeRuntime.change({ $0.missing.contains(wanted) }), let found = functions[wanted]
        else {
            result.pointee = nil
            return XR_ERROR_FUNCTION_UNSUPPORTED
        }
        result.pointee = found
        return XR_SUCCESS
    }

    private static let functions: [String: PFN_xrVoidFunction] = {
        var table: [String: PFN_xrVoidFunction] = [:]
        addInstance(to: &table)
        addSession(to: &table)
        addFrames(to: &table)
        addActions(to: &table)
        return table
    }()

    static func address<Function>(_ function: Function) -> PFN_xrVoidFunction {
        unsafeBitCast(function, to: PFN_xrVoidFunction.self)
    }

    /// Ends a test's use: forgets everything.
    static func reset() { change { $0 = FakeRuntime() } }
}

/// Writes a structure where a runtime is handed memory of the kind `header` for it.
func fill<Structure>(_ memory: UnsafeMutableRawPointer?, _ value: Structure) {
    memory?.assumingMemoryBound(to: Structure.self).pointee = value
}

/// Gives a list as OpenXR's functions do: how many there are, and as many of them as there is room for.
func give<Element>(
    _ elements: [Element], _ capacity: UInt32, _ count: UnsafeMutablePointer<UInt32>?,
    _ list: UnsafeMutablePointer<Element>?
) -> XrResult {
    count?.pointee = UInt32(elements.count)
    for (index, element) in elements.prefix(Int(capacity)).enumerated() { list?[index] = element }
    return XR_SUCCESS
}

func writeText<Characters>(_ text: String, to characters: inout Characters) {
    withUnsafeMutableBytes(of: &characters) { bytes in
        for (index, byte) in text.utf8.enumerated() { bytes[index] = byte }
    }
}
