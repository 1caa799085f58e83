import GLSL

/// What a guest has to say.
///
/// One message is one packet.
enum GuestMessage: Equatable, Sendable {
    /// The context stands and the guest waits for work.
    case ready(GLInfo)
    /// The driver's word on a program: whether it compiled and linked, and all its logs as they came.
    case compiled(revision: Int, isGood: Bool, logs: [StageLog])
    /// The whole trial frame lies in the slot.
    case tried(revision: Int, slot: Int, timings: Timings)
    /// A frame lies in the slot.
    ///
    /// The time is that of the newest frame that the driver has measured. Loops that passed the limit are named, too.
    case drawn(
        request: UInt64, slot: Int, revision: Int, gpuNanoseconds: UInt64?, tripped: [Tripped] = [])
    /// The trial ended before its whole frame was in the slot; the program stays loaded where only its time is at fault.
    case stopped(revision: Int, timings: Timings, Stop)
    /// What glslang says of the program tried last.
    case lint(revision: Int, logs: [StageLog])
    /// The guest has stopped to make a revision ready, since somebody hurries; it is not loaded.
    case yielded(revision: Int)
    /// The guest cannot do what was asked for, and says why.
    case failed(revision: Int, reason: String)
    /// The driver lost the context; the guest ends.
    case contextLost
    /// What a revision keeps from frame to frame, in bytes, and what of it had to begin anew, by name.
    case state(revision: Int, bytes: Int, remade: [String])
    /// A copy of that comes with the packet; where there is none, the reason.
    case snapshot(revision: Int, reason: String)
    /// The pattern asked for stands in the shared picture; where it does not, the reason.
    case shared(generation: UInt32, reason: String)
    /// What became of the attempts to break out.
    case sandboxTried([SandboxTrial])
    /// How many objects the context holds, in the order of `ObjectCensus.sorts`.
    case census([UInt32])
    /// What a buffer holds.
    case buffer(BufferReading)
}

/// A compiler's log of one stage, or, without a stage, a linker's.
struct StageLog: Equatable, Sendable {
    /// Which pass of the program, from 0.
    var pass: Int
    /// Which stage; nil for the link.
    var stage: Stage?
    /// The log as it came.
    var text: String
}

/// How long the steps of a trial took.
public struct Timings: Sendable, Equatable {
    /// Compiling all stages, in nanoseconds.
    public var compileNanoseconds: UInt64 = 0
    /// Linking, in nanoseconds.
    public var linkNanoseconds: UInt64 = 0
    /// The small first draw, in nanoseconds; drivers that compile late do it here.
    public var firstDrawNanoseconds: UInt64 = 0
    /// The whole frame with its read-back, in nanoseconds.
    public var wholeDrawNanoseconds: UInt64 = 0
    /// The whole frame by the GPU's own timer, in nanoseconds; nil where the driver has none.
    ///
    /// Where it was over the budget, the median of the whole frames after the first.
    public var gpuNanoseconds: UInt64?

    /// How many GL programs were compiled: one for each pass's drawing stages and one for each compute stage, but for
    /// those that the guest had already.
    public var compiledPrograms = 0

    /// All steps together, in nanoseconds.
    public var totalNanoseconds: UInt64 {
        [compileNanoseconds, linkNanoseconds, firstDrawNanoseconds, wholeDrawNanoseconds]
            .reduce(0) { $0.addingReportingOverflow($1).partialValue }
    }

    /// A frame's time in milliseconds: the GPU's own where there is one.
    public var frameMilliseconds: Double { Double(gpuNanoseconds ?? wholeDrawNanoseconds) / 1e6 }

    /// Timings of nothing done.
    public init() {}
}

