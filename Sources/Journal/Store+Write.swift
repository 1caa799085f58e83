import Editor
import FoundationEssentials
import GLSL
import GRDB

extension Store {
    /// What a batch needs from others.
    struct Written {
        var marked: [Int] = []
        var wanted: Set<TreeID> = []
        var displaced: Set<TreeID> = []
    }

    /// Writes entries in one transaction.
    ///
    /// Entries of trees that the file does not have are left out and the trees asked for. Trees that another program
    /// took are told, and nothing is written into them.
    mutating func write(_ entries: [JournalEntry]) throws -> Written {
        let (before, session, now) = (known, session, Date().timeIntervalSince1970)
        do {
            var known = known
            let written = try queue.write { database in
                var written = Written()
                var owned: [TreeID: Bool] = [:]
                var places: [TreeID: SketchTree.Place] = [:]
                let writer = Writer(database: database, session: session, now: now)
                for entry in entries {
                    let id = entry.id
                    if owned[id] == nil { owned[id] = try writer.owns(id) }
                    if owned[id] == false { written.displaced.insert(id) }
                    if case .aboutToRun(_, _, let trial) = entry { written.marked.append(trial) }
                    guard owned[id] == true else { continue }
                    if case .tree(let stored) = entry {
                        try writer.write(stored)
                        known.insert(id)
                        written.wanted.remove(id)
                        places[id] = nil
                    } else if !known.contains(id) {
                        written.wanted.insert(id)
                    } else {
                        if case .change(_, let change) = entry { places[id] = change.place }
                        try writer.write(entry)
                    }
                }
                for (id, place) in places { try writer.write(place, of: id) }
                return written
            }
            self.known = known.subtracting(written.displaced)
            return written
        } catch {
            self.known = before
            throw error
        }
    }

    /// Ends the session: what ran in it has done no harm.
    func end(discarding discarded: [TreeID]) throws {
        let (session, now) = (session, Date().timeIntervalSince1970)
        try queue.write { database in
            try database.execute(
                sql: "UPDATE session SET ended = ? WHERE id = ?", arguments: [now, session])
            try database.execute(
                sql: """
                    DELETE FROM mark WHERE quarantined = 0
                    AND tree IN (SELECT id FROM tree WHERE session = ?)
                    """, arguments: [session])
            try database.execute(
                sql: "UPDATE tree SET shown = NULL WHERE session = ?", arguments: [session])
            for id in discarded {
                try database.execute(
                    sql: "UPDATE tree SET discarded = 1 WHERE id = ? AND session = ?",
                    arguments: [id.number, session])
            }
        }
    }
}

/// Writes rows inside a transaction.
private struct Writer {
    let database: Database
    let session: Int64
    let now: Double

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Whether a tree is this session's, or nobody's yet.
    func owns(_ id: TreeID) throws -> Bool {
        let owner = try DatabaseValue.fetchOne(
            database.cachedStatement(sql: "SELECT session FROM tree WHERE id = ?"),
            arguments: [id.number]
        ).flatMap { Int64.fromDatabaseValue($0) }
        return owner == nil || owner == session
    }

