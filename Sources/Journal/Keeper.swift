import Editor
import FoundationEssentials
import GRDB
import Glibc

/// Keeps the file open, and what to do about each way in which it may fail; on the journal's queue alone.
struct Keeper {
    let configuration: Journal.Configuration
    let session: Int64
    let report: @Sendable (JournalReport) -> Void
    private let syncer: Syncer
    var store: Store?
    private(set) var state = JournalState.on
    private var failures = 0
    private var isOpenedAgain = false
    /// Whether trees are to be asked for as soon as they can be written.
    private var isLacking = false
    /// Whether the file was set aside in this run: what is damaged twice has another cause.
    private var damages = 0
    /// Whether nothing was written since the last look at the file.
    var isQuiet = true
    /// Whether a disagreement with the file was answered by writing whole trees.
    private var hasDisagreed = false

    init(
        configuration: Journal.Configuration, session: Int64,
        report: @escaping @Sendable (JournalReport) -> Void
    ) {
        (self.configuration, self.session, self.report) = (configuration, session, report)
        syncer = Syncer(configuration, report: report)
    }

    private var isOff: Bool { if case .off = state { true } else { false } }

    /// The file as messages name it.
    private var name: String {
        let home = getenv("HOME").map { String(cString: $0) } ?? ""
        let path = configuration.path
        return !home.isEmpty && path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
    }

    /// Has all trees written whole again.
    mutating func forgetTrees() {
        store?.known = []
        isLacking = true
    }

    /// Writes entries; gives the seconds after which to try again where that failed.
    mutating func write(_ entries: [JournalEntry]) -> Double? {
        guard !isOff else {
            letRun(entries)
            return nil
        }
        for _ in 0..<3 {
            do {
                try openIfNeeded()
                guard var store else { break }
                defer { self.store = store }
                let written = try store.write(entries)
                recovered()
                if !entries.isEmpty {
                    isQuiet = false
                    syncer.begin(written.marked)
                }
                tell(written)
                if isLacking { report(.allWanted) }
                isLacking = false
                return nil
            } catch {
                switch answer(to: error) {
                case .again: continue
                case .later(let seconds):
                    // Nobody's program waits for a disk that is full.
                    letRun(entries)
                    return seconds
                case .never:
                    letRun(entries)
                    return nil
                }
            }
        }
        letRun(entries)
        return retryPause
    }

    private mutating func openIfNeeded() throws {
        if let store, !store.isThere {
            // Somebody deleted it or put another in its place; what we have in memory makes it whole again.
            close()
            say("the journal's file was taken away: a new one is written from memory")
        }
        guard store == nil else { return }
        store = try Store(path: configuration.path, session: session)
        isLacking = isLacking || isOpenedAgain
        isOpenedAgain = true
    }

    private mutating func close() {
        try? store?.queue.close()
        store = nil
    }

    private func letRun(_ entries: [JournalEntry]) {
        let trials = entries.compactMap { entry -> Int? in
            if case .aboutToRun(_, _, let trial) = entry { trial } else { nil }
        }
        if !trials.isEmpty { report(.marked(trials)) }
    }

    private func tell(_ written: Store.Written) {
        if !written.wanted.isEmpty { report(.wanted(Array(written.wanted))) }
        if !written.displaced.isEmpty { report(.displaced(Array(written.displaced))) }
    }

    private func say(_ text: String) { report(.notice(text)) }

    private mutating func become(_ state: JournalState, _ notice: String? = nil) {
        guard state != self.state else { return }
        self.state = state
        report(.state(state))
        if let notice { say(notice) }
    }

    private mutating func recovered() {
        failures = 0
        hasDisagreed = false
        guard case .waiting = state else { return }
        become(.on, "the journal is written again; nothing is missing in it")
    }

    // MARK: What goes wrong

    private enum Answer { case again, later(Double), never }

    private var retryPause: Double {
        min(5, configuration.retriesAfter * Double(1 << min(failures, 5)))
    }

