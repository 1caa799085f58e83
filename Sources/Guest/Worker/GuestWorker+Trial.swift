import CEpoxy
import CSystem
import GLSL
import Glibc
import Render

extension GuestWorker {
    /// What a whole frame may be expected to take without anybody looking twice, in nanoseconds.
    private static var unsuspicious: UInt64 { 100_000_000 }

    /// What the samples must take at least for their time to tell anything, in nanoseconds.
    private static var telling: UInt64 { 20_000_000 }

    /// How much longer than it may a frame must promise to be before it is not even drawn.
    private static var farOver: UInt64 { 4 }

    /// Whether something speaks against drawing a program's whole frame, now that its first pixels are drawn.
    ///
    /// For a cheap program this costs nothing, or a second draw of those few pixels: the first one's time includes
    /// whatever the driver still compiled. Only where that leaves doubt are samples drawn from all over the picture.
    func reasonToStop(
        _ program: LoadedProgram, _ attempt: HostMessage.Attempt, _ limits: TrialLimits,
        _ timings: Timings, in ring: GuestRing
    ) -> Stop? {
        // The rounds of a runaway loop, times all pixels, may take minutes.
        if let stop = trippedStop(program) { return stop }
        // Of one eye's picture: each has its share of what is drawn, and of what would be.
        let (width, height) = (layout.width, layout.height)
        func whole(_ region: TrialRegion, _ nanoseconds: UInt64) -> UInt64 {
            let ratio =
                Double(width * height) / Double(max(1, region.area(width: width, height: height)))
            return UInt64(min(Double(nanoseconds) * ratio, 1e18))
        }
        if whole(.small, timings.firstDrawNanoseconds) <= Self.unsuspicious { return nil }
        // Of a tiny picture the first draw was most.
        guard width * height > 8 * TrialRegion.small.area(width: width, height: height) else {
            return nil
        }
        var (wall, processor) = timed { draw(program, state: attempt.state, region: .small) }
        if let stop = trippedStop(program) { return stop }
        if whole(.small, wall) <= Self.unsuspicious { return nil }
        ring.publish(.partDraw, revision: attempt.revision)
        (wall, processor) = timed { draw(program, state: attempt.state, region: .part) }
        if let stop = trippedStop(program) { return stop }
        // Sixteen times what beginning a draw costs is no estimate.
        guard wall >= Self.telling else { return nil }
        let estimate = (wall: whole(.part, wall), processor: whole(.part, processor))
        let isFar =
            limits.budget > 0 && estimate.wall / Self.farOver > limits.budget
            || limits.deadline > 0 && estimate.processor / Self.farOver > limits.deadline
        return isFar ? .estimate(wall: estimate.wall, processor: estimate.processor) : nil
    }

    /// Draws whole frames until their median says what a program costs; nothing where the first was within budget.
    func timeAgain(
        _ program: LoadedProgram, _ attempt: HostMessage.Attempt, _ limits: TrialLimits,
        _ timings: inout Timings
    ) {
        let first = timings.gpuNanoseconds ?? timings.wholeDrawNanoseconds
        // One that takes a good part of its deadline is slow by any measure, and must not be called hung for this.
        guard limits.budget > 0, first > limits.budget,
            limits.deadline == 0 || first < limits.deadline / 8
        else { return }
        var times: [UInt64] = []
        let start = phosphor_now()
        while times.count < 3, times.isEmpty || phosphor_now() - start < 400_000_000 {
            var ticket: GPUTimer.Ticket?
            let (wall, _) = timed {
                ticket = timer.measure(attempt.revision, byClock: needsClock(program)) {
                    draw(program, state: attempt.state, region: .whole)
                }
            }
            // Other processes' work may be in the query's time, as it is in the clock's.
            times.append(min(ticket.flatMap(timer.result) ?? wall, wall))
        }
        timings.gpuNanoseconds = times.sorted()[times.count / 2]
    }

    /// Loops of a trial's whole frame that passed the limit; nil for none.
    func tripped(_ program: LoadedProgram, state: DrawState) -> Stop? {
        if let stop = trippedStop(program) { return stop }
        guard let replayed = replay(program, state: state) else { return nil }
        return .tripped([replayed])
    }

    private func trippedStop(_ program: LoadedProgram) -> Stop? {
        let all = program.trippedLoops()
        return all.isEmpty ? nil : .tripped(all)
    }

    /// Has a program that can only tell by its colours draw once more, and looks for the marks in them.
    private func replay(_ program: LoadedProgram, state: DrawState) -> Tripped? {
        guard program.replays, let size = target?.color else { return nil }
        program.setReplaying(true)
        draw(program, state: state, region: .whole)
        program.setReplaying(false)
        var pixels = [UInt8](repeating: 0, count: size.width * size.height * 4)
        pixels.withUnsafeMutableBytes { bytes in
            if let memory = bytes.baseAddress { deliver(into: memory) }
        }
        let mark = stride(from: 0, to: pixels.count, by: 4).first {
            pixels[$0 + 2] == 165 && pixels[$0 + 3] == 255
        }
        return mark.map {
            Tripped(
                pass: program.passes.count - 1, stage: .fragment,
                loop: Int(pixels[$0]) | Int(pixels[$0 + 1]) << 8)
        }
    }

    /// Whether only the machine's clock can time a program: llvmpipe's query leaves its compute work out.
    func needsClock(_ program: LoadedProgram) -> Bool { info.isSoftware && program.hasCompute }

    /// What drawing takes until it is done, by the clock and by that of the processors.
    ///
    /// On software GL other processes' work is in the first but not in the second, which is the lower one of both
    /// then; on a graphics card the processors' time says nothing.
    private func timed(_ draw: () -> Void) -> (wall: UInt64, processor: UInt64) {
        let (start, used) = (phosphor_now(), Self.processorNanoseconds())
        draw()
        glFinish()
        let wall = phosphor_now() - start
        guard info.isSoftware else { return (wall, wall) }
        let processor = Self.processorNanoseconds() - used
        return (min(wall, processor), processor)
    }

    /// The processor time of this process, all of its threads together.
    private static func processorNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return UInt64(max(0, time.tv_sec)) * 1_000_000_000 + UInt64(max(0, time.tv_nsec))
    }
}
