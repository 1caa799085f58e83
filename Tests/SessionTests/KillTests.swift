import CSystem
import Foundation
import GRDB
import TestSupport
import Testing

/// The host is killed while somebody types, at any moment.
@Suite(.serialized) struct KillTests {
    /// How many moments to try; 100 for the real figure.
    static let count = ProcessInfo.processInfo.environment["PHOSPHOR_KILLS"].flatMap(Int.init) ?? 6

    @Test(
        "kill -9 while typing loses at most the last key, runs nothing bad, leaves no guest",
        arguments: 0..<count)
    func kill(seed: Int) throws {
        let home = try Home()
        defer { home.remove() }
        var random = Seeded(seed: seed)
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        try home.send("goto 1:1")
        // A loop that has no end for as long as its last part is not typed, and errors on the way.
        let typed = Array("float f(float x) { for (int i = 0; i < 3; i++) x += 0.1; return x; }")
        let keys = Int.random(in: 0..<typed.count, using: &random)
        for key in typed[..<keys] { try home.send("type \"\(key)\"") }
        // The last key's command is under way when the end comes, or has just been answered.
        let last = typed[keys]
        let sending = try PhosphorProcess(["send", "type \"\(last)\""], home: home)
        usleep(UInt32.random(in: 0...60_000, using: &random))
        running.kill()
        running.process.waitUntilExit()
        _ = sending.finish()
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc")
        where Int32(name) != nil {
            let arguments =
                (try? String(contentsOfFile: "/proc/\(name)/environ", encoding: .utf8)) ?? ""
            let isOurs = arguments.contains("XDG_STATE_HOME=\(home.folder.path)/state")
            guard isOurs, let left = Int32(name) else { continue }
            // The kernel kills them with their parent, but they end when they next get a processor.
            #expect(phosphor_wait_ended(left, 20_000) == 1, "process \(name) is left")
        }
        let again = try home.play("wait idle\nstatus\ntext\n", sketch: sketch)
        #expect(again.status == 0, "seed \(seed): \(again.errors)")
        let line = try #require(again.lines.first)
        let status = try JournalStatus(line)
        #expect(status.journal == "on", "seed \(seed)")
        let text = again.output.dropFirst(line.count + 1)
        // What auto-indent makes of the keys is the editor's own; none of these keys begins a line.
        let whole = String(typed[...keys]) + red + "\n"
        let without = String(typed[..<keys]) + red + "\n"
        #expect(text == whole || text == without, "seed \(seed), \(keys) keys: \(text)")
        #expect(status.quarantined || ["error", "good"].contains(status.verdict), "\(line)")
        #expect(
            try DatabaseQueue(
                path: home.folder.appending(path: "state/phosphor/journal.sqlite").path
            ).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok",
            "seed \(seed)")
    }
}
