import GLSL

/// A loop that passed the guard's limit, as a guest tells it.
struct Tripped: Equatable, Sendable {
    /// Which pass of the program, from 0.
    var pass: Int
    var stage: Stage
    /// The loop's number in the stage's `GuardReport`, from 1; the host believes it only as far as there is one.
    var loop: Int
}

/// Why a guest did not go on with a trial.
enum Stop: Equatable, Sendable {
    /// Loops passed the guard's limit: the whole frame would be as long, and is not wanted.
    case tripped([Tripped])
    /// A part of the frame says how long the whole would take, in nanoseconds: by the clock, and by that of the
    /// processors, which deadlines count.
    case estimate(wall: UInt64, processor: UInt64)
}

/// What a trial is measured by.
struct TrialLimits: Equatable, Sendable {
    /// What a frame may take, in nanoseconds; 0 for any time.
    var budget: UInt64 = 0
    /// When the watchdog would end the whole frame, in nanoseconds of processor time.
    var deadline: UInt64 = 0
}

/// The most loops told at once: one a stage, of a program of ten passes.
private let mostTripped = 60

extension WireWriter {
    mutating func channel(_ channel: GuardReport.Channel?) {
        switch channel {
        case nil: integer(UInt8(0))
        case .storage(let binding):
            integer(UInt8(1))
            size(binding)
        case .replay: integer(UInt8(2))
        case .silent: integer(UInt8(3))
        }
    }

    mutating func tripped(_ all: [Tripped]) {
        let all = all.prefix(mostTripped)
        integer(UInt8(all.count))
        for item in all {
            integer(UInt8(clamping: item.pass))
            integer(UInt8(item.stage.order))
            size(item.loop)
        }
    }

    mutating func stop(_ stop: Stop) {
        switch stop {
        case .tripped(let all):
            integer(UInt8(0))
            tripped(all)
        case .estimate(let wall, let processor):
            integer(UInt8(1))
            integer(wall)
            integer(processor)
        }
    }

    mutating func limits(_ limits: TrialLimits?) {
        flag(limits != nil)
        guard let limits else { return }
        integer(limits.budget)
        integer(limits.deadline)
    }
}

extension WireReader {
    /// How a stage tells of its loops; nil where nothing counts.
    mutating func channel() throws(WireError) -> GuardReport.Channel? {
        switch try integer(UInt8.self) {
        case 0: nil
        // Any driver has fewer bindings than that.
        case 1: .storage(binding: try size("binding", in: 0...65_535))
        case 2: .replay
        case 3: .silent
        default: throw .value("channel")
        }
    }

    mutating func tripped() throws(WireError) -> [Tripped] {
        let count = Int(try integer(UInt8.self))
        guard count <= mostTripped else { throw .value("number of loops") }
        var all: [Tripped] = []
        for _ in 0..<count {
            let pass = Int(try integer(UInt8.self))
            guard let stage = Stage(order: Int(try integer(UInt8.self))) else {
                throw .value("stage")
            }
            all.append(
                Tripped(pass: pass, stage: stage, loop: try size("loop", in: 0...Int(UInt32.max))))
        }
        return all
    }

    mutating func stop() throws(WireError) -> Stop {
        switch try integer(UInt8.self) {
        case 0: .tripped(try tripped())
        case 1: .estimate(wall: try integer(), processor: try integer())
        default: throw .value("reason to stop")
        }
    }

    mutating func limits() throws(WireError) -> TrialLimits? {
        guard try flag() else { return nil }
        return TrialLimits(budget: try integer(), deadline: try integer())
    }
}
