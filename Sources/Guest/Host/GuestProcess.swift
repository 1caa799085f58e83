import CSystem
import GLSL
import Glibc
import Render

/// One guest as the host sees it: a process, a socket, a ring, and the one job that it does at a time.
final class GuestProcess {
    /// What a guest was asked to do last and has not answered yet.
    enum Job: Equatable {
        /// Make a context.
        case start
        /// Try a new revision.
        case trial(revision: Int)
        /// Load a good revision so that it can be shown.
        case load(revision: Int)
        /// Load the last good one for the case that the front dies.
        case warm(revision: Int)
        /// Draw a frame.
        case draw(revision: Int, request: UInt64)
        /// Ask glslang.
        case lint(revision: Int)
        /// Copy what the shown revision keeps from frame to frame.
        case snapshot(revision: Int)
        /// Take such a copy over, or begin with zeros.
        case restore(revision: Int)
        /// Take over a picture that is shared, or show that it works.
        case share(generation: UInt32)

        var isTrial: Bool {
            if case .trial = self { true } else { false }
        }

        var revision: Int? {
            switch self {
            case .start, .share: nil
            case .trial(let revision), .load(let revision), .warm(let revision),
                .lint(let revision), .snapshot(let revision), .restore(let revision):
                revision
            case .draw(let revision, _): revision
            }
        }
    }

    /// Why a guest ends.
    enum Cause: Equatable {
        /// It was found gone.
        case lost
        /// It missed the deadline of a phase.
        case deadline(GuestPhase)
        /// It did not get a context in time.
        case neverReady
        /// A newer revision is more urgent than what it does.
        case overtaken
        /// The host wants it gone.
        case asked
        /// It broke the contract of socket or ring; the text says how.
        case broken(String)
        /// The driver lost its context.
        case contextLost
        /// It took more memory than the limit.
        case memory(megabytes: Int)
        /// Somebody stopped it (SIGSTOP).
        case stopped
    }

    let pid: pid_t
    let channel: Channel
    let spawned: UInt64
    private(set) var ring: HostRing?
    private(set) var info: GLInfo?
    private(set) var job: Job?
    private(set) var jobStarted: UInt64 = 0
    /// Whether what it was asked for last goes into shared pictures, which may begin while it is at work.
    private(set) var drawsIntoImages = false
    private var watch: Watch?
    /// When it was told that what it does is in the way; nil where it was not.
    private(set) var hurriedAt: UInt64?
    /// What the picture is for that it was asked for last.
    var sent = DrawState()
    /// Revisions whose programs are loaded, the one used longest ago first.
    var loaded: [Int] = []
    /// When its memory is looked at next, and since when it was found stopped.
    var nextLook: UInt64 = 0
    var stoppedSince: UInt64?
    /// What it counted when it was last asked to.
    var census: ObjectCensus?
    /// Whether a drill has made it lose its context.
    var isDrilled = false
    /// Why and since when it is ending; nil while it lives.
    private(set) var ending: (cause: Cause, since: UInt64)?

    /// Spawns a guest (posix_spawn(3)); call it on the main thread only, with which the guest dies.
    init(_ configuration: GuestConfiguration, now: UInt64) throws(GuestError) {
        (pid, channel) = try configuration.spawn(configuration.arguments)
        spawned = now
        job = .start
        jobStarted = now
        nextLook = now + Self.lookPause
        let seconds = (configuration.deadlines ?? .software).start
        // Counted as compiling, which is what a driver does at its start.
        watch = Watch(
            .idle, deadlines: .software, now: now, cpu: 0,
            processors: GuestConfiguration.processors,
            limit: seconds)
    }

    /// Whether it can take a job.
    var isIdle: Bool { ending == nil && info != nil && job == nil }
    /// Whether it can take a program; not before it has a ring, whose memory may have been refused.
    var canLoad: Bool { isIdle && ring?.freeSlot() != nil }
    /// Whether it is alive, as far as we know.
    var isAlive: Bool { ending == nil }

    /// Notes that the guest has a context.
    func becomeReady(_ info: GLInfo) {
        self.info = info
        finishJob()
    }

    /// Gives it a ring; only when idle, so that every answer belongs to the ring it was asked for.
    func configure(_ ring: HostRing) -> Bool {
        self.ring = ring
        return send(
            .configure(
                generation: ring.generation, width: ring.layout.width, height: ring.layout.height,
                slots: ring.layout.slots),
            descriptor: ring.descriptor)
    }

    /// Starts a job with the message that asks for it, and the watch over it.
    func begin(
        _ job: Job, _ message: HostMessage, descriptor: Int32 = -1, phase: GuestPhase,
        deadlines: Deadlines,
        now: UInt64
    ) -> Bool {
        self.job = job
        jobStarted = now
        hurriedAt = nil
        drawsIntoImages = ring?.shared != nil
        if nextLook <= now { nextLook = now + Self.lookPause }
        watch = Watch(
            phase, deadlines: deadlines, now: now, cpu: phosphor_cpu_nanoseconds(pid),
            processors: GuestConfiguration.processors)
        return send(message, descriptor: descriptor)
    }

    /// Tells it, once a job, that what it does for later is in the way now; false where the socket is full.
    func hurry(now: UInt64) -> Bool {
        guard hurriedAt == nil else { return true }
        hurriedAt = now
        return send(.hurry)
    }

    /// Notes that the job was answered.
    func finishJob() {
        job = nil
        watch = nil
        ring?.busy = nil
    }

    /// Sends a message; false where the socket is full or the guest is gone, which the contract treats alike.
    func send(_ message: HostMessage, descriptor: Int32 = -1) -> Bool {
        channel.send(message.encoded(), descriptor: descriptor)
    }

    /// The phase whose deadline is over; nil while all is well.
    func overduePhase(now: UInt64) -> GuestPhase? {
        guard var watch, ending == nil else { return nil }
        let cpu = phosphor_cpu_nanoseconds(pid)
        watch.observe(ring?.phase, now: now, cpu: cpu)
        let isOver = watch.isOver(now: now, cpu: cpu) { phosphor_is_runnable(pid) == 1 }
        self.watch = watch
        return isOver ? watch.phase : nil
    }

    /// What it was doing, in words.
    var phaseWords: String { watch?.phase.words ?? GuestPhase.idle.words }

    /// When its deadline may be over at the earliest.
    func nextDeadline(now: UInt64) -> UInt64? {
        guard ending == nil else { return now + 1_000_000 }
        let end = watch?.earliestEnd(now: now, cpu: phosphor_cpu_nanoseconds(pid))
        return end.map { min($0, nextLook) }
    }

    /// Kills it.
    ///
    /// Its end is complete when it has been reaped.
    func end(_ cause: Cause, now: UInt64) {
        guard ending == nil else { return }
        if job != nil, let phase = ring?.phase { watch?.observe(phase, now: now, cpu: 0) }
        ending = (cause, now)
        kill(pid, SIGKILL)
    }

    /// Its exit status once it is gone: the code, or 128 plus the signal; nil while it is not.
    func reap(block: Bool = false) -> Int32? {
        var status: Int32 = 0
        switch phosphor_reap(pid, block ? 1 : 0, &status) {
        case 1: return status
        case 0: return nil
        default: return 0
        }
    }
}
