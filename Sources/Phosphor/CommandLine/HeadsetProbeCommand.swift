import ArgumentParser
import CEpoxy
import CSystem
import Glibc
import Headset
import Render
import Terminal

/// `phosphor headset-probe`: a session of some frames with known colours, to try a runtime out; prints what it saw.
///
/// Hidden: it is for tests and for people who wonder whether it is the runtime or Phosphor. `doctor` looks only.
struct HeadsetProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "headset-probe",
        abstract: "Show known colours in the headset for some frames, and print what was seen.",
        shouldDisplay: false)

    @Option(help: "How many frames to show in each round.")
    var frames = 120
    @Option(help: "How often to connect; each round is a line.")
    var rounds = 1
    @Flag(help: "Draw in a window (GLX) instead of without one (EGL).")
    var window = false
    @Option(help: "Seconds to look for a runtime before a round is given up.")
    var patience = 0.0

    func run() throws {
        // Without reset notification, which Monado's own EGL context lacks: those two could not share.
        let context: AnyObject =
            window
            ? try WindowSurface(width: 320, height: 200, title: "headset-probe")
            : try Render.EGLContext(robust: false)
        var isWell = true
        for round in 0..<rounds {
            var line = JSONLine()
            line.add("round", round)
            let seen = HeadsetProbe(frames: frames)
            do throws(HeadsetError) {
                let driver = try connect()
                add(driver.report, to: &line)
                let problem = seen.show(in: driver)
                line.add("problem", problem ?? driver.frameProblem)
                isWell = isWell && problem == nil && seen.hasFocused
            } catch {
                line.add("problem", error.description)
                isWell = false
            }
            seen.report(to: &line)
            // After the driver has gone: what is left open now is never closed.
            line.add("descriptors", Descriptors.count(of: getpid()))
            line.add("threads", Descriptors.list("/proc/self/task").count)
            print(line.object)
        }
        // All drivers have gone before it does.
        withExtendedLifetime(context) {}
        guard isWell else { throw ExitCode(1) }
    }

    /// The headset, as soon as there is one.
    private func connect() throws(HeadsetError) -> OpenXRDriver {
        let deadline = phosphor_now() + UInt64(patience * 1e9)
        while true {
            do throws(HeadsetError) {
                return try OpenXRHeadset.find().open { complain($0) }
            } catch {
                if phosphor_now() >= deadline { throw error }
                usleep(500_000)
            }
        }
    }

    private func add(_ report: HeadsetReport, to line: inout JSONLine) {
        line.add("runtime", report.runtime)
        line.add("system", report.system)
        line.add("binding", report.bindings.joined(separator: " "))
        line.add("width", report.recommendedSize?.width)
        line.add("height", report.recommendedSize?.height)
        line.add("rate", report.refreshRate)
        line.add("origin", report.trackingSpace)
        line.add("layers", report.layers)
        line.add("depth", report.takesDepth)
    }
}