    /// What to do about an error, after telling it.
    private mutating func answer(to error: any Error) -> Answer {
        if error is Store.NewerVersion {
            become(
                .off("a newer Phosphor wrote it"),
                "\(name) was written by a newer Phosphor and is left alone: nothing typed here outlives this run "
                    + "unless you save it")
            return .never
        }
        guard let error = error as? DatabaseError else { return wait("\(error)", nil) }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: return moveAway()
        case .SQLITE_CONSTRAINT where !hasDisagreed:
            // What the file has and what we think it has differ; memory is right.
            hasDisagreed = true
            forgetTrees()
            return .again
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return wait("it is locked", "another program holds the journal \(name) locked")
        case .SQLITE_FULL:
            return wait("the disk is full", "the disk of the journal \(name) is full")
        default:
            close()
            let reason = error.message ?? "\(error.resultCode)"
            return wait(
                "it cannot be written (\(reason))",
                "the journal \(name) cannot be written: \(reason)")
        }
    }

    private mutating func wait(_ reason: String, _ notice: String?) -> Answer {
        become(
            .waiting(reason),
            "\(notice ?? reason). What you type waits in memory; save to be sure")
        failures += 1
        return .later(retryPause)
    }

    /// Puts a damaged file aside under a name of its own, and begins a new one.
    private mutating func moveAway() -> Answer {
        close()
        damages += 1
        guard damages <= 2 else {
            become(
                .off("it is damaged again and again"),
                "the journal \(name) is damaged again and again, so it is left alone: save what you type, and look "
                    + "after the disk")
            return .never
        }
        let folder = Store.parent(of: configuration.path)
        let day = Calendar.current.dateComponents([.year, .month, .day], from: Date())
        // Said in so many words, since GRDB has a `joined` of its own.
        let stamp: String = [day.year, day.month, day.day].map { value -> String in
            let value = value ?? 0
            return value < 10 ? "0\(value)" : "\(value)"
        }.joined(separator: "-")
        var aside = "\(folder)/journal-damaged-\(stamp).sqlite"
        var number = 2
        while access(aside, F_OK) == 0 {
            aside = "\(folder)/journal-damaged-\(stamp)-\(number).sqlite"
            number += 1
        }
        guard rename(configuration.path, aside) == 0 else {
            return wait(
                "it is damaged and cannot be moved (\(String(cString: strerror(errno))))",
                "the journal \(name) is damaged and cannot be moved to \(aside)")
        }
        for part in ["-wal", "-shm"] { rename(configuration.path + part, aside + part) }
        say(
            "the journal was damaged: it is kept as \(aside.dropFirst(folder.count + 1)), and a new one begins in \(name)"
        )
        return .again
    }

    /// Answers a look at the whole file that found damage.
    mutating func fileIsDamaged() {
        guard store != nil else { return }
        if case .again = moveAway() { _ = write([]) }
    }

    // MARK: Trees

    mutating func take(_ path: String, begin: () -> Void) -> TakenTree {
        guard !isOff else { return TakenTree() }
        for _ in 0..<2 {
            do {
                try openIfNeeded()
                guard var store else { break }
                defer { self.store = store }
                let taken = try store.take(path, begin: begin)
                recovered()
                return taken
            } catch {
                guard case .again = answer(to: error) else { break }
            }
        }
        if case .waiting(let reason) = state { return TakenTree(problem: reason) }
        return TakenTree()
    }

    mutating func release(_ id: TreeID) {
        do { try store?.release(id) } catch { _ = answer(to: error) }
    }

    /// Those of some trees that the file does not have; none where nothing can be written anyway.
    func missing(of trees: [TreeID]) -> Set<TreeID> {
        guard case .on = state, let store else { return state == .on ? Set(trees) : [] }
        return Set(trees).subtracting(store.known)
    }

    /// Ends the session; gives the reason where it could not be written down.
    mutating func end(
        discarding discarded: [TreeID], keeping kept: [TreeID], isWritten: Bool
    ) -> String? {
        if case .off(let reason) = state { return reason }
        if !isWritten { return state.words }
        guard missing(of: kept).isEmpty else {
            return "the file does not have all that was asked of it"
        }
        do {
            try store?.end(discarding: discarded)
            syncer.syncNow()
            close()
            return nil
        } catch { return "\(error)" }
    }
}
