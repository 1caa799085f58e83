import Dispatch
import Glibc
import Synchronization

/// Brings what was committed onto the disk itself, while the journal's thread goes on committing.
///
/// A commit lies with the kernel when it returns, and outlives the program; once it is synced it outlives the machine,
/// too. A busy disk takes its time for that, and what was typed meanwhile must not wait in this process, which may be
/// killed at any moment.
final class Syncer: Sendable {
    /// What is asked for.
    private struct Due {
        /// Trials that may run once their mark is on the disk.
        var trials: [Int] = []
        var isDue = false
        var isUnderWay = false
        /// Whether it was said that the disk refuses.
        var isRefused = false
    }

    private let path: String
    private let sync: @Sendable (String) -> CInt
    private let report: @Sendable (JournalReport) -> Void
    private let queue = DispatchQueue(label: "phosphor.journal.sync", qos: .userInitiated)
    private let due = Mutex(Due())

    init(
        _ configuration: Journal.Configuration, report: @escaping @Sendable (JournalReport) -> Void
    ) {
        (path, sync, self.report) = (configuration.path, configuration.sync, report)
    }

    /// Has all that is committed by now synced soon, and then says that these trials are marked; never waits.
    func begin(_ trials: [Int]) {
        let starts = due.withLock { due in
            due.trials += trials
            due.isDue = true
            defer { due.isUnderWay = true }
            return !due.isUnderWay
        }
        if starts { queue.async { [self] in work() } }
    }

    /// What was committed during one sync is the next one's, all together.
    private func work() {
        while let trials = next() {
            syncNow()
            if !trials.isEmpty { report(.marked(trials)) }
        }
    }

    private func next() -> [Int]? {
        due.withLock { due in
            guard due.isDue else {
                due.isUnderWay = false
                return nil
            }
            defer { (due.trials, due.isDue) = ([], false) }
            return due.trials
        }
    }

    /// Waits until all that is committed by now is on the disk; a disk that refuses is told of once.
    func syncNow() {
        let error = sync(path)
        let isNews = due.withLock { due in
            defer { due.isRefused = error != 0 }
            return error != 0 && !due.isRefused
        }
        guard isNews else { return }
        report(
            .notice(
                "the disk does not confirm the journal (\(String(cString: strerror(error)))): what you type would "
                    + "not outlive a power cut; save to be sure"))
    }

    /// Syncs the log of a database (fdatasync(2)); gives errno, or 0.
    ///
    /// Without a log there is nothing to do: SQLite has synced the file itself when it took the log into it. SQLite's own
    /// locks, which end with any descriptor of a file that is closed (fcntl(2)), are on the file and its index.
    static func syncLog(of path: String) -> CInt {
        let descriptor = open(path + "-wal", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == ENOENT ? 0 : errno }
        defer { close(descriptor) }
        return fdatasync(descriptor) == 0 ? 0 : errno
    }
}
