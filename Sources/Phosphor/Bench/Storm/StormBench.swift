import CSystem
import FoundationEssentials
import Glibc

/// Tries to break the loop: hostile programs and harmed guests in one host, and the same work in a host without a
/// guest, in turns of ten.
struct StormBench {
    let options: StormOptions
    private let folder = "/tmp/phosphor-storm-\(getpid())"
    private let programs: HostilePrograms
    private let typed: [HostileProgram]
    /// Host processes by whether they have guests.
    private var hosts: [Bool: StormProcess] = [:]
    private var sizeAtStart: HostFigures?

    private static let programsPerTurn = 10

    init(options: StormOptions) throws {
        self.options = options
        programs = HostilePrograms(seed: options.seed, shaders: try HostilePrograms.goodShaders())
        typed = options.everyPrefix ? programs.everyPrefix() : []
    }

    mutating func run(_ report: inout BenchReport) throws {
        let total = options.programs + typed.count
        report.title(
            "storm: \(total) programs of seed \(options.seed), deadlines scaled by \(options.deadlineScale), 640x360 at 60 Hz, editor open"
        )
        print("  goal: no crash; p99 within 2 ms of the quiet run, no frame 100 ms late by a guest")
        print("  goal: p99 of 250 ms from a guest's death to a moving picture")
        var tally = try StormTally.resume(options.resume, options)
        let started = (phosphor_now(), tally.next)
        while tally.next < total {
            var played: [StormRecord] = []
            for _ in 0..<min(Self.programsPerTurn, total - tally.next) {
                if let record = try play(&tally) { played.append(record) }
            }
            for record in played { try playQuietly(record, &tally) }
            try tally.save(options.resume)
            guard tally.next < total else { break }
            let taken = Double(phosphor_now() - started.0) / 1e9
            let left = taken / Double(tally.next - started.1) * Double(total - tally.next)
            print("  … \(tally.next) of \(total), some \(Int(left / 60) + 1) min to go")
        }
        try finish(tally, &report)
        hosts = [:]
        // What a crash left is kept for whoever looks into it.
        if tally.crashes.isEmpty, tally.hangs.isEmpty, tally.stuck.isEmpty {
            try? FileManager.default.removeItem(atPath: folder)
        } else {
            print("  programs and logs are in \(folder)")
        }
    }

    /// Plays the next program in the host with guests; nil where that took the host.
    private mutating func play(_ tally: inout StormTally) throws -> StormRecord? {
        let index = tally.next
        let program = program(index)
        let host = try host(withGuest: true)
        tally.next += 1
        // Trials, recovery in three attempts, keys: whatever a sound host does ends before.
        let limit = 180 * options.deadlineScale + 120
        switch host.ask(StormTask(index: index), limit: limit) {
        case .record(let record):
            tally.add(record)
            if record.isStuck { try keep(program, index, "stuck") }
            if options.verbose { print(Self.line(record)) }
            return record
        case .died(let status):
            tally.crashes.append(index)
            print("  \(index) \(program.source), \(program.kind): HOST CRASH (\(status))")
            try keep(program, index, "crash")
        case .hung:
            tally.hangs.append(index)
            print("  \(index) \(program.source), \(program.kind): HOST HANG")
            try keep(program, index, "hang")
        }
        hosts[true] = nil
        return nil
    }

    /// A program's line, for `--verbose`.
    private static func line(_ record: StormRecord) -> String {
        var line =
            "  \(record.index) \(record.source), \(record.kind): \(record.verdict), "
            + "\(Int(record.seconds * 1000)) ms, longest frame \(record.frames.percentile(100)) ms"
        if record.frontDeaths + record.backDeaths > 0 {
            line += ", lost \(record.frontDeaths) front \(record.backDeaths) back"
        }
        let moving = (record.recoveries + record.slowRecoveries).map { "\(Int($0))" }
        if !moving.isEmpty { line += ", moving after \(moving.joined(separator: " ")) ms" }
        return line + (record.isStuck ? ", STUCK" : "")
    }

