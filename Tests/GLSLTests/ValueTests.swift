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
        "Arrays, matrices, blocks, expressions and comments are none",
        arguments: [
            "uniform float a[3];", "uniform mat4 a;", "uniform B { float a; };",
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
