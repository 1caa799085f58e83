import CSystem
import Glibc

/// The host's side of a ring: it makes and seals the memory, keeps the sizes to itself, and names the slots.
///
/// The guest can write anything anywhere in the memory at any time. So nothing that is read from it is used as a
/// size, an offset or an index: it is only compared with what the host knows.
final class HostRing {
    let layout: RingLayout
    let generation: UInt32
    /// The memory's file, for the guest.
    let descriptor: Int32
    private let memory: MappedMemory

    /// The slot that the guest draws into at the moment.
    var busy: Int?
    /// The slot with the guest's newest finished picture.
    var newest: Int?
    /// The slot that someone reads, and that nobody may draw into.
    var held: Int?
    /// The pictures that the guest draws into instead of the memory, once that has been tried.
    var shared: SharedSlots?

    init(width: Int, height: Int, slots: Int = 3, generation: UInt32) throws(GuestError) {
        guard let layout = RingLayout(width: width, height: height, slots: slots) else {
            throw GuestError(
                "A picture of \(width)x\(height) is not possible: sides go from 1 to \(WireLimits.side) pixels."
            )
        }
        let descriptor = phosphor_memfd("phosphor-ring", layout.total)
        guard descriptor >= 0 else {
            throw GuestError(system: "The ring's memory could not be made")
        }
        do throws(GuestError) {
            guard phosphor_memfd_seal(descriptor) == 0 else {
                throw GuestError(system: "The ring's memory could not be sealed")
            }
            memory = try MappedMemory(descriptor: descriptor, size: layout.total)
        } catch {
            close(descriptor)
            throw error
        }
        (self.layout, self.generation, self.descriptor) = (layout, generation, descriptor)
        memory.address.storeBytes(
            of: RingLayout.magic, toByteOffset: RingLayout.Field.magic, as: UInt64.self)
        for (field, value) in [
            (RingLayout.Field.generation, generation), (RingLayout.Field.width, UInt32(width)),
            (RingLayout.Field.height, UInt32(height)), (RingLayout.Field.slots, UInt32(slots)),
        ] {
            memory.address.storeBytes(of: value, toByteOffset: field, as: UInt32.self)
        }
    }

    deinit { close(descriptor) }

    /// What the guest says it is doing; nil where that makes no sense.
    var phase: GuestPhase? {
        GuestPhase(rawValue: phosphor_atomic_load_u32(memory.address + RingLayout.Field.phase))
    }

    /// A slot that is neither drawn into, nor the newest, nor read; nil in a ring with too few slots.
    func freeSlot() -> Int? {
        (0..<layout.slots).first {
            $0 != busy && $0 != newest && $0 != held && shared?.isInUse($0) != true
        }
    }

    /// A slot's header, copied once.
    func header(of slot: Int) -> SlotHeader {
        SlotHeader(copying: memory.address + layout.header(of: slot))
    }

    /// A slot's pixels, `layout.pictureBytes` of them.
    func pixels(of slot: Int) -> UnsafeRawPointer {
        UnsafeRawPointer(memory.address + layout.pixels(of: slot))
    }

    /// A slot's depth, room for `layout.depthBytes` of it.
    func depth(of slot: Int) -> UnsafeRawPointer {
        UnsafeRawPointer(memory.address + layout.depth(of: slot))
    }

    /// Whether a slot's header is the one that a guest must write for this work.
    func holds(revision: Int, request: UInt64, in slot: Int) -> Bool {
        let header = header(of: slot)
        return header.generation == generation && header.width == layout.width
            && header.height == layout.height && header.revision == revision
            && header.request == request
    }
}
