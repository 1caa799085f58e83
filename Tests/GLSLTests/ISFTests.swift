import TestSupport
import Testing

@testable import GLSL

private func assemble(
    _ fragment: String, vertex: String? = nil, plan: SketchPlan = SketchPlan()
) -> Result<AssembledProgram, AssemblyError> {
    var stages = [Stage.fragment: StageText(text: fragment, file: "a.fs")]
    if let vertex { stages[.vertex] = StageText(text: vertex, file: "a.vs") }
    var source = SketchSource(stages: stages, name: "a")
    source.plan = plan
    return Assembler.assemble(source)
}

private func program(
    _ header: String, _ code: String = "void main() { gl_FragColor = vec4(1.0); }",
    vertex: String? = nil, plan: SketchPlan = SketchPlan()
) throws -> AssembledProgram {
    try assemble("/*\(header)*/\n\(code)\n", vertex: vertex, plan: plan).get()
}

private func errors(_ fragment: String) -> [Diagnostic] {
    guard case .failure(let error) = assemble(fragment) else { return [] }
    return error.diagnostics
}

private func source(_ name: String, in pass: AssembledPass) -> UniformSource? {
    pass.bindings.first { $0.name == name }?.source
}

private func picture(_ name: String, in pass: AssembledPass) -> PictureSource? {
    if case .sampler(let picture, _)? = source(name, in: pass) { picture } else { nil }
}

// MARK: Recognition

@Test(arguments: [
    "/*{\"INPUTS\": []}*/ void main() {}",
    "\n\n// mine\n/* {\n \"ISFVSN\": \"2\" } */ void main() {}",
    "/*{ \"CREDIT\": \"half typed\nvoid main() {}", "\u{FEFF}/*{\"DESCRIPTION\":\"\"}*/",
    "/*{}*/ void main() { gl_FragColor = vec4(isf_FragNormCoord, RENDERSIZE); }",
    "/*{\"INPUTS\": []}*/ uniform float u_time; void main() {}",
])
func aLeadingCommentInJSONIsISFs(_ text: String) {
    #expect(Dialect.recognise(stages: [.fragment: text]) == .isf)
}

@Test(arguments: [
    "/* { a plan } */ void main() {}", "void main() {} /*{\"INPUTS\": []}*/",
    "/* \"INPUTS\" */ void main() {}", "// {\"INPUTS\": []}\nvoid main() {}",
])
func otherCommentsAreNot(_ text: String) {
    #expect(Dialect.recognise(stages: [.fragment: text]) != .isf)
}

// MARK: Inputs

@Test func inputsOfEveryTypeBecomeValuesOrPictures() throws {
    let program = try program(
        """
        {"INPUTS": [
         {"NAME": "hit", "TYPE": "event"},
         {"NAME": "on", "TYPE": "bool", "DEFAULT": 0},
         {"NAME": "mode", "TYPE": "long", "VALUES": [3, 5], "LABELS": ["three", "five"], "DEFAULT": 5},
         {"NAME": "steps", "TYPE": "long", "MIN": 1, "MAX": 9},
         {"NAME": "level", "TYPE": "float", "MIN": -1, "MAX": 3, "DEFAULT": 9, "LABEL": "How much"},
         {"NAME": "half", "TYPE": "float"},
         {"NAME": "place", "TYPE": "point2D", "DEFAULT": [0.25, 0.5], "MIN": [0, 0], "MAX": [1, 1]},
         {"NAME": "tint", "TYPE": "color", "DEFAULT": [1, 0.5, 0]},
         {"NAME": "inputImage", "TYPE": "image"}, {"NAME": "wave", "TYPE": "audio", "MAX": 64},
         {"NAME": "tones", "TYPE": "audioFFT"}, {"NAME": "room", "TYPE": "cube"}
        ]}
        """)
    let values = Dictionary(uniqueKeysWithValues: program.values.map { ($0.name, $0) })
    #expect(
        program.values.map(\.kind) == [.event, .bool, .int, .int, .float, .float, .point, .color])
    #expect(values["on"]?.initial == [0])
    #expect(values["mode"]?.initial == [5])
    #expect(values["mode"]?.choices.map(\.label) == ["three", "five"])
    #expect(values["mode"]?.choices.map(\.value) == [3, 5])
    #expect(values["steps"]?.least == [1] && values["steps"]?.most == [9])
    // Beyond its end, a default is its end; without any, it is the middle of its range.
    #expect(values["level"]?.initial == [3])
    #expect(values["level"]?.label == "How much")
    #expect(values["half"]?.initial == [0.5])
    #expect(values["place"]?.initial == [0.25, 0.5])
    #expect(values["tint"]?.initial == [1, 0.5, 0, 1])
    let pass = try #require(program.passes.first)
    for name in values.keys where name != "half" {
        #expect(source(name, in: pass) == .value(name))
    }
    // A word that GLSL keeps for itself has another name for the driver.
    #expect(source("half_", in: pass) == .value("half"))
    #expect(picture("inputImage", in: pass) == .test)
    #expect(picture("wave", in: pass) == .wave)
    #expect(picture("tones", in: pass) == .spectrum)
    #expect(picture("room", in: pass) == .test)
    let text = try #require(pass.stages.last?.text)
    for line in [
        "uniform bool hit;", "uniform int mode;", "uniform float level;", "uniform vec2 place;",
        "uniform vec4 tint;", "uniform sampler2D inputImage;", "uniform samplerCube room;",
    ] {
        #expect(text.contains(line))
    }
    #expect(program.notices.map(\.line) == [10, 11])
}

