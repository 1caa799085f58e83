import GLSL
import TestSupport
import TextGrid
import Testing

@testable import Editor

private let (a, b) = (SketchPart.buffers[0], SketchPart.buffers[1])

/// Texts that are no stage of the picture.
@Suite struct PartTests {
    @Test(arguments: 0..<40) func statesAreThoseOfAList(seed: Int) {
        var random = Seeded(seed: seed)
        var model = Array(repeating: Int32(0), count: 20)
        var states = PartStates()
        for _ in 0..<60 {
            let part = Int.random(in: 0..<20, using: &random)
            let value = Int32.random(in: 0...2, using: &random)
            (model[part], states[part]) = (value, value)
            #expect((0..<24).map { states[$0] } == model + [0, 0, 0, 0])
            var again = PartStates()
            for part in model.indices.reversed() { again[part] = model[part] }
            #expect(again == states && again.hashValue == states.hashValue)
        }
    }

    @Test func aPartComesWithItsFirstTextAndGoesByUndo() throws {
        let sketch = SketchText(parts: [.fragment: "f", a: "a"])
        let controller = EditorController(sketch: sketch)
        #expect(sketch.active == .fragment && sketch.parts == [a, .fragment])
        sketch.active = .common
        #expect(sketch.parts == [a, .fragment] && !sketch.isModified)
        controller.type("c", at: 0)
        sketch.active = b
        controller.type("b", at: 1)
        #expect(sketch.parts == [.common, a, b, .fragment])
        #expect(sketch.texts(at: sketch.current) == [.common: "c", a: "a", b: "b", .fragment: "f"])
        let again = SketchText(try RebuiltSketch(sketch.tree))
        #expect(again.tree == sketch.tree && again.active == b)
        sketch.undo()
        #expect(sketch.parts == [.common, a, .fragment])
        sketch.restore(RevisionID(1))
        #expect(sketch.parts == [a, .fragment])
    }

    @Test func aTreeWithUnknownPartsIsRefused() {
        let sketch = SketchText(parts: [.fragment: "f"])
        sketch.active = a
        EditorController(sketch: sketch).type("a", at: 0)
        var tree = sketch.tree
        tree.parts = SketchPart.stages
        #expect(throws: SketchTreeFault.self) { try RebuiltSketch(tree) }
        tree.parts = SketchPart.stages + [a, a]
        #expect(throws: SketchTreeFault.self) { try RebuiltSketch(tree) }
    }

    @Test func anErrorIsWhereItsFileSays() {
        let sketch = SketchText(parts: [.fragment: "f", a: "a\nb"])
        let controller = EditorController(sketch: sketch)
        controller.partOfFile = { ["a.frag": a, "image.frag": .fragment][$0] }
        controller.diagnostics = [
            Diagnostic(stage: .fragment, file: "a.frag", line: 2, message: "bad"),
            Diagnostic(stage: .vertex, file: "image.frag", line: 1, message: "worse"),
        ]
        #expect(controller.goToError(forward: false) == "bad")
        #expect(sketch.active == a && controller.caret.line == 2)
        #expect(controller.goToError(forward: true) == "worse")
        #expect(sketch.active == .fragment)
        #expect(controller.inlineDiagnostics(now: 100).map(\.message) == ["worse"])
    }

    @Test func aFileOfSeveralStagesHasTheErrorsOfAll() {
        let controller = EditorController(sketch: SketchText(parts: [.fragment: "v\nf"]))
        controller.diagnostics = [Diagnostic(stage: .vertex, line: 1, message: "bad")]
        #expect(controller.inlineDiagnostics(now: 100).map(\.message) == ["bad"])
    }

    @Test func everyPartHasATabWhereThereIsRoom() {
        let sketch = SketchText(parts: [.fragment: "f", a: "a", b: "b", .common: "c"])
        let controller = EditorController(sketch: sketch)
        func tabs(_ columns: Int) -> [String] {
            _ = controller.snapshot(
                columns: columns, rows: 8, now: 0, focused: true, chrome: EditorChrome())
            return controller.layout.tabs.map(\.part.title)
        }
        #expect(
            tabs(100) == [
                "common", "bufferA", "bufferB", "vert", "tesc", "tese", "geom", "frag", "comp",
            ])
        #expect(tabs(40) == ["common", "bufferA", "bufferB", "frag"])
        #expect(tabs(22) == ["bufferA", "bufferB", "frag"])
        #expect(tabs(20) == ["bufferB", "frag"])
        sketch.active = .common
        #expect(tabs(22).contains("common"))
        #expect(tabs(8) == ["common"])
    }
}
