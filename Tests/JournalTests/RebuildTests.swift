import Editor
import GLSL
import TestSupport
import Testing

@testable import Journal

/// What is kept is what was there: texts, revisions, undo.
@Suite struct RebuildTests {
    /// One random thing that a person may do.
    private func act(_ editor: EditorController, _ random: inout Seeded, at seconds: Double) {
        let sketch = editor.sketch
        switch Int.random(in: 0..<14, using: &random) {
        case 0, 1: sketch.undo()
        case 2: sketch.redo()
        case 3: sketch.restore(RevisionID(Int.random(in: 1...sketch.newest.number, using: &random)))
        case 4:
            sketch.active =
                [.fragment, .vertex, .compute, .common, SketchPart.buffers[0]]
                .randomElement(using: &random) ?? .vertex
        case 5: editor.perform(.deleteBackward, at: seconds)
        case 6: sketch.selection = Selection(Int.random(in: 0...20, using: &random))
        case 7: sketch.markSaved()
        case 8: sketch.setText("whole new text\n", .fragment, at: seconds)
        default:
            let piece = ["x", " ", "é", "\n", "}", "👩‍👧"].randomElement(using: &random) ?? "x"
            editor.type(piece, at: seconds)
        }
    }

    private func expectSame(_ a: SketchText, _ b: SketchText, _ note: String) {
        #expect(a.tree == b.tree, "\(note)")
        #expect(a.texts(at: a.current) == b.texts(at: b.current), "\(note)")
        #expect(a.isModified == b.isModified, "\(note)")
    }

    @Test(arguments: 0..<60) func aReopenedSketchIsTheSameAndStaysTheSame(seed: Int) throws {
        var random = Seeded(seed: seed)
        let place = try Place()
        defer { place.remove() }
        let first = Program(place)
        first.open("/a", [.fragment: "int a;\né", .vertex: "v", .common: "c"])
        var seconds = 0.0
        for _ in 0..<Int.random(in: 1...80, using: &random) {
            seconds += Double.random(in: 0...1.5, using: &random)
            act(first.editor, &random, at: seconds)
        }
        #expect(first.journal.end() == nil)
        let second = Program(place)
        second.open("/a")
        try #require(second.taken.found != nil)
        #expect(second.text.newest == first.text.newest)
        #expect(second.text.current == first.text.current)
        for number in 1...first.text.newest.number {
            #expect(
                second.text.texts(at: RevisionID(number))
                    == first.text.texts(at: RevisionID(number)))
        }
        // Stage and carets are those of the last change.
        for part in SketchPart.stages + [.common, SketchPart.buffers[0]] {
            second.text.active = part
            second.text.selection = first.text.selection(part)
        }
        second.text.active = first.text.active
        expectSame(first.text, second.text, "as reopened")
        // A restart ends an undo step, as a pause does.
        seconds += 10
        var other = random
        for step in 0..<60 {
            seconds += Double.random(in: 0...1.5, using: &random)
            _ = Double.random(in: 0...1.5, using: &other)
            act(first.editor, &random, at: seconds)
            act(second.editor, &other, at: seconds)
            #expect(first.text.current == second.text.current, "step \(step)")
        }
        expectSame(first.text, second.text, "after the same again")
        second.text.checkInvariants()
    }

    @Test(arguments: 0..<200) func changesComeBackFromTheirBytes(seed: Int) throws {
        var random = Seeded(seed: seed)
        var change = ChangeSet()
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let count = Int.random(in: 1...400, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: change.retain(count)
            case 1: change.delete([UInt8](repeating: 7, count: count))
            default: change.insert((0..<count).map { UInt8(truncatingIfNeeded: $0) })
            }
        }
        let bytes = change.encoded
        #expect(ChangeSet(encoded: bytes) == change)
        // Damaged bytes are refused or read as another change; nothing stops the program.
        for _ in 0..<20 where !bytes.isEmpty {
            var damaged = bytes
            damaged[Int.random(in: 0..<bytes.count, using: &random)] ^=
                UInt8.random(in: 1...255, using: &random)
            _ = ChangeSet(encoded: damaged)
            _ = ChangeSet(
                encoded: Array(damaged.prefix(Int.random(in: 0...bytes.count, using: &random))))
        }
    }

    @Test(arguments: 0..<200) func aTreeWithAnythingWrongIsRefusedAndItsBeginningKept(seed: Int) {
        var random = Seeded(seed: seed)
        let sketch = SketchText(parts: [.fragment: "f", .vertex: "v"])
        let editor = EditorController(sketch: sketch)
        for step in 0..<40 { act(editor, &random, at: Double(step)) }
        var tree = sketch.tree
        guard let index = tree.edits.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: tree.edits[index].parent = Int.random(in: -5...500, using: &random)
        case 1: tree.edits[index].node += 1
        case 2: tree.edits[index].original = Int.random(in: -5...500, using: &random)
        case 3: tree.edits[index].change.retain(1)
        case 4: tree.edits[index].after.head = Int.random(in: -5...5000, using: &random)
        case 5: tree.edits.remove(at: index)
        case 6: tree.revisions[tree.revisions.count - 1].states[4] = 999
        default: tree.place.current = RevisionID(Int.random(in: -3...500, using: &random))
        }
        var rest: SketchTree? = tree
        var rounds = 0
        while let candidate = rest {
            rounds += 1
            do throws(SketchTreeFault) {
                let rebuilt = SketchText(try RebuiltSketch(candidate))
                rebuilt.checkInvariants()
                for _ in 0..<50 { act(EditorController(sketch: rebuilt), &random, at: 100) }
                return
            } catch {
                rest = candidate.before(
                    min(error.revision, RevisionID(candidate.revisions.count)))
            }
        }
        #expect(tree.revisions.count <= 1 || rounds > tree.revisions.count)
    }

    @Test func goingBackToTheSavedTextLosesNothing() {
        let sketch = SketchText(parts: [.fragment: "f"])
        let editor = EditorController(sketch: sketch)
        editor.type("a", at: 0)
        sketch.markSaved()
        editor.type("b", at: 10)
        #expect(sketch.returnToSaved())
        #expect(sketch.text(.fragment) == "af" && !sketch.isModified)
        #expect(sketch.redo() && sketch.text(.fragment) == "abf")
        // From another branch the way back is an edit, and undo takes it back.
        sketch.undo()
        sketch.undo()
        editor.type("c", at: 20)
        #expect(sketch.returnToSaved() && sketch.text(.fragment) == "af")
        #expect(sketch.undo() && sketch.text(.fragment) == "cf")
    }
}
