import CSystem
import Foundation
import GRDB
import Testing

/// What was typed is there at the next start, however the last one ended.
@Suite(.serialized) struct JournalTests {
    let home: Home
    init() throws { home = try Home() }

    private var journal: String {
        home.folder.appending(path: "state/phosphor/journal.sqlite").path
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: home.folder.appending(path: "state/phosphor").path)
    }

    /// Ends a program as a power cut would, and waits until it is gone.
    private func kill(_ running: PhosphorProcess) {
        running.kill()
        running.process.waitUntilExit()
    }

    /// Waits until the disk has it that a revision is on screen.
    private func waitUntilShown(_ revision: Int) throws {
        let queue = try DatabaseQueue(path: journal)
        for _ in 0..<100_000 {
            if try queue.read({ try Int.fetchOne($0, sql: "SELECT shown FROM tree") }) == revision {
                return
            }
        }
        Issue.record("revision \(revision) never was on screen")
    }

    @Test("after kill -9 the next start has the text, all of undo, and the verdicts")
    func afterKill() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let first = try home.launch(sketch)
        defer { first.kill() }
        try home.send("goto 1:1")
        try home.send("paste \"// one\\n\"")
        try home.send("wait good")
        try home.send("paste \"// two\\n\"")
        try home.send("wait good")
        try home.send("paste \"broken\"")
        try home.send("wait error")
        let text = try home.send("text")
        let guests = home.guests(of: first.pid)
        #expect(!guests.isEmpty)
        kill(first)
        // The kernel kills them with their parent, but they end when they next get a processor.
        for guest in guests { #expect(phosphor_wait_ended(guest, 20_000) == 1) }
        let done = try home.play(
            "status\ntext\nhistory\nundo\ntext\nundo\nundo\ntext\nredo\nredo\nredo\nwait error\n",
            sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        let status = try JournalStatus(done.lines[0])
        #expect(status.revision == 4 && status.modified && status.journal == "on")
        #expect(status.notice?.contains("a.frag") == true)
        #expect(done.output.contains(text))
        #expect(done.output.contains("revision"), "good revisions of the session before are listed")
        #expect(done.output.contains("// one\n// two\n"))
        #expect(try home.read("a.frag") == red)
    }

    @Test("what ran when everything ended opens as text, and runs when asked")
    func quarantine() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let first = try home.launch(sketch)
        defer { first.kill() }
        try home.send("goto 2:18")
        try home.send("paste \"0.5+\"")
        try home.send("wait good")
        try waitUntilShown(2)
        kill(first)
        for attempt in 0..<2 {
            // The second attempt was not asked to run either.
            let second = try home.play(
                "wait idle\nsleep 0.3\nstatus\nwait good\n", sketch: sketch)
            #expect(second.status == 1)
            #expect(second.errors.contains("accept"))
            let status = try JournalStatus(#require(second.lines.last))
            #expect(status.quarantined && status.revision == 2, "attempt \(attempt)")
            #expect(status.shown != 2, "the older good one stands in, or nothing does")
            #expect(status.notice?.contains("was running when Phosphor ended") == true)
        }
        let third = try home.play("wait idle\naccept\nwait good\nstatus\n", sketch: sketch)
        #expect(third.status == 0, "\(third.errors)")
        let status = try JournalStatus(#require(third.lines.last))
        #expect(!status.quarantined && status.shown == 2)
        let fourth = try home.play("wait good\nstatus\n", sketch: sketch)
        #expect(fourth.status == 0, "a good end clears it: \(fourth.errors)")
    }

    /// The journal's tables as the first version of the program made them, before parts had names.
    private static let firstSchema = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1');
        CREATE TABLE session (
            id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, started INTEGER NOT NULL,
            boot TEXT NOT NULL, began REAL NOT NULL, ended REAL);
        CREATE TABLE tree (
            id INTEGER PRIMARY KEY, path TEXT NOT NULL, session INTEGER NOT NULL,
            used REAL NOT NULL, place BLOB NOT NULL, sum INTEGER NOT NULL,
            shown INTEGER, discarded INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX tree_path ON tree (path, used);
        CREATE TABLE base (
            tree INTEGER NOT NULL, stage INTEGER NOT NULL, text BLOB NOT NULL,
            sum INTEGER NOT NULL, PRIMARY KEY (tree, stage)) WITHOUT ROWID;
        CREATE TABLE edit (
            tree INTEGER NOT NULL, stage INTEGER NOT NULL, node INTEGER NOT NULL,
            time REAL NOT NULL, bytes BLOB NOT NULL, sum INTEGER NOT NULL,
            PRIMARY KEY (tree, stage, node)) WITHOUT ROWID;
        CREATE TABLE revision (
            tree INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
            sum INTEGER NOT NULL, PRIMARY KEY (tree, number)) WITHOUT ROWID;
        CREATE TABLE verdict (
            tree INTEGER NOT NULL, revision INTEGER NOT NULL, name TEXT NOT NULL,
            detail TEXT NOT NULL, gpu REAL, budget REAL, diagnostics TEXT,
            judged REAL NOT NULL, shown REAL,
            PRIMARY KEY (tree, revision)) WITHOUT ROWID;
        CREATE TABLE mark (
            tree INTEGER NOT NULL, revision INTEGER NOT NULL,
            quarantined INTEGER NOT NULL,
            PRIMARY KEY (tree, revision)) WITHOUT ROWID;
        """

    /// Puts the journal's rows into a journal of the first version, in its place.
    private func makeOld() throws {
        let old = home.path("old.sqlite")
        let queue = try DatabaseQueue(path: old)
        try queue.write { try $0.execute(sql: Self.firstSchema) }
        try queue.inDatabase { database in
            try database.execute(sql: "ATTACH ? AS new", arguments: [journal])
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM new.part") == 0)
            for table in ["session", "tree", "base", "edit", "revision", "verdict", "mark"] {
                try database.execute(sql: "INSERT INTO \(table) SELECT * FROM new.\(table)")
            }
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM edit") ?? 0 > 0)
            try database.execute(sql: "DETACH new")
        }
        try queue.close()
        for file in try files() where file.hasPrefix("journal.sqlite") {
            try FileManager.default.removeItem(atPath: journal + file.dropFirst(14))
        }
        try FileManager.default.moveItem(atPath: old, toPath: journal)
    }

    @Test("a journal from before parts had names is found again, and takes parts from then on")
    func firstVersion() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let first = try home.launch(sketch)
        defer { first.kill() }
        try home.send("goto 1:1")
        try home.send("paste \"// one\\n\"")
        try home.send("wait good")
        try home.send("paste \"// two\\n\"")
        try home.send("wait good")
        try home.send("paste \"broken\"")
        try home.send("wait error")
        let text = try home.send("text")
        kill(first)
        try makeOld()
        let second = try PhosphorProcess(["run", "--headless", sketch], home: home)
        defer { second.kill() }
        try home.send("wait error")
        let status = try JournalStatus(home.send("status"))
        #expect(status.revision == 4 && status.modified && status.journal == "on")
        #expect(try home.send("text") == text)
        #expect(try home.send("history").contains("revision"), "verdicts are there, too")
        try home.send("undo")
        #expect(try home.send("text") == "// one\n// two\n" + red + "\n")
        // A part that the first version had no place for.
        try home.send("stage common")
        try home.send("paste \"const float part = 0.5;\\n\"")
        try home.send("wait good")
        kill(second)
        let third = try home.play(
            "stage common\ntext\nstage frag\nundo\nundo\nundo\ntext\n", sketch: sketch)
        #expect(third.status == 0, "\(third.errors)")
        #expect(third.output.hasPrefix("const float part = 0.5;\n"))
        #expect(third.output.hasSuffix("\n" + red + "\n"))
    }

    @Test("any edit of a quarantined text runs as usual")
    func quarantinedEdit() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let first = try home.launch(sketch)
        try waitUntilShown(1)
        kill(first)
        let done = try home.play(
            "status\ngoto 1:1\npaste \"// new\\n\"\nwait good\nundo\nwait idle\nstatus\n",
            sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try JournalStatus(done.lines[0]).quarantined)
        #expect(
            try JournalStatus(#require(done.lines.last)).quarantined, "back at it, it still waits")
    }

    @Test("a program that hung is not run again by itself")
    func hung() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let hang = "for (int i = 0; i < 2; ) { color.r += 0.1; if (color.r < -1.0) i++; }"
        let done = try home.play(
            "wait good\ngoto 3:1\npaste \"\(hang)\"\nwait idle\nstatus\n", sketch: sketch,
            environment: ["PHOSPHOR_DEADLINE_SCALE": "0.1"])
        let verdict = try JournalStatus(#require(done.lines.last)).verdict
        // A guard that ends such loops makes it something else; then there is nothing to keep from running.
        guard ["hung", "runaway", "crashed"].contains(verdict) else { return }
        let again = try home.play("wait idle\nstatus\nwait \(verdict)\n", sketch: sketch)
        #expect(again.status == 0, "\(again.errors)")
        let status = try JournalStatus(#require(again.lines.last))
        #expect(status.verdict == verdict && status.notice?.contains("Ctrl+Enter") == true)
        #expect(status.guest.restarts == 0)
    }

    @Test("unsaved text that was given up with Ctrl+Q is one redo away")
    func givenUp() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch, size: "640x360")
        defer { running.kill() }
        try home.send("goto 1:1")
        try home.send("paste \"// given up\\n\"")
        try home.send("wait good")
        try home.send("key ctrl+q")
        _ = try home.phosphor("send", "key q")
        #expect(running.finish().status == 0)
        let done = try home.play("text\nstatus\nredo\ntext\n", sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.hasPrefix(red))
        #expect(done.output.contains("// given up\n"))
        #expect(done.output.contains("\"modified\":false"))
    }

    @Test("a file that changed meanwhile: both texts are revisions", arguments: [false, true])
    func changedFile(isUnsaved: Bool) throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let session =
            "wait good\ngoto 1:1\npaste \"// mine\\n\"\nwait good\n" + (isUnsaved ? "" : "save\n")
        #expect(try home.play(session, sketch: sketch).status == 0)
        try home.write("a.frag", "// theirs\n" + red)
        let done = try home.play(
            "status\ntext\nundo\nsay \"--\"\ntext\nundo\nwait idle\n", sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        let status = try JournalStatus(done.lines[0])
        #expect(status.modified == isUnsaved)
        #expect(status.notice?.contains("changed by another program") == true)
        let parts = done.output.components(separatedBy: "--\n")
        #expect(parts[0].contains(isUnsaved ? "// mine" : "// theirs"))
        #expect(parts[1].contains(isUnsaved ? "// theirs" : "// mine"))
    }

    @Test("two programs on one sketch have a history each")
    func twoPrograms() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let first = try home.launch(sketch)
        defer { first.kill() }
        try home.send("goto 1:1")
        try home.send("type \"// first\\n\"")
        let second = try home.play(
            "status\ntext\ngoto 1:1\ntype \"// second\\n\"\nwait good\n", sketch: sketch)
        #expect(second.status == 0, "\(second.errors)")
        #expect(try JournalStatus(second.lines[0]).notice?.contains("another Phosphor") == true)
        #expect(!second.output.contains("// first"))
        #expect(try home.send("text").hasPrefix("// first\n"))
        try home.send("type \"// more\\n\"")
        try home.send("quit")
        #expect(first.finish().status == 0)
        let third = try home.play("text\n", sketch: sketch)
        #expect(third.output.hasPrefix("// first\n// more\n"))
    }

    @Test(
        "history folds what is much the same, and rollback goes to any of it, also of earlier runs")
    func history() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        // 1.0, 11.0, 121.0, 1321.0: each a good revision, all within moments.
        let first = try home.play(
            "wait good\nsleep 4\ngoto 2:19\ntype \"1\"\nwait good\ntype \"2\"\nwait good\ntype \"3\"\nwait good\n"
                + "history\n", sketch: sketch)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.lines.count == 3, "\(first.output)")
        #expect(
            first.lines[1].hasPrefix("●         4") && first.lines[1].contains("with 2 like it"))
        #expect(first.lines[2].contains("  1  today "))
        let second = try home.play(
            "wait good\nhistory\nrollback 3\nwait good\ntext\nrollback 1\nwait good\ntext\n",
            sketch: sketch)
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.lines[1].contains("with 2 like it"))
        #expect(second.output.contains("vec4(112.0,"), "\(second.output)")
        #expect(second.output.hasSuffix(red + "\n"))
    }

    @Test(
        "a journal that cannot be written is said, and the editor goes on",
        arguments: ["garbage", "folder"])
    func brokenJournal(how: String) throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        try FileManager.default.createDirectory(
            atPath: (journal as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true)
        if how == "garbage" {
            try "this is no database, and long enough to be sure of it".write(
                toFile: journal, atomically: false, encoding: .utf8)
        } else {
            try FileManager.default.createDirectory(
                atPath: journal, withIntermediateDirectories: false)
        }
        let done = try home.play(
            "wait good\ngoto 1:1\ntype \"// x\\n\"\nwait good\nstatus\nsave\n", sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        let line = try #require(done.lines.first { $0.hasPrefix("{") })
        let status = try JournalStatus(line)
        if how == "garbage" {
            #expect(status.journal == "on")
            let names = try files()
            #expect(names.contains { $0.hasPrefix("journal-damaged-") && $0.hasSuffix(".sqlite") })
            #expect(done.errors.contains("journal-damaged-"))
        } else {
            #expect(status.journal?.hasPrefix("waiting: ") == true)
            #expect(done.errors.contains("waits in memory"))
        }
        #expect(try home.read("a.frag").hasPrefix("// x\n"))
    }

    @Test("a full disk under the journal: typing goes on, and all is kept once there is room")
    func fullDisk() throws {
        defer { home.remove() }
        let disk = home.folder.appending(path: "state").path
        // Only root can make a small disk; elsewhere there is nothing to try it on.
        guard let small = try SmallDisk(over: disk, size: "600k") else { return }
        defer { small.remove() }
        let sketch = try home.write("a.frag", red)
        try home.write(
            "big.frag", red + String(repeating: "// more than the disk holds\n", count: 40_000))
        let running = try home.launch(sketch)
        defer { running.kill() }
        try home.send("replace big.frag")
        while try JournalStatus(home.send("status")).journal != "waiting: the disk is full" {}
        try home.send("goto 1:1")
        try home.send("type \"// still here\\n\"")
        try small.resize(to: "60m")
        while try JournalStatus(home.send("status")).journal != "on" {}
        kill(running)
        let again = try home.play("text\n", sketch: sketch)
        #expect(again.output.hasPrefix("// still here\n"))
        #expect(again.output.utf8.count > 1_000_000)
    }

    @Test("render and check leave the journal alone")
    func toolsLeaveItAlone() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        #expect(try home.phosphor("check", sketch).status == 0)
        #expect(
            try home.phosphor("render", sketch, "--out", "f.png", "--size", "16x16").status == 0)
        #expect(!FileManager.default.fileExists(atPath: journal))
        try "journal = 0\n".write(
            to: home.folder.appending(path: "config/phosphor/phosphor.toml"), atomically: true,
            encoding: .utf8)
        let done = try home.play("wait good\nstatus\n", sketch: sketch)
        #expect(try JournalStatus(#require(done.lines.last)).journal?.hasPrefix("off: ") == true)
        #expect(!FileManager.default.fileExists(atPath: journal))
    }
}

/// What `status` says of the journal, beside the rest.
struct JournalStatus: Decodable {
    var revision: Int
    var verdict: String
    var shown: Int?
    var modified: Bool
    var quarantined: Bool
    var journal: String?
    var notice: String?
    var guest: StatusLine.Guest

    init(_ line: String) throws {
        self = try JSONDecoder().decode(JournalStatus.self, from: Data(line.utf8))
    }
}
