import CSystem
import Editor
import GLSL
import Glibc
import Guest

/// The host's frame intervals while a guest spins in an endless loop, beside the same host without a guest.
struct HangBench {
    let effort: Double

    /// Which guest hangs.
    private enum Case: String, CaseIterable {
        case back = "back hangs in its trial"
        case front = "front hangs"
    }

    /// Rounds that only the clock could end, which a compiler cannot know.
    ///
    /// An endless loop that it sees through may be dropped with all that it computes. llvmpipe ends a loop of its own at
    /// 65,535 rounds; three of them, one in the other, with much to do in each of two million pixels, outlast any bench.
    static let endless = """
        for (int i = 0; iTime > -1.0; i++)
            for (int j = 0; iTime > -2.0; j++)
                for (int k = 0; iTime > -3.0; k++)
                    v += sin(v + pow(abs(cos(v + pixel.x)), 1.3) * exp(-abs(sin(v * 3.0 + float(i ^ j ^ k)))));
        """

    /// A simple picture that moves, with this put in.
    private static func sketch(_ hang: String) -> String {
        """
        void mainImage(out vec4 color, in vec2 pixel) {
            float v = 0.0;
            \(hang)
            color = vec4(pixel / iResolution.xy, 0.5 + 0.5 * sin(iTime + v), 1.0);
        }

        """
    }

    func run(_ report: inout BenchReport) throws {
        report.title(
            "hang: the host's frame intervals in milliseconds, 1920x1080 at 60 Hz, editor open")
        print("  goal: p99 within 2 ms of the run without a guest")
        for each in Case.allCases {
            // Alternating, so that a slow minute of the machine falls on both.
            var (with, without): ([UInt64], [UInt64]) = ([], [])
            for _ in 0..<3 {
                without += try intervals(nil)
                with += try intervals(each)
            }
            let (a, b) = (samples(with), samples(without))
            for (name, samples) in [(each.rawValue, a), ("no guest", b)] {
                report.add(
                    "hang", name,
                    [
                        "p50": samples.median, "p99": samples.percentile(99),
                        "max": samples.maximum, "frames": Double(samples.count),
                    ])
            }
            report.add(
                "hang", "\(each.rawValue), difference",
                ["p99": a.percentile(99) - b.percentile(99), "max": a.maximum - b.maximum])
        }
    }

    private func samples(_ intervals: [UInt64]) -> Samples {
        Samples(intervals.map { Double($0) / 1e6 })
    }

    private func intervals(_ hanging: Case?) throws -> [UInt64] {
        let bench = try BenchHost(
            sketch: Self.sketch(hanging == .front ? "if (iTime > 1.5) \(Self.endless)" : ""),
            name: "hang.frag", withGuest: hanging != nil, width: 1920, height: 1080
        ) {
            // Nobody ends the hang before the bench has seen it.
            $0.deadlines = Deadlines.software.scaled(by: 100)
        }
        let workspace = bench.workspace
        switch hanging {
        case .back:
            try bench.runUntilShown()
            try bench.run { workspace.newestPicture > 10 }
            workspace.changeText {
                workspace.sketch.text.setText(
                    Self.sketch(Self.endless), .fragment, at: Double(phosphor_now()) / 1e9) != nil
            }
            // In whichever draw: some drivers never come to the end of the small one.
            try bench.run { (bench.supervisor.trial?.phase ?? .idle) >= .firstDraw }
            let settled = phosphor_now() + 1_000_000_000
            try bench.run { phosphor_now() >= settled }
        case .front:
            try bench.runUntilShown()
            // It hangs when no picture has come for half a second.
            var last: (picture: UInt64, since: UInt64) = (0, phosphor_now())
            try bench.run {
                let now = phosphor_now()
                if workspace.newestPicture != last.picture { last = (workspace.newestPicture, now) }
                return workspace.clock.time > 1.5 && now - last.since > 500_000_000
            }
        case nil: try bench.run { workspace.statistics.frames > 30 }
        }
        workspace.statistics.forgive()
        workspace.statistics.records = true
        let deaths = bench.supervisor.statistics.deaths
        let wanted = max(120, Int(400 * effort))
        try bench.run(limit: 300) { workspace.statistics.intervals.count >= wanted }
        guard bench.supervisor.statistics.deaths == deaths else {
            throw Failure("the guest that was to hang ended; its loop was stopped by somebody")
        }
        return workspace.statistics.intervals
    }
}
