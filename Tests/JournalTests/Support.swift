import Editor
import Foundation
import GLSL
import Journal
import Synchronization

/// A folder for a journal, removed by `remove()`.
struct Place {
    let folder: String
    var file: String { folder + "/state/journal.sqlite" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/journal-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    var files: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder + "/state").sorted()) ?? []
    }
}

/// What a journal told, waited for without sleeping.
final class Reports: Sendable {
    private let told = Mutex<[JournalReport]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func take(_ report: JournalReport) {
        told.withLock { $0.append(report) }
        arrived.signal()
    }

    var all: [JournalReport] { told.withLock { $0 } }

    /// Waits until something of all that was told fits; false after ten seconds.
    func wait(until isThere: ([JournalReport]) -> Bool) -> Bool {
        while !isThere(all) {
            if arrived.wait(timeout: .now() + 10) == .timedOut { return isThere(all) }
        }
        return true
    }

    var states: [JournalState] {
        all.compactMap { if case .state(let state) = $0 { state } else { nil } }
    }

    var notices: [String] {
        all.compactMap { if case .notice(let text) = $0 { text } else { nil } }
    }

    var marked: [Int] {
        all.flatMap { report -> [Int] in if case .marked(let trials) = report { trials } else { [] }
        }
    }
}

/// A program as the journal sees it: a journal and the sketch that is open in it.
final class Program {
    let reports = Reports()
    let journal: Journal
    private(set) var id = TreeID()
    private(set) var text = SketchText(parts: [:])
    private(set) var editor = EditorController(sketch: SketchText(parts: [:]))
    private(set) var taken = TakenTree()
    var seconds = 0.0

    init(_ place: Place, change: (inout Journal.Configuration) -> Void = { _ in }) {
        var configuration = Journal.Configuration(path: place.file)
        configuration.trimsAfter = 1000
        configuration.retriesAfter = 0.02
        change(&configuration)
        journal = Journal(configuration, report: reports.take)
    }

    /// Opens a sketch as the program does; its texts count only where the journal has none.
    func open(_ path: String = "/a.frag", _ texts: [SketchPart: String] = [.fragment: "f"]) {
        taken = journal.take(path, seconds: 10)
        if let found = taken.found {
            (id, text) = (found.id, SketchText(found.sketch))
        } else {
            (id, text) = (TreeID(), SketchText(parts: texts))
            text.markSaved()
            write(path)
        }
        editor = EditorController(sketch: text)
        text.onRecord = { [unowned self] in journal.append(.change(id, $0)) }
    }

    /// Has the whole tree written.
    func write(_ path: String = "/a.frag") {
        journal.append(.tree(StoredTree(id: id, path: path, tree: text.tree)))
    }

    func type(_ string: String) {
        for character in string {
            seconds += 0.1
            editor.type(String(character), at: seconds)
        }
    }

    /// Waits until all that was appended is written, or cannot be.
    func settle(trial: Int = 1, revision: RevisionID? = nil) -> Bool {
        journal.append(.aboutToRun(id, revision ?? text.current, trial: trial))
        return reports.wait { _ in reports.marked.contains(trial) }
    }
}
