import CSystem
import Editor
import GLSL
import Guest
import Terminal

/// Memory, descriptors and GL objects while a good sketch is edited thousands of times, each a recompile.
struct LeakBench {
    let recompiles: Int

    func run(_ report: inout BenchReport) throws {
        report.title("leak: \(recompiles) recompiles of a good sketch, 640x360")
        print("  goal: flat within 2 % after the first 500")
        let bench = try BenchHost(sketch: Self.sketch(0), name: "leak.frag")
        try bench.runUntilShown()
        let workspace = bench.workspace
        let first = min(500, recompiles / 2)
        var early: ProcessLook?
        for round in 1...recompiles {
            edit(workspace, round)
            // A superseded or repeated revision is told at once; the shown one is what counts.
            try bench.run { workspace.sketch.shown == workspace.sketch.text.current }
            if round == first { early = try ProcessLook(bench) }
        }
        guard let early else { return }
        early.tell(
            "leak", until: try ProcessLook(bench), first: first, steps: recompiles - first,
            each: 1000, &report)
        report.add(
            "leak", "guests that died", ["deaths": Double(bench.supervisor.statistics.deaths)])
    }

    /// The next edit: mostly a new constant, sometimes a way back.
    private func edit(_ workspace: Workspace, _ round: Int) {
        let now = phosphor_now()
        switch round % 20 {
        case 7: _ = workspace.perform(.undo, now: now)
        case 8: _ = workspace.perform(.redo, now: now)
        case 13:
            // What was broken is taken back before it is tried to the end, or after.
            workspace.changeText {
                workspace.sketch.text.setText("void broken(", .fragment, at: Double(now) / 1e9)
                    != nil
            }
            workspace.submitIfDue(now: now)
            _ = workspace.perform(.rollback(nil), now: now)
        default:
            workspace.changeText {
                workspace.sketch.text.setText(Self.sketch(round), .fragment, at: Double(now) / 1e9)
                    != nil
            }
        }
    }

    private static func sketch(_ round: Int) -> String {
        """
        void mainImage(out vec4 color, in vec2 pixel) {
            color = vec4(pixel / iResolution.xy, 0.5 + 0.5 * sin(iTime + \(round).0), 1.0);
        }

        """
    }
}
