import CSystem
import Editor
import FoundationEssentials
import GLSL
import Glibc
import Guest
import Logging
import Terminal

/// The host of a storm, in a process of its own, so that its crash is a figure: `phosphor storm-host SETTINGS`.
///
/// It takes the numbers of programs from its socket, and answers each with what became of it.
final class StormHost {
    let settings: StormSettings
    let bench: BenchHost
    var watch = StormWatch()
    var record = StormRecord()
    /// Where a mad guest finds that it is to be one.
    var madGuestOrder: String { settings.folder + "/mad-guest" }
    private let programs: HostilePrograms
    private let typed: [HostileProgram]
    private var steadies = 0

    var workspace: Workspace { bench.workspace }
    var supervisor: Supervisor { bench.supervisor }

    private init(_ settings: StormSettings) throws {
        self.settings = settings
        programs = HostilePrograms(
            seed: settings.seed, shaders: try HostilePrograms.goodShaders())
        typed = programs.everyPrefix()
        let order = settings.folder + "/mad-guest"
        bench = try BenchHost(
            sketch: Self.steady(0), name: "storm.frag", withGuest: settings.withGuest,
            logs: .info
        ) {
            $0.arguments = ["storm-guest", order]
            $0.deadlines = Deadlines.software.scaled(by: settings.deadlineScale)
        }
        workspace.isSubmissionDue = true
    }

    /// The process's whole life.
    static func runChild(arguments: [String]) -> Never {
        do {
            guard let json = arguments.first,
                let settings = try? JSONDecoder().decode(StormSettings.self, from: Data(json.utf8)),
                phosphor_die_with_parent(settings.parent) == 0
            else { exit(2) }
            let storm = try StormHost(settings)
            if settings.withGuest { try storm.bench.runUntilShown() }
            while let task = StormSocket.receive(StormTask.self, from: 3) {
                let record =
                    try task.index.map { try storm.play($0, seconds: task.seconds) }
                    ?? storm.lastLook()
                guard StormSocket.send(record, to: 3) else { break }
            }
            storm.supervisor.shutdown()
            try? FileManager.default.removeItem(atPath: storm.bench.cache)
            _exit(0)
        } catch {
            complain("phosphor storm-host: \(error)")
            _exit(1)
        }
    }

    /// The program of a number; past the asked-for programs come those that type every prefix.
    private func program(_ index: Int) -> HostileProgram {
        index < settings.programs ? programs.program(index) : typed[index - settings.programs]
    }

    /// Plays one program, then brings the good sketch back.
    private func play(_ index: Int, seconds: Double?) throws -> StormRecord {
        let program = program(index)
        complain("program \(index): \(program.source), \(program.kind)")
        record = StormRecord(index: index, source: program.source, kind: program.kind)
        workspace.statistics.forgive()
        workspace.statistics.records = true
        watch.begin(supervisor)
        let start = phosphor_now()
        var random = SplitMix(seed: settings.seed &+ UInt64(index) &* 7919)
        switch program.action {
        case .set(let texts): try set(texts)
        case .type(let before, let keys): try type(before, keys)
        case .harm(let harm):
            if settings.withGuest { try self.harm(harm, &random) }
        }
        if let seconds {
            try run(seconds: seconds - Double(phosphor_now() - start) / 1e9)
        } else if settings.withGuest {
            try awaitVerdict()
        }
        try comeBack()
        record.seconds = Double(phosphor_now() - start) / 1e9
        record.frames = Intervals(workspace.statistics.intervals, period: 16_666_667)
        workspace.statistics.records = false
        record.host = HostFigures.of(getpid())
        return record
    }

    private func set(_ texts: [Stage: [UInt8]]) throws {
        record.textBytes = texts.values.reduce(0) { $0 + $1.count }
        for (stage, bytes) in texts.sorted(by: { $0.key < $1.key }) {
            if stage == .fragment, bytes.count <= SketchFile.sizeLimit {
                let path = settings.folder + "/hostile.frag"
                try AtomicFile.write(bytes, to: path)
                if try perform(.replace(path)) != nil { record.verdict = "refused" }
            } else {
                let text = String(decoding: bytes, as: UTF8.self)
                let now = Double(phosphor_now()) / 1e9
                workspace.changeText {
                    workspace.sketch.text.setText(text, SketchPart(stage), at: now) != nil
                }
            }
        }
    }

