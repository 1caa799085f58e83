import Dispatch
import Editor
import GLSL
import GRDB
import Glibc
import Journal
import Synchronization
import Testing

/// A disk that takes its time, or refuses: what is typed waits for it nowhere but in the file.
@Suite struct SyncTests {
    /// A disk that confirms when it is let.
    private final class Disk: Sendable {
        let begins = DispatchSemaphore(value: 0)
        let confirms = DispatchSemaphore(value: 0)
        private let count = Mutex(0)
        var syncs: Int { count.withLock { $0 } }

        func sync(_: String) -> CInt {
            count.withLock { $0 += 1 }
            begins.signal()
            confirms.wait()
            return 0
        }

        func hasBegun() -> Bool { begins.wait(timeout: .now() + 10) == .success }
    }

    @Test func whatIsTypedDuringASlowSyncIsInTheFile() throws {
        let place = try Place()
        defer { place.remove() }
        let disk = Disk()
        let program = Program(place) { $0.sync = disk.sync }
        program.open()
        try #require(disk.hasBegun())
        // The first sync does not end; every key is committed even so.
        for (index, character) in "typed".enumerated() {
            program.type(String(character))
            program.journal.append(.aboutToRun(program.id, program.text.current, trial: index))
            #expect(program.journal.missing(of: [program.id], seconds: 10) == [])
        }
        #expect(disk.syncs == 1)
        // Another program finds it, once it takes the first one for dead.
        try DatabaseQueue(path: place.file).write {
            try $0.execute(sql: "UPDATE session SET ended = 1")
        }
        let second = Program(place)
        second.open()
        #expect(second.text.text(.fragment) == "typedf")
        // Nothing runs whose mark a power cut could take.
        #expect(program.reports.marked == [])
        disk.confirms.signal()
        try #require(disk.hasBegun())
        #expect(program.reports.marked == [], "that sync had begun before any of them was written")
        disk.confirms.signal()
        #expect(program.reports.wait { _ in program.reports.marked.count == 5 })
        #expect(disk.syncs == 2, "all that waits is one sync")
    }

    @Test func aDiskThatRefusesIsToldOfOnce() throws {
        let place = try Place()
        defer { place.remove() }
        let program = Program(place) { $0.sync = { _ in EIO } }
        program.open()
        program.type("ab")
        #expect(program.settle(trial: 1), "nobody waits for a disk that refuses")
        program.type("c")
        #expect(program.settle(trial: 2))
        #expect(program.reports.notices.count == 1)
        #expect(program.reports.notices.first?.contains("Input/output error") == true)
    }
}
