import CSystem
import GLSL
import Testing

@testable import Guest

/// Programs that may compile at once but draw only when they are told.
@Suite(.serialized)
struct PermissionTests {
    private let waiting = TryOptions(waitsForPermission: true)

    @Test func nothingIsDrawnBeforeThePermission() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        bench.supervisor.submit(2, program: try Shaders.flat(4, 5, 6), options: waiting)
        #expect(bench.run { bench.supervisor.permissionDue != nil })
        // Without this it would be permitted by itself.
        bench.supervisor.permissionDue = phosphor_now() + 3_600_000_000_000
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 10 })
        #expect(bench.supervisor.trial?.phase == .linking)
        #expect(bench.verdicts(2).isEmpty)
        // What comes meanwhile waits for the trial's end, and is not lost.
        bench.supervisor.rewind()
        bench.supervisor.permit(99)
        #expect(bench.supervisor.permissionDue != nil)
        bench.supervisor.permit(2)
        #expect(bench.verdict(2)?.isGood == true)
        #expect(bench.run { bench.pixel(0, 0) == [4, 5, 6] })
        #expect(bench.supervisor.statistics.deaths == 0)
    }

    @Test func whatIsNeverPermittedIsDrawnAllTheSame() throws {
        let bench = try Bench()
        bench.supervisor.submit(1, program: try Shaders.flat(1, 2, 3), options: waiting)
        #expect(bench.verdict(1)?.isGood == true)
        #expect(bench.run { bench.pixel(0, 0) == [1, 2, 3] })
        #expect(bench.supervisor.permissionDue == nil)
    }

    @Test func aPermissionBeforeTheCompileIsDoneCostsNothing() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        for revision in 2...6 {
            bench.supervisor.submit(
                revision, program: try Shaders.flat(revision, 0, 0), options: waiting)
            bench.supervisor.permit(revision)
            var wasWaitedFor = false
            #expect(
                bench.run {
                    wasWaitedFor = wasWaitedFor || bench.supervisor.permissionDue != nil
                    return !bench.verdicts(revision).isEmpty
                })
            #expect(bench.verdicts(revision).first?.isGood == true)
            #expect(!wasWaitedFor)
        }
    }

    @Test func aGuestThatDiesWhileItWaitsIsReplaced() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        bench.supervisor.submit(2, program: try Shaders.flat(4, 5, 6), options: waiting)
        #expect(bench.run { bench.supervisor.permissionDue != nil })
        bench.supervisor.kill(.back)
        #expect(bench.run { bench.supervisor.statistics.deaths == 1 })
        #expect(bench.supervisor.permissionDue == nil)
        #expect(bench.verdict(2)?.isGood == true)
    }
}