@Test func aPictureThatTheSketchBringsTakesAnInputsPlace() throws {
    var plan = SketchPlan()
    plan.textures = [TexturePlan(name: "mask", paths: ["m.png"], place: SourcePlace(file: "t"))]
    let code =
        "void main() { gl_FragColor = IMG_PIXEL(mask, vec2(1.0)) + IMG_PIXEL(other, vec2(1.0)); }"
    let header =
        "{\"INPUTS\":[{\"NAME\":\"mask\",\"TYPE\":\"image\"},{\"NAME\":\"other\",\"TYPE\":\"image\"}]}"
    let program = try program(header, code, plan: plan)
    #expect(picture("mask", in: program.passes[0]) == .texture("mask"))
    #expect(picture("other", in: program.passes[0]) == .test)
    #expect(program.textures.map(\.name) == ["mask"])
    // A picture that stands in counts as large as what is shown; one that is there has its own size.
    let text = try #require(program.passes[0].stages.last?.text)
    #expect(text.contains("IMG_PIXEL(mask, vec2(1.0)) + IMG_pixel(other, vec2(1.0))"))
}

// MARK: Passes

@Test func passesReadEachOtherAsTheFormatHasIt() throws {
    let program = try program(
        """
        {"PASSES": [
         {"TARGET": "small", "WIDTH": "floor($WIDTH/4.0)", "HEIGHT": 90},
         {"TARGET": "memory", "PERSISTENT": true, "FLOAT": true},
         {"DESCRIPTION": "nobody sees it"},
         {}
        ]}
        """,
        "void main() { gl_FragColor = IMG_THIS_PIXEL(small) + IMG_THIS_PIXEL(memory) * float(PASSINDEX); }"
    )
    #expect(program.passes.map(\.name) == ["small", "memory", "image"])
    let (small, memory, image) = (program.passes[0], program.passes[1], program.passes[2])
    #expect(small.target.size.size(width: 640, height: 360) == (160, 90))
    #expect(small.target.format == .rgba8 && !small.target.isPersistent)
    #expect(memory.target.format == .rgba32f)
    #expect(memory.target.isPersistent && memory.target.isDoubled)
    #expect(image.target == TargetPlan())
    // What does not persist is gone; what does is seen as it was, in its own pass and before it.
    #expect(picture("small", in: small) == .black)
    #expect(picture("small", in: memory) == .pass("small"))
    #expect(picture("memory", in: small) == .pass("memory"))
    #expect(picture("memory", in: memory) == .previous("memory"))
    #expect(picture("memory", in: image) == .pass("memory"))
    #expect(source("RENDERSIZE", in: small) == .size(.pass("small")))
    #expect(source("RENDERSIZE", in: image) == .builtin(.resolution))
    // The index counts passes as the header does, also the one that is left out.
    #expect(image.stages.last?.text.contains("#define PASSINDEX 3\n") == true)
    #expect(program.notices.map(\.line) == [4])
}