    func write(_ stored: StoredTree) throws {
        let id = stored.id.number
        for table in Schema.parts where table != "mark" {
            try run("DELETE FROM \(table) WHERE tree = ?", [id])
        }
        // What is about to run is about to run, whatever else is known of it.
        try run("DELETE FROM mark WHERE tree = ? AND quarantined = 1", [id])
        let place = stored.tree.place.encoded
        try run(
            """
            INSERT OR REPLACE INTO tree (id, path, session, used, place, sum, shown)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, stored.path, session, now, Data(place), Checksum.of(place),
                stored.shown?.number,
            ])
        try write(stored.tree.parts, id)
        for (number, part) in stored.tree.parts.enumerated() {
            guard let text = stored.tree.base[part] else { continue }
            let bytes = Array(text.utf8)
            try run(
                "INSERT INTO base (tree, stage, text, sum) VALUES (?, ?, ?, ?)",
                [id, number, Data(bytes), Checksum.of(bytes)])
        }
        for edit in stored.tree.edits { try write(edit, id) }
        for revision in stored.tree.revisions { try write(revision, id) }
        for (revision, verdict) in stored.verdicts { try write(verdict, revision, id) }
        try run(
            """
            DELETE FROM mark WHERE tree = ? AND revision IN
            (SELECT revision FROM verdict WHERE tree = ? AND (name <> 'good' OR shown IS NOT NULL))
            """, [id, id])
        if let running = stored.running {
            try run(
                "INSERT OR IGNORE INTO mark (tree, revision, quarantined) VALUES (?, ?, 0)",
                [id, running.number])
        }
        for revision in stored.quarantined {
            try run(
                "INSERT OR REPLACE INTO mark (tree, revision, quarantined) VALUES (?, ?, 1)",
                [id, revision.number])
        }
    }

    func write(_ entry: JournalEntry) throws {
        let id = entry.id.number
        switch entry {
        case .tree: break
        case .change(_, let change):
            try write(change.parts, id)
            for edit in change.edits { try write(edit, id) }
            if let revision = change.revision { try write(revision, id) }
        case .verdict(_, let revision, let verdict):
            try write(verdict, revision, id)
            // A good one is about to be shown: its mark stays until that, or a later one's, is on the disk.
            if verdict.name != "good" { try unmark(id, revision) }
        case .aboutToRun(_, let revision, _):
            // A revision that is quarantined and was asked for is released first.
            try run(
                "INSERT OR IGNORE INTO mark (tree, revision, quarantined) VALUES (?, ?, 0)",
                [id, revision.number])
        case .overtaken(_, let revision): try unmark(id, revision)
        case .shown(_, let revision):
            try run("UPDATE tree SET shown = NULL WHERE session = ? AND id <> ?", [session, id])
            try run("UPDATE tree SET shown = ? WHERE id = ?", [revision.number, id])
            try run(
                "UPDATE verdict SET shown = coalesce(shown, ?) WHERE tree = ? AND revision = ?",
                [now, id, revision.number])
            try run(
                """
                DELETE FROM mark WHERE tree = ? AND quarantined = 0
                AND (revision = ? OR revision IN (SELECT revision FROM verdict WHERE tree = ?))
                """, [id, revision.number, id])
        case .released(_, let revision):
            try run("DELETE FROM mark WHERE tree = ? AND revision = ?", [id, revision.number])
        case .moved(_, let path):
            try run("UPDATE tree SET path = ?, used = ? WHERE id = ?", [path, now, id])
        }
    }

    func write(_ place: SketchTree.Place, of id: TreeID) throws {
        let bytes = place.encoded
        try run(
            "UPDATE tree SET place = ?, sum = ?, used = ?, discarded = 0 WHERE id = ?",
            [Data(bytes), Checksum.of(bytes), now, id.number])
    }

    private func unmark(_ id: Int64, _ revision: RevisionID) throws {
        try run(
            "DELETE FROM mark WHERE tree = ? AND revision = ? AND quarantined = 0",
            [id, revision.number])
    }

    /// The names of parts that are no stage of the picture, most of which are there already.
    private func write(_ parts: [SketchPart], _ id: Int64) throws {
        for (number, part) in parts.enumerated().dropFirst(SketchPart.stages.count) {
            try run(
                "INSERT OR IGNORE INTO part (tree, number, name) VALUES (?, ?, ?)",
                [id, number, part.rawValue])
        }
    }

    private func write(_ edit: SketchTree.Edit, _ id: Int64) throws {
        let bytes = edit.encoded
        try run(
            "INSERT INTO edit (tree, stage, node, time, bytes, sum) VALUES (?, ?, ?, ?, ?, ?)",
            [id, edit.part, edit.node, now, Data(bytes), Checksum.of(bytes)])
    }

    private func write(_ revision: SketchTree.Revision, _ id: Int64) throws {
        let bytes = revision.encoded
        try run(
            "INSERT INTO revision (tree, number, bytes, sum) VALUES (?, ?, ?, ?)",
            [id, revision.id.number, Data(bytes), Checksum.of(bytes)])
    }

    private func write(_ verdict: StoredVerdict, _ revision: RevisionID, _ id: Int64) throws {
        var diagnostics: String?
        if !verdict.diagnostics.isEmpty {
            diagnostics = String(
                decoding: try JSONEncoder().encode(verdict.diagnostics), as: UTF8.self)
        }
        try run(
            """
            INSERT OR REPLACE INTO verdict
            (tree, revision, name, detail, gpu, budget, diagnostics, judged, shown)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, revision.number, verdict.name, verdict.detail, verdict.gpuMilliseconds,
                verdict.budgetMilliseconds, diagnostics, verdict.judgedAt, verdict.shownAt,
            ])
    }
}
