import Testing

@testable import GLSL

// What hosts do besides the specification, and what sources in the wild count on.

private func assemble(
    _ fragment: String, vertex: String? = nil, plan: SketchPlan = SketchPlan()
) throws -> AssembledProgram {
    var stages = [Stage.fragment: StageText(text: fragment, file: "a.fs")]
    if let vertex { stages[.vertex] = StageText(text: vertex, file: "a.vs") }
    var source = SketchSource(stages: stages, name: "a")
    source.plan = plan
    return try Assembler.assemble(source).get()
}

/// A text with inputs, each by name and type and the rest of its object.
private func text(_ inputs: [(String, String, String)], _ code: String) -> String {
    let list = inputs.map { "{\"NAME\":\"\($0.0)\",\"TYPE\":\"\($0.1)\"\($0.2)}" }
    return "/*{\"INPUTS\":[\(list.joined(separator: ","))]}*/\n\(code)\n"
}

private func source(_ name: String, in pass: AssembledPass) -> UniformSource? {
    pass.bindings.first { $0.name == name }?.source
}

private func picture(_ name: String, in pass: AssembledPass) -> PictureSource? {
    if case .sampler(let picture, _)? = source(name, in: pass) { picture } else { nil }
}

extension AssembledProgram {
    /// The text of a stage of the pass that is shown.
    fileprivate func text(_ stage: Stage = .fragment) -> String {
        passes.last?.stages.first { $0.stage == stage }?.text ?? ""
    }
}

// MARK: Points

@Test(arguments: [
    "place / RENDERSIZE", "place/RENDERSIZE.xy", "vec2(place.x / RENDERSIZE.x, 0.0)",
    "(place) / RENDERSIZE", "place.xy / vec2(RENDERSIZE.x, RENDERSIZE.y)",
])
func aPointThatIsDividedByTheSizeIsAShareOfIt(_ use: String) throws {
    let code = "void main() { gl_FragColor = vec4(\(use), 0.0, 1.0); }"
    let program = try assemble(
        text([("place", "point2D", ",\"DEFAULT\":[0.5,0.25]")], code))
    let value = try #require(program.values.first)
    #expect(value.name == "place" && value.initial == [0.5, 0.25])
    #expect(value.least == [0, 0] && value.most == [1, 1])
    #expect(source("phosphor_share_place", in: program.passes[0]) == .value("place"))
    #expect(source("place", in: program.passes[0]) == nil)
    #expect(program.text().contains("vec2 place = phosphor_share_place * RENDERSIZE;"))
    #expect(program.text().contains("vec4(\(use), 0.0, 1.0);"))
}

@Test func aVertexStageMayDivideIt() throws {
    let program = try assemble(
        text([("place", "point2D", ",\"DEFAULT\":[1,0]")], "void main() {}"),
        vertex: "varying vec2 p; void main() { isf_vertShaderInit(); p = place / RENDERSIZE; }")
    #expect(program.text(.vertex).contains("phosphor_share_place * RENDERSIZE"))
}

/// One that is used as it is, has ends, or begins in pixels stays as it is.
@Test(arguments: [
    (",\"DEFAULT\":[0.5,0.5]", "place"), (",\"DEFAULT\":[0.5,0.5]", "place * RENDERSIZE"),
    (",\"DEFAULT\":[0.5,0.5]", "place / 2.0 / RENDERSIZE"),
    (",\"DEFAULT\":[160,90]", "place / RENDERSIZE"),
    (",\"DEFAULT\":[0.5,0.5],\"MIN\":[0,0],\"MAX\":[640,360]", "place / RENDERSIZE"),
])
func otherPointsStayAsTheyAre(_ rest: String, _ use: String) throws {
    let program = try assemble(
        text(
            [("place", "point2D", rest)], "void main() { gl_FragColor = vec4(\(use), 0.0, 1.0); }"))
    #expect(source("place", in: program.passes[0]) == .value("place"))
    #expect(program.text().contains("uniform vec2 place;"))
}

@Test func thePlanMaySayThatAPointIsInPixels() throws {
    var plan = SketchPlan()
    plan.values = [ValueNote(name: "place", begin: [160, 90])]
    let program = try assemble(
        text(
            [("place", "point2D", "")],
            "void main() { gl_FragColor = vec4(place / RENDERSIZE, 0.0, 1.0); }"), plan: plan)
    #expect(source("place", in: program.passes[0]) == .value("place"))
}

