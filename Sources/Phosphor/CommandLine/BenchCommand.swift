import ArgumentParser
import FoundationEssentials
import Glibc

/// `phosphor bench`: figures for each promise of speed, each beside a floor or a peer in the same run.
struct BenchCommand: ParsableCommand {
    enum Name: String, ExpressibleByArgument, CaseIterable {
        case keystroke, stages, compute, include, frame, frames, edit, journal, start
        case guards = "guard"
        case storm, hang, leak, open, headset

        /// Those that run when none is named: the others take many minutes, or keep the machine busy on purpose.
        static let usual: [Name] = [
            .keystroke, .stages, .compute, .include, .frame, .frames, .edit, .journal, .start,
            .guards,
        ]
    }

    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure Phosphor on this machine.",
        discussion: """
            keystroke   from a key to the frame with the new program's picture, beside a bare compile of the same text
            stages      the same for a program of five stages
            compute     an edit of a compute stage while its particles stay, beside a bare program that keeps nothing
            include     an edit of a file that twenty passes include: how many are compiled, beside bare ones
            frame       how regularly the host's frames come while a guest compiles, beside the same without a guest
            frames      a frame's way from a guest to the screen: pictures that they share, beside copies in memory
            edit        from a key to the editor's snapshot, in 100 KB and in 10 MB
            journal     what the journal adds to a keystroke, beside the same keys without one; and a commit
            start       from exec to the first good frame
            guard       a frame's time with counted loops, beside the same without
            storm       hostile programs and harmed guests, beside the same without a guest
            hang        the host's frames while a guest hangs at 1920x1080, beside the same without a guest
            leak        memory, descriptors and GL objects over thousands of recompiles
            open        memory, descriptors and GL objects over a hundred sketches opened one after another
            headset     frames in a headset while somebody types, beside an empty client of the same runtime

            Without a name, all but the last five. Nothing passes or fails: the figures stand beside their goals.
            """)

    @Argument(help: "Which ones.")
    var names: [Name] = []

    @Option(help: "Also write the figures to this file.", completion: .file())
    var json: String?

    @Option(help: "Scale the number of samples; 0.2 for a quick look.")
    var effort = 1.0

    @OptionGroup var storm: StormOptions

    @Option(help: "leak: how often the sketch is edited.")
    var recompiles = 5000

    func validate() throws {
        guard recompiles >= 20 else { throw ValidationError("--recompiles is at least 20.") }
        guard effort > 0, effort <= 100 else {
            throw ValidationError("--effort is more than 0 and at most 100.")
        }
    }

    func run() throws {
        var report = BenchReport()
        for name in names.isEmpty ? Name.usual : names {
            switch name {
            case .keystroke: try KeystrokeBench(effort: effort).run(&report)
            case .stages: try StagesBench(effort: effort).run(&report)
            case .compute: try ComputeBench(effort: effort).run(&report)
            case .include: try IncludeBench(effort: effort).run(&report)
            case .frame: try FrameBench(effort: effort).run(&report)
            case .frames: try FramesBench(effort: effort).run(&report)
            case .edit: EditBench(effort: effort).run(&report)
            case .journal: try JournalBench(effort: effort).run(&report)
            case .start: try StartBench(effort: effort).run(&report)
            case .guards: try GuardBench(effort: effort).run(&report)
            case .storm:
                var bench = try StormBench(options: storm)
                try bench.run(&report)
            case .hang: try HangBench(effort: effort).run(&report)
            case .headset: try HeadsetBench(effort: effort).run(&report)
            case .leak: try LeakBench(recompiles: recompiles).run(&report)
            case .open: try OpenBench(effort: effort).run(&report)
            }
        }
        if let json {
            do {
                try AtomicFile.write(
                    Array(JSONEncoder().encode(report.rows)), to: Folders.absolute(json))
            } catch { throw Failure("\(error)") }
        }
    }
}

/// What benchmarks found, printed as it comes.
struct BenchReport {
    struct Row: Codable {
        var bench: String
        var what: String
        var figures: [String: Double]
    }

    private(set) var rows: [Row] = []

    /// Begins a table.
    func title(_ text: String) { print("\n\(text)") }

    /// Adds a row and prints it: a description, then figures with their units in the names.
    mutating func add(_ bench: String, _ what: String, _ figures: KeyValuePairs<String, Double>) {
        add(bench, what, list: figures.map { ($0, $1) })
    }

    /// The same where only the run tells which figures there are.
    mutating func add(_ bench: String, _ what: String, list: [(name: String, value: Double)]) {
        // JSON knows no number for what was not measured.
        let known = list.filter(\.value.isFinite)
        rows.append(
            Row(bench: bench, what: what, figures: Dictionary(known.map { ($0, $1) }) { $1 }))
        let text = list.map { "\($0.name) \(Self.number($0.value))" }.joined(separator: "   ")
        print("  \(what.padded(to: 30)) \(text)")
    }

    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        let scale = abs(value) >= 100 ? 1.0 : abs(value) >= 10 ? 10 : 100
        let rounded = Int((abs(value) * scale).rounded())
        let digits = scale == 1 ? 0 : scale == 10 ? 1 : 2
        let whole = rounded / Int(scale)
        let sign = value < 0 && rounded != 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let rest = String(rounded % Int(scale))
        return "\(sign)\(whole)." + String(repeating: "0", count: digits - rest.count) + rest
    }
}

/// Percentiles of a set of samples.
struct Samples {
    private var sorted: [Double]

    init(_ values: [Double]) { sorted = values.sorted() }

    var count: Int { sorted.count }
    var median: Double { percentile(50) }

    /// The value that `share` per cent of the samples do not pass (nearest rank).
    func percentile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        let rank = Int((share / 100 * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }

    var maximum: Double { sorted.last ?? .nan }
}
