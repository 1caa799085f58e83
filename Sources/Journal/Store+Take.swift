import Editor
import FoundationEssentials
import GLSL
import GRDB

extension Store {
    /// Gives this session a tree of a path that no living program has.
    ///
    /// The newest with unsaved text comes first, then the newest with edits, then any other: a program that only looked
    /// must not hide what another one had typed.
    ///
    /// Throws `DatabaseError` where the file cannot be read.
    /// `begin` is called once the file is ours to read.
    mutating func take(_ path: String, begin: () -> Void) throws -> TakenTree {
        let session = session
        var result = TakenTree()
        try queue.write { database in
            begin()
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT tree.*, session.id AS owner, session.pid, session.started, session.boot,
                        session.ended
                    FROM tree LEFT JOIN session ON session.id = tree.session
                    WHERE tree.path = ? ORDER BY tree.used DESC
                    """, arguments: [path])
            var free: [(row: Row, isEnded: Bool, worth: Int)] = []
            for row in rows {
                // What was given back belongs to nobody, and nothing of it ran since.
                let owner: Int64? = row.value("owner")
                if owner == session { continue }
                let isEnded = owner == nil || row.value("ended", as: Double.self) != nil
                if !isEnded, row.ownerIsAlive {
                    result.isOpenElsewhere = true
                    continue
                }
                let worth = try Reader(database: database).worth(row)
                free.append((row, isEnded, worth))
            }
            let ranks = [2, 1, 0]
            for (row, isEnded, _) in ranks.flatMap({ rank in free.filter { $0.worth == rank } }) {
                guard let found = try Reader(database: database).read(row, wasCutOff: !isEnded)
                else { continue }
                try database.execute(
                    sql: "UPDATE tree SET session = ?, used = ?, shown = NULL WHERE id = ?",
                    arguments: [session, Date().timeIntervalSince1970, found.id.number])
                // From now on what was running needs somebody's word, however often the program ends before that.
                try database.execute(
                    sql: "UPDATE mark SET quarantined = 1 WHERE tree = ?",
                    arguments: [found.id.number])
                if !isEnded, let shown = row.value("shown", as: Int.self) {
                    try database.execute(
                        sql: """
                            INSERT OR REPLACE INTO mark (tree, revision, quarantined)
                            VALUES (?, ?, 1)
                            """, arguments: [found.id.number, shown])
                }
                result.found = found
                break
            }
        }
        if let found = result.found, found.damagedFrom == nil { known.insert(found.id) }
        return result
    }

    /// Gives a tree back that nobody waited for: it goes to whoever asks next.
    mutating func release(_ id: TreeID) throws {
        known.remove(id)
        try queue.write { database in
            try database.execute(
                sql: "UPDATE tree SET session = 0 WHERE id = ?", arguments: [id.number])
        }
    }
}

/// Reads a tree's rows inside a transaction.
private struct Reader {
    let database: Database

    /// The tree of a row; nil where nothing of it can be used.
    func read(_ row: Row, wasCutOff: Bool) throws -> FoundTree? {
        guard let id = row.value("id", as: Int64.self),
            let (tree, firstBad) = try tree(id, row.checkedBytes("place")),
            let (sketch, damagedFrom) = rebuilt(tree, firstBad)
        else { return nil }
        var quarantined = try Set(
            Row.fetchAll(
                database, sql: "SELECT revision FROM mark WHERE tree = ?", arguments: [id]
            ).compactMap { $0.value("revision").map(RevisionID.init) })
        if wasCutOff, let shown: Int = row.value("shown") { quarantined.insert(RevisionID(shown)) }
        return FoundTree(
            id: TreeID(id), sketch: sketch, verdicts: try verdicts(id), quarantined: quarantined,
            wasCutOff: wasCutOff, isDiscarded: row.value("discarded") == 1, damagedFrom: damagedFrom
        )
    }

    /// What would be lost with a tree, without building it: 2 for unsaved text, 1 for edits, 0 for nothing.
    func worth(_ row: Row) throws -> Int {
        guard let id = row.value("id", as: Int64.self),
            try Int.fetchOne(
                database, sql: "SELECT 1 FROM edit WHERE tree = ? LIMIT 1", arguments: [id]) != nil
        else { return 0 }
        if row.value("discarded") == 1 { return 1 }
        // What cannot be read may be anything: the careful side is to take it for unsaved.
        guard let place = row.checkedBytes("place").flatMap({ SketchTree.Place(encoded: $0) }),
            let bytes = try Row.fetchOne(
                database, sql: "SELECT bytes, sum FROM revision WHERE tree = ? AND number = ?",
                arguments: [id, place.current.number])?.checkedBytes("bytes"),
            let revision = SketchTree.Revision(number: place.current.number, encoded: bytes)
        else { return 2 }
        for part in 0..<revision.states.count where revision.states[part] != 0 {
            let node = Int(revision.states[part])
            let row = try Row.fetchOne(
                database,
                sql: "SELECT bytes, sum FROM edit WHERE tree = ? AND stage = ? AND node = ?",
                arguments: [id, part, node])
            guard let bytes = row?.checkedBytes("bytes"),
                let edit = SketchTree.Edit(part: part, node: node, encoded: bytes)
            else { return 2 }
            if edit.original != Int(place.saved[part]) { return 2 }
        }
        let isUnsaved = (0..<place.saved.count).contains {
            revision.states[$0] == 0 && place.saved[$0] != 0
        }
        return isUnsaved ? 2 : 1
    }

    /// Builds as much of a tree as holds together.
    private func rebuilt(
        _ tree: SketchTree, _ firstBad: RevisionID?
    ) -> (RebuiltSketch, RevisionID?)? {
        var bad = firstBad
        var rest: SketchTree? = tree
        if let firstBad { rest = tree.before(firstBad) }
        while let candidate = rest {
            do throws(SketchTreeFault) { return (try RebuiltSketch(candidate), bad) } catch {
                // Each round leaves revisions out, so there is an end.
                let next = min(error.revision, RevisionID(candidate.revisions.count))
                bad = next
                rest = candidate.before(next)
            }
        }
        return nil
    }

    private func tree(
        _ id: Int64, _ place: [UInt8]?
    ) throws -> (SketchTree, firstBad: RevisionID?)? {
        let parts = try parts(id)
        var base: [SketchPart: String] = [:]
        for row in try Row.fetchAll(
            database, sql: "SELECT * FROM base WHERE tree = ?", arguments: [id])
        {
            guard let number = row.part, parts.indices.contains(number),
                let bytes = row.checkedBytes("text"),
                let text = String(validating: bytes, as: UTF8.self)
            else { return nil }
            base[parts[number]] = text
        }
        var firstBad: RevisionID?
        func damaged(_ revision: Int) {
            firstBad = min(firstBad ?? RevisionID(revision), RevisionID(revision))
        }
        var edits: [SketchTree.Edit] = []
        let editRows = try Row.fetchCursor(
            database,
            sql: "SELECT stage, node, bytes, sum FROM edit WHERE tree = ? ORDER BY stage, node",
            arguments: [id])
        while let row = try editRows.next() {
            guard let part = row.part, parts.indices.contains(part),
                let node: Int = row.value("node"), let bytes = row.checkedBytes("bytes"),
                let edit = SketchTree.Edit(part: part, node: node, encoded: bytes)
            else {
                // Its own number of a revision cannot be believed; it comes after that of the edit before.
                let before = edits.last { $0.part == row.part }
                damaged((before?.revision.number ?? 1) + 1)
                continue
            }
            edits.append(edit)
        }
        var revisions: [SketchTree.Revision] = []
        let revisionRows = try Row.fetchCursor(
            database,
            sql: "SELECT number, bytes, sum FROM revision WHERE tree = ? ORDER BY number",
            arguments: [id])
        while let row = try revisionRows.next() {
            guard let number: Int = row.value("number"), let bytes = row.checkedBytes("bytes"),
                let revision = SketchTree.Revision(number: number, encoded: bytes)
            else {
                damaged(revisions.count + 1)
                break
            }
            revisions.append(revision)
        }
        guard !revisions.isEmpty else { return nil }
        let known = place.flatMap { SketchTree.Place(encoded: $0) }
        let last = RevisionID(revisions.count)
        let place =
            known
            ?? SketchTree.Place(
                current: last, saved: PartStates(),
                active: base.keys.min().flatMap { parts.firstIndex(of: $0) } ?? 0, selections: [])
        return (
            SketchTree(
                parts: parts, base: base, edits: edits, revisions: revisions, place: place),
            firstBad
        )
    }

    /// The parts by their numbers.
    ///
    /// A name that damage took is made up: the text must not go with it.
    private func parts(_ id: Int64) throws -> [SketchPart] {
        var parts = SketchPart.stages
        let rows = try Row.fetchAll(
            database, sql: "SELECT number, name FROM part WHERE tree = ? ORDER BY number",
            arguments: [id])
        for row in rows {
            let name: String = row.value("name") ?? ""
            let part = SketchPart(rawValue: name)
            guard row.value("number") == parts.count else { break }
            parts.append(
                name.isEmpty || parts.contains(part)
                    ? SketchPart(.fragment, pass: "part\(parts.count)") : part)
        }
        return parts
    }

    private func verdicts(_ id: Int64) throws -> [RevisionID: StoredVerdict] {
        var verdicts: [RevisionID: StoredVerdict] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM verdict WHERE tree = ?", arguments: [id])
        while let row = try rows.next() {
            guard let revision: Int = row.value("revision"), let name: String = row.value("name"),
                let judged: Double = row.value("judged")
            else { continue }
            var verdict = StoredVerdict(
                name: name, detail: row.value("detail") ?? "", gpuMilliseconds: row.value("gpu"),
                budgetMilliseconds: row.value("budget"), judgedAt: judged,
                shownAt: row.value("shown"))
            if let text: String = row.value("diagnostics") {
                // Messages that cannot be read are no reason to forget the verdict.
                verdict.diagnostics =
                    (try? JSONDecoder().decode([Diagnostic].self, from: Data(text.utf8))) ?? []
            }
            verdicts[RevisionID(revision)] = verdict
        }
        return verdicts
    }
}

// A damaged file may have anything anywhere, and a row's plain subscript ends the program at a wrong type.
extension Row {
    func value<Value: DatabaseValueConvertible>(
        _ column: String, as type: Value.Type = Value.self
    ) -> Value? {
        Value.fromDatabaseValue(self[column])
    }

    /// Bytes whose sum stands beside them; nil where it is another.
    fileprivate func checkedBytes(_ column: String) -> [UInt8]? {
        guard let data: Data = value(column) else { return nil }
        let bytes = Array(data)
        return Checksum.of(bytes) == value("sum") ? bytes : nil
    }

    /// The number of the part that it belongs to.
    fileprivate var part: Int? { value("stage") }

    var ownerIsAlive: Bool {
        guard let pid: Int32 = value("pid"), let started: Int64 = value("started"),
            let boot: String = value("boot")
        else { return false }
        return ProcessIdentity(pid: pid, started: started, boot: boot).isAlive
    }
}
