import GLSL
import Testing

private let code = "void mainImage(out vec4 c, in vec2 p) { c = texture(iChannel0, p); }"

private func pass(
    _ type: String, _ name: String, inputs: String = "", outputs: String = "", code: String = code
) -> String {
    "{\"type\":\"\(type)\",\"name\":\"\(name)\",\"inputs\":[\(inputs)],\"outputs\":[\(outputs)],\"code\":\"\(code)\"}"
}

private func export(_ passes: String...) throws -> ShadertoyExport {
    try ShadertoyExport.read(
        "[{\"ver\":\"0.1\",\"info\":{\"name\":\"A toy\",\"username\":\"me\"},\"renderpass\":[\(passes.joined(separator: ",\n"))]}]"
    ).get()
}

private func input(_ export: ShadertoyExport, _ channel: Int, of pass: String = "image")
    -> UniformSource?
{
    export.plan.passes.first { $0.name == pass }?.inputs.first { $0.name == "iChannel\(channel)" }?
        .source
}

@Test func partsOfAnExportAreThoseOfASketch() throws {
    let export = try export(
        pass("image", "Image"), pass("buffer", "Buffer A"), pass("buffer", "Buf D"),
        pass("common", "Common", code: "#define A 1\\n"), pass("sound", "Sound"),
        pass("cubemap", "Cube A"))
    #expect(export.title == "A toy")
    #expect(export.author == "me")
    #expect(
        Set(export.parts.keys.map(\.rawValue)) == [
            "common", "bufferA.frag", "bufferD.frag", "frag", "sound.glsl", "cubeA.glsl",
        ])
    #expect(export.parts[.common]?.text == "#define A 1\n")
    #expect(export.plan.passes.map(\.name) == ["bufferA", "bufferD", "image"])
    #expect(export.plan.passes[0].target.format == .rgba32f)
    #expect(export.plan.dialect == .shadertoy)
    // Sound and the cube's sides are told of, on their lines.
    #expect(export.plan.problems.map(\.line) == [5, 6])
    #expect(export.plan.problems.allSatisfy { $0.severity == .warning })
}

@Test func inputsOfBothFormsAreBound() throws {
    // As the site exports it: names for ids, `type`, `filepath`.
    let site = try export(
        pass(
            "image", "Image",
            inputs: """
                {"id":"4dXGR8","type":"buffer","channel":0,"sampler":{"filter":"nearest","wrap":"repeat","vflip":"true"}},
                {"id":"x","type":"keyboard","channel":1},{"id":"y","type":"texture","filepath":"/media/a/pic.jpg","channel":2,
                "sampler":{"filter":"mipmap","wrap":"repeat","vflip":"false"}},{"id":"z","type":"cubemap","filepath":"/media/a/sky.png","channel":3}
                """),
        pass(
            "buffer", "Buffer A", inputs: "{\"id\":\"4dXGR8\",\"type\":\"buffer\",\"channel\":3}",
            outputs: "{\"id\":\"4dXGR8\",\"channel\":0}"))
    #expect(input(site, 0) == .sampler(.pass("bufferA"), Sampling(.nearest, .repeat)))
    #expect(input(site, 1) == .sampler(.keyboard, Sampling(.nearest, .clamp)))
    #expect(
        input(site, 2)
            == .sampler(.texture("texture_pic"), Sampling(.mipmap, .repeat, isFlipped: true)))
    #expect(input(site, 3) == .sampler(.texture("texture_sky"), Sampling(.linear, .clamp)))
    #expect(input(site, 3, of: "bufferA") == .sampler(.previous("bufferA"), Sampling()))
    #expect(site.plan.textures.map(\.paths.count) == [1, 6])
    #expect(site.plan.textures[1].paths[5] == "sky_5.png")
    // As the interface for programs gives it: numbers for ids, `ctype`, `src`.
    let interface = try ShadertoyExport.read(
        "{\"Shader\":{\"ver\":\"0.1\",\"info\":{},\"renderpass\":["
            + pass(
                "image", "Image",
                inputs:
                    "{\"id\":258,\"src\":\"/media/previz/buffer01.png\",\"ctype\":\"buffer\",\"channel\":0}"
            )
            + "," + pass("buffer", "Buf B", outputs: "{\"id\":258,\"channel\":0}") + "]}}"
    ).get()
    #expect(input(interface, 0) == .sampler(.pass("bufferB"), Sampling()))
}

