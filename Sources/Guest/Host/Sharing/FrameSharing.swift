import Render

/// What it takes to have guests draw into pictures that the host draws from, for as long as the host's context lives.
///
/// The steps for each ring: the allocator gives memory for each slot; the host imports it, before any guest could have
/// changed it; a guest imports it, too, and draws a pattern; the host looks for it; once more with another one, drawn in
/// another way; then the guest is told to draw frames there. A ring carries frames in its memory until then, and does so
/// for good where any step fails.
final class FrameSharing {
    /// What the host draws with.
    let device: DeviceIdentity
    var allocator: ImageAllocator?
    /// What is asked of the allocator: for which ring and slot, by number.
    var asked: [UInt32: (share: RingShare, slot: Int)] = [:]
    var number: UInt32 = 0
    /// Numbers that the allocator may still answer, though nobody waits for them any more.
    var unwanted: Set<UInt32> = []
    /// A guest's ring each that is on its way, or there.
    var shares: [RingShare?] = [nil, nil]
    /// Whether an allocator has ended already in a way that could not be told yet.
    var hadUnknownEnd = false
    /// Guests that died at a step.
    var deaths = 0
    /// How it is seen whether a pattern is there: tests have a GPU that takes its time, which llvmpipe does not.
    var seen: (PatternLook) -> Bool? = { $0.result() }
    /// When rings may be shared: a size that changes with every frame is not worth it.
    var due: UInt64 = 0

    init(device: DeviceIdentity) { self.device = device }

    /// How long the allocator may take, in nanoseconds: nobody waits for it, and on a busy machine it starves.
    static let allocatorLimit: UInt64 = 60_000_000_000
    /// How long the host's GPU may take to show a pattern, in nanoseconds.
    static let lookLimit: UInt64 = 3_000_000_000
    /// How long a size must have lasted.
    static let calm: UInt64 = 150_000_000
}

/// A ring on its way to shared pictures.
final class RingShare {
    enum Step {
        /// The allocator has not given all memory yet.
        case ordered
        /// The guest is to take the next step when it is idle.
        case ready
        /// The guest is at it.
        case offered(PicturePattern)
        /// The GPU copies what the host looks at.
        case looking(PatternLook)
        /// Frames go there.
        case inUse
    }

    let ring: HostRing
    var step = Step.ordered
    /// When the step began.
    var since: UInt64
    /// The guests' frames when the last step was done.
    var frames = -1
    /// The slots' memory, until the guest has it.
    var memory: [Int: (file: OwnedFile, memory: SharedMemory)] = [:]
    /// The same as pictures of the host.
    var images: [SharedImage] = []
    /// Which pattern in which slot is next.
    var (round, slot) = (0, 0)

    init(_ ring: HostRing, _ now: UInt64) { (self.ring, since) = (ring, now) }

    /// The pattern for the present round and slot; not one that stood there by chance.
    var pattern: PicturePattern {
        PicturePattern(
            number: UInt32.random(in: .min ... .max), method: PicturePattern.Method.allCases[round])
    }

    /// Goes on to the next slot or round; false after the last.
    func advance() -> Bool {
        slot += 1
        if slot == ring.layout.slots { (round, slot) = (round + 1, 0) }
        return round < PicturePattern.Method.allCases.count
    }
}
