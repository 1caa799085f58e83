import Editor
import GLSL
import GRDB
import Testing

@testable import Journal

/// Which of several trees of a path is taken, and what a tree's rewriting and the end must not lose.
@Suite struct WorthTests {
    private func end(_ program: Program) { #expect(program.journal.end() == nil) }

    @Test func unsavedTextComesBeforeWhatWasUsedLater() throws {
        let place = try Place()
        defer { place.remove() }
        // All are open at once, so that each has a tree of its own; the last one used only looked.
        let programs = (0..<4).map { _ in Program(place) }
        for program in programs {
            program.open()
            #expect(program.settle())
        }
        programs[0].type("unsaved ")
        programs[1].type("saved ")
        programs[1].text.markSaved()
        programs[2].type("given up ")
        for program in programs { #expect(program.settle(trial: 2)) }
        end(programs[0])
        end(programs[1])
        #expect(programs[2].journal.end(discarding: [programs[2].id]) == nil)
        programs[3].write()
        end(programs[3])
        let next = Program(place)
        next.open()
        #expect(next.text.text(.fragment) == "unsaved f" && next.text.isModified)
        next.text.markSaved()
        end(next)
        let later = Program(place)
        later.open()
        #expect(later.text.text(.fragment) == "unsaved f", "the newest of those with edits")
    }

    @Test func aRestoredTextIsAsSavedAsTheOneItRestores() throws {
        let place = try Place()
        defer { place.remove() }
        let (first, second) = (Program(place), Program(place))
        for program in [first, second] {
            program.open()
            program.type("x")
        }
        second.text.markSaved()
        second.type("y")
        second.text.restore(RevisionID(2))
        #expect(!second.text.isModified)
        #expect(first.settle())
        end(first)
        #expect(second.settle())
        end(second)
        let third = Program(place)
        third.open()
        #expect(third.text.text(.fragment) == "xf" && third.text.isModified)
    }

    @Test func rewritingATreeKeepsWhatIsAboutToRun() throws {
        let place = try Place()
        defer { place.remove() }
        let first = Program(place)
        first.open()
        first.type("abc")
        #expect(first.settle(trial: 1, revision: RevisionID(3)))
        let bad = StoredVerdict(name: "error", judgedAt: 1)
        first.journal.append(.aboutToRun(first.id, RevisionID(2), trial: 2))
        first.journal.append(
            .tree(
                StoredTree(
                    id: first.id, path: "/a.frag", tree: first.text.tree,
                    verdicts: [RevisionID(2): bad], running: RevisionID(4))))
        #expect(first.settle(trial: 3, revision: RevisionID(3)))
        try DatabaseQueue(path: place.file).write {
            try $0.execute(sql: "UPDATE session SET started = started + 1, ended = NULL")
        }
        let second = Program(place)
        second.open()
        #expect(second.taken.found?.quarantined == [RevisionID(3), RevisionID(4)])
    }

    @Test func aTreeThatTheFileLacksAtTheEndIsAskedFor() throws {
        let place = try Place()
        defer { place.remove() }
        let first = Program(place)
        first.open()
        let other = TreeID()
        #expect(first.journal.missing(of: [first.id, other]) == [other])
        #expect(first.journal.end(keeping: [first.id, other]) != nil, "not all is there")
        #expect(
            try DatabaseQueue(path: place.file).read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM session WHERE ended IS NULL")
            } == 1)
        first.journal.append(.tree(StoredTree(id: other, path: "/b", tree: first.text.tree)))
        #expect(first.journal.missing(of: [first.id, other]) == [])
        #expect(first.journal.end(keeping: [first.id, other]) == nil)
    }

    @Test func aMovedTreeIsTheNewestOfItsPath() throws {
        let place = try Place()
        defer { place.remove() }
        let (first, second) = (Program(place), Program(place))
        first.open("/b.frag")
        first.type("moved ")
        #expect(first.settle())
        second.open("/a.frag")
        second.type("there before ")
        #expect(second.settle())
        end(second)
        first.journal.append(.moved(first.id, path: "/a.frag"))
        end(first)
        let third = Program(place)
        third.open("/a.frag")
        #expect(third.text.text(.fragment) == "moved f")
    }
}