// MARK: Names

@Test func anInputMayBeCalledAsAFunctionIs() throws {
    let program = try assemble(
        text(
            [("mix", "float", ""), ("step", "float", "")],
            "#define M mix\nfloat f(float mix) { return mix; }\nvoid main() { gl_FragColor = mix(vec4(0.0), vec4(1.0), mix * M * step); }"
        ),
        vertex: "void main() { isf_vertShaderInit(); gl_Position.x *= mix; }")
    let pass = program.passes[0]
    #expect(source("mix_", in: pass) == .value("mix"))
    let text = program.text()
    for line in [
        "uniform float mix_;", "#define M mix_", "float f(float mix_) { return mix_; }",
        "= mix(vec4(0.0), vec4(1.0), mix_ * M * step);",
    ] {
        #expect(text.contains(line), "\(line)")
    }
    #expect(program.text(.vertex).contains("gl_Position.x *= mix_;"))
    #expect(pass.stages.last?.lineMap.renamed["mix_"] == "mix")
    // One whose function nobody calls needs no other name.
    #expect(source("step", in: pass) == .value("step"))
    #expect(program.values.map(\.name) == ["mix", "step"])
}

@Test(arguments: [
    ("isf_FragColor = vec4(1.0);", "layout(location = 0) out vec4 isf_FragColor;"),
    ("isf_FragColor = vec4(1.0); gl_FragColor.a = 0.5;", "#define isf_FragColor phosphor_out"),
    ("gl_FragData[0] = isf_FragColor;", "#define isf_FragColor phosphorOut[0]"),
])
func theOutputHasHostsNameToo(_ code: String, _ line: String) throws {
    #expect(try assemble(text([], "void main() { \(code) }")).text().contains(line))
}

@Test func anOutputOfTheUsersOwnStays() throws {
    let own = try assemble(
        text([], "out vec4 isf_FragColor;\nvoid main() { isf_FragColor = vec4(1.0); }"))
    #expect(own.text().split(separator: "out vec4 isf_FragColor;").count == 2)
    #expect(!own.text().contains("#define isf_FragColor"))
}

// MARK: Pictures

/// Where nobody can see which picture is meant, each that stands in is drawn as large as what is shown.
@Test(arguments: [
    "vec4 g(sampler2D s) { return IMG_PIXEL(s, vec2(1.0)); } void main() { gl_FragColor = g(inputImage); }",
    "#define SRC inputImage\nvoid main() { gl_FragColor = IMG_PIXEL(SRC, vec2(1.0)); }",
    "#define PX(i, p) IMG_PIXEL(i, p)\nvoid main() { gl_FragColor = PX(inputImage, vec2(1.0)); }",
    "void main() { gl_FragColor = texture2DRect(inputImage, gl_FragCoord.xy); }",
    "void main() { gl_FragColor = texelFetch(inputImage, ivec2(gl_FragCoord.xy), 0); }",
])
func pixelsOfAnyPictureAreThoseOfTheShownOne(_ code: String) throws {
    let program = try assemble(text([("inputImage", "image", ""), ("other", "image", "")], code))
    #expect(program.passes.map(\.name) == ["inputImage.picture", "image"])
    #expect(picture("phosphor_picture", in: program.passes[0]) == .test)
    #expect(program.passes[0].target == TargetPlan())
    #expect(picture("inputImage", in: program.passes[1]) == .pass("inputImage.picture"))
    #expect(picture("other", in: program.passes[1]) == .test)
}

@Test func whereItIsPlainNothingIsDrawnBefore() throws {
    let program = try assemble(
        text(
            [("inputImage", "image", "")],
            "#define PX(p) IMG_PIXEL(inputImage, p)\nvoid main() { gl_FragColor = PX(vec2(1.0)) + texture2D(inputImage, IMG_SIZE(inputImage)); }"
        ))
    #expect(program.passes.map(\.name) == ["image"])
    #expect(picture("inputImage", in: program.passes[0]) == .test)
}

