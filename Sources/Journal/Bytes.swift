import Editor

/// Writes numbers and bytes compactly: numbers by LEB128, negative ones by zigzag.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func write(_ number: Int) {
        write(UInt64(bitPattern: Int64(number << 1 ^ number >> 63)))
    }

    mutating func write(_ more: [UInt8]) { bytes += more }
}

/// Reads what `ByteWriter` wrote; nil for what is not there or makes no sense.
struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func unsigned() -> UInt64? {
        var result: UInt64 = 0
        for shift in stride(from: 0, through: 63, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            result |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte & 0x80 == 0 { return result }
        }
        return nil
    }

    mutating func number() -> Int? {
        guard let value = unsigned() else { return nil }
        return Int(Int64(bitPattern: value >> 1)) ^ -Int(value & 1)
    }

    mutating func bytes(_ count: UInt64) -> [UInt8]? {
        guard count <= UInt64(rest.count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return Array(rest.prefix(Int(count)))
    }
}

/// A sum over a row's contents, since SQLite keeps none: FNV-1a, 32 bits.
struct Checksum {
    private(set) var value: UInt32 = 2_166_136_261

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt32(byte)) &* 16_777_619 }
    }

    static func of(_ bytes: some Sequence<UInt8>) -> Int64 {
        var sum = Checksum()
        sum.add(bytes)
        return Int64(sum.value)
    }
}

extension ChangeSet {
    /// The change as bytes: for each step its length and kind in one number, then its text.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        for operation in operations {
            switch operation {
            case .retain(let count): writer.write(UInt64(count) << 2)
            case .delete(let bytes):
                writer.write(UInt64(bytes.count) << 2 | 1)
                writer.write(bytes)
            case .insert(let bytes):
                writer.write(UInt64(bytes.count) << 2 | 2)
                writer.write(bytes)
            }
        }
        return writer.bytes
    }

    /// Reads a change; nil where the bytes are none.
    init?(encoded bytes: some Collection<UInt8>) {
        self.init()
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            guard let head = reader.unsigned() else { return nil }
            let count = head >> 2
            // No text comes near it, and sums of lengths must not overflow.
            guard count > 0, count < 1 << 40 else { return nil }
            switch head & 3 {
            case 0: retain(Int(count))
            case 1:
                guard let text = reader.bytes(count) else { return nil }
                delete(text)
            case 2:
                guard let text = reader.bytes(count) else { return nil }
                insert(text)
            default: return nil
            }
        }
    }
}
