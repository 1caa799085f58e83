import Testing

@testable import GLSL

private func program(_ text: String, plan: SketchPlan = SketchPlan()) throws -> AssembledProgram {
    var source = SketchSource(stages: [.fragment: StageText(text: text, file: "a")], name: "a")
    source.plan = plan
    return try Assembler.assemble(source).get()
}

private let main = "\nout vec4 c; void main() { c = vec4(1); }\n"

@Suite("Values that people tweak")
struct ValueTests {
    @Test(
        "A uniform that nobody fills is one, and begins with its initialiser",
        arguments: [
            ("uniform float a = 0.5;", ValuePlan.Kind.float, [0.5]),
            ("uniform float a;", .float, [0]), ("uniform float a = -.5f;", .float, [-0.5]),
            ("uniform float zoom;", .float, [1]),
            ("uniform int a = 0x10;", .int, [16]), ("uniform uint a = 3u;", .int, [3]),
            ("uniform bool a = true;", .bool, [1]),
            ("uniform vec2 a = vec2(1.0, -2.0);", .point, [1, -2]),
            ("uniform vec3 a = vec3(0.5);", .vector, [0.5, 0.5, 0.5]),
            ("uniform vec3 tintColor = vec3(1., .5, 0);", .color, [1, 0.5, 0, 1]),
            ("uniform vec3 colour;", .color, [1, 1, 1, 1]),
            ("uniform vec4 a = vec4(0, 0, 0, 0.5);", .color, [0, 0, 0, 0.5]),
            ("layout(location = 3) uniform highp float a = 2.;", .float, [2]),
            ("uniform float a = 1.0\nuniform float b = 2.0;", .float, [1]),
        ])
    func declared(text: String, kind: ValuePlan.Kind, initial: [Double]) throws {
        let value = try #require(program(text + main).values.first)
        #expect(value.kind == kind)
        #expect(value.initial == initial)
    }

    @Test(
        "An editor's lines declare them, too",
        arguments: [
            ("#iUniform float a = 1.0 in { 0.0, 5.0 } step 0.2 // c", .float, [1], [0], [5]),
            ("#iUniform int a = 2 in {1, 3}", .int, [2], [1], [3]),
            ("#iUniform float a=7.5in{3.,12.}// c", .float, [7.5], [3], [12]),
            ("#iUniform float a = 0.5 in {0.0, 1.0};", .float, [0.5], [0], [1]),
            ("#iUniform float a = 5.0", .float, [5], [], []),
            ("#iUniform float a = 5.0;", .float, [5], [], []),
            ("#iUniform float a", .float, [0], [], []),
            (
                "  #iUniform color3 a = color3(1.0, 0.5, 0.2)", .color, [1, 0.5, 0.2, 1],
                [0, 0, 0, 0], [1, 1, 1, 1]
            ),
            (
                "#iUniform color3 a = color3(0.5)", .color, [0.5, 0.5, 0.5, 1], [0, 0, 0, 0],
                [1, 1, 1, 1]
            ),
            ("#iUniform vec2 a = vec2(1.0, 2.0)", .point, [1, 2], [], []),
            (
                "#iUniform vec4 a = vec4(1) in { 0.0, 1.0 }", .color, [1, 1, 1, 1], [0, 0, 0, 0],
                [1, 1, 1, 1]
            ),
        ] as [(String, ValuePlan.Kind, [Double], [Double], [Double])])
    func lines(
        text: String, kind: ValuePlan.Kind, initial: [Double], least: [Double], most: [Double]
    ) throws {
        let program = try program(
            "#iKeyboard\n\(text)\n#StrictCompatibility\n"
                + "void mainImage(out vec4 c, in vec2 p) { c = vec4(float(a)); }")
        let value = try #require(program.values.first)
        #expect(value.name == "a" && value.kind == kind && value.initial == initial)
        #expect(value.least == least && value.most == most)
        // The driver's lines stay those of the user's text.
        let lines = program.passes[0].stages.first { $0.stage == .fragment }?.text.split(
            separator: "\n", omittingEmptySubsequences: false)
        let first = lines?.firstIndex { $0.hasPrefix("#line 0") } ?? 0
        #expect(lines?[first + 2].hasPrefix("uniform ") == true)
        #expect(lines?[first + 3].contains("Strict") == false)
    }

