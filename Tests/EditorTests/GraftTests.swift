import GLSL
import TestSupport
import Testing

@testable import Editor

/// An older tree comes under one that was typed in already.
@Suite struct GraftTests {
    /// Types, undoes, restores and saves by chance.
    private func play(
        _ sketch: SketchText, steps: Int, using random: inout some RandomNumberGenerator
    ) {
        let editor = EditorController(sketch: sketch)
        for step in 0..<steps {
            sketch.active =
                [.vertex, .fragment, .common, SketchPart.buffers[0]].randomElement(using: &random)
                ?? .fragment
            switch Int.random(in: 0..<10, using: &random) {
            case 0: sketch.undo()
            case 1: sketch.redo()
            case 2:
                sketch.restore(
                    RevisionID(Int.random(in: 1...sketch.newest.number, using: &random)))
            case 3: sketch.markSaved()
            default:
                editor.type(
                    "ab \n".randomElement(using: &random).map(String.init) ?? "", at: Double(step))
            }
        }
    }

    @Test(arguments: 0..<40) func everyRevisionOfBothIsThere(seed: Int) throws {
        var random = Seeded(seed: seed)
        let past = SketchText(parts: [.fragment: "f", .vertex: "v"])
        past.markSaved()
        play(past, steps: 30, using: &random)
        if past.isModified { past.restoreSaved() }
        let mine = SketchText(parts: past.texts(at: past.current))
        mine.markSaved()
        play(mine, steps: 30, using: &random)
        let texts = (1...mine.newest.number).map { mine.texts(at: RevisionID($0)) }
        let old = (1...past.newest.number).map { past.texts(at: RevisionID($0)) }
        let (selection, current, saved) = (mine.selection, mine.current, mine.savedTexts)
        let (root, isModified) = (past.current, mine.isModified)
        let moved = try #require(mine.graft(onto: past))
        #expect(mine.selection == selection && mine.current == moved(current))
        #expect(mine.savedTexts == saved && mine.isModified == isModified)
        #expect(moved(RevisionID(1)) == root)
        for (index, text) in texts.enumerated() {
            #expect(mine.texts(at: moved(RevisionID(index + 1))) == text)
        }
        for (index, text) in old.enumerated() {
            #expect(mine.texts(at: RevisionID(index + 1)) == text)
        }
        // It holds together as the journal keeps it, and undo leads to the very first texts.
        let again = SketchText(try RebuiltSketch(mine.tree))
        #expect(again.tree == mine.tree)
        for part in [SketchPart.fragment, .vertex, .common, SketchPart.buffers[0]] {
            mine.active = part
            while mine.undo() {}
        }
        #expect(mine.text(.fragment) == "f" && mine.text(.vertex) == "v")
    }

    @Test func otherTextsAreLeftAlone() {
        let past = SketchText(parts: [.fragment: "f"])
        let mine = SketchText(parts: [.fragment: "g"])
        let before = mine.tree
        #expect(mine.graft(onto: past) == nil)
        #expect(mine.tree == before)
        #expect(SketchText(parts: [.fragment: "f", .vertex: ""]).graft(onto: past) == nil)
    }
}