@Test func aPicturesPlaceIsInPixels() throws {
    let program = try assemble(
        text(
            [("inputImage", "image", "")],
            "void main() { gl_FragColor = VVSAMPLER_2DBYNORM(inputImage, _inputImage_imgRect, _inputImage_imgSize, _inputImage_flip, isf_FragNormCoord, 0.5); }"
        ))
    #expect(
        program.text().contains("#define _inputImage_imgRect vec4(vec2(0.0), phosphor_size)\n"))
    #expect(program.text().contains("bool flip, vec2 place, float bias) {"))
}

@Test(arguments: ["prev", "previous", "prevFrame", "lastFrame", "backbuffer"])
func aPictureThatIsCalledThatOfTheFrameBeforeIsIt(_ name: String) throws {
    let inputs = [("inputImage", "image", ""), (name, "image", "")]
    let code = "gl_FragColor = mix(IMG_THIS_PIXEL(\(name)), IMG_THIS_PIXEL(inputImage), 0.1);"
    let program = try assemble(text(inputs, "void main() { \(code) }"))
    #expect(picture("inputImage", in: program.passes[0]) == .test)
    #expect(picture(name, in: program.passes[0]) == .previous("image"))
    // One that is there is what the sketch says.
    var plan = SketchPlan()
    plan.textures = [TexturePlan(name: name, paths: ["a.png"], place: SourcePlace(file: "t"))]
    let other = try assemble(text(inputs, "void main() { \(code) }"), plan: plan)
    #expect(picture(name, in: other.passes[0]) == .texture(name))
}

@Test func aTransitionHasTwoPictures() throws {
    let program = try assemble(
        text(
            [("startImage", "image", ""), ("endImage", "image", ""), ("progress", "float", "")],
            "void main() { gl_FragColor = mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), progress); }"
        ))
    #expect(picture("startImage", in: program.passes[0]) == .test)
    #expect(picture("endImage", in: program.passes[0]) == .secondTest)
}

@Test func aFilterMayForgetItsPicture() throws {
    let program = try assemble(
        text(
            [("much", "float", "")],
            "void main() {\n  gl_FragColor = IMG_PIXEL(inputImage, gl_FragCoord.xy) * much;\n}"))
    #expect(program.passes.map(\.name) == ["image"])
    #expect(picture("inputImage", in: program.passes[0]) == .test)
    #expect(program.text().contains("uniform sampler2D inputImage;"))
    #expect(program.text().contains("IMG_pixel(inputImage, gl_FragCoord.xy)"))
    #expect(program.notices.map(\.line) == [3])
    #expect(program.notices.first?.message.contains("not among the INPUTS") == true)
}

/// One that the text says itself is that one.
@Test(arguments: [
    "uniform sampler2D inputImage; void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }",
    "vec4 f(sampler2D inputImage) { return IMG_THIS_PIXEL(inputImage); } void main() { gl_FragColor = f(a); }",
    "#define inputImage a\nvoid main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }",
    "void main() { vec4 inputImage = IMG_THIS_PIXEL(a); gl_FragColor = inputImage; }",
])
func aNameOfTheTextsOwnIsNoForgottenPicture(_ code: String) throws {
    let program = try assemble(text([("a", "image", "")], code))
    #expect(program.notices.isEmpty)
    #expect(program.text().split(separator: "uniform sampler2D inputImage;").count <= 2)
}

// MARK: Header

@Test func typesOfOtherHostsAreTakenOrLeftOut() throws {
    let program = try assemble(
        text(
            [
                ("title", "text", ""), ("title", "float", ""),
                ("count", "int", ",\"DEFAULT\":3"), ("at", "point3D", ",\"DEFAULT\":[1,2,3]"),
            ], "void main() { gl_FragColor = vec4(at, 1.0) * float(count); }"))
    #expect(program.values.map(\.name) == ["title", "count", "at"])
    #expect(program.values.map(\.kind) == [.float, .int, .vector])
    #expect(program.values[1].initial == [3] && program.values[2].initial == [1, 2, 3])
    #expect(program.text().contains("uniform int count;\nuniform vec3 at;"))
    #expect(program.notices.count == 1)
    let message = program.notices.first?.message ?? ""
    #expect(program.notices.first?.severity == .warning)
    #expect(message.contains("no type \"text\"") && message.contains("point2D"))
    #expect(message.contains("audioFFT, cube"))
}

