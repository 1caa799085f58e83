import CSystem
import GLSL
import Testing

@testable import Guest

/// A pinned revision, and the panic that brings it back.
@Suite(.serialized)
struct PanicTests {
    /// A bench that shows 2, which hangs after 10 seconds, over a pinned 1.
    private func pinned() throws -> Bench {
        let bench = try Bench(configuration: BuiltProduct.configuration(deadline: 60))
        #expect(bench.show(1, try Shaders.flat(11, 22, 33)))
        #expect(bench.supervisor.pin(1))
        #expect(bench.show(2, try Shaders.endlessAfter(10)))
        #expect(bench.run { bench.supervisor.back?.loaded.contains(1) == true })
        return bench
    }

    /// Waits until the front has been at a frame for so long.
    private func hang(_ bench: Bench, nanoseconds: UInt64) {
        bench.time = 20
        #expect(
            bench.run {
                guard case .draw(2, _) = bench.supervisor.front?.job else { return false }
                let started = bench.supervisor.front?.jobStarted ?? .max
                return phosphor_now() > started + nanoseconds
            })
    }

    @Test func aHungFrontGivesWayAtOnce() throws {
        let bench = try pinned()
        hang(bench, nanoseconds: 1_500_000_000)
        bench.supervisor.panic()
        #expect(bench.supervisor.isHeld)
        // Killed in the call itself, and not at its deadline of a minute.
        #expect(
            bench.supervisor.guests.allSatisfy {
                if case .draw(2, _) = $0?.job { $0?.isAlive == false } else { true }
            })
        #expect(bench.run { bench.pixel(0, 0) == [11, 22, 33] })
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 3 })
        #expect(bench.verdicts(2).last == .hung(phase: GuestPhase.drawing.words))
        // What hung does not come back by itself.
        bench.supervisor.endPanic()
        #expect(bench.run { bench.supervisor.isIdle })
        #expect(bench.supervisor.shownRevision == 1)
    }

    @Test func aFrameThatOnlyBeganIsNotBlamed() throws {
        let bench = try pinned()
        hang(bench, nanoseconds: 200_000_000)
        bench.supervisor.panic()
        #expect(bench.run { bench.pixel(0, 0) == [11, 22, 33] })
        // Unless this machine took a second for the call.
        if bench.verdicts(2).count == 1 {
            bench.time = 0
            bench.supervisor.endPanic()
            #expect(bench.run { bench.pixel(0, 0) == [0, 0, 255] })
            #expect(bench.supervisor.shownRevision == 2)
        }
    }

    @Test func whatBecomesGoodMeanwhileWaits() throws {
        let bench = try pinned()
        bench.supervisor.panic()
        #expect(bench.run { bench.pixel(0, 0) == [11, 22, 33] })
        bench.supervisor.submit(3, program: try Shaders.flat(7, 8, 9))
        #expect(bench.verdict(3)?.isGood == true)
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 3 })
        #expect(bench.pixel(0, 0) == [11, 22, 33])
        bench.supervisor.endPanic()
        #expect(bench.run { bench.pixel(0, 0) == [7, 8, 9] })
    }

    @Test func aGuestIsAlwaysReadyForWhatIsPinned() throws {
        let bench = try pinned()
        for revision in 3...20 { #expect(bench.show(revision, try Shaders.flat(revision, 0, 0))) }
        #expect(bench.run { bench.supervisor.back?.loaded.contains(1) == true })
        for guest in bench.supervisor.guests.compactMap({ $0 }) {
            #expect(guest.loaded.count <= 5)
        }
        // One that takes its place gets it, too.
        bench.supervisor.kill(.back)
        #expect(bench.run { bench.supervisor.statistics.deaths == 1 })
        #expect(bench.run { bench.supervisor.back?.loaded.contains(1) == true })
        bench.supervisor.panic()
        #expect(bench.run { bench.pixel(0, 0) == [11, 22, 33] })
        bench.supervisor.endPanic()
        #expect(bench.run { bench.pixel(0, 0) == [20, 0, 0] })
    }

    @Test func onlyWhatWasGoodCanBePinned() throws {
        let bench = try pinned()
        #expect(!bench.supervisor.pin(99))
        #expect(bench.supervisor.pinned?.revision == 1)
        bench.supervisor.pin(nil)
        bench.supervisor.panic()
        #expect(!bench.supervisor.isHeld)
        #expect(bench.supervisor.shownRevision == 2)
    }
}