@Test func aLongFileNameMakesAShortName() throws {
    let digits = String(repeating: "0123456789abcdef", count: 4)
    let files = ["\(digits).png", "\(digits).jpg", "\(digits.dropLast())0.png", "\(digits).png"]
    let inputs = files.enumerated().map { number, file in
        "{\"id\":\"q\",\"type\":\"texture\",\"filepath\":\"/media/a/\(file)\",\"channel\":\(number)}"
    }
    let export = try export(pass("image", "Image", inputs: inputs.joined(separator: ",")))
    // Each file once, under a name that a plan takes.
    #expect(export.plan.textures.map(\.paths) == files.prefix(3).map { [$0] })
    let names = export.plan.textures.map(\.name)
    #expect(Set(names).count == 3)
    #expect(names.allSatisfy { $0.utf8.count <= 64 && $0.hasPrefix("texture_0123456789") })
    #expect(input(export, 0) == .sampler(.texture(names[0]), Sampling(.linear, .repeat)))
    #expect(input(export, 3) == input(export, 0))
}

@Test(arguments: [
    ("music", PictureSource.audio), ("mic", .audio), ("musicstream", .audio), ("video", .test),
    ("webcam", .test), ("volume", .noise), ("telescope", .test),
])
func whatCannotBeHadHasAStandIn(_ type: String, _ stand: PictureSource) throws {
    let export = try export(
        pass("image", "Image", inputs: "{\"id\":\"q\",\"type\":\"\(type)\",\"channel\":1}"))
    guard case .sampler(let picture, _)? = input(export, 1) else { return #expect(Bool(false)) }
    #expect(picture == stand)
    #expect(export.plan.problems.count == 1)
}

@Test func theSitesNoisesAreOurs() throws {
    let export = try export(
        pass(
            "image", "Image",
            inputs:
                "{\"id\":\"q\",\"type\":\"texture\",\"filepath\":\"/media/a/f735bee5b64ef98879dc618b016ecf7939a5756040c2cde21ccb15e69a6e1cfb.png\",\"channel\":0}"
        ))
    #expect(input(export, 0) == .sampler(.noise, Sampling(.linear, .repeat)))
    #expect(export.plan.textures.isEmpty)
    #expect(export.plan.problems.isEmpty)
}

@Test(arguments: [
    ("[", 1, 2), ("{\"Shader\": 3}", 1, 12), ("{\"Error\": \"Shader not found\"}", 1, 1),
    ("[]", 1, 1),
    ("[{\"ver\":\"0.1\",\n\"renderpass\":{}}]", 2, 14),
    ("[{\"renderpass\":[\n{\"type\":\"image\"}]}]", 2, 1),
    ("[{\"renderpass\":[{\"type\":\"image\",\n\"code\":7}]}]", 2, 8),
    ("[{\"renderpass\":[\n3]}]", 2, 1),
    ("[{\"renderpass\":[{\"type\":\"common\",\"code\":\"\"}]}]", 1, 16),
])
func mistakesInAnExportAreToldWhereTheyAre(_ text: String, _ line: Int, _ column: Int) {
    guard case .failure(let error) = ShadertoyExport.read(text, file: "toy.json") else {
        return #expect(Bool(false), "nothing is wrong with \(text)")
    }
    #expect(error.diagnostics.first?.file == "toy.json")
    #expect(error.diagnostics.first?.line == line)
    #expect(error.diagnostics.first?.column == column)
}

@Test func anExportAssembles() throws {
    let export = try export(
        pass("image", "Image", inputs: "{\"id\":\"b\",\"type\":\"buffer\",\"channel\":0}"),
        pass(
            "buffer", "Buffer A", inputs: "{\"id\":\"b\",\"type\":\"buffer\",\"channel\":0}",
            outputs: "{\"id\":\"b\"}"), pass("common", "Common", code: "const float K = 1.0;\\n"))
    var source = SketchSource(parts: export.parts, name: export.title)
    source.plan = export.plan
    let program = try Assembler.assemble(source).get()
    #expect(program.dialect == .shadertoy)
    #expect(program.passes.map(\.name) == ["bufferA", "image"])
    #expect(program.passes[0].target.isDoubled)
    #expect(program.passes.allSatisfy { $0.stages.last?.text.contains("const float K") == true })
}

@Test(arguments: ["[{\"renderpass\": []}]", "\n {\"Shader\":{\"renderpass\":[]}}"])
func anExportIsKnownByItsPasses(_ text: String) {
    #expect(ShadertoyExport.isOne(text))
    #expect(!ShadertoyExport.isOne("void main() { /* \"renderpass\" */ }"))
}

@Test func cubesAndVolumesAreSoForSure() throws {
    let export = try export(
        pass(
            "image", "Image",
            inputs: """
                {"id":"1","ctype":"cubemap","src":"/media/a/sky.png","channel":0},
                {"id":"2","ctype":"volume","src":"/media/a/grey.bin","channel":1},
                {"id":"3","ctype":"texture","src":"/media/a/flat.png","channel":2}
                """,
            code: "void mainImage(out vec4 c, vec2 p) { c = f(iChannel0, iChannel1, iChannel2); }"))
    #expect(export.plan.passes[0].inputs.map(\.shape) == [.cube, .volume, nil])
    var source = SketchSource(parts: export.parts, name: "a")
    source.plan = export.plan
    let text = try #require(Assembler.assemble(source).get().passes[0].stages.last).text
    #expect(text.contains("uniform samplerCube iChannel0;"))
    #expect(text.contains("uniform sampler3D iChannel1;"))
    #expect(text.contains("uniform sampler2D iChannel2;"))
}

@Test func aBufferThatIsReadSmallerHasSmallerCopies() throws {
    let reads =
        "{\"id\":\"b\",\"type\":\"buffer\",\"channel\":0,\"sampler\":{\"filter\":\"mipmap\"}}"
    let read = try export(
        pass("image", "Image", inputs: reads),
        pass("buffer", "Buffer A", outputs: "{\"id\":\"b\"}"), pass("buffer", "Buffer B"))
    #expect(read.plan.passes.map(\.hasMipmaps) == [true, nil, nil])
    let own = try export(
        pass("image", "Image"),
        pass("buffer", "Buffer A", inputs: reads, outputs: "{\"id\":\"b\"}"))
    #expect(own.plan.passes.map(\.hasMipmaps) == [true, nil])
}

@Test func whatTheSiteAloneHasIsToldInWords() throws {
    let export = try export(
        pass(
            "image", "Image",
            inputs: """
                {"id":"1","type":"texture","filepath":"/media/a/\(String(repeating: "ab", count: 32)).jpg","channel":2},
                {"id":"2","type":"texture","filepath":"/media/a/0c7bf5fe9462d5bffbd11126e82908e39be3ce56220d900f633d58fb432e56f5.png","channel":1},
                {"id":"3","type":"texture","filepath":"/media/a/0123.png","channel":0},
                {"id":"4","type":"cubemap","filepath":"/media/previz/cubemap00.png","channel":3}
                """,
            code:
                "void mainImage(out vec4 c, vec2 p) { c = texture(iChannel0, (p + 0.5) / 256.0); }")
    )
    #expect(input(export, 0) == .sampler(.noise, Sampling(.linear, .repeat)))
    #expect(input(export, 1) == .sampler(.noise, Sampling(.linear, .repeat)))
    #expect(input(export, 3) == .sampler(.test, Sampling()))
    #expect(export.plan.textures.count == 1)
    let messages = export.plan.problems.map(\.message)
    #expect(messages.count == 2)
    // The whole of the name, or nobody could put the file there.
    #expect(messages[0].contains(String(repeating: "ab", count: 32) + ".jpg"))
    #expect(messages[0].hasPrefix("iChannel2 of the pass image"))
    #expect(messages[1].hasPrefix("cube maps cannot be drawn"))
}