    /// Types at 20 keys a second, whatever becomes of it.
    private func type(_ before: String, _ keys: [String]) throws {
        record.textBytes = before.utf8.count + keys.count
        let now = Double(phosphor_now()) / 1e9
        workspace.changeText {
            workspace.sketch.text.setText(before, .fragment, at: now) != nil
        }
        workspace.sketch.text.selection = Selection(before.utf8.count)
        for key in keys {
            _ = try perform(.type(key))
            try run(seconds: 0.05)
        }
    }

    private func awaitVerdict() throws {
        // Twice what the phases' deadlines can come to by the wall, and a new guest's start.
        let limit = 180 * settings.deadlineScale + 5
        let end = phosphor_now() + UInt64(limit * 1e9)
        while phosphor_now() < end {
            try step()
            if let verdict = workspace.sketch.current?.verdict, !workspace.isSubmissionDue {
                if case .superseded = verdict { continue }
                if record.verdict != "refused" { record.verdict = verdict.name }
                break
            }
        }
        // A good one is shown for a moment: it may yet hang or crash there.
        if case .good? = workspace.sketch.current?.verdict { try run(seconds: 0.3) }
        if record.verdict == "good", let later = workspace.sketch.current?.verdict {
            record.verdict = later.name
        }
    }

    /// Puts the good sketch back and waits until it moves.
    private func comeBack() throws {
        guard settings.withGuest else {
            submit(steady(variant: 0))
            return try run(seconds: 0.1)
        }
        for attempt in 0..<3 {
            steadies += 1
            submit(steady(variant: attempt == 0 ? 0 : steadies))
            let asked = workspace.picturesAsked
            let end = phosphor_now() + 20_000_000_000
            while phosphor_now() < end {
                try step()
                if workspace.sketch.shown == workspace.sketch.text.current,
                    workspace.newestPicture > asked, !watch.isWaiting
                {
                    return
                }
                // Killed too often by us, say: another text is another chance.
                if case .crashed? = workspace.sketch.current?.verdict { break }
            }
        }
        record.isStuck = true
    }

    /// Tells at the end whether the good sketch is shown and moves.
    private func lastLook() throws -> StormRecord {
        record = StormRecord(source: "last look")
        try comeBack()
        record.verdict = record.isStuck ? "still" : "moving"
        record.host = HostFigures.of(getpid())
        return record
    }

    /// Makes this the sketch's only text.
    func submit(_ text: String) {
        let sketch = workspace.sketch.text
        // Undo takes a stage away again that came with a program; the fragment stage was there from the start.
        for part in sketch.parts where part != .fragment {
            sketch.active = part
            while sketch.parts.contains(part), sketch.undo() {}
        }
        sketch.active = .fragment
        _ = sketch.setText(text, .fragment, at: Double(phosphor_now()) / 1e9)
        workspace.isSubmissionDue = true
    }

    func steady(variant: Int) -> String { Self.steady(variant) }

    /// A good sketch that moves, of which there are many.
    private static func steady(_ variant: Int) -> String {
        """
        void mainImage(out vec4 color, in vec2 pixel) {
            vec2 p = pixel / iResolution.xy;
            float wave = 0.5 + 0.5 * sin(p.x * 9.0 + iTime * 3.0 + \(variant).0);
            color = vec4(wave * p.y, wave, 1.0 - p.y, 1.0);
        }

        """
    }

    /// Does a command as anybody would; the reason where it failed.
    private func perform(_ command: Command) throws -> String? {
        var outcome = workspace.perform(command, now: phosphor_now())
        while case .waiting(let wait) = outcome {
            try step()
            if let next = wait.check(phosphor_now()) { outcome = next }
        }
        if case .failed(let message) = outcome { return message }
        return nil
    }

    func run(seconds: Double) throws {
        let end = phosphor_now() + UInt64(max(0, seconds) * 1e9)
        repeat { try step() } while phosphor_now() < end
    }

    private func step() throws {
        _ = try bench.host.step()
        watch.observe(workspace, shown: workspace.newestPicture, &record)
    }
}
