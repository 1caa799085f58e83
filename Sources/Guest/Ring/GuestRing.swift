import CSystem

/// The guest's side of a ring.
final class GuestRing {
    let layout: RingLayout
    let generation: UInt32
    private let memory: MappedMemory
    private var sequence: UInt64 = 0

    /// Maps a ring; the file must be sealed and large enough for what the message says.
    init(descriptor: Int32, generation: UInt32, width: Int, height: Int, slots: Int)
        throws(GuestError)
    {
        guard let layout = RingLayout(width: width, height: height, slots: slots),
            phosphor_memfd_sealed_size(descriptor) == Int64(layout.total)
        else { throw GuestError("The ring's memory does not fit the sizes that came with it.") }
        memory = try MappedMemory(descriptor: descriptor, size: layout.total)
        guard
            memory.address.loadUnaligned(fromByteOffset: RingLayout.Field.magic, as: UInt64.self)
                == RingLayout.magic
        else { throw GuestError("The ring's memory has another layout than this guest knows.") }
        (self.layout, self.generation) = (layout, generation)
    }

    /// Tells the host what is done from now on.
    func publish(_ phase: GuestPhase, revision: Int) {
        phosphor_atomic_store_u64(
            memory.address + RingLayout.Field.phaseRevision, UInt64(bitPattern: Int64(revision)))
        phosphor_atomic_store_u32(memory.address + RingLayout.Field.phase, phase.rawValue)
    }

    /// Where a slot's pixels go.
    func pixels(of slot: Int) -> UnsafeMutableRawPointer {
        memory.address + layout.pixels(of: slot)
    }

    /// Where a slot's depth goes.
    func depth(of slot: Int) -> UnsafeMutableRawPointer {
        memory.address + layout.depth(of: slot)
    }

    /// Marks a slot's picture as complete, with its depth or without.
    func finish(slot: Int, revision: Int, request: UInt64, frame: Int, hasDepth: Bool = false) {
        sequence += 1
        var header = SlotHeader()
        (header.sequence, header.request) = (sequence, request)
        (header.revision, header.frame, header.generation) = (revision, frame, generation)
        (header.width, header.height, header.hasDepth) = (layout.width, layout.height, hasDepth)
        header.write(to: memory.address + layout.header(of: slot))
    }
}
