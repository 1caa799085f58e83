import Dispatch
import Glibc
import Synchronization

/// Every edit and every verdict, in a SQLite file: what was typed is there after a crash, `kill -9` or a power cut.
///
/// The main thread only appends values to an array; a thread of its own commits all that has gathered in one
/// transaction, and another one syncs that to the disk (`Syncer`). Whatever the file does (locked, damaged, deleted,
/// on a full disk), the program goes on: what is typed waits in memory, and is written when that is possible again.
/// Where too much has gathered it is let go of, and the trees are asked for whole once they can be written: they are in
/// memory anyway.
///
/// Limitations: the caret's moves alone are not kept; `superseded` is not, since such a revision is as good as untried.
public final class Journal: Sendable {
    /// How a journal behaves; the standard values are for people, others for tests.
    public struct Configuration: Sendable {
        /// The file.
        public var path: String
        /// Megabytes above which the oldest sketches' trees go.
        public var megabytes = 256
        /// Bytes that may wait in memory.
        public var waitingLimit = 64 << 20
        /// Seconds after the start when old trees are trimmed.
        public var trimsAfter = 5.0
        /// Seconds before what failed is tried again, at first.
        public var retriesAfter = 0.25
        /// Seconds between looks whether the file is still there.
        public var watchesEvery = 2.0
        /// Brings the log of the database at a path onto the disk and waits for it; gives errno, or 0.
        public var sync: @Sendable (String) -> CInt = { Syncer.syncLog(of: $0) }

        /// The standard behaviour for a file.
        public init(path: String) { self.path = path }
    }

    /// What waits for the journal's thread.
    struct Waiting {
        var entries: [JournalEntry] = []
        var size = 0
        /// Whether entries were let go of: all trees are to be written whole.
        var isOverfull = false
        /// Whether the thread was woken and has not taken the entries yet.
        var isAwake = false
        var isPaused = false
    }

    let configuration: Configuration
    let session = Int64.random(in: 1...Int64.max)
    let queue = DispatchQueue(label: "phosphor.journal", qos: .userInitiated)
    let waiting = Mutex(Waiting())
    /// Used on the queue alone; the lock only says so to the compiler.
    let keeper: Mutex<Keeper>

    /// A journal over a file, which is opened when it is first needed.
    ///
    /// `report` is called on the journal's thread.
    public init(
        _ configuration: Configuration, report: @escaping @Sendable (JournalReport) -> Void
    ) {
        self.configuration = configuration
        keeper = Mutex(Keeper(configuration: configuration, session: session, report: report))
        queue.asyncAfter(deadline: .now() + configuration.trimsAfter) { [weak self] in
            self?.lookAfterFile()
        }
        watch()
    }

    /// Has something written down soon.
    ///
    /// Takes a few microseconds and never waits for the disk; any thread.
    public func append(_ entry: JournalEntry) {
        let size = entry.size
        let wakes = waiting.withLock { waiting in
            waiting.entries.append(entry)
            waiting.size += size
            if waiting.size > configuration.waitingLimit { waiting.letGo() }
            defer { waiting.isAwake = true }
            return !waiting.isAwake && !waiting.isPaused
        }
        if wakes { queue.async { [weak self] in self?.drain() } }
    }

    /// Writes what has gathered; on the queue.
    func drain() {
        let (entries, isOverfull) = waiting.withLock { waiting in
            defer {
                (waiting.entries, waiting.size) = ([], 0)
                (waiting.isOverfull, waiting.isAwake, waiting.isPaused) = (false, false, false)
            }
            return (waiting.entries, waiting.isOverfull)
        }
        let pause = keeper.withLock { keeper in
            if isOverfull { keeper.forgetTrees() }
            return keeper.write(entries)
        }
        guard let pause else { return }
        waiting.withLock { waiting in
            waiting.entries = entries + waiting.entries
            waiting.size += entries.reduce(0) { $0 + $1.size }
            if waiting.size > configuration.waitingLimit { waiting.letGo() }
            (waiting.isAwake, waiting.isPaused) = (true, true)
        }
        queue.asyncAfter(deadline: .now() + pause) { [weak self] in self?.drain() }
    }