@Test func aLastPassWithATargetIsShown() throws {
    let plain = try program(
        "{\"PASSES\":[{\"TARGET\":\"a\",\"PERSISTENT\":1}]}",
        "void main() { gl_FragColor = IMG_THIS_PIXEL(a); }")
    #expect(plain.passes.map(\.name) == ["image"])
    #expect(picture("a", in: plain.passes[0]) == .previous("image"))
    #expect(plain.passes[0].target.isDoubled)
    let float = try program("{\"PASSES\":[{\"TARGET\":\"a\",\"FLOAT\":true}]}")
    #expect(float.passes.map(\.name) == ["a", "image"])
    #expect(picture("phosphor_picture", in: float.passes[1]) == .pass("a"))
}

@Test func aTargetMayBeDrawnTwice() throws {
    let program = try program(
        "{\"PASSES\":[{\"TARGET\":\"a\"},{\"TARGET\":\"b\"},{\"TARGET\":\"a\"},{}]}",
        "void main() { gl_FragColor = IMG_THIS_PIXEL(a) + IMG_THIS_PIXEL(b); }")
    #expect(program.passes.map(\.name) == ["a.1", "b", "a", "image"])
    #expect(picture("a", in: program.passes[1]) == .pass("a.1"))
    #expect(picture("a", in: program.passes[2]) == .pass("a.1"))
    #expect(picture("a", in: program.passes[3]) == .pass("a"))
}

@Test func theFirstVersionsBuffersPersist() throws {
    let list = try program(
        "{\"PERSISTENT_BUFFERS\": [\"m\"], \"PASSES\": [{\"TARGET\": \"m\"}, {}]}")
    #expect(list.passes[0].target.isPersistent)
    let object = try program(
        "{\"INPUTS\":[{\"NAME\":\"count\",\"TYPE\":\"float\",\"MIN\":1,\"MAX\":99,\"DEFAULT\":32}],"
            + "\"PERSISTENT_BUFFERS\": {\"m\": {\"WIDTH\": \"$count\", \"HEIGHT\": 2, \"FLOAT\": true}, \"n\": {}},"
            + "\"PASSES\": [{\"TARGET\": \"m\"}, {}]}",
        "void main() { gl_FragColor = IMG_THIS_PIXEL(m) + IMG_THIS_PIXEL(n); }")
    let target = object.passes[0].target
    #expect(target.isPersistent && target.format == .rgba32f)
    #expect(target.size.size(width: 640, height: 360) { $0 == "count" ? 32 : nil } == (32, 2))
    #expect(picture("n", in: object.passes[0]) == .black)
}

@Test func importedPicturesComeAlong() throws {
    let object = try program("{\"IMPORTED\": {\"a\": {\"PATH\": \"a.png\"}}}")
    let list = try program(
        "{\"IMPORTED\": [{\"NAME\": \"a\", \"PATH\": \"a.png\"},\n{\"NAME\": \"c\", \"TYPE\": \"cube\", \"PATH\": [\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]}]}"
    )
    #expect(object.textures.map(\.paths) == [["a.png"]])
    #expect(list.textures.map(\.name) == ["a", "c"])
    #expect(list.textures[1].paths.count == 6)
    #expect(list.textures[1].place == SourcePlace(file: "a.fs", line: 2))
    #expect(picture("c", in: list.passes[0]) == .texture("c"))
}

@Test func aVertexStageGetsTheFourCorners() throws {
    let program = try program(
        "{\"PASSES\":[{\"TARGET\":\"a\"},{}]}",
        "varying vec2 p; void main() { gl_FragColor = vec4(p, 0, 1); }",
        vertex: "varying vec2 p;\nvoid main() { isf_vertShaderInit(); p = isf_FragNormCoord; }")
    for pass in program.passes {
        #expect(pass.draw?.geometry == .vertices(4, .triangleStrip))
        #expect(pass.stages.map(\.stage) == [.vertex, .fragment])
        #expect(pass.stages.allSatisfy { !$0.isGenerated })
        #expect(pass.stages[0].lineMap.place(source: 0, line: 2)?.file == "a.vs")
    }
}