@Test(arguments: [
    (
        "\"VALUES\":[\"thin\",\"wide\",\"2\"],\"DEFAULT\":\"wide\"", [0, 1, 2],
        ["thin", "wide", "2"], 1.0
    ),
    ("\"VALUES\":[\"thin\",\"wide\"],\"DEFAULT\":1", [0, 1], ["thin", "wide"], 1.0),
    ("\"VALUES\":[\"thin\",\"wide\"]", [0, 1], ["thin", "wide"], 0.0),
    (
        "\"VALUES\":[3,5],\"LABELS\":[\"thin\",\"wide\"],\"DEFAULT\":\"wide\"", [3, 5],
        ["thin", "wide"], 5.0
    ),
])
func choicesMayBeTexts(_ rest: String, _ values: [Int], _ labels: [String], _ initial: Double)
    throws
{
    let program = try assemble(text([("mode", "long", ",\(rest)")], "void main() {}"))
    let mode = try #require(program.values.first)
    #expect(mode.choices.map(\.value) == values && mode.choices.map(\.label) == labels)
    #expect(mode.initial == [initial])
    #expect(program.notices.isEmpty)
}

@Test func aSizeOfNothingIsThePictures() throws {
    let program = try assemble(
        "/*{\"PASSES\":[{\"TARGET\":\"a\",\"WIDTH\":\"\",\"HEIGHT\":\" \"},{}]}*/\nvoid main() {}\n"
    )
    #expect(program.passes[0].target.size == SizePlan())
    #expect(program.notices.isEmpty)
}

@Test(arguments: [
    "\"NAME\":1,\"AUTHOR\":1,\"LICENSE\":1,\"SOURCE\":1,\"TAGS\":[]", "\"pixelRatio\":2",
    "\"INPUTS\":[{\"NAME\":\"a\",\"TYPE\":\"float\",\"GROUP\":1,\"STEP\":1,\"UNIT\":1,\"HERO\":1}]",
])
func keysThatMeanNothingHereAreFine(_ keys: String) throws {
    let program = try assemble("/*{\"ISFVSN\":\"2\",\(keys)}*/\nvoid main() {}\n")
    #expect(program.notices.isEmpty, "\(program.notices.map(\.message))")
}

@Test(arguments: [
    "/* (c) somebody */\n", "// {\n/* { a plan } */\n", "#version 120\n/**/ /* a */ // b\n",
    "/*\n * a licence\n */\n\n",
])
func aLicenceMayStandBeforeTheHeader(_ start: String) throws {
    let text = start + "/*{\"INPUTS\":[{\"NAME\":\"a\",\"TYPE\":\"vec9\"}]}*/\nvoid main() {}\n"
    #expect(Dialect.recognise(stages: [.fragment: text]) == .isf)
    let line = start.utf8.count { $0 == Byte.newline } + 1
    #expect(try assemble(text).notices.map(\.line) == [line])
}

@Test(arguments: [
    "\"persistent\":true,\"float\":true",
    "\"PERSISTENT\":true,\"persistent\":false,\"FLOAT\":1",
])
func aPassesFlagsMayBeInSmallLetters(_ flags: String) throws {
    let program = try assemble(
        "/*{\"PASSES\":[{\"TARGET\":\"a\",\(flags)},{}]}*/\n"
            + "void main() { gl_FragColor = IMG_THIS_PIXEL(a); }\n")
    #expect(program.passes[0].target.isPersistent)
    #expect(program.passes[0].target.format == .rgba32f)
    #expect(picture("a", in: program.passes[0]) == .previous("a"))
    #expect(!program.notices.contains { $0.message.contains("PERSISTENT") })
}

// MARK: Other hosts' uniforms

