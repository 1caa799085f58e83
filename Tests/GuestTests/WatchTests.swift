import Testing

@testable import Guest

/// Deadlines, with a clock of the test's own.
struct WatchTests {
    private static let second: UInt64 = 1_000_000_000

    private func watch(_ phase: GuestPhase) -> Watch {
        var deadlines = Deadlines()
        (deadlines.compile, deadlines.link, deadlines.firstDraw, deadlines.draw) = (2, 3, 4, 1)
        return Watch(
            phase, deadlines: deadlines, now: 100 * Self.second, cpu: 50 * Int64(Self.second),
            processors: 2)
    }

    @Test func processorTimeCountsAndWallTimeThreefold() {
        var watch = watch(.drawing)
        let (start, cpu) = (100 * Self.second, 50 * Int64(Self.second))
        #expect(!watch.isOver(now: start + Self.second * 5 / 2, cpu: cpu) { false })
        #expect(watch.isOver(now: start + 1, cpu: cpu + Int64(Self.second)) { false })
        #expect(watch.isOver(now: start + 3 * Self.second, cpu: cpu) { false })
        // A process that is gone has no CPU time; its wall time goes on counting.
        #expect(!watch.isOver(now: start + 1, cpu: -1) { false })
    }

    @Test func eachPhaseOfATrialHasItsOwnTime() {
        var watch = watch(.compiling)
        let (start, cpu) = (100 * Self.second, 50 * Int64(Self.second))
        watch.observe(.linking, now: start + Self.second, cpu: cpu + Int64(Self.second))
        #expect(watch.phase == .linking)
        #expect(
            !watch.isOver(now: start + Self.second * 3, cpu: cpu + 3 * Int64(Self.second)) { false }
        )
        #expect(
            watch.isOver(now: start + Self.second * 4, cpu: cpu + 4 * Int64(Self.second)) { false })
    }

    @Test func goingRoundInCirclesBuysNoTime() {
        var watch = watch(.compiling)
        let (start, cpu) = (100 * Self.second, 50 * Int64(Self.second))
        watch.observe(.wholeDraw, now: start, cpu: cpu)
        for step in 1...100 {
            let (now, used) = (start + UInt64(step) * 50_000_000, cpu + Int64(step) * 50_000_000)
            watch.observe(.compiling, now: now, cpu: used)
            watch.observe(.linking, now: now, cpu: used)
            watch.observe(nil, now: now, cpu: used)
            watch.observe(.wholeDraw, now: now, cpu: used)
            watch.observe(.drawing, now: now, cpu: used)
        }
        #expect(watch.phase == .wholeDraw)
        #expect(
            watch.isOver(now: start + 5 * Self.second, cpu: cpu + 5 * Int64(Self.second)) { false })
    }

    @Test func whoWaitsForAProcessorIsNotHung() {
        var watch = watch(.drawing)
        let (start, cpu) = (100 * Self.second, 50 * Int64(Self.second))
        #expect(!watch.isOver(now: start + 4 * Self.second, cpu: cpu) { true })
        #expect(!watch.isOver(now: start + 9 * Self.second / 2, cpu: cpu) { false })
        #expect(watch.isOver(now: start + 5 * Self.second, cpu: cpu) { false })
        // Its processor time counts all the same, and there is an end to patience.
        #expect(watch.isOver(now: start + Self.second, cpu: cpu + Int64(Self.second)) { true })
        var (now, looks) = (start, 0)
        while !watch.isOver(now: now, cpu: cpu, isRunnable: { true }), looks < 1000 {
            now += Self.second / 2
            looks += 1
        }
        #expect((40...60).contains(looks))
    }

    @Test func theNextLookIsNeverTooLate() {
        let watch = watch(.drawing)
        let (start, cpu) = (100 * Self.second, 50 * Int64(Self.second))
        // Two processors use up the second in half of it.
        #expect(watch.earliestEnd(now: start, cpu: cpu) <= start + Self.second / 2 + 1_000_000)
        #expect(
            watch.earliestEnd(now: start + 2 * Self.second, cpu: cpu) <= start + 3 * Self.second)
    }
}
