/// Why a message was not understood.
///
/// Whoever sent it is no longer trusted.
enum WireError: Error, Equatable {
    /// It ended before a value was complete.
    case short
    /// It speaks another version of the protocol.
    case version(UInt8)
    /// No message has this number.
    case type(UInt8)
    /// A value lies outside what is allowed; the text names it.
    case value(String)
    /// Bytes were left over.
    case trailing(Int)
}

/// The limits that both ends of the socket keep.
enum WireLimits {
    /// The protocol's version, the first byte of each message.
    static let version: UInt8 = 1
    /// The longest message.
    ///
    /// One packet, so that neither end ever has to join parts.
    static let message = 64 << 10
    /// What all logs of one message may come to; the rest of 64 KB is for everything around them.
    static let logs = 60 << 10
    /// The longest text that is not a log.
    static let text = 4 << 10
    /// The largest program, which travels in a file of its own; drivers take minutes for longer ones, or choke on them.
    static let program = 4 << 20
    /// The widest and highest picture.
    static let side = 16384
    /// The most slots of a ring.
    static let slots = 8
}

/// Writes values one after another, little-endian.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func revision(_ value: Int) { integer(Int64(value)) }
    mutating func size(_ value: Int) { integer(UInt32(clamping: value)) }
    mutating func flag(_ value: Bool) { integer(UInt8(value ? 1 : 0)) }
    mutating func number(_ value: Double) { integer(value.bitPattern) }
    mutating func number(_ value: Float) { integer(value.bitPattern) }

    /// A text with its length before it, cut to `limit` bytes of UTF-8 at a character's edge.
    mutating func text(_ value: String, limit: Int = WireLimits.text) {
        let utf8 = value.cut(toBytes: limit).utf8
        size(utf8.count)
        bytes.append(contentsOf: utf8)
    }
}

/// Reads values one after another; every read checks its bounds, for the other end may have gone mad.
struct WireReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(WireError)
        -> Value
    {
        let count = MemoryLayout<Value>.size
        guard bytes.endIndex - position >= count else { throw .short }
        var value: Value = 0
        for index in (0..<count).reversed() {
            // Through UInt64, because shifting a one-byte type by 8 is not what is meant.
            value = Value(truncatingIfNeeded: UInt64(truncatingIfNeeded: value) << 8)
            value |= Value(truncatingIfNeeded: bytes[position + index])
        }
        position += count
        return value
    }

    mutating func revision() throws(WireError) -> Int { Int(try integer(Int64.self)) }

    /// A count or a measure that must lie in `range`.
    mutating func size(_ name: String, in range: ClosedRange<Int>) throws(WireError) -> Int {
        let value = Int(try integer(UInt32.self))
        guard range.contains(value) else { throw .value(name) }
        return value
    }

    mutating func flag() throws(WireError) -> Bool {
        switch try integer(UInt8.self) {
        case 0: false
        case 1: true
        default: throw .value("flag")
        }
    }

    mutating func double() throws(WireError) -> Double { Double(bitPattern: try integer()) }
    mutating func float() throws(WireError) -> Float { Float(bitPattern: try integer()) }

    mutating func text(limit: Int = WireLimits.text) throws(WireError) -> String {
        let count = try size("length of a text", in: 0...limit)
        guard bytes.endIndex - position >= count else { throw .short }
        guard let text = String(validating: bytes[position..<position + count], as: UTF8.self)
        else {
            throw .value("text that is not UTF-8")
        }
        position += count
        return text
    }

    /// Checks that nothing is left over.
    func finish() throws(WireError) {
        if position != bytes.endIndex { throw .trailing(bytes.endIndex - position) }
    }
}

extension String {
    /// Its longest beginning that has at most `limit` bytes of UTF-8 and does not split a scalar.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: max(0, limit))
        while end > utf8.startIndex, UTF8.isContinuation(utf8[end]) {
            end = utf8.index(before: end)
        }
        return String(self[..<end])
    }
}
