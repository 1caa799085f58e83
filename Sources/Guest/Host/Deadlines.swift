/// How long a guest may take for what, in seconds of its CPU time.
///
/// The wall limit is three times that; it is for guests that sleep, in a driver that waits for ever. One that waits for
/// a processor on a machine that has others to serve is not hung: it gets more.
public struct Deadlines: Sendable, Equatable {
    /// Compiling all stages.
    public var compile = 10.0
    /// Linking.
    public var link = 10.0
    /// The small first draw, and then the whole first frame.
    public var firstDraw = 10.0
    /// Any later frame.
    public var draw = 5.0
    /// glslang's look.
    public var lint = 5.0
    /// From the spawn to a context.
    public var start = 20.0

    /// The deadlines of a software driver.
    public init() {}

    /// For llvmpipe and its like.
    public static let software = Deadlines()

    /// For graphics cards.
    public static let hardware = {
        var deadlines = Deadlines()
        deadlines.draw = 1
        return deadlines
    }()

    /// For the first program of a sketch, while there is nothing good to show; also for renders to files.
    public static let patient = {
        var deadlines = Deadlines()
        (deadlines.compile, deadlines.link, deadlines.firstDraw, deadlines.draw) = (60, 60, 60, 60)
        return deadlines
    }()

    /// The seconds for one phase.
    func seconds(for phase: GuestPhase) -> Double {
        switch phase {
        case .idle, .compiling: compile
        case .linking: link
        case .firstDraw, .partDraw, .wholeDraw: firstDraw
        case .drawing: draw
        case .linting: lint
        }
    }
}

/// Watches one job of a guest: which phase it is in, since when, and until when that may last.
struct Watch: Sendable {
    private(set) var phase: GuestPhase
    private let deadlines: Deadlines
    private var limit: UInt64
    private var startCPU: Int64
    private var startWall: UInt64
    /// By how much the wall limit was put off.
    private var grace: UInt64 = 0
    private let processors: UInt64

    /// A watch for a job that begins now, in its first phase.
    ///
    /// - Parameter cpu: the guest's CPU time so far, in nanoseconds.
    init(
        _ phase: GuestPhase, deadlines: Deadlines, now: UInt64, cpu: Int64, processors: Int,
        limit: Double? = nil
    ) {
        (self.phase, self.deadlines) = (phase, deadlines)
        (startCPU, startWall) = (cpu, now)
        self.processors = UInt64(max(1, processors))
        self.limit = Self.nanoseconds(limit ?? deadlines.seconds(for: phase))
    }

    /// Takes note of the phase that the guest claims to be in.
    ///
    /// Only a later phase restarts the clock, and only one of the same job: a guest that went mad cannot buy time
    /// by going round in circles.
    mutating func observe(_ claimed: GuestPhase?, now: UInt64, cpu: Int64) {
        guard let claimed, claimed > phase, phase >= .compiling, claimed <= .wholeDraw else {
            return
        }
        phase = claimed
        (startCPU, startWall, grace) = (cpu, now, 0)
        limit = Self.nanoseconds(deadlines.seconds(for: claimed))
    }

    /// Whether the time is over.
    ///
    /// - Parameter isRunnable: whether it waits for a processor; asked only when the wall limit is over. Then that is put
    ///   off, twenty times at most.
    mutating func isOver(now: UInt64, cpu: Int64, isRunnable: () -> Bool) -> Bool {
        if cpu >= 0, cpu - startCPU >= Int64(clamping: limit) { return true }
        guard now >= wallEnd else { return false }
        guard grace < 20 &* limit, isRunnable() else { return true }
        grace &+= now - wallEnd &+ limit
        return false
    }

    private var wallEnd: UInt64 { startWall &+ 3 &* limit &+ grace }

    /// The earliest moment at which the time can be over, with all processors at work for the guest.
    func earliestEnd(now: UInt64, cpu: Int64) -> UInt64 {
        let used = UInt64(max(0, cpu - startCPU))
        let left = limit > used ? limit - used : 0
        return min(now + left / processors + 1_000_000, wallEnd)
    }

    private static func nanoseconds(_ seconds: Double) -> UInt64 {
        UInt64(max(0, min(seconds, 86_400)) * 1e9)
    }
}

extension Deadlines {
    /// The same deadlines, all longer or shorter by a factor.
    public func scaled(by factor: Double) -> Deadlines {
        var scaled = self
        scaled.compile *= factor
        scaled.link *= factor
        scaled.firstDraw *= factor
        scaled.draw *= factor
        return scaled
    }
}
