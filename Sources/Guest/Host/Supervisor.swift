import CSystem
import GLSL
import Glibc

/// Keeps two guests at work for a host that never waits for them: a front that draws what is shown,
/// and a back that tries what is new.
///
/// When the back has something good the two swap roles.
///
/// The host's side of the contract: one thread, the main one, since guests die with the thread that started them;
/// `pump` whenever one of `descriptors` is readable, when `nextDeadline` is reached, and once a frame; `requestFrame`
/// when it wants a new picture; `picture`, upload, `releasePicture`. Nothing here blocks, but `shutdown` for as long as
/// the kernel takes to end two processes.
public final class Supervisor {
    /// A revision that the supervisor was given.
    struct Entry {
        let revision: Int
        let program: AssembledProgram
        var options = TryOptions()
        var timings = Timings()
        var submitted: UInt64 = 0
        /// Whether it may draw: what waits for a permission may not before it has it.
        var isPermitted = true
        /// Whether it was refused as slow, and is only kept for who accepts it.
        var isSlow = false

        /// Whether another would draw the same.
        func isSame(as other: Entry) -> Bool {
            program == other.program && options.resources == other.options.resources
        }
    }

    /// The newest picture, by where it lies; holding the ring keeps its memory mapped after the guest's death.
    struct Frame {
        let ring: HostRing
        let slot: Int
        let revision: Int
        let request: UInt64
        let sequence: UInt64
        let state: DrawState
        let gpuNanoseconds: UInt64?
        /// Whether it lies in a shared picture, and not in the ring's memory.
        let isImage: Bool
    }

    let configuration: GuestConfiguration
    var guests: [GuestProcess?] = [nil, nil]
    /// When a missing guest may be started; nil: not before there is a reason.
    var spawnAt: [UInt64?] = [nil, nil]
    var frontIndex = 0
    /// Killed processes that have not gone yet.
    var zombies: [pid_t] = []
    var events: [GuestEvent] = []
    var isRunning = false
    var failedStarts = 0
    var started: UInt64 = 0

    // What the rings should be.
    var width: Int
    var height: Int
    var generation: UInt32 = 1
    /// Whether memory for a ring of this generation was refused, which is said once.
    var isRingRefused = false
    /// When memory for a ring may be asked for.
    var ringDue: UInt64 = 0

    // Revisions.
    /// What waits for the back; only the newest is kept.
    var pending: Entry?
    /// What the back tries.
    var trying: Entry?
    /// When what the back tries is permitted to draw at the latest; nil where it does not wait.
    var permissionDue: UInt64?
    /// Good, but not shown yet (show cut).
    var prepared: Entry?
    /// When the newest panic began.
    var panicBegan: UInt64 = 0
    /// Whether the last program with a time was refused for it.
    var wasSlow = false
    /// The revision on screen of which was told that its loops pass the limit.
    var toldTripped: Int?
    /// The good revision that is kept ready for a panic; no guest lets go of it.
    var pinned: Entry?
    /// What the picture goes back to after a panic; nil without one, and `.some(nil)` where nothing was shown.
    var beforePanic: Int??
    /// Trials killed one after another because they were overtaken.
    var killsInARow = 0
    /// Revision to show as soon as a guest has it.
    var wanted: Int?
    /// Refused by the driver, and now with glslang.
    var linting: (entry: Entry, errors: [Diagnostic])?
    /// Revisions that were good and shown, the newest last.
    var goods: [Entry] = []
    /// What was submitted last.
    var newest: Int?
    /// Revisions not worth a second attempt at warming.
    var unwarmable: Set<Int> = []
    /// The last minute's losses of a context, by the revision that was at work.
    var resets: [(revision: Int, time: UInt64)] = []
    /// How often a revision's guest was killed from outside.
    var outsideDeaths: [Int: Int] = [:]
    /// Since when the back has nothing to do.
    var quietSince: UInt64 = 0
    /// The whole time of the last good trial, by the wall.
    var lastTrialNanoseconds: UInt64?

    // Frames.
    var wantedFrame: DrawState?
    var lastState = DrawState()
    var request: UInt64 = 0
    /// When the front finished its last frame, and how long that took.
    var frontDone: UInt64 = 0
    var frontPause: UInt64 = 0
    var latest: Frame?
    var heldFrame: Frame?
    /// The same, where it is a shared picture.
    var heldImage: SharedHold?
    var announced: Int?
    var sequence: UInt64 = 0
    var figures = SupervisorStatistics()

    // Pictures that guests and host share.
    var sharing: FrameSharing?
    /// Why they do not.
    var whyNotShared = ""
    /// Whether that is tried before the first picture.
    var sharesAtOnce = false

    // What all programs may use.
    var values: [String: [Double]] = [:]
    var resources: [Resource] = []
    /// What a front is asked about a buffer, and the newest answer.
    var question: BufferQuestion?
    var reading: BufferReading?