extension GuestMessage {
    /// The packet's bytes.
    ///
    /// Logs that do not fit are cut, and the cut is said in the log.
    func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.integer(WireLimits.version)
        switch self {
        case .ready(let info):
            writer.integer(UInt8(1))
            writer.info(info)
        case .compiled(let revision, let isGood, let logs):
            writer.integer(UInt8(2))
            writer.revision(revision)
            writer.flag(isGood)
            writer.logs(logs)
        case .tried(let revision, let slot, let timings):
            writer.integer(UInt8(3))
            writer.revision(revision)
            writer.size(slot)
            writer.timings(timings)
        case .drawn(let request, let slot, let revision, let gpu, let tripped):
            writer.integer(UInt8(4))
            writer.integer(request)
            writer.size(slot)
            writer.revision(revision)
            writer.optional(gpu)
            writer.tripped(tripped)
        case .lint(let revision, let logs):
            writer.integer(UInt8(5))
            writer.revision(revision)
            writer.logs(logs)
        case .failed(let revision, let reason):
            writer.integer(UInt8(6))
            writer.revision(revision)
            writer.text(reason)
        case .contextLost: writer.integer(UInt8(7))
        case .stopped(let revision, let timings, let stop):
            writer.integer(UInt8(8))
            writer.revision(revision)
            writer.timings(timings)
            writer.stop(stop)
        case .shared(let generation, let reason):
            writer.integer(UInt8(9))
            writer.integer(generation)
            writer.text(reason)
        case .state(let revision, let bytes, let remade):
            writer.integer(UInt8(10))
            writer.revision(revision)
            writer.size(bytes)
            writer.size(min(remade.count, 8))
            for name in remade.prefix(8) { writer.text(name, limit: 256) }
        case .snapshot(let revision, let reason):
            writer.integer(UInt8(11))
            writer.revision(revision)
            writer.text(reason)
        case .sandboxTried(let trials):
            writer.integer(UInt8(12))
            writer.trials(trials)
        case .census(let counts):
            writer.integer(UInt8(14))
            writer.size(min(counts.count, 16))
            for count in counts.prefix(16) { writer.integer(count) }
        case .yielded(let revision):
            writer.integer(UInt8(16))
            writer.revision(revision)
        case .buffer(let reading):
            writer.integer(UInt8(15))
            writer.reading(reading)
        }
        return writer.bytes
    }

    /// Reads a packet.
    init(decoding bytes: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(bytes)
        let version: UInt8 = try reader.integer()
        guard version == WireLimits.version else { throw .version(version) }
        let type: UInt8 = try reader.integer()
        switch type {
        case 1: self = .ready(try reader.info())
        case 2:
            self = .compiled(
                revision: try reader.revision(), isGood: try reader.flag(), logs: try reader.logs())
        case 3:
            self = .tried(
                revision: try reader.revision(), slot: try reader.slot(),
                timings: try reader.timings())
        case 4:
            self = .drawn(
                request: try reader.integer(), slot: try reader.slot(),
                revision: try reader.revision(), gpuNanoseconds: try reader.optional(),
                tripped: try reader.tripped())
        case 5: self = .lint(revision: try reader.revision(), logs: try reader.logs())
        case 6: self = .failed(revision: try reader.revision(), reason: try reader.text())
        case 7: self = .contextLost
        case 8:
            self = .stopped(
                revision: try reader.revision(), timings: try reader.timings(), try reader.stop())
        case 9: self = .shared(generation: try reader.integer(), reason: try reader.text())
        case 10:
            let revision = try reader.revision()
            let bytes = try reader.size("bytes of state", in: 0...Int(UInt32.max))
            var remade: [String] = []
            for _ in 0..<(try reader.size("number of names", in: 0...8)) {
                remade.append(try reader.text(limit: 256))
            }
            self = .state(revision: revision, bytes: bytes, remade: remade)
        case 11: self = .snapshot(revision: try reader.revision(), reason: try reader.text())
        case 12: self = .sandboxTried(try reader.trials())
        case 14:
            var counts: [UInt32] = []
            for _ in 0..<(try reader.size("number of counts", in: 0...16)) {
                counts.append(try reader.integer())
            }
            self = .census(counts)
        case 15: self = .buffer(try reader.reading())
        case 16: self = .yielded(revision: try reader.revision())
        default: throw .type(type)
        }
        try reader.finish()
    }
}

extension WireWriter {
    fileprivate mutating func timings(_ timings: Timings) {
        integer(timings.compileNanoseconds)
        integer(timings.linkNanoseconds)
        integer(timings.firstDrawNanoseconds)
        integer(timings.wholeDrawNanoseconds)
        optional(timings.gpuNanoseconds)
        size(timings.compiledPrograms)
    }
}

extension WireReader {
    fileprivate mutating func timings() throws(WireError) -> Timings {
        var timings = Timings()
        timings.compileNanoseconds = try integer()
        timings.linkNanoseconds = try integer()
        timings.firstDrawNanoseconds = try integer()
        timings.wholeDrawNanoseconds = try integer()
        timings.gpuNanoseconds = try optional()
        timings.compiledPrograms = try size("number of programs", in: 0...WireLimits.program)
        return timings
    }
}
