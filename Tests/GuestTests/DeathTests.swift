import CSystem
import GLSL
import Glibc
import TestSupport
import Testing

@testable import Guest

/// Guests that die, hang, or are taken away.
@Suite(.serialized)
struct DeathTests {
    @Test func aFrontKilledInMidFrameComesBackWithTheLastGood() throws {
        let bench = try Bench()
        #expect(bench.show(3, try Shaders.flat(50, 60, 70)))
        for _ in 0..<3 {
            let pid = try #require(bench.supervisor.statistics.pids[.front])
            let deaths = bench.supervisor.statistics.deaths
            bench.supervisor.requestFrame(DrawState())
            kill(pid, SIGKILL)
            #expect(bench.run { bench.supervisor.statistics.deaths > deaths })
            // The last picture is there all the while.
            #expect(bench.pixel(4, 4) == [50, 60, 70])
            let sequence = bench.supervisor.pictureSequence
            #expect(bench.run { bench.supervisor.pictureSequence > sequence + 2 })
            #expect(bench.pixel(4, 4) == [50, 60, 70])
            #expect(bench.supervisor.shownRevision == 3)
        }
        #expect(bench.verdicts(3).count == 1)
        #expect(bench.run { bench.supervisor.statistics.pids.count == 2 })
    }

    @Test func bothGuestsKilledAtOnceComeBack() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(bench.run { bench.supervisor.statistics.pids.count == 2 })
        for pid in bench.supervisor.statistics.pids.values { kill(pid, SIGKILL) }
        #expect(bench.run { bench.supervisor.statistics.deaths == 2 })
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 2 })
        #expect(bench.pixel(0, 0) == [1, 2, 3])
    }

    @Test func nothingIsDueThatNobodyAnswersAfterBothDied() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(bench.run { bench.supervisor.statistics.pids.count == 2 })
        for pid in bench.supervisor.statistics.pids.values { kill(pid, SIGKILL) }
        #expect(bench.run { bench.supervisor.statistics.deaths == 2 })
        // As after a long quiet: the time to warm the back has come.
        bench.supervisor.quietSince = 0
        // The new front stops at its start, so that the back waits for it.
        #expect(bench.run { bench.supervisor.front != nil })
        let front = try #require(bench.supervisor.front?.pid)
        kill(front, SIGSTOP)
        #expect(bench.run { bench.supervisor.back?.canLoad == true })
        var rounds = 0
        let idle = spins(bench) {
            rounds += 1
            return rounds == 20
        }
        #expect(idle == 0)
        kill(front, SIGCONT)
        #expect(spins(bench) { bench.supervisor.back?.loaded == [1] } == 0)
    }

    @Test func aRingThatIsRefusedIsAskedForAgainWithoutHaste() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(bench.run { bench.supervisor.statistics.pids.count == 2 })
        for pid in bench.supervisor.statistics.pids.values { kill(pid, SIGKILL) }
        #expect(bench.run { bench.supervisor.statistics.deaths == 2 })
        // As if memory had been refused just now.
        let due = phosphor_now() + 1_500_000_000
        (bench.supervisor.isRingRefused, bench.supervisor.ringDue) = (true, due)
        bench.supervisor.quietSince = 0
        bench.supervisor.submit(2, program: try Shaders.flat(4, 5, 6))
        #expect(spins(bench) { phosphor_now() + 300_000_000 >= due } == 0)
        #expect(bench.supervisor.guests.allSatisfy { $0?.ring == nil })
        #expect(bench.verdict(2)?.isGood == true, "what waited for the ring was lost")
        #expect(bench.run { bench.pixel(0, 0) == [4, 5, 6] })
    }

    /// How often the host is woken at once though nothing came of the wake before, until the condition holds.
    private func spins(_ bench: Bench, until condition: () -> Bool) -> Int {
        var spins = 0
        let isDone = bench.run {
            let now = phosphor_now()
            let deaths = bench.supervisor.statistics.deaths
            let events = bench.supervisor.pump(now: now)
            if events.isEmpty, bench.supervisor.statistics.deaths == deaths,
                let due = bench.supervisor.nextDeadline(now: now), due <= now
            {
                spins += 1
            }
            return condition()
        }
        #expect(isDone)
        return spins
    }

    @Test func aTrialKilledFromOutsideIsTriedAgain() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(bench.run { bench.supervisor.back?.isIdle == true })
        bench.supervisor.submit(2, program: try Shaders.flat(4, 5, 6))
        kill(try #require(bench.supervisor.back?.pid), SIGKILL)
        #expect(bench.verdict(2)?.isGood == true)
        #expect(bench.run { bench.pixel(0, 0) == [4, 5, 6] })
    }

    @Test func aDriverThatCrashesInATrialIsToldApart() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(bench.run { bench.supervisor.back?.isIdle == true })
        bench.supervisor.submit(2, program: try Shaders.endless())
        kill(try #require(bench.supervisor.back?.pid), SIGSEGV)
        guard case .crashed(let cause) = bench.verdict(2) else {
            Issue.record("not crashed: \(bench.verdicts(2))")
            return
        }
        #expect(cause.contains("segmentation fault"))
        #expect(bench.pixel(0, 0) == [1, 2, 3])
        #expect(
            bench.run { bench.supervisor.isIdle && bench.supervisor.statistics.pids.count == 2 })
        #expect(bench.verdicts(2).count == 1, "it was tried again by itself")
    }

    @Test func aFrontThatCrashesAgainAndAgainIsGivenUp() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(bench.show(2, try Shaders.flat(4, 5, 6)))
        // In mid-frame, so that the blame is clear.
        #expect(
            bench.run {
                if case .draw(2, _) = bench.supervisor.front?.job { return true }
                return false
            })
        kill(try #require(bench.supervisor.front?.pid), SIGSEGV)
        #expect(
            bench.run { bench.supervisor.shownRevision == 1 && bench.pixel(0, 0) == [1, 2, 3] })
        #expect(bench.verdicts(2).last?.name == "crashed")
    }

    @Test func aRingDamagedAtWorkHarmsNobody() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(9, 8, 7)))
        var random = Seeded(seed: 3)
        for _ in 0..<60 {
            guard let ring = bench.supervisor.front?.ring else { continue }
            let memory = try MappedMemory(descriptor: ring.descriptor, size: ring.layout.total)
            for slot in 0..<ring.layout.slots {
                for offset in [0, ring.layout.header(of: slot)] {
                    for byte in 0..<128 {
                        memory.address.storeBytes(
                            of: UInt8(truncatingIfNeeded: random.next()),
                            toByteOffset: offset + byte,
                            as: UInt8.self)
                    }
                }
            }
            let (sequence, deaths) = (
                bench.supervisor.pictureSequence, bench.supervisor.statistics.deaths
            )
            #expect(
                bench.run {
                    bench.supervisor.pictureSequence > sequence
                        || bench.supervisor.statistics.deaths > deaths
                })
            let picture = try #require(bench.supervisor.picture)
            #expect(picture.width == 32 && picture.height == 16)
            bench.supervisor.releasePicture()
        }
    }

    @Test func anEndlessDrawIsHungAndTheFrontGoesOn() throws {
        let bench = try Bench(configuration: BuiltProduct.configuration(deadline: 1.2))
        #expect(bench.show(1, try Shaders.flat(11, 22, 33)))
        bench.supervisor.submit(2, program: try Shaders.endless())
        var frames: [UInt64] = []
        #expect(
            bench.run {
                let sequence = bench.supervisor.pictureSequence
                if bench.supervisor.trial?.phase == .firstDraw, frames.last != sequence {
                    frames.append(sequence)
                }
                return !bench.verdicts(2).isEmpty
            })
        guard case .hung(let phase) = bench.verdicts(2).first else {
            Issue.record("not hung: \(bench.verdicts(2))")
            return
        }
        #expect(phase == GuestPhase.firstDraw.words)
        #expect(frames.count > 5, "the front stood still while the back hung")
        #expect(bench.pixel(0, 0) == [11, 22, 33])
        // A new back is there for the next revision.
        #expect(bench.show(3, try Shaders.flat(1, 1, 1)))
    }

    @Test func aFrontThatHangsFallsBackToAnOlderGood() throws {
        let bench = try Bench(configuration: BuiltProduct.configuration(deadline: 1.2))
        #expect(bench.show(1, try Shaders.flat(11, 22, 33)))
        #expect(bench.show(2, try Shaders.endlessAfter(10)))
        #expect(bench.pixel(0, 0) == [0, 0, 255])
        bench.time = 20
        #expect(bench.run { bench.verdicts(2).count == 2 })
        #expect(bench.verdicts(2).last == .hung(phase: GuestPhase.drawing.words))
        #expect(bench.run { bench.pixel(0, 0) == [11, 22, 33] })
        #expect(bench.supervisor.shownRevision == 1)
        #expect(bench.supervisor.lastGood == 1)
    }

    @Test func aLongOvertakenTrialMakesRoom() throws {
        let bench = try Bench(configuration: BuiltProduct.configuration(deadline: 20))
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        bench.supervisor.submit(2, program: try Shaders.endless())
        #expect(bench.run { bench.supervisor.trial?.phase == .firstDraw })
        bench.supervisor.submit(3, program: try Shaders.flat(4, 5, 6))
        #expect(bench.run(until: 10) { bench.pixel(0, 0) == [4, 5, 6] })
        #expect(bench.verdicts(2) == [.superseded])
    }

    @Test func aKilledHostLeavesNoGuest() throws {
        // A shell plays the host: it starts a guest as its child, which inherits the socket. We hold the other end,
        // so the guest's death cannot come from the socket.
        var sockets: [Int32] = [-1, -1]
        try #require(phosphor_socket_pair(&sockets, 64 << 10) == 0)
        let channel = Channel(descriptor: sockets[0])
        let words: [String] = ["sh", "-c", "\"$0\" guest $$ & wait", BuiltProduct.phosphor]
        var arguments = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        let host = phosphor_spawn("/bin/sh", arguments, phosphor_environment(), sockets[1])
        close(sockets[1])
        try #require(host > 0)
        guard case .packet(let bytes, _) = Self.wait(for: channel) else {
            Issue.record("the guest did not start")
            return
        }
        guard case .ready = try GuestMessage(decoding: bytes) else {
            Issue.record("the guest is not ready")
            return
        }
        kill(host, SIGKILL)
        var status: Int32 = 0
        #expect(phosphor_reap(host, 1, &status) == 1)
        guard case .ended = Self.wait(for: channel) else {
            Issue.record("the guest outlived its host")
            return
        }
    }

    /// The next packet, or the end; `none` after ten seconds without either.
    private static func wait(for channel: Channel) -> Channel.Packet {
        var request = pollfd(fd: channel.descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&request, 1, 10_000)
        return channel.receive()
    }

    @Test func aMissingExecutableIsSaidAndNotTriedInACircle() throws {
        var configuration = BuiltProduct.configuration()
        configuration.executable = "/nowhere/phosphor"
        let bench = try Bench(configuration: configuration)
        bench.supervisor.submit(1, program: try Shaders.flat(1, 2, 3))
        #expect(
            bench.run {
                bench.events.contains {
                    if case .notice(let text) = $0 { text.contains("/nowhere") } else { false }
                }
            })
    }

    @Test func aGuestThatGoesMadIsReplaced() throws {
        // cat answers each message with the same bytes, which no guest would send.
        var configuration = BuiltProduct.configuration()
        configuration.executable = "/bin/sh"
        configuration.arguments = ["-c", "exec cat <&3 >&3", "phosphor"]
        let bench = try Bench(configuration: configuration)
        for guest in bench.supervisor.guests.compactMap({ $0 }) { #expect(guest.send(.rewind)) }
        #expect(
            bench.run {
                bench.events.contains {
                    if case .died(_, let cause, _) = $0 {
                        cause.contains("asked") || cause.contains("sense")
                    } else {
                        false
                    }
                }
            })
    }
}
