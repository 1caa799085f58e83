import GLSL
import TestSupport
import Testing

@testable import Editor

@Suite struct RevisionTreeTests {
    @Test(arguments: 0..<150) func walksNeverLoseARevision(seed: Int) {
        var random = Seeded(seed: seed)
        let sketch = SketchText(parts: [.fragment: randomText(&random), .vertex: "v"])
        let controller = EditorController(sketch: sketch)
        var model: [RevisionID: [SketchPart: String]] = [:]
        var seconds = 0.0
        func texts() -> [SketchPart: String] {
            Dictionary(uniqueKeysWithValues: sketch.parts.map { ($0, sketch.text($0)) })
        }
        model[sketch.current] = texts()
        for _ in 0..<60 {
            seconds += Double.random(in: 0...2, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0, 1: sketch.undo()
            case 2: sketch.redo()
            case 3:
                let number = Int.random(in: 1...sketch.newest.number, using: &random)
                let wanted = sketch.texts(at: RevisionID(number))
                let before = sketch.texts(at: sketch.current)
                let made = sketch.restore(RevisionID(number))
                #expect(texts() == wanted)
                #expect((made == nil) == (before == wanted))
            case 4:
                sketch.active =
                    [
                        .fragment, .vertex, .compute, .common, SketchPart.buffers[1],
                        SketchPart.buffers[0],
                    ]
                    .randomElement(using: &random) ?? .vertex
            case 5: controller.perform(.deleteBackward, at: seconds)
            case 6: sketch.selection = Selection(Int.random(in: 0...20, using: &random))
            default:
                for piece in ["x", " ", "é", "\n", "}"].shuffled(using: &random).prefix(2) {
                    controller.type(piece, at: seconds)
                    if let known = model[sketch.current] { #expect(known == texts()) }
                    model[sketch.current] = texts()
                }
            }
            // A revision that was seen before has the texts it had then; its number is never used again.
            if let known = model[sketch.current] { #expect(known == texts()) }
            model[sketch.current] = texts()
            sketch.checkInvariants()
        }
        for (revision, texts) in model {
            #expect(sketch.texts(at: revision) == texts, "revision \(revision)")
        }
    }

    @Test(arguments: 0..<100) func undoingAllGivesTheFirstTextAndRedoingAllTheLast(seed: Int) {
        var random = Seeded(seed: seed)
        let first = randomText(&random)
        let controller = editor("")
        controller.sketch = SketchText(parts: [.fragment: first])
        for step in 0..<30 {
            controller.type(
                ["a", " ", "\n", "{", "é"].randomElement(using: &random) ?? "a",
                at: Double(step) * Double.random(in: 0.2...1.5, using: &random))
        }
        let (last, newest) = (controller.sketch.text(.fragment), controller.sketch.newest)
        while controller.sketch.undo() {}
        #expect(controller.sketch.text(.fragment) == first)
        #expect(controller.sketch.current == RevisionID(1))
        while controller.sketch.redo() {}
        #expect(controller.sketch.text(.fragment) == last)
        #expect(controller.sketch.current == newest)
        #expect(controller.sketch.newest == newest, "moving in the tree makes no revisions")
    }

    @Test func aRevisionACharacterButUndoAWord() {
        let controller = editor("|")
        controller.type("float glow", at: 0)
        #expect(controller.sketch.current == RevisionID(11))
        controller.perform(.undo, at: 1)
        #expect(drawing(controller) == "float |")
        #expect(controller.sketch.current == RevisionID(7))
        controller.perform(.undo, at: 1)
        #expect(drawing(controller) == "|")
        controller.perform(.redo, at: 1)
        #expect(drawing(controller) == "float |")
    }

    @Test func aPauseEndsAStep() {
        let controller = editor("|")
        controller.type("ab", at: 0)
        controller.type("cd", at: 1.5)
        controller.type("ef", at: 2.4)
        controller.perform(.undo, at: 3)
        #expect(drawing(controller) == "ab|")
    }

    @Test func aComposedClusterIsNeverTakenApart() {
        let controller = editor("|")
        controller.type("e", at: 0)
        controller.type("\u{301}", at: 10)
        #expect(controller.sketch.current == RevisionID(3))
        controller.perform(.undo, at: 11)
        #expect(drawing(controller) == "|")
    }

    @Test func movingTheCaretEndsAStep() {
        let controller = editor("|")
        controller.type("ab", at: 0)
        controller.perform(.moveLeft, at: 0.1)
        controller.type("c", at: 0.2)
        controller.perform(.undo, at: 0.3)
        #expect(drawing(controller) == "a|b")
    }

    @Test func eachStageHasItsOwnUndo() {
        let sketch = SketchText(parts: [.vertex: "v", .fragment: "f"], active: .vertex)
        let controller = EditorController(sketch: sketch)
        controller.type("1", at: 0)
        sketch.active = .fragment
        controller.type("2", at: 5)
        sketch.active = .vertex
        #expect(sketch.undo())
        #expect(sketch.text(.vertex) == "v")
        #expect(sketch.text(.fragment) == "2f")
        #expect(sketch.current == RevisionID(4), "a combination that was not there before")
        #expect(sketch.parent(of: RevisionID(4)) == RevisionID(3))
        #expect(!sketch.undo())
        #expect(sketch.redo())
        #expect(sketch.current == RevisionID(3))
    }

    @Test func redoFollowsTheNewestBranch() {
        let controller = editor("|")
        controller.type("a", at: 0)
        controller.perform(.undo, at: 1)
        controller.type("b", at: 2)
        controller.perform(.undo, at: 3)
        controller.perform(.redo, at: 4)
        #expect(drawing(controller) == "b|")
        #expect(controller.sketch.texts(at: RevisionID(2)) == [.fragment: "a"])
    }

    @Test func restoringIsOneEditOverAllStages() {
        let sketch = SketchText(parts: [.vertex: "v", .fragment: "f"], active: .vertex)
        let controller = EditorController(sketch: sketch)
        controller.type("1", at: 0)
        sketch.active = .fragment
        controller.type("2", at: 5)
        let broken = sketch.current
        let restored = sketch.restore(RevisionID(1))
        #expect(restored == RevisionID(4))
        #expect(sketch.texts(at: sketch.current) == [.vertex: "v", .fragment: "f"])
        #expect(sketch.restore(RevisionID(1)) == nil)
        #expect(!sketch.isModified, "the text is the opened one again")
        #expect(sketch.undo())
        #expect(sketch.current == broken)
        #expect(sketch.redo())
        #expect(sketch.current == restored)
    }

    @Test func aRestoreIsUndoneFromAStageThatItDidNotTouch() {
        let sketch = SketchText(parts: [.vertex: "v", .fragment: "f"])
        let controller = EditorController(sketch: sketch)
        controller.type("1", at: 0)
        let good = sketch.current
        sketch.active = .vertex
        controller.type("2", at: 5)
        let broken = sketch.current
        sketch.active = .fragment
        let restored = sketch.restore(good)
        #expect(sketch.undo())
        #expect(sketch.current == broken)
        #expect(sketch.text(.vertex) == "2v" && sketch.text(.fragment) == "1f")
        #expect(sketch.redo())
        #expect(sketch.current == restored)
        // Behind the restore the stage's own steps go on.
        #expect(sketch.undo() && sketch.undo())
        #expect(sketch.text(.vertex) == "2v" && sketch.text(.fragment) == "f")
        #expect(sketch.redo() && sketch.redo())
        #expect(sketch.current == restored)
    }

    @Test func aStageEditedSinceRedoesItsOwnStep() {
        let sketch = SketchText(parts: [.vertex: "v", .fragment: "f"], active: .vertex)
        let controller = EditorController(sketch: sketch)
        controller.type("1", at: 0)
        sketch.active = .fragment
        sketch.restore(RevisionID(1))
        sketch.undo()
        controller.type("2", at: 5)
        sketch.undo()
        #expect(sketch.redo())
        #expect(sketch.text(.vertex) == "1v" && sketch.text(.fragment) == "2f")
    }

    @Test func aRestoreOfAStageThatHasNoStepsIsUndone() {
        let sketch = SketchText(parts: [.vertex: "v", .fragment: "f"], active: .vertex)
        EditorController(sketch: sketch).type("1", at: 0)
        sketch.active = .fragment
        sketch.restore(RevisionID(1))
        #expect(sketch.undo())
        #expect(sketch.text(.vertex) == "1v")
        #expect(sketch.redo())
        #expect(sketch.text(.vertex) == "v")
    }

    @Test func aMissingStageIsPresentOnceTypedInto() {
        let sketch = SketchText(parts: [.fragment: "f"])
        let controller = EditorController(sketch: sketch)
        sketch.active = .compute
        #expect(sketch.parts == [.fragment])
        controller.type("c", at: 0)
        #expect(sketch.parts == [.fragment, .compute])
        sketch.undo()
        #expect(sketch.parts == [.fragment])
        #expect(sketch.texts(at: RevisionID(2)) == [.fragment: "f", .compute: "c"])
    }

    @Test func savedAndModified() {
        let controller = editor("|")
        #expect(!controller.sketch.isModified)
        controller.type("a", at: 0)
        #expect(controller.sketch.isModified)
        controller.sketch.markSaved()
        #expect(!controller.sketch.isModified)
        controller.perform(.undo, at: 1)
        #expect(controller.sketch.isModified)
        controller.perform(.redo, at: 1)
        #expect(!controller.sketch.isModified)
    }

    @Test func undoRestoresTheSelection() {
        let controller = editor("a #[bc|]# d")
        controller.type("x", at: 0)
        #expect(drawing(controller) == "a x| d")
        controller.perform(.undo, at: 1)
        #expect(drawing(controller) == "a #[bc|]# d")
    }

    @Test func replacingAllIsOneStepAndKeepsWhatIsEqual() {
        let controller = editor("one| two")
        #expect(controller.replaceAll("one 2", at: 0))
        #expect(drawing(controller) == "one| 2")
        #expect(!controller.replaceAll("one 2", at: 0))
        controller.perform(.undo, at: 0)
        #expect(controller.sketch.text(.fragment) == "one two")
    }
}