    @Test("An editor's lines say how inputs are read")
    func samplings() throws {
        let program = try program(
            """
            #iChannel0 "file://a.png"
            #iChannel0::MinFilter "NearestMipMapNearest"
            #iChannel0::WrapMode "Mirror"
            #iChannel1::MinFilter "Nearest"
            #iChannel1::MagFilter "Linear"
            #iChannel1::WrapMode "Clamp"
            #iChannel1 "file://b.png"
            void mainImage(out vec4 c, in vec2 p) { c = texture(iChannel0, p) + texture(iChannel1, p); }
            """)
        #expect(
            program.passes[0].bindings.filter { $0.name.hasPrefix("iChannel") }.map(\.source) == [
                .sampler(.texture("a.png"), Sampling(.mipmap, .mirror)),
                .sampler(.texture("b.png"), Sampling(.nearest, .clamp)),
            ])
    }

    @Test(
        "Arrays, matrices, blocks, expressions and comments are none",
        arguments: [
            "uniform float a[3];", "uniform mat4 a;", "buffer B { float a; };",
            "uniform float a = 1.0 / 3.0;", "uniform float a = sin(1.0);",
            "// uniform float a;", "uniform float iTime;", "float a = 1.0;", "uniform float",
            "const float a = 1.0;", "void f(float a) { }", "uniform sampler2D a;",
        ])
    func none(text: String) throws { #expect(try program(text + main).values.isEmpty) }

    @Test("Several of one declaration are several; the plan says where they begin and end")
    func planned() throws {
        var plan = SketchPlan()
        plan.values = [
            ValueNote(name: "b", begin: [3], least: [1], most: [5]),
            ValueNote(name: "c", begin: [3, 3]),
        ]
        let values = try program("uniform float a = 1., b, c;" + main, plan: plan).values
        #expect(values.map(\.name) == ["a", "b", "c"])
        #expect(values.map(\.initial) == [[1], [3], [0]])
        #expect(values[1].most == [5])
    }

    @Test("Samplers that nobody gave anything for read what their names say, or a test picture")
    func samplers() throws {
        var plan = SketchPlan()
        plan.textures = [
            TexturePlan(name: "logo", paths: ["a.png"], place: SourcePlace(file: "sketch.toml"))
        ]
        plan.passes = [
            .init(
                name: "image",
                inputs: [UniformBinding("given", .sampler(.keyboard, Sampling(.nearest)))])
        ]
        let text =
            "uniform sampler2D some, noiseMap, spectrum, logo, given, backbuffer; uniform vec2 logoSize;"
        let bindings = try program(text + main, plan: plan).passes[0].bindings
        func picture(_ name: String) -> PictureSource? {
            guard
                case .sampler(let picture, _)? = bindings.first(where: { $0.name == name })?.source
            else { return nil }
            return picture
        }
        #expect(picture("some") == .test)
        #expect(picture("noiseMap") == .noise)
        #expect(picture("spectrum") == .spectrum)
        #expect(picture("logo") == .texture("logo"))
        #expect(picture("given") == .keyboard)
        #expect(picture("backbuffer") == .previous("image"))
        #expect(bindings.first { $0.name == "logoSize" }?.source == .size(.texture("logo")))
    }

    @Test("Images that nobody planned have their layout's format")
    func images() throws {
        let text =
            "layout(r32f, binding = 0) uniform image2D a; writeonly uniform uimage2D b; layout(r32ui) uniform uimage2D[3] many;"
        let program = try program(text + main)
        #expect(program.images.map(\.name) == ["a", "b", "many"])
        #expect(program.images.map(\.format) == [.r32f, .r32ui, .r32ui])
        #expect(program.notices.map(\.token) == ["many"])
    }
}
