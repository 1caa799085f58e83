import CSystem
import Glibc

/// What a program keeps from frame to frame, as it goes from one guest to another: a frozen file.
///
/// A word with the header's length, the header (version, keys), then from the next page on each thing's bytes, each
/// at a multiple of 64. The host only checks seals and size and passes the file on; what is in it is between guests.
struct StateSnapshot {
    /// Where in the file each thing lies.
    let entries: [(key: StateKey, offset: Int)]
    /// Bytes of the whole file.
    let total: Int

    /// The layout for these things.
    init(_ keys: [StateKey]) {
        var offset = Self.dataStart(header: Self.header(keys).count)
        entries = keys.map { key in
            defer { offset += (key.bytes + 63) / 64 * 64 }
            return (key, offset)
        }
        total = offset
    }

    private static func header(_ keys: [StateKey]) -> [UInt8] {
        var writer = WireWriter()
        writer.integer(WireLimits.version)
        writer.size(keys.count)
        for key in keys { writer.key(key) }
        return writer.bytes
    }

    private static func dataStart(header: Int) -> Int {
        (4 + header + RingLayout.page - 1) / RingLayout.page * RingLayout.page
    }

    /// Makes the file, has `fill` write each thing's bytes, and freezes it; the caller closes it.
    func frozen(fill: (StateKey, UnsafeMutableRawPointer) -> Void) throws(GuestError) -> Int32 {
        let descriptor = phosphor_memfd("phosphor-state", total)
        guard descriptor >= 0 else { throw GuestError(system: "A copy of the state has no room") }
        do throws(GuestError) {
            try write(to: descriptor, fill: fill)
            guard phosphor_memfd_freeze(descriptor) == 0 else {
                throw GuestError(system: "A copy of the state could not be sealed")
            }
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Writes all of it; unmapped at the end, since a writable mapping forbids the freeze.
    private func write(
        to descriptor: Int32, fill: (StateKey, UnsafeMutableRawPointer) -> Void
    ) throws(GuestError) {
        let memory = try MappedMemory(descriptor: descriptor, size: total)
        let header = Self.header(entries.map(\.key))
        var length = WireWriter()
        length.size(header.count)
        (length.bytes + header).withUnsafeBytes { bytes in
            if let start = bytes.baseAddress {
                memory.address.copyMemory(from: start, byteCount: bytes.count)
            }
        }
        for entry in entries { fill(entry.key, memory.address + entry.offset) }
    }

    /// Reads a file and lends each thing's bytes; nothing in it is believed that was not checked.
    static func read(
        _ descriptor: Int32, _ body: (StateKey, UnsafeRawPointer) -> Void
    ) throws(WireError) {
        let size = Int(phosphor_memfd_frozen_size(descriptor))
        guard (RingLayout.page...WireLimits.stateFile).contains(size) else {
            throw .value("size of the state's file")
        }
        // Private, since kernels before 6.7 refuse any shared mapping of a file sealed against writing.
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            start != MAP_FAILED
        else { throw .value("state that cannot be mapped") }
        defer { munmap(start, size) }
        let length = Int(UInt32(littleEndian: start.loadUnaligned(as: UInt32.self)))
        guard length <= WireLimits.stateHeader, 4 + length <= size else { throw .short }
        let header = UnsafeRawBufferPointer(start: start + 4, count: length)
        var reader = WireReader(Array(header)[...])
        let version: UInt8 = try reader.integer()
        guard version == WireLimits.version else { throw .version(version) }
        var keys: [StateKey] = []
        for _ in 0..<(try reader.size("number of things", in: 0...WireLimits.stateThings)) {
            keys.append(try reader.key())
        }
        try reader.finish()
        let layout = StateSnapshot(keys)
        guard layout.total == size else { throw .value("size of the state's file") }
        for entry in layout.entries { body(entry.key, start + entry.offset) }
    }
}

extension WireLimits {
    /// The most that is handed over from guest to guest.
    static let state = 64 << 20
    /// The most things that it consists of.
    static let stateThings = 256
    /// The longest list of them: names of GLSL may be long.
    static let stateHeader = stateThings * (3 * text)
    /// The largest file: what is handed over, its header, and the gaps between.
    static let stateFile = state + stateHeader + (stateThings + 2) * RingLayout.page
}
