/// Where things lie in a ring's memory.
///
/// Host and guest both compute it from sizes that the host alone decides.
///
/// A page for the ring's header, then for each slot a page for its header and the pixels, RGBA, a byte a component,
/// bottom row first, from the next page on. Behind them is room for depth at half a side: two bytes a place, 0 near and
/// 65535 far, bottom row first; pages that nobody writes cost nothing.
struct RingLayout: Equatable, Sendable {
    static let page = 4096
    /// "PHOS" and the layout's version, in the first eight bytes.
    static let magic: UInt64 = 0x0000_0002_534F_4850

    /// Where in the header page its fields lie.
    enum Field {
        static let magic = 0
        static let generation = 8
        static let width = 12
        static let height = 16
        static let slots = 20
        static let phase = 64
        static let phaseRevision = 72
    }

    let width: Int
    let height: Int
    let slots: Int

    /// A layout; nil where a size is out of bounds.
    init?(width: Int, height: Int, slots: Int) {
        guard (1...WireLimits.side).contains(width), (1...WireLimits.side).contains(height),
            (1...WireLimits.slots).contains(slots)
        else { return nil }
        (self.width, self.height, self.slots) = (width, height, slots)
    }

    /// Bytes of one picture.
    var pictureBytes: Int { width * height * 4 }
    /// Most bytes of a picture's depth.
    var depthBytes: Int {
        let size = depthSize(eyes: 2)
        return 2 * max(size.width, (width + 1) / 2) * size.height
    }
    /// Bytes from one slot to the next.
    var stride: Int {
        Self.page + (pictureBytes + depthBytes + Self.page - 1) / Self.page * Self.page
    }
    /// Bytes of the whole memory.
    var total: Int { Self.page + slots * stride }

    /// Where a slot's header begins.
    func header(of slot: Int) -> Int {
        precondition((0..<slots).contains(slot), "no slot \(slot) in a ring of \(slots)")
        return Self.page + slot * stride
    }

    /// Where a slot's pixels begin.
    func pixels(of slot: Int) -> Int { header(of: slot) + Self.page }

    /// Where a slot's depth begins.
    func depth(of slot: Int) -> Int { pixels(of: slot) + pictureBytes }

    /// The size of the depth that comes with a picture: for each eye half of its sides, side by side as the eyes are.
    func depthSize(eyes: Int) -> (width: Int, height: Int) {
        let size = SlotLayout(slotWidth: width, slotHeight: height, views: eyes)
        return (size.eyes * ((size.width + 1) / 2), (size.height + 1) / 2)
    }
}

/// What a guest writes before a slot's pixels, in 64 bytes; the host believes it only where it fits what was asked.
struct SlotHeader: Equatable, Sendable {
    static let size = 64

    /// Counts the guest's pictures, from 1.
    var sequence: UInt64 = 0
    /// The request that was answered; 0 for a trial.
    var request: UInt64 = 0
    var revision = 0
    var frame = 0
    var generation: UInt32 = 0
    var width = 0
    var height = 0
    /// Whether the slot holds the picture's depth as well.
    var hasDepth = false

    init() {}

    /// Copies a header out of shared memory once; later changes by the guest do not reach the copy.
    init(copying address: UnsafeRawPointer) {
        var copy = [UInt64](repeating: 0, count: Self.size / 8)
        copy.withUnsafeMutableBytes { $0.copyMemory(from: .init(start: address, count: Self.size)) }
        sequence = copy[0]
        request = copy[1]
        revision = Int(Int64(bitPattern: copy[2]))
        frame = Int(Int64(bitPattern: copy[3]))
        generation = UInt32(truncatingIfNeeded: copy[4])
        width = Int(UInt32(truncatingIfNeeded: copy[4] >> 32))
        height = Int(UInt32(truncatingIfNeeded: copy[5]))
        hasDepth = copy[6] == 1
    }

    /// Writes it into shared memory.
    func write(to address: UnsafeMutableRawPointer) {
        let words = [
            sequence, request, UInt64(bitPattern: Int64(revision)),
            UInt64(bitPattern: Int64(frame)),
            UInt64(generation) | UInt64(UInt32(clamping: width)) << 32,
            UInt64(UInt32(clamping: height)), hasDepth ? 1 : 0, 0,
        ]
        words.withUnsafeBytes {
            address.copyMemory(
                from: $0.baseAddress ?? UnsafeRawPointer(address), byteCount: Self.size)
        }
    }
}