@Test func varyingsWithoutAVertexStageAreThePlace() throws {
    let program = try program(
        "{\"INPUTS\": []}",
        "varying vec2 left[5];\nvarying mat2 turn;\nvoid main() { gl_FragColor = vec4(left[1], turn[0]); }"
    )
    let vertex = try #require(program.passes[0].stages.first?.text)
    #expect(vertex.contains("out vec2 left[5];") && vertex.contains("out mat2 turn;"))
    #expect(program.notices.map(\.line) == [2])
}

/// The format forbids it, and old sources do it.
@Test func declarationsOfTheUsersOwnGiveWayToOurs() throws {
    let program = try program(
        "{\"INPUTS\": [{\"NAME\":\"level\",\"TYPE\":\"float\"}]}",
        "uniform float level; varying vec2 isf_FragNormCoord;\nuniform highp vec2 RENDERSIZE;\nvoid main() { gl_FragColor = vec4(level); }"
    )
    let text = try #require(program.passes[0].stages.last?.text)
    for line in ["uniform float level;", "vec2 isf_FragNormCoord;", "vec2 RENDERSIZE;"] {
        #expect(text.split(separator: line, omittingEmptySubsequences: false).count == 2)
    }
}

@Test func thePlanSaysMoreOfAValue() throws {
    var plan = SketchPlan()
    plan.values = [
        ValueNote(name: "a", label: "Much", begin: [4], least: [2], most: [6])
    ]
    let program = try program("{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"float\"}]}", plan: plan)
    #expect(program.values.first?.initial == [4])
    #expect(program.values.first?.least == [2] && program.values.first?.most == [6])
    #expect(program.values.first?.label == "Much")
}

@Test func linesAndColumnsStay() throws {
    let text =
        "/*{\n\"INPUTS\": [{\"NAME\":\"inputImage\",\"TYPE\":\"image\"}]\n}*/\nvoid main() {\n  gl_FragColor = IMG_PIXEL(inputImage, vec2(0));\n}\n"
    let program = try assemble(text).get()
    let stage = try #require(program.passes[0].stages.last)
    let run = try #require(stage.lineMap.runs.first)
    let lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = lines[run.textLine - 1 + 4]
    #expect(line == "  phosphor_out = IMG_pixel(inputImage, vec2(0));")
    #expect(stage.lineMap.renamed["IMG_pixel"] == "IMG_PIXEL")
}

// MARK: Mistakes

@Test(arguments: [
    ("{\"INPUTS\": [\n {\"NAME\":\"a\" \"TYPE\":\"float\"} ]}", 2, 14, "','"),
    ("{\"INPUTS\": 3}", 1, 14, "INPUTS must be a list"),
    ("{\"INPUTS\": [\n{\"NAME\":\"a b\",\"TYPE\":\"float\"}]}", 2, 9, "cannot be a name"),
    ("{\"PASSES\": {}}", 1, 14, "PASSES must be a list"),
    ("{\"PASSES\": [{\"TARGET\":\"q\",\n\"WIDTH\":\"$WIDTH/(\"}]}", 2, 18, "this size"),
    ("{\"PASSES\": [{\"TARGET\":\"q\",\n\"HEIGHT\":\"1+$nope\"}]}", 2, 13, "no value \"nope\""),
    ("{\"PASSES\": [{\"TARGET\":\"q\",\"WIDTH\":[1]}]}", 1, 37, "a number or a text"),
    ("{\"PASSES\": [{\"TARGET\": 4}]}", 1, 26, "TARGET must be a text"),
    ("{\"IMPORTED\": {\"x\": {}}}", 1, 17, "needs a PATH"),
    ("{\"IMPORTED\": {\"x\": {\"TYPE\":\"cube\",\"PATH\":[\"a\"]}}}", 1, 44, "six files"),
    ("{\"PERSISTENT_BUFFERS\": 1}", 1, 26, "PERSISTENT_BUFFERS must be"),
])
func everyMistakeIsToldWhereItIs(
    _ header: String, _ line: Int, _ column: Int, _ words: String
) {
    let found = errors("/*\(header)*/\nvoid main() {}\n")
    #expect(found.count == 1)
    #expect(found.first?.file == "a.fs")
    #expect(found.first?.line == line)
    #expect(found.first?.column == column)
    #expect(found.first?.message.contains(words) == true, "\(found.first?.message ?? "")")
}

