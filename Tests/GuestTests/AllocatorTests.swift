import CSystem
import GLSL
import Glibc
import Render
import Testing

@testable import Guest

/// A host whose allocator misbehaves, played by the test.
@Suite(.serialized)
struct AllocatorTests {
    /// A host with a picture, and an allocator whose end of the socket the test has.
    private final class Host {
        let bench: Bench
        private let context: Render.EGLContext
        private(set) var allocator: Channel?
        var supervisor: Supervisor { bench.supervisor }

        init() throws {
            context = try Render.EGLContext()
            var configuration = BuiltProduct.configuration()
            configuration.environment["PHOSPHOR_FRAMES"] = "shared"
            bench = try Bench(configuration: configuration)
            try #require(bench.show(1, try Shaders.flat(1, 2, 3)))
            try #require(bench.run { supervisor.back?.isIdle == true })
            supervisor.shareImages()
            // Nothing is asked of the real one.
            supervisor.sharing?.due = .max
            try replace()
        }

        /// Puts another allocator there, which does nothing.
        func replace() throws {
            var sockets: [Int32] = [-1, -1]
            try #require(phosphor_socket_pair(&sockets, 256 << 10) == 0)
            allocator = Channel(descriptor: sockets[1])
            supervisor.endAllocator()
            supervisor.sharing?.allocator = ImageAllocator(
                pid: try sleeper(), channel: Channel(descriptor: sockets[0]))
        }

        /// A process that lives until it is killed.
        private func sleeper() throws -> pid_t {
            var pid: pid_t = 0
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
            defer { for argument in arguments { free(argument) } }
            try #require(
                posix_spawnp(&pid, "sleep", nil, nil, &arguments, phosphor_environment()) == 0)
            return pid
        }

        /// Gives memory, whether it was asked for or not; false where the socket is full.
        func give(_ number: UInt32) throws -> Bool {
            let device = try #require(DeviceIdentity.current())
            let file = phosphor_memfd("test", 8192)
            defer { close(file) }
            let memory = SharedMemory(bytes: 8192, isDedicated: false, device: device)
            return allocator?.send(
                MemoryAnswer(number: number, memory: memory).encoded(), descriptor: file) == true
        }

        /// Closes the socket, as one that ends does before it can be reaped.
        func hangUp() { allocator = nil }

        func end() {
            supervisor.stopSharing()
            supervisor.endWholly()
        }
    }

    @Test("memory that nobody asked for ends the attempt; what nobody wants any more does not")
    func unasked() throws {
        let host = try Host()
        defer { host.end() }
        host.supervisor.sharing?.unwanted = [103, 104]
        #expect(try host.give(103))
        #expect(try host.give(104))
        #expect(host.bench.run { host.supervisor.sharing?.unwanted.isEmpty != false })
        #expect(host.supervisor.sharing != nil)
        #expect(try host.give(104))
        #expect(host.bench.run { host.supervisor.sharing == nil })
        #expect(host.supervisor.frames.why.contains("nobody asked for"))
    }

    @Test("an allocator that sends without end keeps nobody")
    func flood() throws {
        let host = try Host()
        defer { host.end() }
        let count = 200
        host.supervisor.sharing?.unwanted = Set(1...UInt32(count))
        for number in 1...UInt32(count) { try #require(try host.give(number)) }
        var left: [Int] = []
        host.bench.run(asking: false) {
            left.append(host.supervisor.sharing?.unwanted.count ?? 0)
            return left.last == 0
        }
        #expect(left.last == 0)
        #expect(zip([count] + left, left).allSatisfy { $0 - $1 <= 64 }, "\(left)")
    }

    @Test(
        "what the allocator sends during a hand-over is read at once, so that the host need not spin"
    )
    func handover() throws {
        let host = try Host()
        defer { host.end() }
        host.supervisor.sharing?.unwanted = [3]
        // Nothing of it goes on by itself.
        let entry = Supervisor.Entry(revision: 1, program: try Shaders.flat(1, 2, 3))
        host.supervisor.handover = Handover(entry: entry, index: 0, step: .restoring)
        #expect(try host.give(3))
        _ = host.supervisor.pump(now: phosphor_now())
        #expect(host.supervisor.handover != nil)
        #expect(host.supervisor.sharing?.unwanted == [])
    }

    @Test("an end that cannot be told yet counts as one by itself once, and not twice")
    func unknownEnd() throws {
        let host = try Host()
        defer { host.end() }
        for isFirst in [true, false] {
            let ring = try #require(host.supervisor.front?.ring)
            host.supervisor.sharing?.asked[9] = (RingShare(ring, phosphor_now()), 0)
            host.hangUp()
            #expect(host.bench.run { host.supervisor.sharing?.allocator == nil })
            #expect((host.supervisor.sharing != nil) == isFirst)
            if isFirst { try host.replace() }
        }
        #expect(host.supervisor.frames.why.contains("the allocator ended"))
    }
}
