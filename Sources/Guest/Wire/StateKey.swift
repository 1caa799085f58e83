import GLSL

/// What one thing that lives from frame to frame is known by, so that the next program finds it again.
struct StateKey: Hashable, Sendable {
    /// What it is.
    enum Kind: UInt8, Sendable {
        /// A picture that the next frame reads.
        case picture = 1
        /// A storage buffer.
        case buffer = 2
        /// A picture that image units write.
        case image = 3
        /// How many vertices a capture has left in the buffer of this name.
        case count = 4

        var isPicture: Bool { self == .picture || self == .image }
    }

    var kind: Kind
    /// The pass that it belongs to; empty for buffers, which all passes share by their binding.
    var pass = ""
    var name = ""
    /// GL's internal format; 0 for buffers.
    var format: UInt32 = 0
    /// Size in pixels; 0 for buffers.
    var width = 0
    var height = 0
    /// A hash of the names, types and places of a buffer's members; 0 for pictures.
    var layout: UInt64 = 0
    /// Size in bytes.
    var bytes: Int

    /// Whether it is the same thing by name, whatever its size and layout.
    func isNamesake(of other: StateKey) -> Bool {
        (kind, pass, name) == (other.kind, other.pass, other.name)
    }
}

extension WireWriter {
    mutating func key(_ key: StateKey) {
        integer(key.kind.rawValue)
        text(key.pass)
        text(key.name)
        integer(key.format)
        size(key.width)
        size(key.height)
        integer(key.layout)
        size(key.bytes)
    }
}

extension WireReader {
    mutating func key() throws(WireError) -> StateKey {
        guard let kind = StateKey.Kind(rawValue: try integer()) else { throw .value("kind") }
        let key = StateKey(
            kind: kind, pass: try text(), name: try text(), format: try integer(),
            width: try size("width", in: 0...WireLimits.side),
            height: try size("height", in: 0...WireLimits.side), layout: try integer(),
            bytes: try size("bytes of one thing", in: 1...WireLimits.state))
        // What GL is given to read must be as long as GL believes.
        let pixel = PixelFormat(internalFormat: key.format)?.bytes ?? 4
        guard !kind.isPicture || key.bytes == key.width * key.height * pixel else {
            throw .value("bytes of a picture")
        }
        guard kind != .count || key.bytes == 8 else { throw .value("bytes of a count") }
        return key
    }
}