/// What hosts pass over is told, and the sketch runs.
@Test(arguments: [
    ("{\"INPUT\": 1, \"INPUTS\": []}", "did you mean INPUTS"), ("{\"inputs\": []}", "write INPUTS"),
    ("{\"INPUTS\": [{\"TYPE\":\"float\"}]}", "without a NAME"),
    ("{\"INPUTS\": [{\"NAME\":\"a\"}]}", "has no TYPE"),
    ("{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"Point2d\"}]}", "write this type \"point2D\""),
    ("{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"float\",\"DEFAULT\":\"0.5\"}]}", "without quotes"),
    ("{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"float\",\"DEFAULT\":[]}]}", "must be a number"),
    ("{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"color\",\"DEFAULT\":[1]}]}", "4 numbers"),
    ("{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"float\",\"MIN\":2,\"MAX\":1}]}", "other way round"),
    (
        "{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"float\"},{\"NAME\":\"a\",\"TYPE\":\"bool\"}]}",
        "already"
    ),
    (
        "{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"float\",\"LABLE\":1}]}", "did you mean LABEL"
    ),
    ("{\"PASSES\": [{\"WITDH\":1}]}", "did you mean WIDTH"),
    ("{\"INPUTS\": [{\"NAME\":\"a\",\"TYPE\":\"vec9\"}]}", "no type \"vec9\""),
    ("{\"INPUTS\": [],}", "delete it"),
])
func whatHostsPassOverIsANotice(_ header: String, _ words: String) throws {
    let program = try assemble(
        "/*\(header)*/ void main() { gl_FragColor = vec4(RENDERSIZE, 0, 1); }"
    ).get()
    #expect(program.dialect == .isf)
    #expect(program.notices.count == 1)
    #expect(program.notices.first?.severity == .warning)
    #expect(program.notices.first?.line == 1)
    #expect(program.notices.first?.message.contains(words) == true)
}

/// Headers by chance out of pieces of real ones, whole and damaged: each is assembled or told of.
@Test(arguments: 0..<150) func headersByChanceAreAssembledOrToldOf(_ seed: Int) {
    var random = Seeded(seed: seed)
    func one(_ list: [String]) -> String { list.randomElement(using: &random) ?? "" }
    func value(_ depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: one(["1", "0.5", "-3", "1e9", "64"])
        case 1: one(["true", "false", "null"])
        case 2:
            one([
                "\"a\"", "\"b c\"", "\"$WIDTH/2\"", "\"max($a,\"", "\"\"", "\"gl_x\"", "\"sample\"",
            ])
        case 3:
            one([
                "\"float\"", "\"image\"", "\"long\"", "\"color\"", "\"audio\"", "\"event\"",
                "\"cube\"",
            ])
        case 4, 6: "[" + (0..<3).map { _ in value(depth - 1) }.joined(separator: ",") + "]"
        default: object(depth - 1)
        }
    }
    func object(_ depth: Int) -> String {
        let keys = [
            "NAME", "TYPE", "DEFAULT", "MIN", "MAX", "VALUES", "LABELS", "TARGET", "WIDTH",
            "HEIGHT",
            "PERSISTENT", "FLOAT", "PATH", "LABEL", "IDENTITY",
        ]
        return "{"
            + (0..<Int.random(in: 0..<6, using: &random)).map { _ in
                "\"\(one(keys))\": \(value(max(0, depth)))"
            }.joined(separator: ",\n") + "}"
    }
    var header =
        "{"
        + ["INPUTS", "PASSES", "IMPORTED", "PERSISTENT_BUFFERS"].shuffled(using: &random).prefix(3)
        .map { "\"\($0)\": \(value(3))" }.joined(separator: ",\n") + "}"
    if seed % 3 == 0, let cut = header.indices.randomElement(using: &random) {
        header.remove(at: cut)
    }
    let text = "/*\(header)*/\nvoid main() { gl_FragColor = vec4(isf_FragNormCoord, a, 1.0); }"
    switch assemble(text) {
    case .success(let program):
        #expect(program.passes.last?.name == "image")
        #expect(Set(program.passes.map(\.name)).count == program.passes.count)
    case .failure(let error):
        #expect(!error.diagnostics.isEmpty)
        for diagnostic in error.diagnostics { #expect((diagnostic.line ?? 0) >= 1) }
    }
}
