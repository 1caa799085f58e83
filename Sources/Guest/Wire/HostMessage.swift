/// What the host asks of a guest.
///
/// One message is one packet.
enum HostMessage: Equatable, Sendable {
    /// Draw into this ring from now on; its memory comes with the packet.
    case configure(generation: UInt32, width: Int, height: Int, slots: Int)
    /// Compile and try a program, which comes with the packet as a frozen file.
    case attempt(Attempt)
    /// Draw a frame of a loaded revision.
    case draw(request: UInt64, slot: Int, revision: Int, state: DrawState)
    /// Let go of a revision's program.
    case forget(revision: Int)
    /// Ask glslang about the program tried last, which is of this revision.
    case lint(revision: Int)
    /// Clear persistent state.
    case rewind
    /// End.
    case quit
    /// The trial of this revision, which waits for it after linking, may draw.
    case mayDraw(revision: Int)
    /// Copy what the revision that is shown keeps from frame to frame into a frozen file.
    case snapshot(revision: Int)
    /// Begin a revision with the state in the file that comes with the packet; without one, with zeros.
    case restore(revision: Int)
    /// Take a picture of the ring over whose memory comes with the packet, show that it works, or draw into them all.
    case share(Share)
    /// Behave as if the driver had reset the context, for a drill.
    case loseContext
    /// Try to break out of the sandbox, for `phosphor doctor`.
    case trySandbox
    /// Count the context's objects.
    case takeCensus
    /// The values of all programs, by name, in place of those told before.
    case values([String: [Double]])
    /// A picture or a mesh, whose file comes with the packet.
    case resource(ResourceInfo)
    /// Forget a picture or a mesh.
    case dropResource(UInt64)
    /// What the guest does for later, warming or linting, may end here: something more urgent waits.
    case hurry
    /// Tell what rows of a buffer hold that a revision keeps, once it is drawn.
    case readBuffer(revision: Int, name: String, first: Int, rows: Int)

    /// One program to compile and to try.
    struct Attempt: Equatable, Sendable {
        var revision: Int
        /// Where the trial's whole frame goes.
        var slot: Int
        /// How far to go.
        var extent = Extent.whole
        /// The clock for the trial.
        var state = DrawState()
        /// Wait for `mayDraw` between linking and the first draw.
        var waits = false
        /// What it is measured by; nil for a program that is known to be good.
        var limits: TrialLimits?

        /// How far an attempt goes.
        enum Extent: UInt8, Sendable {
            /// Stop after linking; nothing is drawn and nothing is kept.
            case link
            /// Draw small, which makes the program ready to be drawn; the slot stays as it is.
            case small
            /// Draw the whole frame into the slot.
            case whole
        }
    }
}

extension HostMessage {
    /// The packet's bytes.
    func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.integer(WireLimits.version)
        switch self {
        case .configure(let generation, let width, let height, let slots):
            writer.integer(UInt8(1))
            writer.integer(generation)
            writer.size(width)
            writer.size(height)
            writer.size(slots)
        case .attempt(let attempt):
            writer.integer(UInt8(2))
            writer.revision(attempt.revision)
            writer.size(attempt.slot)
            writer.integer(attempt.extent.rawValue)
            writer.state(attempt.state)
            writer.flag(attempt.waits)
            writer.limits(attempt.limits)
        case .draw(let request, let slot, let revision, let state):
            writer.integer(UInt8(3))
            writer.integer(request)
            writer.size(slot)
            writer.revision(revision)
            writer.state(state)
        case .forget(let revision):
            writer.integer(UInt8(4))
            writer.revision(revision)
        case .lint(let revision):
            writer.integer(UInt8(5))
            writer.revision(revision)
        case .rewind: writer.integer(UInt8(6))
        case .quit: writer.integer(UInt8(7))
        case .mayDraw(let revision):
            writer.integer(UInt8(8))
            writer.revision(revision)
        case .snapshot(let revision):
            writer.integer(UInt8(9))
            writer.revision(revision)
        case .restore(let revision):
            writer.integer(UInt8(10))
            writer.revision(revision)
        case .share(let share):
            writer.integer(UInt8(11))
            writer.share(share)
        case .loseContext: writer.integer(UInt8(14))
        case .trySandbox: writer.integer(UInt8(15))
        case .takeCensus: writer.integer(UInt8(16))
        case .values(let values):
            writer.integer(UInt8(17))
            writer.values(values)
        case .resource(let info):
            writer.integer(UInt8(18))
            writer.resource(info)
        case .dropResource(let id):
            writer.integer(UInt8(19))
            writer.integer(id)
        case .hurry: writer.integer(UInt8(21))
        case .readBuffer(let revision, let name, let first, let rows):
            writer.integer(UInt8(20))
            writer.revision(revision)
            writer.text(name)
            writer.size(first)
            writer.size(rows)
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
        case 1:
            self = .configure(
                generation: try reader.integer(),
                width: try reader.size("width", in: 1...WireLimits.side),
                height: try reader.size("height", in: 1...WireLimits.side),
                slots: try reader.size("number of slots", in: 1...WireLimits.slots))
        case 2:
            self = .attempt(
                Attempt(
                    revision: try reader.revision(), slot: try reader.slot(),
                    extent: try reader.extent(), state: try reader.state(),
                    waits: try reader.flag(), limits: try reader.limits()))
        case 3:
            self = .draw(
                request: try reader.integer(), slot: try reader.slot(),
                revision: try reader.revision(), state: try reader.state())
        case 4: self = .forget(revision: try reader.revision())
        case 5: self = .lint(revision: try reader.revision())
        case 6: self = .rewind
        case 7: self = .quit
        case 8: self = .mayDraw(revision: try reader.revision())
        case 9: self = .snapshot(revision: try reader.revision())
        case 10: self = .restore(revision: try reader.revision())
        case 11: self = .share(try reader.share())
        case 14: self = .loseContext
        case 15: self = .trySandbox
        case 16: self = .takeCensus
        case 17: self = .values(try reader.values())
        case 18: self = .resource(try reader.resource())
        case 19: self = .dropResource(try reader.integer())
        case 20:
            self = .readBuffer(
                revision: try reader.revision(), name: try reader.text(),
                first: try reader.size("first row", in: 0...Int(Int32.max)),
                rows: try reader.size("rows", in: 0...BufferReading.mostRows))
        case 21: self = .hurry
        default: throw .type(type)
        }
        try reader.finish()
    }
}

extension WireReader {
    mutating func extent() throws(WireError) -> HostMessage.Attempt.Extent {
        guard let extent = HostMessage.Attempt.Extent(rawValue: try integer()) else {
            throw .value("extent of a trial")
        }
        return extent
    }

    mutating func slot() throws(WireError) -> Int { try size("slot", in: 0...WireLimits.slots - 1) }
}
