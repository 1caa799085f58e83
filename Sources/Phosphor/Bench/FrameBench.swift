import CSystem
import Editor
import Glibc

/// How regularly the host's frames come while a guest compiles the 457-line shader over and over, beside the same host
/// without a guest.
struct FrameBench {
    let effort: Double

    func run(_ report: inout BenchReport) throws {
        report.title("frame: the host's frame intervals in milliseconds, 640x360, editor open")
        print("  goal: p99 within 2 ms of the run without a guest")
        let city = try KeystrokeBench.shaders()[2].text
        for rate in [60.0, 90] {
            // Two turns each, alternating, so that a slow minute of the machine falls on both.
            var (with, without): ([UInt64], [UInt64]) = ([], [])
            var (lateWith, lateWithout) = (0, 0)
            for _ in 0..<2 {
                let quiet = try intervals(city, rate: rate, withGuest: false)
                let busy = try intervals(city, rate: rate, withGuest: true)
                without += quiet.intervals
                with += busy.intervals
                lateWithout += quiet.late
                lateWith += busy.late
            }
            let (a, b) = (samples(with), samples(without))
            report.add(
                "frame", "\(Int(rate)) Hz, guest compiling",
                [
                    "p50": a.median, "p99": a.percentile(99), "max": a.maximum,
                    "late": Double(lateWith), "frames": Double(a.count),
                ])
            report.add(
                "frame", "\(Int(rate)) Hz, no guest",
                [
                    "p50": b.median, "p99": b.percentile(99), "max": b.maximum,
                    "late": Double(lateWithout), "frames": Double(b.count),
                ])
            report.add(
                "frame", "\(Int(rate)) Hz, difference", ["p99": a.percentile(99) - b.percentile(99)]
            )
        }
    }

    private func samples(_ intervals: [UInt64]) -> Samples {
        Samples(intervals.map { Double($0) / 1e6 })
    }

    private func intervals(
        _ sketch: String, rate: Double, withGuest: Bool
    ) throws -> (intervals: [UInt64], late: Int) {
        let bench = try BenchHost(
            sketch: KeystrokeBench.typedLine + ")\n" + sketch, name: "bench.frag", rate: rate,
            withGuest: withGuest)
        if withGuest { try bench.runUntilShown() }
        let workspace = bench.workspace
        workspace.sketch.editor.goto(line: 1, column: KeystrokeBench.typedLine.utf8.count + 1)
        try bench.run { workspace.statistics.frames > 30 }
        workspace.statistics.records = true
        let before = workspace.statistics.missed
        let wanted = max(60, Int(300 * effort))
        var typed = 0
        try bench.run(limit: 120) {
            // The next key as soon as the last one's program is there: the guest is never idle.
            if withGuest, workspace.sketch.current?.verdict != nil, !workspace.isSubmissionDue {
                _ = workspace.handle(.text(String(typed % 9 + 1)), now: phosphor_now())
                typed += 1
            }
            return workspace.statistics.intervals.count >= wanted
        }
        return (workspace.statistics.intervals, workspace.statistics.missed - before)
    }
}
