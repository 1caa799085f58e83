import CSystem
import FoundationEssentials
import Glibc
import Guest

/// The guest of a storm: `phosphor storm-guest ORDER PARENT`.
///
/// Mostly a guest like any other. Where the file ORDER says so, it is mad: then it starts a real guest of its own and
/// stands between that one and the host, so that it speaks the real language, damaged, without knowing a word of it.
enum MadGuest {
    private static let socket: Int32 = 3

    /// The process's whole life.
    static func run(arguments: [String]) -> Never {
        guard let path = arguments.first, let parent = arguments.last.flatMap(pid_t.init) else {
            exit(2)
        }
        // One order makes one mad guest: who takes the file has it.
        let taken = path + ".\(getpid())"
        guard rename(path, taken) == 0, let bytes = try? AtomicFile.read(taken) else {
            GuestMain.run(arguments: arguments)
        }
        unlink(taken)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard phosphor_die_with_parent(parent) == 0, lines.count == 2,
            let harm = Harm(rawValue: String(lines[0])), let seed = UInt64(lines[1])
        else { exit(2) }
        var random = SplitMix(seed: seed)
        switch harm {
        case .madFlood: flood(&random)
        case .madGarbage: garbage(&random)
        case .madRelay, .madDeaf: relay(isDeaf: harm == .madDeaf, &random)
        default: _exit(Int32(random.below(256)))
        }
    }

    /// The same message over and over: a true one, that a real guest sends first.
    private static func flood(_ random: inout SplitMix) -> Never {
        let guest = startGuest()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var attached: Int32 = -1
        wait([guest], 20_000)
        let count = max(1, phosphor_receive(guest, &buffer, buffer.count, &attached))
        while true {
            if phosphor_send(socket, buffer, count, -1) < 0 {
                guard errno == EAGAIN || errno == EINTR else { _exit(0) }
                poll(nil, 0, 1)
            }
        }
    }

    /// Packets of chance, some with descriptors, some too long.
    private static func garbage(_ random: inout SplitMix) -> Never {
        while true {
            let length = random.below(8) == 0 ? 100_000 : 1 + random.below(64)
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            if phosphor_send(socket, bytes, bytes.count, random.below(2) == 0 ? 0 : -1) < 0,
                errno != EAGAIN, errno != EINTR, errno != EMSGSIZE
            {
                _exit(0)
            }
            poll(nil, 0, Int32(random.below(20)))
        }
    }

    /// Hands messages on in both directions, the guest's damaged in one of five cases; deaf, it stops reading the
    /// host's after a while.
    private static func relay(isDeaf: Bool, _ random: inout SplitMix) -> Never {
        let guest = startGuest()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var heard = 0
        while true {
            let hears = !isDeaf || heard < 3
            wait(hears ? [guest, socket] : [guest], -1)
            var attached: Int32 = -1
            let answer = phosphor_receive(guest, &buffer, buffer.count, &attached)
            if answer == 0 { _exit(0) }
            if answer > 0 {
                var bytes = Array(buffer[..<answer])
                var copies = 1
                if !isDeaf, random.below(5) == 0 { damage(&bytes, &copies, &random) }
                for _ in 0..<copies { _ = phosphor_send(socket, bytes, bytes.count, attached) }
                if attached >= 0 { close(attached) }
            }
            var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard hears, poll(&entry, 1, 0) == 1 else { continue }
            let order = phosphor_receive(socket, &buffer, buffer.count, &attached)
            guard order > 0 else { _exit(0) }
            heard += 1
            _ = phosphor_send(guest, buffer, order, attached)
            if attached >= 0 { close(attached) }
        }
    }

    private static func damage(
        _ bytes: inout [UInt8], _ copies: inout Int, _ random: inout SplitMix
    ) {
        switch random.below(5) {
        case 0: copies = 0
        case 1: copies = 2 + random.below(20)
        case 2: bytes.removeLast(random.below(bytes.count))
        case 3: bytes += (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
        default:
            for _ in 0..<(1 + random.below(4)) {
                bytes[random.below(bytes.count)] = UInt8(random.below(256))
            }
        }
    }

    private static func startGuest() -> Int32 {
        var pair: [Int32] = [-1, -1]
        guard phosphor_socket_pair(&pair, 256 << 10) == 0 else { _exit(4) }
        guard OwnProgram.spawn(["guest", String(getpid())], socket: pair[1]) > 0 else { _exit(4) }
        close(pair[1])
        return pair[0]
    }

    private static func wait(_ descriptors: [Int32], _ milliseconds: Int32) {
        var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        poll(&entries, nfds_t(entries.count), milliseconds)
    }
}
