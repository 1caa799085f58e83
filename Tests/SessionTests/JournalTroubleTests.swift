import Foundation
import GRDB
import Testing

/// What was typed comes back where another program, a lock or a lost file stands in the way.
@Suite(.serialized) struct JournalTroubleTests {
    let home: Home
    init() throws { home = try Home() }

    private var journal: String {
        home.folder.appending(path: "state/phosphor/journal.sqlite").path
    }

    /// Holds the journal locked until what it gives is called.
    private func lock() throws -> () -> Void {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: journal, configuration: configuration)
        try holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        return {
            try? holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            try? holder.close()
        }
    }

    /// Waits until `status` says something.
    private func wait(_ isThere: (JournalStatus) -> Bool) throws {
        while try !isThere(JournalStatus(home.send("status"))) {}
    }

    @Test("a second program that only looks does not hide the first one's unsaved text")
    func onlyLooking() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let first = try home.launch(sketch)
        defer { first.kill() }
        try home.send("goto 1:1")
        try home.send("type \"// unsaved\\n\"")
        try home.send("wait good")
        #expect(try home.play("wait good\n", sketch: sketch).status == 0)
        try home.send("quit")
        #expect(first.finish().status == 0)
        let third = try home.play("text\n", sketch: sketch)
        #expect(third.output.hasPrefix("// unsaved\n"))
    }

    @Test("a journal that was locked at the start: unsaved text comes late, and stays")
    func lockedAtStart() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let session = "goto 1:1\ntype \"// unsaved\\n\"\nwait good\n"
        #expect(try home.play(session, sketch: sketch).status == 0)
        let unlock = try lock()
        let second = try home.launch(sketch)
        defer { second.kill() }
        #expect(try home.send("text") == red + "\n" || home.send("text") == red)
        unlock()
        try wait { $0.modified }
        #expect(try home.send("text").hasPrefix("// unsaved\n"))
        try home.send("wait idle")
        try home.send("quit")
        #expect(second.finish().status == 0)
        let third = try home.play("text\nstatus\n", sketch: sketch)
        #expect(third.output.hasPrefix("// unsaved\n"))
    }

    @Test("what the journal has comes under what was typed while it was locked")
    func lockedWhileTyping() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", "// head\n" + red + "// tail\n")
        let session = "goto 1:1\npaste \"// old\\n\"\nwait good\n"
        #expect(try home.play(session, sketch: sketch).status == 0)
        let unlock = try lock()
        let second = try home.launch(sketch)
        defer { second.kill() }
        try home.send("goto 1:8")
        try home.send("type \"123\"")
        unlock()
        try wait { $0.revision > 4 && $0.journal == "on" }
        try home.send("type \"456\"")
        #expect(try home.send("text").hasPrefix("// head123456\n"))
        try home.send("wait good")
        kill(second.pid, SIGKILL)
        second.process.waitUntilExit()
        let third = try home.play(
            "text\nundo\nsay \"--\"\ntext\nundo\ntext\nundo\ntext\n", sketch: sketch)
        let parts = third.output.components(separatedBy: "--\n")
        #expect(parts[0].hasPrefix("// head123456\n"))
        #expect(!parts[0].contains("// old"))
        #expect(parts[1].contains("// old\n// head\n"), "\(third.output)")
    }

    @Test("what hung does not run by itself because its file was changed meanwhile")
    func hungAndChanged() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        // Not without end, since software GL ends such loops by itself, but of hours.
        let hang = """
            for (int i = 0; i < 60000; i++) for (int j = 0; j < 60000; j++) color.r += sin(float(i ^ j));
            """
        let done = try home.play(
            "guard off\nwait good\ngoto 3:1\npaste \"\(hang)\"\nwait idle\nstatus\n",
            sketch: sketch, environment: ["PHOSPHOR_DEADLINE_SCALE": "0.3"])
        let verdict = try JournalStatus(#require(done.lines.last)).verdict
        try #require(["hung", "crashed"].contains(verdict))
        try home.write("a.frag", "// theirs\n" + red)
        for _ in 0..<2 {
            let again = try home.play(
                "guard off\nwait idle\nstatus\ntext\n", sketch: sketch)
            let status = try JournalStatus(
                #require(again.lines.first { $0.hasPrefix("{") }))
            #expect(status.verdict == verdict && status.guest.restarts == 0)
            #expect(status.notice?.contains("Ctrl+Enter") == true)
            #expect(status.shown != nil && status.shown != status.revision, "a good one stands in")
            #expect(again.output.contains(hang))
        }
    }

    @Test("a file that became an error meanwhile: the last good picture is shown")
    func brokenMeanwhile() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let other = try home.write("b.frag", red)
        #expect(try home.play("wait good\n", sketch: sketch).status == 0)
        try home.write("a.frag", "broken " + red)
        let first = try PhosphorProcess(
            ["run", "--headless", "--size", "64x64", sketch], home: home)
        defer { first.kill() }
        try home.send("wait error")
        try wait { $0.shown == 1 }
        try home.send("quit")
        #expect(first.finish().status == 0)
        // The same where it is opened later.
        let running = try home.launch(other)
        defer { running.kill() }
        try home.send("open a.frag")
        try home.send("wait error")
        try wait { $0.shown == 1 }
    }

    @Test("saving over another open sketch with unsaved text is refused")
    func saveOverOpen() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        try home.write("b.frag", "// b\n" + red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        try home.send("goto 1:1")
        try home.send("type \"// unsaved\\n\"")
        try home.send("open b.frag")
        let answer = try home.phosphor("send", "save a.frag")
        #expect(answer.status != 0 && answer.errors.contains("not saved"), "\(answer.errors)")
        #expect(try home.read("a.frag") == red)
        try home.send("open a.frag")
        #expect(try home.send("text").hasPrefix("// unsaved\n"))
    }

    @Test("a sketch whose file is gone opens with its unsaved text", arguments: [true, false])
    func goneFile(isNamed: Bool) throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let session = "goto 1:1\ntype \"// unsaved\\n\"\nwait good\n"
        #expect(try home.play(session, sketch: sketch).status == 0)
        try FileManager.default.removeItem(atPath: sketch)
        let done = try home.play(
            "status\ntext\nwait good\nsave\n", sketch: isNamed ? sketch : nil)
        #expect(done.status == 0, "\(done.errors)")
        let status = try JournalStatus(#require(done.lines.first { $0.hasPrefix("{") }))
        #expect(status.modified && status.notice?.contains("a.frag") == true)
        #expect(try home.read("a.frag") == "// unsaved\n" + red)
    }

    @Test("a journal that is deleted just before the end is written whole")
    func deletedBeforeEnd() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        try home.send("goto 1:1")
        try home.send("type \"// unsaved\\n\"")
        try home.send("wait good")
        for part in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: journal + part)
        }
        try home.send("quit")
        #expect(running.finish().status == 0)
        let next = try home.play("text\n", sketch: sketch)
        #expect(next.output.hasPrefix("// unsaved\n"))
    }

    @Test("a quit while the journal is locked waits for no late answer")
    func quitWhileLocked() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        #expect(try home.play("wait good\n", sketch: sketch).status == 0)
        let unlock = try lock()
        let second = try home.launch(sketch)
        defer { second.kill() }
        try home.send("quit")
        // It comes to its end while the lock is held for good.
        _ = second.finish()
        unlock()
    }
}
