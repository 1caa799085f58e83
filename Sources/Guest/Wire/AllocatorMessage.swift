import Render

/// What the host asks of the allocator: memory for one picture.
struct MemoryRequest: Equatable, Sendable {
    /// The host's number for it.
    var number: UInt32
    /// The device that is to draw.
    var device: DeviceIdentity
    var width: Int
    var height: Int

    /// The packet's bytes.
    func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.integer(WireLimits.version)
        writer.integer(number)
        writer.identity(device)
        writer.size(width)
        writer.size(height)
        return writer.bytes
    }

    init(number: UInt32, device: DeviceIdentity, width: Int, height: Int) {
        (self.number, self.device, self.width, self.height) = (number, device, width, height)
    }

    /// Reads a packet.
    init(decoding bytes: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(bytes)
        let version: UInt8 = try reader.integer()
        guard version == WireLimits.version else { throw .version(version) }
        number = try reader.integer()
        device = try reader.identity()
        width = try reader.size("width", in: 1...WireLimits.side)
        height = try reader.size("height", in: 1...WireLimits.side)
        try reader.finish()
    }
}

/// The allocator's answer.
struct MemoryAnswer: Equatable, Sendable {
    /// The request's number.
    var number: UInt32
    /// What the descriptor with the packet is; nil where there is none.
    var memory: SharedMemory?
    /// Why there is none.
    var reason = ""

    /// The packet's bytes.
    func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.integer(WireLimits.version)
        writer.integer(number)
        writer.flag(memory != nil)
        if let memory { writer.memory(memory) } else { writer.text(reason) }
        return writer.bytes
    }

    init(number: UInt32, memory: SharedMemory) { (self.number, self.memory) = (number, memory) }
    init(number: UInt32, reason: String) { (self.number, self.reason) = (number, reason) }

    /// Reads a packet.
    init(decoding bytes: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(bytes)
        let version: UInt8 = try reader.integer()
        guard version == WireLimits.version else { throw .version(version) }
        number = try reader.integer()
        if try reader.flag() {
            memory = try reader.memory()
        } else {
            reason = try reader.text()
        }
        try reader.finish()
    }
}
