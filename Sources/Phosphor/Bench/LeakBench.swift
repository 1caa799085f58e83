import CEpoxy
import CSystem
import Editor
import GLSL
import Glibc
import Guest
import Render
import Terminal

/// Memory, descriptors and GL objects while a good sketch is edited thousands of times, each a recompile.
struct LeakBench {
    let recompiles: Int

    /// One look at all processes.
    private struct Look {
        var host: HostFigures
        var guests: [(pid: Int32, figures: HostFigures)]
        var objects: ObjectCensus
        var guestObjects: [Int32: ObjectCensus]
    }

    func run(_ report: inout BenchReport) throws {
        report.title("leak: \(recompiles) recompiles of a good sketch, 640x360")
        print("  goal: flat within 2 % after the first 500")
        let bench = try BenchHost(sketch: Self.sketch(0), name: "leak.frag")
        try bench.runUntilShown()
        let workspace = bench.workspace
        let first = min(500, recompiles / 2)
        var early: Look?
        for round in 1...recompiles {
            edit(workspace, round)
            // A superseded or repeated revision is told at once; the shown one is what counts.
            try bench.run { workspace.sketch.shown == workspace.sketch.text.current }
            if round == first { early = try settle(bench) }
        }
        guard let early else { return }
        let late = try settle(bench)
        let thousands = Double(recompiles - first) / 1000
        tell("host", early.host, late.host, thousands, &report)
        for (index, guest) in late.guests.enumerated() {
            guard let before = early.guests.first(where: { $0.pid == guest.pid }) else {
                report.add("leak", "guest \(index + 1), replaced", ["MB": guest.figures.megabytes])
                continue
            }
            tell("guest \(index + 1)", before.figures, guest.figures, thousands, &report)
        }
        tell("host", early.objects, late.objects, first, &report)
        for (index, guest) in late.guests.enumerated() {
            guard let before = early.guestObjects[guest.pid],
                let after = late.guestObjects[guest.pid]
            else { continue }
            tell("guest \(index + 1)", before, after, first, &report)
        }
        report.add(
            "leak", "guests that died", ["deaths": Double(bench.supervisor.statistics.deaths)])
    }

    private func tell(
        _ who: String, _ a: HostFigures, _ b: HostFigures, _ thousands: Double,
        _ report: inout BenchReport
    ) {
        report.add(
            "leak", who,
            [
                "MB before": a.megabytes, "MB after": b.megabytes,
                "%": (b.megabytes / a.megabytes - 1) * 100,
                "MB per 1,000": (b.megabytes - a.megabytes) / thousands,
                "descriptors before": Double(a.descriptors), "after": Double(b.descriptors),
            ])
    }

    private func tell(
        _ who: String, _ before: ObjectCensus, _ after: ObjectCensus, _ first: Int,
        _ report: inout BenchReport
    ) {
        for (when, census) in [("at \(first)", before), ("at the end", after)] {
            report.add(
                "leak", "\(who)'s GL objects, \(when)",
                list: zip(ObjectCensus.sorts, census.counts).map { ($0, Double($1)) })
        }
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

    /// Lets everything come to rest, then looks.
    private func settle(_ bench: BenchHost) throws -> Look {
        let end = phosphor_now() + 1_500_000_000
        try bench.run { phosphor_now() >= end && bench.supervisor.isIdle }
        bench.supervisor.takeCensus()
        try bench.run { !bench.supervisor.censuses.isEmpty }
        let pids = bench.supervisor.statistics.pids.values.sorted()
        return Look(
            host: HostFigures.of(getpid()), guests: pids.map { ($0, HostFigures.of($0)) },
            objects: .current(), guestObjects: bench.supervisor.censuses)
    }
}
