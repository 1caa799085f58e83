import Foundation
import GLSL
import Testing

/// The folder of the sketches that ship, found from this file's place in the repository.
private let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shaders")

private func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
}

@Test(arguments: [
    ("welcome.frag", Dialect.shadertoy), ("glow.frag", .plain), ("embers.frag", .plain),
    ("rings.frag", .plain),
    ("tunnel.frag", .shadertoy), ("clouds.frag", .shadertoy), ("city.frag", .shadertoy),
    ("cistern.frag", .shadertoy), ("templates/shadertoy.frag", .shadertoy),
    ("templates/plain.frag", .plain), ("templates/vr.frag", .shadertoy),
    ("dunes.frag", .plain), ("ink.frag", .glslViewer), ("coral.fs", .isf),
    ("aurora.frag", .riftray), ("corridor.frag", .bonzomatic), ("silk.frag", .kodelife),
    ("pendulum.frag", .glslSandbox),
])
func aShippedSketchIsRecognisedAndAssembled(_ path: String, _ dialect: Dialect) throws {
    let source = SketchSource(
        stages: [.fragment: StageText(text: try text(path), file: path)], name: path)
    let program = try Assembler.assemble(source).get()
    #expect(program.dialect == dialect)
    #expect(program.passes.first?.stages.map(\.isGenerated) == [true, false])
    #expect(program.notices.allSatisfy { $0.severity == .note }, "\(program.notices)")
}

@Test func whatShipsFeedsItselfAsItsDialectHasIt() throws {
    func program(_ path: String) throws -> AssembledProgram {
        let stage = StageText(text: try text(path), file: path)
        return try Assembler.assemble(SketchSource(stages: [.fragment: stage], name: path)).get()
    }
    let ink = try program("ink.frag")
    #expect(ink.passes.map(\.name) == ["doubleBuffer0", "image"])
    #expect(ink.passes.first?.target.isDoubled == true)
    let coral = try program("coral.fs")
    #expect(coral.passes.count == 7 && coral.passes.last?.name == "image")
    #expect(
        Set(coral.values.map(\.name)) == ["feed", "kill", "tint", "lamp", "deep", "anew"])
    #expect(try program("aurora.frag").values.map(\.name) == ["veils", "low", "high"])
    #expect(try program("aurora.frag").surroundings == .world)
}

@Test(arguments: [
    ("ferro", [Stage.vertex, .tessellationControl, .tessellationEvaluation, .fragment]),
    ("flock", [.vertex, .geometry, .fragment]), ("drift", [.vertex, .fragment, .compute]),
])
func aFolderBringsAllItsStages(_ name: String, _ stages: [Stage]) throws {
    var texts: [Stage: StageText] = [:]
    for stage in stages {
        let path = "\(name)/\(name).\(stage.rawValue)"
        texts[stage] = StageText(text: try text(path), file: path)
    }
    let program = try Assembler.assemble(SketchSource(stages: texts, name: name)).get()
    #expect(program.passes.map { $0.stages.map(\.stage) } == [stages])
    #expect(program.passes.first?.stages.contains { $0.isGenerated } == false)
}

@Test func aSketchWithItsOwnVersionGoesToTheDriverAsItStands() throws {
    let own = try text("rings.frag")
    let program = try Assembler.assemble(
        SketchSource(stages: [.fragment: StageText(text: own, file: "rings.frag")], name: "rings")
    ).get()
    let sent = LoopGuard.guarded(program).passes.flatMap(\.stages).first { $0.stage == .fragment }
    #expect(sent?.text == own)
}

@Test func theFolderSketchBringsBothItsStages() throws {
    let source = SketchSource(
        stages: [
            .vertex: StageText(text: try text("waves/waves.vert"), file: "waves.vert"),
            .fragment: StageText(text: try text("waves/waves.frag"), file: "waves.frag"),
        ], name: "waves")
    let program = try Assembler.assemble(source).get()
    #expect(program.passes.first?.stages.map(\.isGenerated) == [false, false])
}

@Test func whatSurroundsYouIsTold() throws {
    func surroundings(_ files: [Stage: String]) throws -> Surroundings {
        let stages = try files.mapValues { StageText(text: try text($0), file: $0) }
        return try Assembler.assemble(SketchSource(stages: stages, name: "a")).get().surroundings
    }
    for file in ["cistern.frag", "templates/vr.frag"] {
        #expect(try surroundings([.fragment: file]) == .world)
    }
    #expect(
        try surroundings([
            .vertex: "lanterns/lanterns.vert", .fragment: "lanterns/lanterns.frag",
        ]) == .world)
    for file in ["welcome.frag", "city.frag", "embers.frag", "templates/plain.frag"] {
        #expect(try surroundings([.fragment: file]) == .flat)
    }
}

@Test func theSparksBringAComputeStage() throws {
    let source = SketchSource(
        stages: [
            .compute: StageText(text: try text("sparks/sparks.comp"), file: "sparks.comp"),
            .fragment: StageText(text: try text("sparks/sparks.frag"), file: "sparks.frag"),
        ], name: "sparks")
    let program = try Assembler.assemble(source).get()
    #expect(program.passes.first?.stages.map(\.stage) == [.vertex, .fragment, .compute])
}

@Test func theWelcomeSketchTeachesTheKeys() throws {
    let welcome = try text("welcome.frag")
    for key in [
        "key under Escape", "F1 ", "F4", "F6", "F7", "Ctrl+N", "Ctrl+O", "Ctrl+S", "Ctrl+Tab",
        "Escape  ", "Every keystroke is compiled", "Change this number",
    ] {
        #expect(welcome.contains(key), "\(key)")
    }
    #expect(welcome.split(separator: "\n").count < 90)
}

@Test func noShippedLineHoldsAnInvalidToken() throws {
    for path in ["welcome.frag", "city.frag", "clouds.frag", "waves/waves.vert"] {
        #expect(!Lexer.tokens(of: try text(path)).contains { $0.kind == .invalid }, "\(path)")
    }
}