    /// The same texts and keys for the same time, in the host without a guest.
    private mutating func playQuietly(_ record: StormRecord, _ tally: inout StormTally) throws {
        let task = StormTask(index: record.index, seconds: min(record.seconds, 1.5))
        switch try host(withGuest: false).ask(task, limit: 120) {
        case .record(let quiet): tally.quiet.add(quiet.frames)
        case .died, .hung:
            let program = program(record.index)
            print("  \(record.index) \(program.kind): the host without a guest did not survive")
            tally.crashes.append(record.index)
            try keep(program, record.index, "quiet-crash")
            hosts[false] = nil
        }
    }

    private func program(_ index: Int) -> HostileProgram {
        index < options.programs ? programs.program(index) : typed[index - options.programs]
    }

    private mutating func host(withGuest: Bool) throws -> StormProcess {
        if let host = hosts[withGuest] { return host }
        let host = try StormProcess(
            StormSettings(
                seed: options.seed, programs: options.programs,
                deadlineScale: options.deadlineScale, withGuest: withGuest,
                folder: folder + (withGuest ? "/host" : "/quiet"), parent: getpid()))
        hosts[withGuest] = host
        if withGuest {
            guard case .record(let record) = host.ask(StormTask(), limit: 120) else {
                throw Failure("the storm's host does not start; see \(folder)/host/log")
            }
            if sizeAtStart == nil { sizeAtStart = record.host }
        }
        return host
    }

    /// Keeps a program that did harm, with all that is needed to have it again.
    private func keep(_ program: HostileProgram, _ index: Int, _ what: String) throws {
        let place = "\(folder)/\(what)-\(options.seed)-\(index)"
        try AtomicFile.makeFolder(place)
        try AtomicFile.write(Array(program.text.utf8), to: place + "/program.frag")
        try AtomicFile.write(
            Array(
                "\(program.source): \(program.kind)\nseed \(options.seed), program \(index)\n".utf8),
            to: place + "/about")
        if let log = try? AtomicFile.read("\(folder)/host/log") {
            try AtomicFile.write(Array(log.suffix(100_000)), to: place + "/log")
        }
    }

    private mutating func finish(_ tally: StormTally, _ report: inout BenchReport) throws {
        let answer = try host(withGuest: true).ask(StormTask(), limit: 120)
        let (a, b) = (tally.hostile, tally.quiet)
        for (name, frames) in [("hostile", a), ("quiet", b)] {
            report.add(
                "storm", "frames, \(name)",
                [
                    "p50": frames.percentile(50), "p99": frames.percentile(99),
                    "max": frames.percentile(100), "100 ms late": Double(frames.late),
                    "frames": Double(frames.count),
                ])
        }
        report.add(
            "storm", "frames, difference",
            [
                "p99": a.percentile(99) - b.percentile(99),
                "100 ms late": Double(a.late - b.late),
            ])
        for (source, counts) in tally.verdicts.sorted(by: { $0.key < $1.key }) {
            report.add(
                "storm", "verdicts, \(source)",
                list: counts.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value)) })
        }
        report.add(
            "storm", "guests lost",
            ["front": Double(tally.frontDeaths), "back": Double(tally.backDeaths)])
        for (what, milliseconds) in [
            ("front's death to picture", tally.recoveries),
            ("same, frames over 50 ms", tally.slowRecoveries),
            ("back's death to picture", tally.backEffects),
        ] {
            let samples = Samples(milliseconds)
            report.add(
                "storm", what,
                [
                    "p50": samples.median, "p99": samples.percentile(99), "max": samples.maximum,
                    "count": Double(samples.count),
                ])
        }
        report.add(
            "storm", "host",
            [
                "crashes": Double(tally.crashes.count), "hangs": Double(tally.hangs.count),
                "stuck": Double(tally.stuck.count),
            ])
        guard case .record(let last) = answer else {
            return report.add("storm", "last good at the end", ["moving": 0])
        }
        report.add("storm", "last good at the end", ["moving": last.isStuck ? 0 : 1])
        let start = sizeAtStart ?? HostFigures()
        report.add(
            "storm", "host's size",
            [
                "MB at start": start.megabytes, "MB at end": last.host.megabytes,
                "MB of texts set": tally.textMegabytes,
                "descriptors at start": Double(start.descriptors),
                "at end": Double(last.host.descriptors),
            ])
    }
}
