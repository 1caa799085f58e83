import ArgumentParser
import CSystem
import Editor
import FoundationEssentials
import Glibc
import GLSL
import Guest
import Journal
import Logging
import Render
import Terminal

/// `phosphor run`: the editor itself.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Open a sketch and edit it live (the default).",
        discussion: """
            Without a sketch, the one that was open last comes back, with its caret; at the first start, the welcome \
            sketch. A sketch is one shader file, or a folder with one file a stage.

            --headless needs no display and no window system: the same editor, drawn into memory, driven by a script, \
            by `phosphor send`, and looked at with the command `screenshot`.
            """)

    @Argument(help: "A shader file, or a folder with one file a stage.", completion: .file())
    var sketch: String?

    @Option(help: "Use a headset: auto takes one that is there, require waits for one, off.")
    var headset: HeadsetMode = .auto

    @Flag(help: "Draw into memory; no display is needed.")
    var headless = false

    @Option(help: "Size in pixels.")
    var size = PixelSize(width: 1280, height: 720)

    @Option(help: "Commands to play, one a line; - for standard input.", completion: .file())
    var script: String?

    @Flag(help: "Log what happens to standard error.")
    var verbose = false

    func run() throws {
        // Of a file that is gone the journal may have the text; of a command that is none it has not.
        if let sketch, !isThere(sketch),
            !sketch.contains(where: { "./".contains($0) }) || access(Folders.journal, R_OK) != 0
        {
            throw Failure(Self.missing(sketch))
        }
        let environment = ProcessInfo.processInfo.environment
        let hasDisplay = ["DISPLAY", "WAYLAND_DISPLAY"].contains {
            environment[$0]?.isEmpty == false
        }
        guard headless || hasDisplay else {
            throw Failure(
                """
                There is no display here (DISPLAY and WAYLAND_DISPLAY are not set).
                  with a script or `phosphor send`:   phosphor run --headless
                  pictures of a sketch:                phosphor render SKETCH --out 'frame-%04d.png'
                  a session that plays by itself:      scripts/run
                """)
        }
        let played = try script.map(loadScript)
        try start(script: played)
    }

    private func isThere(_ path: String) -> Bool {
        AtomicFile.stamp(Folders.absolute(path)) != nil
    }

    private static func missing(_ sketch: String) -> String {
        "There is no such file, nor such a command: '\(sketch)'. `phosphor --help` lists the commands; Ctrl+N makes a "
            + "new sketch."
    }

    private func loadScript(_ path: String) throws -> Script {
        do throws(FileError) {
            let bytes =
                try path == "-" ? readStandardInput() : AtomicFile.read(path, limit: 16 << 20)
            return try parseScript(String(decoding: bytes, as: UTF8.self), path)
        } catch {
            throw Failure(error.description)
        }
    }

    private func parseScript(_ text: String, _ path: String) throws(FileError) -> Script {
        do { return try Script(text: text, name: path == "-" ? "standard input" : path) } catch {
            throw FileError("\(error)")
        }
    }

    private func readStandardInput() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(0, &buffer, buffer.count)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    private func start(script: Script?) throws {
        var log = Logger(label: "phosphor") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = verbose ? .debug : .warning
        let (memory, problem) = Memory.load()
        if let problem { log.warning("\(problem)") }
        var settings = Settings()
        var mistake: Settings.Mistake?
        switch Settings.load() {
        case .success(let loaded): settings = loaded
        case .failure(let found): mistake = found
        }
        let mailbox = Mailbox()
        let inbox = JournalInbox()
        let journal = inbox.journal(settings, mailbox)
        let first = try firstSketch(memory, journal)
        let isFirstStart = memory.recent.isEmpty
        let setup = try HostSetup(
            surface: headless
                ? HeadlessSurface(
                    width: size.width, height: size.height,
                    isShared: headset != .off && HeadsetSource.hasRuntime())
                : WindowSurface(
                    width: size.width, height: size.height, title: "\(first.file.name) · Phosphor"),
            log: log, settings: settings, memory: memory, sketch: first, mailbox: mailbox,
            journal: journal)
        log.debug("priority: \(HostPriority.raise().words)")
        inbox.workspace = setup.workspace
        setup.workspace.showLastGoodAtStart()
        let now = phosphor_now()
        if let mistake { setup.workspace.notify("\(mistake)", now: now, seconds: 12) }
        if isFirstStart, !headless, script == nil { setup.workspace.greet() }
        var socket: CommandSocket?
        do throws(FileError) { socket = try CommandSocket() } catch {
            log.warning("\(error.description)")
        }
        let workspace = setup.workspace
        let host = try Host(
            workspace: workspace, font: setup.font, socket: socket,
            script: script.map { session(for: $0, workspace) }, headset: headset,
            headsetSource: HeadsetSource.chosen())
        let status = try host.run()
        setup.supervisor.shutdown()
        socket?.close()
        // GL objects must not outlive their context, whose turn Swift's order of release does not know: the process
        // ends here instead, with all of them.
        withExtendedLifetime((host, setup)) { Glibc.exit(status) }
    }

    /// The sketch to begin with: the one told, the last one, or the welcome sketch.
    private func firstSketch(_ memory: Memory, _ journal: Journal?) throws(FileError) -> OpenSketch
    {
        if let sketch { return try opened(sketch, memory, journal) }
        if let last = memory.recent.first {
            // One that has become unreadable must not keep the program from starting.
            do throws(FileError) {
                if access(last, R_OK) == 0 { return try opened(last, memory, journal) }
                if let lost = LoadedSketch(
                    lost: last, journal, seconds: 0.5, mustBeUnsaved: true)
                {
                    return made(lost, memory)
                }
            } catch { complain("phosphor: \(error)") }
        }
        if let share = Folders.share {
            return try opened(share + "/shaders/welcome.frag", memory, journal)
        }
        let file = SketchFile(new: Folders.sketches + "/first.frag")
        return OpenSketch(file: file, texts: [.fragment: SketchLibrary.template("shadertoy") ?? ""])
    }

    private func opened(
        _ path: String, _ memory: Memory, _ journal: Journal?
    ) throws(FileError) -> OpenSketch {
        // Nothing is drawn yet, so that a journal may be waited for a little.
        do throws(FileError) {
            return made(LoadedSketch(try SketchFile.load(path), journal, seconds: 0.5), memory)
        } catch {
            // Of a file that is there its own mistake is worth more than a text that was saved once.
            if let lost = LoadedSketch(
                lost: path, journal, seconds: 0.5, mustBeUnsaved: isThere(path))
            {
                return made(lost, memory)
            }
            throw isThere(path) ? error : FileError(Self.missing(path))
        }
    }

    private func made(_ loaded: LoadedSketch, _ memory: Memory) -> OpenSketch {
        OpenSketch(loaded, memory.places[loaded.file.path], at: Double(phosphor_now()) / 1e9)
    }

    /// A script's commands; at its end a headless run is over, and a window stays.
    private func session(for script: Script, _ workspace: Workspace) -> CommandSession {
        let ends = headless
        return CommandSession(
            script.lines.map { .init(command: $0.command, line: $0.number) },
            reply: { print($0) },
            failed: { item, message in
                complain("phosphor: \(script.name):\(item.line): \(message)")
                workspace.exitStatus = 1
            },
            finished: { if ends { workspace.exitStatus = workspace.exitStatus ?? 0 } })
    }
}
