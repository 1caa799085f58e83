import CSystem
import Glibc
import TestSupport
import Testing

@testable import Guest

func socketPair(_ sockets: inout [Int32]) -> Bool {
    phosphor_socket_pair(&sockets, 64 << 10) == 0 && fcntl(sockets[1], F_SETFL, O_NONBLOCK) == 0
}

/// The shared memory between host and guest, with both ends in one process.
struct RingTests {
    private func pair(width: Int = 3, height: Int = 2, slots: Int = 3) throws -> (
        HostRing, GuestRing
    ) {
        let host = try HostRing(width: width, height: height, slots: slots, generation: 5)
        let guest = try GuestRing(
            descriptor: host.descriptor, generation: 5, width: width, height: height, slots: slots)
        return (host, guest)
    }

    @Test func picturesAndPhasesGoAcross() throws {
        let (host, guest) = try pair()
        for slot in 0..<3 {
            for index in 0..<24 {
                guest.pixels(of: slot).storeBytes(
                    of: UInt8(slot * 50 + index), toByteOffset: index, as: UInt8.self)
            }
            guest.finish(slot: slot, revision: -7, request: UInt64(slot), frame: 12)
        }
        for slot in 0..<3 {
            #expect(host.holds(revision: -7, request: UInt64(slot), in: slot))
            #expect(!host.holds(revision: -7, request: UInt64(slot + 1), in: slot))
            #expect(!host.holds(revision: 7, request: UInt64(slot), in: slot))
            #expect(host.header(of: slot).frame == 12)
            #expect(host.header(of: slot).sequence == UInt64(slot + 1))
            #expect(
                host.pixels(of: slot).load(fromByteOffset: 23, as: UInt8.self)
                    == UInt8(slot * 50 + 23))
        }
        #expect(host.phase == .idle)
        guest.publish(.linking, revision: 3)
        #expect(host.phase == .linking)
    }

    @Test func slotsDoNotOverlapAndPixelsArePageAligned() throws {
        for (width, height, slots) in [(1, 1, 1), (3, 2, 3), (640, 360, 3), (1025, 1, 8)] {
            let layout = try #require(RingLayout(width: width, height: height, slots: slots))
            var end = RingLayout.page
            for slot in 0..<slots {
                #expect(layout.header(of: slot) >= end)
                #expect(layout.pixels(of: slot) >= layout.header(of: slot) + SlotHeader.size)
                #expect(layout.pixels(of: slot) % RingLayout.page == 0)
                end = layout.pixels(of: slot) + layout.pictureBytes
            }
            #expect(end <= layout.total)
        }
        #expect(RingLayout(width: 0, height: 1, slots: 3) == nil)
        #expect(RingLayout(width: 1, height: WireLimits.side + 1, slots: 3) == nil)
        #expect(RingLayout(width: 1, height: 1, slots: 9) == nil)
    }

    @Test func depthGoesAcrossBesideThePixels() throws {
        let (host, guest) = try pair(width: 8, height: 4)
        for slot in 0..<3 {
            guest.depth(of: slot).storeBytes(of: UInt16(1000 + slot), as: UInt16.self)
            guest.pixels(of: slot).storeBytes(of: 7, toByteOffset: 8 * 4 * 4 - 1, as: UInt8.self)
            guest.finish(slot: slot, revision: 1, request: 1, frame: 1, hasDepth: slot != 1)
        }
        for slot in 0..<3 {
            #expect(host.header(of: slot).hasDepth == (slot != 1))
            #expect(host.depth(of: slot).load(as: UInt16.self) == UInt16(1000 + slot))
        }
        #expect(host.layout.depthSize(eyes: 2) == (4, 2))
        #expect(host.layout.depthSize(eyes: 1) == (4, 2))
        for (width, height) in [(1, 1), (2, 1), (3, 2), (5, 3), (641, 361), (1026, 2)] {
            let layout = try #require(RingLayout(width: width, height: height, slots: 2))
            for eyes in 1...2 {
                let size = layout.depthSize(eyes: eyes)
                #expect(2 * size.width * size.height <= layout.depthBytes, "\(width)x\(height)")
            }
            #expect(layout.depth(of: 0) + layout.depthBytes <= layout.header(of: 1))
            #expect(layout.depth(of: 1) + layout.depthBytes <= layout.total)
        }
    }

    @Test(arguments: 0..<100) func aDamagedRingFoolsNobody(seed: Int) throws {
        var random = Seeded(seed: seed)
        let (host, guest) = try pair()
        guest.finish(slot: 1, revision: 4, request: 9, frame: 1)
        // A guest has the whole memory: let it write noise over all headers.
        let memory = try MappedMemory(descriptor: host.descriptor, size: host.layout.total)
        for offset in 0..<RingLayout.page {
            memory.address.storeBytes(
                of: UInt8(truncatingIfNeeded: random.next()), toByteOffset: offset, as: UInt8.self)
        }
        for slot in 0..<3 {
            for offset in 0..<SlotHeader.size {
                memory.address.storeBytes(
                    of: UInt8(truncatingIfNeeded: random.next()),
                    toByteOffset: host.layout.header(of: slot) + offset, as: UInt8.self)
            }
        }
        for slot in 0..<3 {
            #expect(!host.holds(revision: 4, request: 9, in: slot))
            _ = host.header(of: slot)
            // The bounds are the host's own: pixels are where they were, to the last byte.
            _ = host.pixels(of: slot).load(
                fromByteOffset: host.layout.pictureBytes - 1, as: UInt8.self)
        }
        #expect(host.layout == RingLayout(width: 3, height: 2, slots: 3))
        _ = host.phase
    }

    @Test func theMemoryCannotShrinkUnderTheHost() throws {
        let (host, _) = try pair()
        #expect(ftruncate(host.descriptor, 0) < 0)
        #expect(ftruncate(host.descriptor, 1 << 20) < 0)
        #expect(phosphor_memfd_sealed_size(host.descriptor) == Int64(host.layout.total))
    }

    @Test func aGuestTakesOnlyWhatFits() throws {
        let host = try HostRing(width: 4, height: 4, slots: 3, generation: 1)
        #expect(throws: GuestError.self) {
            try GuestRing(
                descriptor: host.descriptor, generation: 1, width: 400, height: 400, slots: 3)
        }
        let open = phosphor_memfd("unsealed", host.layout.total)
        defer { close(open) }
        #expect(throws: GuestError.self) {
            try GuestRing(descriptor: open, generation: 1, width: 4, height: 4, slots: 3)
        }
    }

    @Test func aSlotInUseIsNeverNamed() throws {
        let (host, _) = try pair()
        var random = Seeded(seed: 1)
        for _ in 0..<200 {
            host.busy = random.bool() ? random.below(3) : nil
            host.newest = random.bool() ? random.below(3) : nil
            host.held = random.bool() ? random.below(3) : nil
            let slot = host.freeSlot()
            #expect(slot != host.busy || slot == nil)
            #expect(slot != host.newest || slot == nil)
            #expect(slot != host.held || slot == nil)
            let used = Set([host.busy, host.newest, host.held].compactMap { $0 })
            #expect((slot == nil) == (used.count == 3))
        }
    }
}
