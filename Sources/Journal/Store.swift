import Editor
import FoundationEssentials
import GRDB
import Glibc

/// The database file, open; only the journal's own queue uses it.
struct Store {
    let path: String
    let queue: DatabaseQueue
    /// This run of the program, as the file knows it.
    let session: Int64
    /// The file's and its log's own numbers: other ones under the same name are other files.
    let inodes: [UInt64]
    /// Trees of this session that the file has.
    var known: Set<TreeID> = []

    /// Opens the file, makes it where it is missing, and begins a session in it.
    ///
    /// Throws `DatabaseError`, or `NewerVersion`.
    init(path: String, session: Int64) throws {
        (self.path, self.session) = (path, session)
        makeFolder(Self.parent(of: path))
        var configuration = Configuration()
        configuration.label = "phosphor.journal"
        // Another Phosphor commits in a millisecond; whoever holds the file for longer holds it for no good.
        configuration.busyMode = .timeout(1)
        // Rows are never asked for by anybody who could be told of a change in them.
        configuration.observesSuspensionNotifications = false
        queue = try DatabaseQueue(path: path, configuration: configuration)
        // It holds what somebody wrote, who may not want it read.
        chmod(path, 0o600)
        let migrator = Schema.migrator
        try queue.writeWithoutTransaction { database in
            if try migrator.hasBeenSuperseded(database) { throw NewerVersion() }
            // Only an empty file takes this, so it comes first.
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            // A commit does not wait for the disk: `Syncer` syncs the log beside it.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            // Taking the log into the file waits for the disk, in the commit that finds it too long: that is left to
            // `checkpoint`, unless somebody types megabytes without a pause.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 16384")
            try database.execute(sql: "PRAGMA journal_size_limit = 4194304")
        }
        try migrator.migrate(queue)
        let own = ProcessIdentity.own
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO session (id, pid, started, boot, began)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    session, own.pid, own.started, own.boot, Date().timeIntervalSince1970,
                ])
        }
        inodes = Self.inodes(path)
    }

    /// The file was made by a Phosphor that knows tables that this one does not.
    struct NewerVersion: Error {}

    /// Whether the file under this name is the one that is open: SQLite goes on writing into one that was deleted.
    var isThere: Bool { Self.inodes(path) == inodes }

    private static func inodes(_ path: String) -> [UInt64] {
        [path, path + "-wal"].map {
            var status = stat()
            return stat($0, &status) == 0 ? UInt64(status.st_ino) : 0
        }
    }

    static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}

/// Makes a folder and those above it, for this user alone as the XDG specification has it; failures show when the
/// file is opened.
private func makeFolder(_ path: String) {
    if path.isEmpty || mkdir(path, 0o700) == 0 || errno != ENOENT { return }
    makeFolder(Store.parent(of: path))
    mkdir(path, 0o700)
}
