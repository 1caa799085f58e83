import Dispatch
import GRDB
import Glibc
import Synchronization

extension Journal {
    /// Looks whether the file is whole, and lets go of what is oldest; on the queue.
    func lookAfterFile() {
        guard let path = keeper.withLock({ $0.store?.path }) else { return }
        // Reading all of a large file takes seconds: beside the journal's thread, which goes on writing.
        DispatchQueue.global(qos: .utility).async { [weak self] in
            let isDamaged = Store.isDamaged(path)
            guard let self else { return }
            queue.async { [weak self] in
                guard let self else { return }
                if isDamaged {
                    keeper.withLock { $0.fileIsDamaged() }
                } else {
                    trim()
                }
            }
        }
    }

    /// Looks now and then whether the file is still there, so that what was typed last is not alone in a deleted one;
    /// and takes the log into the file while nobody types.
    func watch() {
        queue.asyncAfter(deadline: .now() + configuration.watchesEvery) { [weak self] in
            guard let self else { return }
            let isGone = keeper.withLock { $0.store.map { !$0.isThere } ?? false }
            // The next write finds it gone, and has everything written again.
            if isGone { drain() } else { keeper.withLock { $0.checkpointIfQuiet() } }
            watch()
        }
    }

    /// Trims one piece and comes back for the next, so that what is typed meanwhile gets its turn.
    private func trim() {
        let limit = configuration.megabytes << 20
        let isDone = keeper.withLock { $0.trim(to: limit) }
        if !isDone { queue.async { [weak self] in self?.trim() } }
    }
}

extension Keeper {
    /// Takes a long log into the file, where nothing was written since the last look.
    mutating func checkpointIfQuiet() {
        defer { isQuiet = true }
        guard isQuiet, let store else { return }
        // One that is refused is due again at the next look; writing tells what is wrong.
        try? store.checkpoint()
    }

    /// Takes away a piece of what is too much; true where nothing is left to take.
    mutating func trim(to limit: Int) -> Bool {
        guard let store else { return true }
        do { return try store.trim(to: limit) } catch {
            // Trimming can wait for the next start; writing tells what is wrong.
            return true
        }
    }
}

extension Store {
    /// Bytes of the log from which on taking it into the file is worth waiting for the disk.
    private static let longLog = 4 << 20

    /// Takes the log into the file where it has grown long (sqlite3_wal_checkpoint_v2, passive).
    func checkpoint() throws {
        var status = stat()
        guard stat(path + "-wal", &status) == 0, Int(status.st_size) >= Self.longLog else { return }
        _ = try queue.writeWithoutTransaction {
            try Row.fetchAll($0, sql: "PRAGMA wal_checkpoint(PASSIVE)")
        }
    }

    /// Whether the file's pages fit together; false also where it cannot be read now.
    static func isDamaged(_ path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let answer = try queue.read {
                try String.fetchOne($0, sql: "PRAGMA quick_check(1)")
            }
            return answer != "ok"
        } catch let error as DatabaseError {
            return [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
        } catch { return false }
    }

    /// Rows of the oldest tree go, some at a time, while the file has more than `limit` bytes in use.
    ///
    /// Trees of living programs stay, whatever their size; true where nothing is left to do.
    func trim(to limit: Int) throws -> Bool {
        let victim = try queue.write { database -> Int64? in
            // A tree whose going was begun must go: half of one is of no use.
            if let begun = try Int64.fetchOne(
                database, sql: "SELECT id FROM tree WHERE path = '' LIMIT 1")
            {
                return begun
            }
            guard try Self.used(database) > limit, let id = try oldest(database) else { return nil }
            try database.execute(sql: "UPDATE tree SET path = '' WHERE id = ?", arguments: [id])
            return id
        }
        guard let victim else {
            return try queue.writeWithoutTransaction { database in
                try database.execute(
                    sql:
                        "DELETE FROM session WHERE ended IS NOT NULL AND id NOT IN (SELECT session FROM tree)"
                )
                // A piece at a time, as with the rows.
                _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum(500)")
                return try Int.fetchOne(database, sql: "PRAGMA freelist_count") == 0
            }
        }
        try queue.write { database in
            try database.execute(
                sql: """
                    DELETE FROM edit WHERE (tree, stage, node) IN
                    (SELECT tree, stage, node FROM edit WHERE tree = ? LIMIT 2000)
                    """, arguments: [victim])
            guard database.changesCount == 0 else { return }
            for table in Schema.parts + ["tree"] {
                let key = table == "tree" ? "id" : "tree"
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE \(key) = ?", arguments: [victim])
            }
        }
        return false
    }

    private static func used(_ database: Database) throws -> Int {
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096
        return (pages - free) * size
    }

    private func oldest(_ database: Database) throws -> Int64? {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT tree.id, tree.session, session.pid, session.started, session.boot, session.ended
                FROM tree LEFT JOIN session ON session.id = tree.session ORDER BY tree.used
                """)
        while let row = try rows.next() {
            let owner: Int64? = row.value("session")
            let isOver = row.value("ended", as: Double.self) != nil
            if owner != session, isOver || !row.ownerIsAlive { return row.value("id") }
        }
        return nil
    }
}
