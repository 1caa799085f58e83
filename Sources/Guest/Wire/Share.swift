import Render

/// A step towards pictures that guest and host share, instead of copying them through the ring's memory.
struct Share: Equatable, Sendable {
    /// The ring whose pictures are meant.
    var generation: UInt32
    var step: Step

    enum Step: Equatable, Sendable {
        /// Import the memory that comes with the packet as a slot's picture, and draw a pattern into it.
        case take(slot: Int, memory: SharedMemory, PicturePattern)
        /// Draw another pattern into a slot's picture.
        case show(slot: Int, PicturePattern)
        /// From now on draw into these pictures, and no more into the ring's memory.
        case use
    }
}

/// Memory for one picture, as Vulkan has allocated it.
struct SharedMemory: Equatable, Sendable {
    /// Its size.
    var bytes: UInt64
    /// Whether it may hold nothing but one picture of the size that was asked for.
    var isDedicated: Bool
    /// Whose memory it is.
    var device: DeviceIdentity
}

extension WireWriter {
    mutating func share(_ share: Share) {
        integer(share.generation)
        switch share.step {
        case .take(let slot, let memory, let pattern):
            integer(UInt8(1))
            size(slot)
            self.memory(memory)
            self.pattern(pattern)
        case .show(let slot, let pattern):
            integer(UInt8(2))
            size(slot)
            self.pattern(pattern)
        case .use: integer(UInt8(3))
        }
    }

    mutating func memory(_ memory: SharedMemory) {
        integer(memory.bytes)
        flag(memory.isDedicated)
        identity(memory.device)
    }

    mutating func identity(_ identity: DeviceIdentity) {
        for byte in identity.driver + identity.device { integer(byte) }
    }

    private mutating func pattern(_ pattern: PicturePattern) {
        integer(pattern.number)
        integer(pattern.method.rawValue)
    }
}

extension WireReader {
    mutating func share() throws(WireError) -> Share {
        let generation: UInt32 = try integer()
        switch try integer(UInt8.self) {
        case 1:
            return Share(
                generation: generation,
                step: .take(slot: try slot(), memory: try memory(), try pattern()))
        case 2:
            return Share(
                generation: generation, step: .show(slot: try slot(), try pattern()))
        case 3: return Share(generation: generation, step: .use)
        default: throw .value("step of sharing")
        }
    }

    mutating func memory() throws(WireError) -> SharedMemory {
        SharedMemory(
            bytes: try integer(), isDedicated: try flag(), device: try identity())
    }

    mutating func identity() throws(WireError) -> DeviceIdentity {
        var bytes: [UInt8] = []
        for _ in 0..<2 * DeviceIdentity.size { bytes.append(try integer()) }
        guard
            let identity = DeviceIdentity(
                driver: Array(bytes.prefix(DeviceIdentity.size)),
                device: Array(bytes.suffix(DeviceIdentity.size)))
        else { throw .value("device") }
        return identity
    }

    private mutating func pattern() throws(WireError) -> PicturePattern {
        let number: UInt32 = try integer()
        guard let method = PicturePattern.Method(rawValue: try integer()) else {
            throw .value("way to draw a pattern")
        }
        return PicturePattern(number: number, method: method)
    }
}
