import Editor
import Foundation
import GLSL
import GRDB
import Synchronization
import Testing

@testable import Journal

/// Who has a sketch, what ran when everything ended, and what is let go of.
@Suite struct SessionKeepingTests {
    /// Makes it look as if the program that wrote the file had been killed.
    private func kill(_ place: Place) throws {
        try DatabaseQueue(path: place.file).write {
            try $0.execute(sql: "UPDATE session SET started = started + 1, ended = NULL")
        }
    }

    @Test func twoProgramsOnOneSketchAreNotMixed() throws {
        let place = try Place()
        defer { place.remove() }
        let (first, second) = (Program(place), Program(place))
        first.open()
        #expect(first.settle())
        second.open()
        #expect(second.taken.found == nil && second.taken.isOpenElsewhere)
        for step in 0..<20 {
            first.type("a")
            second.type("b")
            if step % 5 == 0 { #expect(first.settle(trial: step) && second.settle(trial: step)) }
        }
        #expect(second.journal.end() == nil)
        #expect(first.journal.end() == nil)
        let path = DatabaseQueue.self
        let trees = try path.init(path: place.file).read {
            try Int.fetchAll($0, sql: "SELECT count(*) FROM edit GROUP BY tree")
        }
        #expect(trees == [20, 20])
        let third = Program(place)
        third.open()
        #expect(
            ["aaaaaaaaaaaaaaaaaaaaf", "bbbbbbbbbbbbbbbbbbbbf"].contains(third.text.text(.fragment)))
    }

    @Test func aTreeThatWasTakenAwayIsLeftAlone() throws {
        let place = try Place()
        defer { place.remove() }
        let first = Program(place)
        first.open()
        #expect(first.settle())
        try kill(place)
        let second = Program(place)
        second.open()
        #expect(second.taken.found != nil)
        // The first one lives after all, in a container whose processes cannot be seen.
        first.type("x")
        #expect(
            first.reports.wait { $0.contains { if case .displaced = $0 { true } else { false } } })
        second.type("y")
        #expect(second.settle())
        #expect(second.journal.end() == nil)
        let third = Program(place)
        third.open()
        #expect(third.text.text(.fragment) == "yf")
    }

    @Test func whatWasRunningIsQuarantinedUntilSomebodyAsks() throws {
        let place = try Place()
        defer { place.remove() }
        let first = Program(place)
        first.open()
        first.type("abc")
        let good = StoredVerdict(name: "good", gpuMilliseconds: 1.5, judgedAt: 10)
        for number in [1, 2, 3] {
            first.journal.append(.aboutToRun(first.id, RevisionID(number), trial: number))
            first.journal.append(.verdict(first.id, RevisionID(number), good))
            first.journal.append(.shown(first.id, RevisionID(number)))
        }
        #expect(first.settle(trial: 4))
        // Good, and not on screen yet as far as the disk knows.
        first.journal.append(.verdict(first.id, RevisionID(4), good))
        #expect(first.settle(trial: 5, revision: RevisionID(1)))
        try kill(place)
        let second = Program(place)
        second.open()
        #expect(second.taken.found?.quarantined == [RevisionID(1), RevisionID(3), RevisionID(4)])
        #expect(second.taken.found?.wasCutOff == true)
        #expect(second.taken.found?.verdicts[RevisionID(2)]?.gpuMilliseconds == 1.5)
        // A quit before anybody asked changes nothing.
        #expect(second.journal.end() == nil)
        let third = Program(place)
        third.open()
        #expect(third.taken.found?.quarantined == [RevisionID(1), RevisionID(3), RevisionID(4)])
        #expect(third.taken.found?.wasCutOff == false)
        third.journal.append(.released(third.id, RevisionID(4)))
        #expect(third.settle(trial: 9))
        #expect(third.journal.end() == nil, "a good end clears the marks of what ran")
        let fourth = Program(place)
        fourth.open()
        #expect(fourth.taken.found?.quarantined == [RevisionID(1), RevisionID(3)])
    }

    @Test func verdictsComeBackAsTheyWere() throws {
        let place = try Place()
        defer { place.remove() }
        let verdict = StoredVerdict(
            name: "error", detail: "d", gpuMilliseconds: 2, budgetMilliseconds: 3,
            diagnostics: [
                Diagnostic(stage: .fragment, file: "a", line: 3, column: 4, message: "é")
            ],
            judgedAt: 12.5, shownAt: 13)
        let first = Program(place)
        first.open()
        first.journal.append(.verdict(first.id, RevisionID(1), verdict))
        #expect(first.journal.end() == nil)
        let second = Program(place)
        second.open()
        #expect(second.taken.found?.verdicts == [RevisionID(1): verdict])
        #expect(second.taken.found?.quarantined.isEmpty == true)
    }

    @Test func whatWasGivenUpIsSaidOnce() throws {
        let place = try Place()
        defer { place.remove() }
        let first = Program(place)
        first.open()
        first.type("x")
        #expect(first.journal.end(discarding: [first.id]) == nil)
        let second = Program(place)
        second.open()
        #expect(second.taken.found?.isDiscarded == true)
        #expect(second.text.returnToSaved())
        #expect(second.journal.end() == nil)
        let third = Program(place)
        third.open()
        #expect(third.taken.found?.isDiscarded == false)
        #expect(third.text.text(.fragment) == "f" && third.text.redo())
    }

    @Test func theOldestTreesGoWhenThereIsTooMuch() throws {
        let place = try Place()
        defer { place.remove() }
        // Text that does not repeat, a megabyte a sketch.
        for name in ["/old", "/new"] {
            let program = Program(place)
            program.open(name, [.fragment: ""])
            for index in 0..<16 {
                program.editor.insert(
                    String(repeating: "\(index)", count: 40_000), at: Double(index * 10))
            }
            #expect(program.journal.end() == nil)
        }
        let living = Program(place)
        living.open("/living", [.fragment: String(repeating: "x", count: 2 << 20)])
        #expect(living.settle())
        let size = {
            try FileManager.default.attributesOfItem(atPath: place.file)[.size] as? Int ?? 0
        }
        let trimming = Program(place)
        trimming.open("/own", [.fragment: "o"])
        #expect(trimming.settle())
        let journal = trimming.journal
        journal.queue.sync { while !journal.keeper.withLock({ $0.trim(to: 1 << 20) }) {} }
        #expect(trimming.journal.end() == nil)
        #expect(living.journal.end() == nil)
        #expect(try size() < 3 << 20, "the file has shrunk")
        let paths = try DatabaseQueue(path: place.file).read {
            try String.fetchAll($0, sql: "SELECT path FROM tree ORDER BY path")
        }
        #expect(
            paths == ["/living", "/own"],
            "what is open in a living program stays, whatever its size")
    }
}