    /// Gives this program the newest tree of a path that no living program has.
    ///
    /// Waits for the file, `seconds` at most, and for as long as it takes to read it; not for the main thread while it
    /// draws. Trees that this program has are left out.
    public func take(_ path: String, seconds: Double) -> TakenTree {
        let handover = Handover()
        queue.async { [weak self] in
            guard let self, !handover.isAbandoned else { return }
            let taken = keeper.withLock { $0.take(path) { handover.begin() } }
            if !handover.give(taken), let id = taken.found?.id {
                keeper.withLock { $0.release(id) }
            }
        }
        return handover.wait(seconds: seconds)
            ?? TakenTree(problem: "it does not answer; another program may be holding it")
    }

    /// Writes what is left, and gives those of some trees that the file does not have even so.
    ///
    /// Nil where there was no answer within `seconds`.
    public func missing(of trees: [TreeID], seconds: Double = 2) -> Set<TreeID>? {
        let done = DispatchSemaphore(value: 0)
        let found = Mutex<Set<TreeID>?>(nil)
        queue.async { [self] in
            drain()
            let missing = keeper.withLock { $0.missing(of: trees) }
            found.withLock { $0 = missing }
            done.signal()
        }
        _ = done.wait(timeout: .now() + seconds)
        return found.withLock { $0 }
    }

    /// Writes what is left and ends the session well; gives the reason where that was not done within `seconds`.
    ///
    /// For the end of the program only. `discarded`: trees whose unsaved text somebody chose to give up; `kept`: trees
    /// without which the session has not ended well.
    public func end(
        discarding discarded: [TreeID] = [], keeping kept: [TreeID] = [], seconds: Double = 2
    ) -> String? {
        let done = DispatchSemaphore(value: 0)
        let problem = Mutex<String?>("it could not be written in time")
        queue.async { [self] in
            drain()
            let isWritten = waiting.withLock { $0.entries.isEmpty && !$0.isOverfull }
            let found = keeper.withLock {
                $0.end(discarding: discarded, keeping: kept, isWritten: isWritten)
            }
            problem.withLock { $0 = found }
            done.signal()
        }
        _ = done.wait(timeout: .now() + seconds)
        return problem.withLock { $0 }
    }
}

extension Journal.Waiting {
    /// Lets go of what is in memory elsewhere; trials wait for their answer all the same.
    mutating func letGo() {
        entries = entries.filter { if case .aboutToRun = $0 { true } else { false } }
        size = entries.count * 200
        isOverfull = true
    }
}

/// Hands a tree from the journal's thread to somebody who may have gone away meanwhile.
private final class Handover: Sendable {
    private enum State: Sendable { case open, reading, given(TakenTree), abandoned }
    private let state = Mutex(State.open)
    private let done = DispatchSemaphore(value: 0)

    var isAbandoned: Bool {
        state.withLock { if case .abandoned = $0 { true } else { false } }
    }

    /// The file answers: from now on it is worth waiting for, however large the tree.
    func begin() {
        state.withLock { if case .open = $0 { $0 = .reading } }
    }

    /// False where nobody waits any more.
    @discardableResult
    func give(_ tree: TakenTree) -> Bool {
        let isTaken = state.withLock { state in
            if case .abandoned = state { return false }
            state = .given(tree)
            return true
        }
        done.signal()
        return isTaken
    }

    func wait(seconds: Double) -> TakenTree? {
        if done.wait(timeout: .now() + seconds) == .timedOut {
            let isReading = state.withLock { if case .reading = $0 { true } else { false } }
            if isReading { _ = done.wait(timeout: .now() + 20) }
        }
        return state.withLock { state in
            if case .given(let tree) = state { return tree }
            state = .abandoned
            return nil
        }
    }
}