@Test func whatTheTextDeclaresItselfIsFilled() throws {
    let program = try assemble(
        """
        /*{ "pixelRatio": 2, "PASSES": [{ "TARGET": "b0", "FLOAT": true }, {}] }*/
        uniform float time; uniform vec2 resolution; uniform vec2 mouse; uniform vec2 u_mouse;
        uniform sampler2D b0; uniform sampler2D backbuffer; uniform sampler2D v1;
        uniform int PASSINDEX; uniform float TIME; uniform float much;
        void main() { gl_FragColor = vec4(time, mouse / resolution, much); }
        """)
    let pass = try #require(program.passes.last)
    #expect(source("time", in: pass) == .builtin(.time))
    #expect(source("resolution", in: pass) == .builtin(.resolution))
    #expect(source("mouse", in: pass) == .builtin(.pointerShare))
    #expect(source("u_mouse", in: pass) == .builtin(.pointer))
    #expect(picture("b0", in: pass) == .pass("b0"))
    #expect(picture("backbuffer", in: pass) == .previous("image"))
    #expect(picture("v1", in: pass) == .test)
    #expect(source("much", in: pass) == .value("much"))
    #expect(program.values.map(\.name) == ["much"])
}

@Test func theHeadersInputsKeepSuchNames() throws {
    let program = try assemble(
        text(
            [("time", "float", "")],
            "uniform float time; void main() { gl_FragColor = vec4(time); }"))
    #expect(source("time", in: program.passes[0]) == .value("time"))
    #expect(program.passes[0].bindings.count { $0.name == "time" } == 1)
}

@Test func anInputMayBeCalledAsOneOfOurs() throws {
    let program = try assemble(
        text([("TIME", "float", "")], "void main() { gl_FragColor = vec4(TIME); }"))
    #expect(
        program.passes[0].bindings.filter { $0.name == "TIME" }.map(\.source) == [.value("TIME")])
    #expect(program.text().split(separator: "uniform float TIME;").count == 2)
}

// MARK: Vertex stages

/// Their own vertex stage makes these out of the picture's size.
@Test func theNeighboursAreBesideWithoutAVertexStage() throws {
    let code = """
        varying vec2 left_coord; varying vec2 above_coord; varying vec2 rightb_coord;
        varying vec2 surfacePosition;
        void main() { gl_FragColor = vec4(left_coord + above_coord, rightb_coord + surfacePosition); }
        """
    let program = try assemble(text([], code))
    let vertex = program.text(.vertex)
    for line in [
        "uniform vec2 RENDERSIZE;", "left_coord = corner + vec2(-1.0, 0.0) / RENDERSIZE;",
        "above_coord = corner + vec2(0.0, 1.0) / RENDERSIZE;",
        "rightb_coord = corner + vec2(1.0, -1.0) / RENDERSIZE;",
        "surfacePosition = (corner - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);",
    ] {
        #expect(vertex.contains(line), "\(line)")
    }
    #expect(program.notices.isEmpty)
    // Where the size is something else, they are the place, as others are.
    let other = try assemble(text([("RENDERSIZE", "float", "")], code))
    #expect(other.text(.vertex).contains("left_coord = corner;"))
    #expect(!other.text(.vertex).contains("RENDERSIZE"))
    #expect(other.notices.first?.message.contains("left_coord") == true)
}

@Test func oldVertexStagesGetTheCorners() throws {
    let program = try assemble(
        text([], "varying vec2 p; varying vec4 q; void main() { gl_FragColor = vec4(p, q.xy); }"),
        vertex: """
            attribute vec2 isf_position; attribute vec4 position; attribute vec2 uv;
            varying vec2 p; varying vec4 q;
            void main() {
                vv_vertShaderInit();
                p = gl_MultiTexCoord0.xy + isf_position + uv;
                q = gl_Vertex + position;
                gl_Position = ftransform();
            }
            """)
    let text = program.text(.vertex)
    let corner = "2.0 * vec2(gl_VertexID & 1, gl_VertexID >> 1) - 1.0"
    for line in [
        "vec2 isf_position = (\(corner));\n", "vec4 position = vec4(\(corner), 0.0, 1.0);\n",
        "vec2 uv = vec2(gl_VertexID & 1, gl_VertexID >> 1);\n", "vec4 ftransform() {",
        "q = phos_vert + position;", "p = phosphor_texcoord.xy + isf_position + uv;",
    ] {
        #expect(text.contains(line), "\(line)")
    }
    #expect(!text.contains("attribute vec"))
    let renamed = program.passes[0].stages[0].lineMap.renamed
    #expect(renamed["phos_vert"] == "gl_Vertex")
}
