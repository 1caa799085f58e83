import Editor
import Foundation
import GLSL
import GRDB
import Testing

@testable import Journal

/// Whatever happens to the file: the program goes on, says so, and loses nothing that it can keep.
@Suite struct FaultTests {
    private func reopened(_ place: Place) -> Program {
        let program = Program(place)
        program.open()
        return program
    }

    /// Another program that may hold the file.
    private func locker(_ place: Place) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: place.file, configuration: configuration)
    }

    private func text(_ program: Program) -> String { program.text.text(.fragment) }

    /// Does what the program does when the journal asks for whole trees.
    private func answerWishes(_ program: Program, after count: Int = 0) -> Bool {
        let isAsked = program.reports.wait { reports in
            reports.dropFirst(count).contains {
                switch $0 {
                case .allWanted, .wanted: true
                default: false
                }
            }
        }
        program.write()
        return isAsked
    }

    @Test func aLockedFileIsWrittenOnceItIsFree() throws {
        let place = try Place()
        defer { place.remove() }
        let program = Program(place)
        program.open()
        #expect(program.settle())
        let other = try locker(place)
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        program.type("typed")
        #expect(program.reports.wait { _ in program.reports.states == [.waiting("it is locked")] })
        #expect(program.reports.wait { _ in !program.reports.notices.isEmpty })
        #expect(program.reports.notices.first?.contains("save") == true)
        // A program's first picture does not wait for a lock.
        #expect(program.settle(trial: 2))
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
        #expect(program.reports.wait { _ in program.reports.notices.count == 2 })
        #expect(program.reports.states.last == .on, "both ends are said once")
        #expect(program.journal.end() == nil)
        #expect(text(reopened(place)) == "typedf")
    }

    @Test(arguments: ["garbage", "pages"]) func aDamagedFileIsSetAside(how: String) throws {
        let place = try Place()
        defer { place.remove() }
        let first = Program(place)
        first.open()
        for _ in 0..<200 { first.type("x") }
        #expect(first.journal.end() == nil)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: place.file))
        if how == "garbage" {
            bytes = Data("not a database".utf8)
        } else {
            for index in bytes.indices.dropFirst(4096) { bytes[index] ^= 0x5A }
        }
        try bytes.write(to: URL(fileURLWithPath: place.file))
        let second = reopened(place)
        #expect(second.taken.found == nil)
        second.type("new")
        #expect(second.settle())
        #expect(second.journal.end() == nil)
        let aside = try #require(place.files.first { $0.hasPrefix("journal-damaged-") })
        #expect(aside.hasSuffix(".sqlite"))
        #expect(
            second.reports.notices.contains { $0.contains(aside) && $0.contains("journal.sqlite") })
        #expect(text(reopened(place)) == "newf")
    }

    @Test func damageInUnreadPagesIsFoundByALook() throws {
        let place = try Place()
        defer { place.remove() }
        let first = Program(place)
        first.open("/long.frag", [.fragment: "f"])
        for _ in 0..<500 { first.type("x") }
        #expect(first.journal.end() == nil)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: place.file))
        let middle = bytes.count / 4096 / 2 * 4096
        for index in bytes.indices.dropFirst(middle).prefix(4096) { bytes[index] = 0xFF }
        try bytes.write(to: URL(fileURLWithPath: place.file))
        let second = Program(place) { $0.trimsAfter = 0 }
        second.open("/other.frag")
        second.type("kept")
        #expect(answerWishes(second))
        #expect(second.settle())
        #expect(second.journal.end() == nil)
        #expect(place.files.contains { $0.hasPrefix("journal-damaged-") })
        let third = Program(place)
        third.open("/other.frag")
        #expect(text(third) == "keptf" || third.taken.found == nil)
    }

    @Test func aDamagedRowLosesOnlyWhatCameAfterIt() throws {
        let place = try Place()
        defer { place.remove() }
        let first = reopened(place)
        first.type("abcdef")
        #expect(first.journal.end() == nil)
        try DatabaseQueue(path: place.file).write {
            try $0.execute(sql: "UPDATE edit SET bytes = x'00' || bytes WHERE node = 4")
        }
        let second = reopened(place)
        #expect(second.taken.found?.damagedFrom == RevisionID(5))
        #expect(text(second) == "abcf")
        // It is whole again once it was written again.
        second.write()
        second.type("!")
        #expect(second.journal.end() == nil)
        #expect(reopened(place).taken.found?.damagedFrom == nil)
    }

    @Test func valuesOfWrongTypesStopNothing() throws {
        let place = try Place()
        defer { place.remove() }
        let first = reopened(place)
        first.type("abc")
        first.journal.append(
            .verdict(first.id, first.text.current, StoredVerdict(name: "good", judgedAt: 1)))
        #expect(first.settle())
        #expect(first.journal.end() == nil)
        try DatabaseQueue(path: place.file).write {
            try $0.execute(
                sql: "UPDATE verdict SET gpu = 'x', shown = x'01', diagnostics = 7, judged = 'y'")
            try $0.execute(
                sql: "UPDATE session SET pid = 'x', started = 'y', boot = 7, ended = NULL")
            try $0.execute(sql: "UPDATE tree SET shown = 'x', used = 'y', place = 'z'")
            try $0.execute(sql: "UPDATE edit SET bytes = 'text' WHERE node = 3")
            try $0.execute(sql: "UPDATE mark SET revision = 'x'")
        }
        let second = reopened(place)
        #expect(text(second) == "abf")
    }

    @Test func aFolderThatIsMissingIsMade() throws {
        let place = try Place()
        defer { place.remove() }
        let program = reopened(place)
        program.type("a")
        #expect(program.settle())
        #expect(place.files.contains("journal.sqlite"))
        let attributes = try FileManager.default.attributesOfItem(atPath: place.file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func whatCannotBeOpenedIsTriedUntilItCan() throws {
        let place = try Place()
        defer { place.remove() }
        // A file where the folder belongs: nobody may write below it, root neither.
        try Data().write(to: URL(fileURLWithPath: place.folder + "/state"))
        let program = reopened(place)
        program.type("abc")
        #expect(program.settle(), "nobody waits for a journal that cannot be written")
        #expect(program.reports.wait { _ in program.reports.notices.count == 1 })
        #expect(program.reports.states.map(\.words).first?.hasPrefix("waiting: ") == true)
        try FileManager.default.removeItem(atPath: place.folder + "/state")
        #expect(program.reports.wait { _ in program.reports.states.last == .on })
        #expect(program.journal.end() == nil)
        #expect(text(reopened(place)) == "abcf")
    }

    @Test func aFileThatIsDeletedWhileInUseIsWrittenAgain() throws {
        let place = try Place()
        defer { place.remove() }
        let program = Program(place) { $0.watchesEvery = 0.02 }
        program.open()
        program.type("ab")
        #expect(program.settle())
        let count = program.reports.all.count
        try FileManager.default.removeItem(atPath: place.folder + "/state")
        // Nothing is typed: the journal sees it by itself.
        #expect(answerWishes(program, after: count))
        program.type("c")
        #expect(program.settle(trial: 2))
        #expect(program.journal.end() == nil)
        #expect(text(reopened(place)) == "abcf")
    }

    @Test func aNewerVersionsFileIsLeftAlone() throws {
        let place = try Place()
        defer { place.remove() }
        let first = reopened(place)
        #expect(first.settle())
        #expect(first.journal.end() == nil)
        try DatabaseQueue(path: place.file).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('from the future')")
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: place.file))
        let second = reopened(place)
        second.type("x")
        #expect(second.settle())
        #expect(second.reports.states.map(\.words) == ["off: a newer Phosphor wrote it"])
        #expect(second.reports.notices.first?.contains("newer Phosphor") == true)
        _ = second.journal.end()
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.file)) == before)
    }

    @Test func whatIsTooMuchForMemoryIsAskedForAgain() throws {
        let place = try Place()
        defer { place.remove() }
        let program = Program(place) { $0.waitingLimit = 20_000 }
        program.open()
        #expect(program.settle())
        let other = try locker(place)
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        program.type(String(repeating: "x", count: 300))
        #expect(program.reports.wait { _ in program.reports.states.count == 1 })
        let count = program.reports.all.count
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
        #expect(answerWishes(program, after: count))
        #expect(program.settle(trial: 2))
        #expect(program.journal.end() == nil)
        #expect(text(reopened(place)) == String(repeating: "x", count: 300) + "f")
    }
}
