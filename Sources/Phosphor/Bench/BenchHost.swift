import CSystem
import Editor
import FoundationEssentials
import Glibc
import GLSL
import Guest
import Logging
import Render
import Terminal

/// A headless host that a benchmark drives: the real loop, guests, editor and panels, on fresh folders.
final class BenchHost {
    let host: Host
    let workspace: Workspace
    let supervisor: Supervisor
    /// The shader cache, empty at first.
    let cache: String

    /// A sketch of one text.
    convenience init(
        sketch: String, name: String, rate: Double = 60, withGuest: Bool = true, width: Int = 640,
        height: Int = 360, logs level: Logger.Level = .error, headset: HeadsetSource? = nil,
        adapt: (inout GuestConfiguration) -> Void = { _ in }
    ) throws {
        try self.init(
            texts: [.fragment: sketch], name: name, rate: rate, withGuest: withGuest, width: width,
            height: height, logs: level, headset: headset, adapt: adapt)
    }

    /// - Parameter adapt: what this benchmark wants different in its guests.
    init(
        texts: [SketchPart: String], name: String, rate: Double = 60, withGuest: Bool = true,
        width: Int = 640,
        height: Int = 360, logs level: Logger.Level = .error, headset: HeadsetSource? = nil,
        adapt: (inout GuestConfiguration) -> Void = { _ in }
    ) throws {
        cache = "/tmp/phosphor-bench-\(getpid())-\(phosphor_now())"
        var guests = HostSetup.guestConfiguration
        guests.cacheFolder = cache
        adapt(&guests)
        var log = Logger(label: "phosphor.bench") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = level
        let file = SketchFile(new: cache + "/" + name)
        let setup = try HostSetup(
            surface: HeadlessSurface(
                width: width, height: height, refreshRate: rate, isShared: headset != nil),
            log: log,
            settings: Settings(), memory: Memory(),
            sketch: OpenSketch(file: file, texts: texts), guests: guests,
            startsGuests: withGuest)
        (workspace, supervisor) = (setup.workspace, setup.supervisor)
        host = try Host(
            workspace: workspace, font: setup.font, socket: nil, script: nil,
            headset: headset == nil ? .off : .auto, headsetSource: headset ?? .runtime)
        workspace.remembers = false
        workspace.showEditor(true)
        if !withGuest { workspace.isSubmissionDue = false }
    }

    deinit {
        supervisor.shutdown()
        try? FileManager.default.removeItem(atPath: cache)
    }

    /// Runs the loop until `condition`; throws after `limit` seconds.
    func run(limit: Double = 60, until condition: () -> Bool) throws {
        let end = phosphor_now() + UInt64(limit * 1e9)
        while !condition() {
            _ = try host.step()
            guard phosphor_now() < end else {
                throw Failure("the benchmark waited \(limit) s for nothing")
            }
        }
    }

    /// Runs the loop until the current text is good and shown.
    func runUntilShown() throws {
        try run { self.workspace.sketch.shown == self.workspace.sketch.text.current }
    }

    /// The newest trial whose picture is on screen.
    var shownTrial: Int? { host.panels?.trialInTexture }
}
