import GLSL
import Glibc
import Render
import TestSupport
import Testing

@testable import Guest

/// Messages: what is written is read again, and nothing else is believed.
struct WireTests {
    @Test(arguments: 0..<200) func hostMessagesComeBack(seed: Int) throws {
        var random = Seeded(seed: seed)
        let message = random.hostMessage()
        #expect(try HostMessage(decoding: message.encoded()[...]) == message)
    }

    @Test(arguments: 0..<200) func guestMessagesComeBack(seed: Int) throws {
        var random = Seeded(seed: seed)
        let message = random.guestMessage()
        #expect(try GuestMessage(decoding: message.encoded()[...]) == message)
    }

    @Test(arguments: 0..<50) func allocatorsMessagesComeBack(seed: Int) throws {
        var random = Seeded(seed: seed)
        let request = MemoryRequest(
            number: UInt32(truncatingIfNeeded: random.next()), device: random.device(),
            width: 1 + random.below(16384), height: 1 + random.below(16384))
        #expect(try MemoryRequest(decoding: request.encoded()[...]) == request)
        let answer =
            random.bool()
            ? MemoryAnswer(number: request.number, memory: random.memory())
            : MemoryAnswer(number: request.number, reason: random.text())
        let bytes = answer.encoded()
        #expect(try MemoryAnswer(decoding: bytes[...]) == answer)
        for length in 0..<bytes.count {
            #expect(throws: WireError.self) { try MemoryAnswer(decoding: bytes[..<length]) }
        }
    }

    @Test(arguments: 0..<50) func programsComeBack(seed: Int) throws {
        var random = Seeded(seed: seed)
        let program = random.payload()
        #expect(try ProgramPayload(decoding: program.encoded()[...]) == program)
        let file = try program.frozen()
        defer { close(file) }
        #expect(try ProgramPayload(reading: file) == program)
        // Frozen means that nobody can change it while it is read.
        #expect(write(file, "x", 1) < 0)
    }

    @Test(arguments: 0..<60) func noPrefixAndNoExtensionIsAccepted(seed: Int) {
        var random = Seeded(seed: seed)
        let (host, guest, program) = (
            random.hostMessage().encoded(), random.guestMessage().encoded(),
            random.payload().encoded()
        )
        for length in 0..<host.count {
            #expect(throws: WireError.self) { try HostMessage(decoding: host[..<length]) }
        }
        for length in 0..<guest.count {
            #expect(throws: WireError.self) { try GuestMessage(decoding: guest[..<length]) }
        }
        for length in 0..<program.count {
            #expect(throws: WireError.self) { try ProgramPayload(decoding: program[..<length]) }
        }
        #expect(throws: WireError.trailing(1)) { try HostMessage(decoding: (host + [0])[...]) }
        #expect(throws: WireError.trailing(1)) { try GuestMessage(decoding: (guest + [0])[...]) }
        #expect(throws: WireError.trailing(1)) {
            try ProgramPayload(decoding: (program + [0])[...])
        }
    }

    @Test(arguments: 0..<200) func damagedMessagesNeverTrap(seed: Int) {
        var random = Seeded(seed: seed)
        for _ in 0..<50 {
            var bytes =
                random.bool() ? random.guestMessage().encoded() : random.hostMessage().encoded()
            for _ in 0..<(1 + random.below(4)) where !bytes.isEmpty {
                bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            _ = try? GuestMessage(decoding: bytes[...])
            _ = try? HostMessage(decoding: bytes[...])
            _ = try? ProgramPayload(decoding: bytes[...])
            let noise = [WireLimits.version] + random.bytes(300)
            _ = try? GuestMessage(decoding: noise[...])
            _ = try? HostMessage(decoding: noise[...])
            _ = try? ProgramPayload(decoding: noise[...])
        }
    }

    @Test(arguments: 0..<100) func damagedProgramsNeverTrap(seed: Int) {
        var random = Seeded(seed: seed)
        let whole = random.payload().encoded()
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<(1 + random.below(4)) {
                bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            if let program = try? ProgramPayload(decoding: bytes[...]) {
                // What is taken can be measured without harm.
                _ = program.passes.map { $0.target.size.size(width: 32, height: 16) }
                _ = program.encoded()
            }
        }
    }

    @Test func aSizeThatIsNestedWithoutEndIsRefused() throws {
        // Not through a guest: by hand, as one who means harm would.
        var writer = WireWriter()
        writer.integer(ProgramPayload.version)
        writer.size(1)
        writer.size(1)
        writer.text("image")
        writer.size(0)
        for _ in 0..<200_000 { writer.integer(UInt8(4)) }
        #expect(throws: WireError.value("depth of a size")) {
            try ProgramPayload(decoding: writer.bytes[...])
        }
    }

    @Test func anotherVersionIsRefused() {
        var bytes = HostMessage.rewind.encoded()
        bytes[0] = 99
        #expect(throws: WireError.version(99)) { try HostMessage(decoding: bytes[...]) }
        #expect(throws: WireError.version(99)) { try GuestMessage(decoding: bytes[...]) }
    }

    @Test func longLogsAreCutAndSaySo() throws {
        let logs = [Stage.vertex, .fragment].map {
            StageLog(pass: 0, stage: $0, text: String(repeating: "0:1(1): error: ä\n", count: 6000))
        }
        let bytes = GuestMessage.compiled(revision: 1, isGood: false, logs: logs).encoded()
        #expect(bytes.count <= WireLimits.message)
        guard case .compiled(_, _, let read) = try GuestMessage(decoding: bytes[...]) else {
            Issue.record("another message")
            return
        }
        #expect(read.count == 2)
        #expect(read[0].text.hasSuffix("the rest was cut.)"))
        #expect(logs[0].text.hasPrefix(read[0].text.prefix(1000)))
    }

    @Test func textIsCutAtScalars() {
        #expect("aä€🙂".cut(toBytes: 1) == "a")
        #expect("aä€🙂".cut(toBytes: 2) == "a")
        #expect("aä€🙂".cut(toBytes: 3) == "aä")
        #expect("aä€🙂".cut(toBytes: 9) == "aä€")
        #expect("aä€🙂".cut(toBytes: 10) == "aä€🙂")
    }

    @Test func aPacketTooLongIsMalformedAndSendsNeverBlock() throws {
        var sockets: [Int32] = [-1, -1]
        try #require(socketPair(&sockets))
        let (near, far) = (Channel(descriptor: sockets[0]), Channel(descriptor: sockets[1]))
        #expect(!near.send([UInt8](repeating: 0, count: WireLimits.message + 1)))
        let long = [UInt8](repeating: 0, count: WireLimits.message + 1)
        #expect(Glibc.send(far.descriptor, long, long.count, 0) == long.count)
        guard case .malformed = near.receive() else {
            Issue.record("accepted")
            return
        }
        // Nobody reads: some time the socket is full, and send says so instead of waiting.
        let packet = [UInt8](repeating: 1, count: 1000)
        var sent = 0
        while near.send(packet) { sent += 1 }
        #expect(sent > 10)
    }
}