    // What programs keep from frame to frame.
    var kept = KeptStates()
    /// A swap, or a front's return, that takes state along.
    var handover: Handover?

    /// The revision that the front shows or, after a death, will show again; nil for none.
    public internal(set) var shownRevision: Int?
    /// What the guests' OpenGL says of itself; nil before the first guest is ready.
    public internal(set) var info: GLInfo?
    /// What a guest may take of memory, in bytes, all that is resident counted.
    public var memoryLimit: Int
    /// Whether a good revision is shown as soon as it is good (show live), or kept ready for `activate` (show cut).
    ///
    /// With nothing shown yet, a good revision is shown in either case.
    public var showsAtOnce = true

    /// A supervisor for pictures of this size; nothing runs before `start`.
    public init(configuration: GuestConfiguration = .init(), width: Int, height: Int) throws {
        guard RingLayout(width: width, height: height, slots: configuration.slots) != nil,
            configuration.slots >= 3
        else {
            throw GuestError(
                "A picture of \(width)x\(height) in \(configuration.slots) slots is not possible: sides go from 1 to "
                    + "\(WireLimits.side) pixels, slots from 3 to \(WireLimits.slots).")
        }
        self.configuration = configuration
        memoryLimit = configuration.memoryLimit
        (self.width, self.height) = (width, height)
    }

    deinit { shutdown() }

    var front: GuestProcess? { guests[frontIndex] }
    var back: GuestProcess? { guests[1 - frontIndex] }

    func role(of index: Int) -> GuestRole { index == frontIndex ? .front : .back }

    /// Starts the guests: one at once, its standby when the first has had its start and its first trial to itself.
    public func start() {
        guard !isRunning else { return }
        isRunning = true
        configuration.prepareCache()
        started = phosphor_now()
        spawnAt = [nil, nil]
        spawnAt[1 - frontIndex] = started
        schedule(started)
    }

    /// Ends all guests and waits until they are gone, half a second at most.
    public func shutdown() {
        guard isRunning else { return }
        isRunning = false
        let now = phosphor_now()
        for guest in guests.compactMap({ $0 }) {
            guest.end(.asked, now: now)
            zombies.append(guest.pid)
        }
        guests = [nil, nil]
        endAllocator()
        for _ in 0..<500 {
            reapZombies()
            if zombies.isEmpty { break }
            _ = poll(nil, 0, 1)
        }
    }

    func reapZombies() {
        zombies.removeAll { pid in
            var status: Int32 = 0
            return phosphor_reap(pid, 0, &status) != 0
        }
    }

    /// Kills a guest as if it had died by itself; for tests and for a panic.
    public func kill(_ role: GuestRole) {
        (role == .front ? front : back)?.end(.asked, now: phosphor_now())
    }

    /// Draws pictures of another size from the next frame on.
    ///
    /// Until then the newest picture keeps the old size.
    ///
    /// Sizes out of bounds are clamped.
    public func resize(width: Int, height: Int) {
        let (width, height) = (
            max(1, min(width, WireLimits.side)), max(1, min(height, WireLimits.side))
        )
        guard (width, height) != (self.width, self.height) else { return }
        (self.width, self.height) = (width, height)
        generation &+= 1
        (isRingRefused, ringDue) = (false, 0)
        sharing?.due = phosphor_now() + FrameSharing.calm
        if isRunning { schedule(phosphor_now()) }
    }

    /// Clears what programs keep from frame to frame.
    ///
    /// Time and frame number are the host's own.
    public func rewind() {
        forgetState()
        for guest in guests.compactMap({ $0 }) where guest.isAlive && guest.info != nil {
            if !guest.send(.rewind) {
                guest.end(.broken("its socket is full"), now: phosphor_now())
            }
        }
    }

    /// The sockets that the host waits on besides its own; they change when guests are replaced.
    public var descriptors: [Int32] {
        guests.compactMap { $0 }.filter(\.isAlive).map(\.channel.descriptor)
            + (sharing?.allocator.map { [$0.channel.descriptor] } ?? [])
    }

    /// Figures up to now.
    public var statistics: SupervisorStatistics {
        var figures = figures
        for (index, guest) in guests.enumerated() {
            if let guest, guest.isAlive { figures.pids[role(of: index)] = guest.pid }
        }
        return figures
    }

    /// What is tried or waits for it, in which phase, and when it was submitted (CLOCK_MONOTONIC,
    /// nanoseconds); nil for nothing.
    public var trial: (revision: Int, phase: GuestPhase, since: UInt64)? {
        guard let entry = trying ?? pending else { return nil }
        let guest = guests.compactMap { $0 }.first { $0.job == .trial(revision: entry.revision) }
        return (entry.revision, guest?.ring?.phase ?? .idle, entry.submitted)
    }

    /// Whether nothing is waiting, tried or being looked at by glslang.
    public var isIdle: Bool { pending == nil && trying == nil && linting == nil && wanted == nil }
}
