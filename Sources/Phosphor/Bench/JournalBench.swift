import CSystem
import Dispatch
import Editor
import FoundationEssentials
import Glibc
import GLSL
import Journal

/// What the journal adds to a keystroke on the main thread, and how long a commit takes on its own.
///
/// Keys go in turns into two editors over the same text, one with a journal and one without. The file lies beside the
/// user's own, since a disk's speed is what a commit waits for.
struct JournalBench {
    let effort: Double

    func run(_ report: inout BenchReport) throws {
        report.title("journal: microseconds of the main thread for a key's edit, 100 KB of text")
        print(
            "  goal: p50 and p99 less than 20 above those without; commit: from the key to the disk"
        )
        let folder = "\(Folders.state)-bench-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let committed = DispatchSemaphore(value: 0)
        let journal = Journal(.init(path: folder + "/journal.sqlite")) {
            if case .marked = $0 { committed.signal() }
        }
        let line =
            "    float value = length(p.xy) * 0.5 + sin(iTime * 3.0); // a line like any other\n"
        let text = String(repeating: line, count: 100_000 / line.utf8.count)
        let editors = (0..<2).map { _ in
            EditorController(sketch: SketchText(parts: [.fragment: text]))
        }
        let id = TreeID()
        journal.append(.tree(StoredTree(id: id, path: "/bench", tree: editors[1].sketch.tree)))
        editors[1].sketch.onRecord = { journal.append(.change(id, $0)) }
        var times: [[Double]] = [[], []]
        var commits: [Double] = []
        for index in 0..<max(200, Int(2000 * effort)) {
            for which in [index % 2, 1 - index % 2] {
                let editor = editors[which]
                if index % 40 == 0 { editor.goto(line: index * 7 % 1000 + 1, column: 5) }
                let key = ["a", "1", ";", " ", "(", "\n"][index % 6]
                let start = phosphor_now()
                _ = editor.type(key, at: Double(index) * 0.1)
                if which == 1 {
                    journal.append(.aboutToRun(id, editor.sketch.current, trial: index))
                }
                let end = phosphor_now()
                times[which].append(Double(end - start) / 1e3)
                // One key a commit is what typing makes; a burst shares one.
                if which == 1, committed.wait(timeout: .now() + 5) == .success {
                    commits.append(Double(phosphor_now() - start) / 1e3)
                }
            }
        }
        _ = journal.end()
        let (without, with) = (Samples(times[0]), Samples(times[1]))
        report.add("journal", "without", ["p50": without.median, "p99": without.percentile(99)])
        report.add("journal", "with", ["p50": with.median, "p99": with.percentile(99)])
        report.add(
            "journal", "added",
            [
                "p50": with.median - without.median,
                "p99": with.percentile(99) - without.percentile(99),
            ])
        let commit = Samples(commits)
        report.add("journal", "commit", ["p50": commit.median, "p99": commit.percentile(99)])
    }
}
