import Testing

@testable import GLSL

private func program(
    _ fragment: String, vertex: String? = nil, plan: SketchPlan = SketchPlan()
) throws -> AssembledProgram {
    var stages = [Stage.fragment: StageText(text: fragment, file: "a.frag")]
    if let vertex { stages[.vertex] = StageText(text: vertex, file: "a.vert") }
    var source = SketchSource(stages: stages, name: "a")
    source.plan = plan
    return try Assembler.assemble(source).get()
}

private func source(_ name: String, in pass: AssembledPass?) -> UniformSource? {
    pass?.bindings.first { $0.name == name }?.source
}

private func picture(_ name: String, in pass: AssembledPass?) -> PictureSource? {
    if case .sampler(let picture, _)? = source(name, in: pass) { picture } else { nil }
}

private let main = "void main() { gl_FragColor = vec4(1.0); }\n"

// MARK: Recognition

@Test(arguments: [
    "uniform vec2 u_resolution;\n", "uniform float u_time;\n", "uniform vec2 u_mouse;\n",
    "uniform sampler2D u_buffer3;\n", "#ifdef BUFFER_0\n#endif\n",
    "#if defined(X) || defined( DOUBLE_BUFFER_2 )\n#endif\n", "#ifndef GLSLVIEWER\n#endif\n",
    "#ifdef A\n#elif defined(POSTPROCESSING)\n#endif\n",
])
func glslViewersNamesTell(_ head: String) {
    #expect(Dialect.recognise(stages: [.fragment: head + main]) == .glslViewer)
}

@Test(arguments: [
    "uniform float u_speed;\n", "float u_time;\n", "// uniform float u_time;\n",
    "#ifdef BUFFER\n#endif\n", "#define BUFFER_0\n",
])
func otherNamesDoNot(_ head: String) {
    #expect(Dialect.recognise(stages: [.fragment: head + main]) == .plain)
}

@Test func aVertexStageWithMatricesOfItsOwnIsAnEngines() throws {
    let picture =
        "uniform float u_time;\nvarying vec2 uv;\nvoid main() { gl_FragColor = vec4(uv, u_time, 1.0); }\n"
    func vertex(_ matrix: String) -> String {
        "attribute vec4 a_position;\nuniform mat4 \(matrix);\nvarying vec2 uv;\nvoid main() { uv = a_position.xy; gl_Position = \(matrix) * a_position; }\n"
    }
    #expect(try program(picture, vertex: vertex("u_projTrans")).dialect == .plain)
    #expect(
        try program(picture, vertex: vertex("u_modelViewProjectionMatrix")).dialect == .glslViewer)
    let asking = "#ifdef POSTPROCESSING\n#endif\n" + picture
    #expect(try program(asking, vertex: vertex("u_projTrans")).dialect == .glslViewer)
}

// MARK: Passes

@Test func theScenesDepthHasAnOlderNameToo() throws {
    let program = try program(
        """
        uniform sampler2D u_scene, u_scene_depth;
        varying vec3 v_normal;
        void main() {
        #ifdef POSTPROCESSING
            gl_FragColor = texture2D(u_scene, vec2(0.5)) * texture2D(u_scene_depth, vec2(0.5));
        #else
            gl_FragColor = vec4(v_normal, 1.0);
        #endif
        }
        """)
    #expect(picture("u_scene_depth", in: program.passes.last) == .pass("sceneDepth"))
}

@Test func eachBufferIsTheSameTextWithAMacroOfItsOwn() throws {
    let program = try program(
        """
        uniform sampler2D u_buffer0; // 0.25
        uniform sampler2D u_buffer1; // 512x256
        uniform sampler2D u_doubleBuffer0;
        uniform vec2 u_resolution;
        void main() {
        #ifdef BUFFER_0
            gl_FragColor = vec4(0.0);
        #elif defined( BUFFER_1 )
            gl_FragColor = texture2D(u_buffer0, gl_FragCoord.xy / u_resolution);
        #elif defined(DOUBLE_BUFFER_0)
            gl_FragColor = texture2D(u_doubleBuffer0, gl_FragCoord.xy / u_resolution);
        #else
            gl_FragColor = texture2D(u_buffer1, gl_FragCoord.xy / u_resolution)
                + texture2D(u_doubleBuffer0, vec2(0.5));
        #endif
        }
        """)
    #expect(program.passes.map(\.name) == ["buffer0", "buffer1", "doubleBuffer0", "image"])
    for (pass, macro) in zip(program.passes, ["BUFFER_0", "BUFFER_1", "DOUBLE_BUFFER_0"]) {
        let text = try #require(pass.stages.last?.text)
        #expect(text.contains("#define \(macro)\n"))
        #expect(text.contains("#define GLSLVIEWER "))
        #expect(text.contains("#define PLATFORM_LINUX\n"))
        #expect(pass.target.format == .rgba32f)
    }
    #expect(program.passes[3].stages.last?.text.contains("BUFFER_0\n#line") == false)
    #expect(program.passes[0].target.size.size(width: 640, height: 360) == (160, 90))
    #expect(program.passes[1].target.size.size(width: 640, height: 360) == (512, 256))
    #expect(picture("u_buffer0", in: program.passes[1]) == .pass("buffer0"))
    // What the branch of a pass does not read is not bound, and nothing is kept for it.
    #expect(picture("u_buffer1", in: program.passes[0]) == nil)
    #expect(!program.passes[0].target.isDoubled && !program.passes[1].target.isDoubled)
    #expect(picture("u_doubleBuffer0", in: program.passes[2]) == .previous("doubleBuffer0"))
    #expect(picture("u_doubleBuffer0", in: program.passes[3]) == .pass("doubleBuffer0"))
    #expect(program.passes[2].target.isDoubled)
    #expect(source("u_resolution", in: program.passes[1]) == .size(.pass("buffer1")))
    #expect(source("u_resolution", in: program.passes[2]) == .builtin(.resolution))
}

@Test func aBufferThatIsDeclaredOnlyIsABufferToo() throws {
    let program = try program("uniform sampler2D u_buffer2; uniform float u_time;\n" + main)
    #expect(program.passes.map(\.name) == ["buffer2", "image"])
}

@Test func postprocessingSeesTheScene() throws {
    let program = try program(
        "uniform sampler2D u_scene;\nvoid main() {\n#ifdef POSTPROCESSING\ngl_FragColor = texture2D(u_scene, vec2(0.5));\n#endif\n}\n"
    )
    #expect(program.passes.map(\.name) == ["scene", "image"])
    #expect(program.surroundings == .flat)
    #expect(picture("u_scene", in: program.passes[1]) == .pass("scene"))
    #expect(picture("u_scene", in: program.passes[0]) == nil)
    #expect(program.passes[1].stages.last?.text.contains("#define POSTPROCESSING\n") == true)
}

@Test func pyramidsGoDownAndUpAgain() throws {
    for (macro, uniform) in [
        ("PYRAMID", "u_pyramid"), ("CONVOLUTION_PYRAMID", "u_convolutionPyramid"),
    ] {
        let program = try program(
            "uniform sampler2D \(uniform)0;\n#if defined(\(macro)_0)\n\(main)#else\nvoid main() { gl_FragColor = texture2D(\(uniform)0, vec2(0.5)); }\n#endif\n"
        )
        let name = String(uniform.dropFirst(2)) + "0"
        #expect(program.passes.count == 18)
        #expect(program.passes.first?.name == name + ".input")
        #expect(program.passes.first?.stages.last?.text.contains("#define \(macro)_0\n") == true)
        let sizes = program.passes.map { $0.target.size.size(width: 1024, height: 512).width }
        #expect(
            sizes == [
                1024, 512, 256, 128, 64, 32, 16, 8, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024,
            ])
        #expect(picture(uniform + "0", in: program.passes.last) == .pass(name))
        #expect(program.passes[1].stages.allSatisfy { $0.isGenerated })
        #expect(picture("u_pyramidTex1", in: program.passes[9]) == .pass(name + ".down7"))
        #expect(picture("u_pyramidTex0", in: program.passes[16]) == .pass(name + ".input"))
    }
    // There was one of them once, and it had no number.
    let only = try program(
        "uniform sampler2D u_convolutionPyramid;\n#if defined(CONVOLUTION_PYRAMID)\n\(main)#else\nvoid main() { gl_FragColor = texture2D(u_convolutionPyramid, vec2(0.5)); }\n#endif\n"
    )
    #expect(only.passes.count == 18)
    #expect(only.passes[0].stages.last?.text.contains("#define CONVOLUTION_PYRAMID\n") == true)
    #expect(
        picture("u_convolutionPyramid", in: only.passes.last) == .pass("convolutionPyramid0"))
    let own = try program(
        "uniform int u_pyramidDepth; uniform vec2 u_pixel;\n#if defined(PYRAMID_0)\n#elif defined(PYRAMID_ALGORITHM)\n#endif\n"
            + "void main() { gl_FragColor = vec4(u_pixel, float(u_pyramidDepth), 1.0); }")
    let step = own.passes[2]
    #expect(step.stages.last?.text.contains("#define PYRAMID_ALGORITHM\n") == true)
    #expect(step.stages.last?.text.contains("vec4((1.0 / u_pixel), float") == true)
    #expect(source("u_pyramidDepth", in: step) == .constant([1]))
    #expect(source("u_pixel", in: step) == .size(.pass(step.name)))
    #expect(source("u_resolution", in: step) == .size(.pass(step.name)))
}

// MARK: Things

@Test func aSourceForAThingGetsABallAndSaysSo() throws {
    let program = try program(
        """
        uniform sampler2D u_scene; uniform sampler2D u_sceneDepth; uniform vec3 u_camera;
        varying vec3 v_normal;
        void main() {
        #ifdef BACKGROUND
            gl_FragColor = vec4(0.2);
        #elif defined(POSTPROCESSING)
            gl_FragColor = texture2D(u_scene, vec2(0.5)) * texture2D(u_sceneDepth, vec2(0.5));
        #else
            gl_FragColor = vec4(v_normal * u_camera, 1.0);
        #endif
        }
        """)
    #expect(program.passes.map(\.name) == ["sceneDepth", "background", "model", "scene", "image"])
    #expect(program.passes[2].draw?.geometry == .sphere(segments: 64))
    #expect(program.passes[2].draw?.hasDepth == true)
    #expect(program.passes[1].draw == nil)
    #expect(program.surroundings == .world)
    #expect(program.startingPlace.eyePosition != nil)
    #expect(program.notices.contains { $0.message.contains("a ball stands in") })
    #expect(source("u_camera", in: program.passes[2]) == .builtin(.eyePosition))
    let model = try #require(program.passes[2].stages.last?.text)
    #expect(model.contains("#define MODEL_VERTEX_NORMAL v_normal"))
    #expect(program.passes[1].stages.last?.text.contains("#define MODEL_VERTEX_NORMAL") == false)
}

@Test func thePlanNamesTheThing() throws {
    var plan = SketchPlan()
    plan.passes = [SketchPlan.Pass(name: "image", draw: DrawPlan(geometry: .cube, hasDepth: true))]
    let program = try program("uniform float u_time;\n" + main, plan: plan)
    #expect(program.passes.last?.draw?.geometry == .cube)
    #expect(program.surroundings == .world)
    #expect(program.notices.isEmpty)
}

@Test func aFlatPicturesMatricesChangeNothing() throws {
    let program = try program(
        "uniform mat4 u_modelViewProjectionMatrix; uniform mat3 u_normalMatrix;\nuniform mat4 u_inverseViewMatrix;\n"
            + "void main() { gl_FragColor = u_inverseViewMatrix[0] + u_modelViewProjectionMatrix[0] + u_normalMatrix[0].xyzz; }",
        vertex:
            "attribute vec4 a_position; varying vec2 v_texcoord;\nvoid main() { v_texcoord = a_position.xy; gl_Position = a_position; }"
    )
    let pass = try #require(program.passes.first)
    #expect(source("u_modelViewProjectionMatrix", in: pass) == .builtin(.model))
    #expect(source("u_normalMatrix", in: pass) == .builtin(.normalMatrix))
    #expect(pass.stages.last?.text.contains("= inverse(u_inverseViewMatrix)[0]") == true)
    // A square with attributes, for a vertex stage that reads them.
    #expect(pass.draw?.geometry == .grid(columns: 1, rows: 1))
}

@Test func whatABufferReadsOfTheFrameBeforeIsKept() throws {
    let program = try program(
        """
        uniform sampler2D u_scene, u_buffer0, u_buffer1;
        void main() {
        #if defined(BUFFER_0) && !defined(BUFFER_1)
            gl_FragColor = texture2D(u_buffer1, vec2(0.5)) + texture2D(u_scene, vec2(0.5));
        #elif defined BUFFER_1
            gl_FragColor = texture2D(u_buffer0, vec2(0.5));
        #elif (defined(POSTPROCESSING))
            gl_FragColor = texture2D(u_buffer1, vec2(0.5));
        #endif
        }
        """)
    #expect(program.passes.map(\.name) == ["buffer0", "buffer1", "scene", "image"])
    #expect(picture("u_buffer1", in: program.passes[0]) == .pass("buffer1"))
    #expect(picture("u_scene", in: program.passes[0]) == .pass("scene"))
    #expect(program.passes.map(\.target.isDoubled) == [false, true, true, false])
}

// MARK: Uniforms

@Test func unknownUniformsAreValues() throws {
    let program = try program(
        """
        uniform float u_time; uniform float u_amount; uniform vec3 u_tint; uniform bool u_on;
        uniform float u_half = 0.5; uniform vec2 u_at = vec2(-1., 2.0f); uniform float u_sum = sin(1.0);
        uniform vec3 u_SH[9]; uniform sampler2D u_wall; uniform vec2 u_wallResolution;
        void main() { gl_FragColor = texture2D(u_wall, u_wallResolution) * u_amount * u_time; }
        """)
    let values = Dictionary(uniqueKeysWithValues: program.values.map { ($0.name, $0) })
    #expect(program.values.map(\.name) == ["u_amount", "u_tint", "u_on", "u_half", "u_at"])
    #expect(values["u_tint"]?.kind == .vector)
    #expect(values["u_half"]?.initial == [0.5])
    #expect(values["u_at"]?.initial == [-1, 2])
    let pass = program.passes.first
    #expect(source("u_amount", in: pass) == .value("u_amount"))
    #expect(source("u_time", in: pass) == .builtin(.time))
    #expect(picture("u_wall", in: pass) == .test)
    #expect(source("u_wallResolution", in: pass) == .size(.test))
}

@Test func whatOnlyAGlobalsInitialiserReadsIsFilled() throws {
    let program = try program(
        """
        uniform vec2 u_resolution; uniform vec2 u_pixel; uniform float u_time, u_amount, u_delta;
        uniform sampler2D u_buffer0, u_wall; uniform mat4 u_inverseViewMatrix;
        vec2 size = u_resolution, step_ = u_pixel; const int n = 3;
        vec4 first = texture2D(u_wall, vec2(0.5)) * (u_time + u_amount) + u_inverseViewMatrix[0];
        vec2 half_(vec2 u_pixel) { return 0.5 * size; }
        void main() { gl_FragColor = first / vec4(size, half_(step_)); }
        """)
    let pass = try #require(program.passes.last)
    #expect(source("u_resolution", in: pass) == .builtin(.resolution))
    #expect(source("u_time", in: pass) == .builtin(.time))
    #expect(source("u_amount", in: pass) == .value("u_amount"))
    #expect(picture("u_wall", in: pass) == .test)
    let text = try #require(pass.stages.last?.text)
    #expect(text.contains("step_ = (1.0 / u_pixel); const int n = 3;"))
    #expect(text.contains("+ inverse(u_inverseViewMatrix)[0];"))
    #expect(text.contains("half_(vec2 u_pixel)") && text.contains("uniform vec2 u_pixel;"))
    // A declaration alone uses nothing.
    #expect(source("u_buffer0", in: pass) == nil && source("u_delta", in: pass) == nil)
    #expect(!program.passes[0].target.isDoubled)
}

@Test(arguments: ["backbuffer", "prevFrame", "u_backbuffer", "u_backBuffer", "u_prevFrame"])
func otherProgramsNamesForTheFrameBeforeAreKnown(_ name: String) throws {
    let program = try program(
        "uniform float u_time; uniform sampler2D \(name);\n"
            + "void main() { gl_FragColor = texture2D(\(name), vec2(u_time)); }")
    #expect(picture(name, in: program.passes.last) == .previous("image"))
    #expect(program.passes.last?.target.isDoubled == true)
}

@Test func arraysAndTheScreensDensityHaveNumbers() throws {
    let program = try program(
        """
        uniform vec3 u_ssaoSamples[64]; uniform vec3 u_ssaoNoise[16]; uniform vec3 u_SH[9];
        uniform float u_pixelDensity, u_time;
        void main() {
            gl_FragColor = vec4(u_ssaoSamples[1] + u_ssaoNoise[1] + u_SH[0], u_pixelDensity);
        }
        """)
    #expect(program.values.isEmpty)
    func triples(_ name: String) throws -> [SIMD3<Double>] {
        guard case .constant(let numbers)? = source(name, in: program.passes.last) else {
            Issue.record("\(name) has no numbers")
            return []
        }
        return stride(from: 0, to: numbers.count, by: 3).map {
            SIMD3(numbers[$0], numbers[$0 + 1], numbers[$0 + 2])
        }
    }
    func length(_ place: SIMD3<Double>) -> Double { (place * place).sum().squareRoot() }
    let samples = try triples("u_ssaoSamples")
    #expect(samples.count == 64 && Set(samples).count == 64)
    for (index, sample) in samples.enumerated() {
        let share = Double(index) / 64
        #expect(sample.z >= 0 && abs(length(sample) - (0.1 + 0.9 * share * share)) < 1e-6)
    }
    // No side has more of them than the others.
    let middle = samples.reduce(SIMD3()) { $0 + $1 / length($1) } / 64
    #expect(abs(middle.x) < 0.1 && abs(middle.y) < 0.1 && abs(middle.z - 0.5) < 0.1)
    let noise = try triples("u_ssaoNoise")
    #expect(noise.count == 16 && noise.allSatisfy { $0.z == 0 && abs(length($0) - 1) < 1e-6 })
    let sky = try triples("u_SH")
    #expect(sky.count == 9 && sky[0].min() > 0 && sky[1].min() > 0)
    #expect(source("u_pixelDensity", in: program.passes.last) == .constant([1]))
}

@Test func aPictureOfTheSketchIsKnownWithAndWithoutItsPrefix() throws {
    var plan = SketchPlan()
    plan.textures = ["wall", "u_tex0"].map {
        TexturePlan(name: $0, paths: ["x.png"], place: SourcePlace(file: "sketch.toml"))
    }
    let program = try program(
        "uniform sampler2D u_wall, u_tex0; uniform vec2 u_tex0Resolution;\nvoid main() { gl_FragColor = texture2D(u_wall, u_tex0Resolution) + texture2D(u_tex0, vec2(0.5)); }",
        plan: plan)
    let pass = program.passes.first
    #expect(picture("u_wall", in: pass) == .texture("wall"))
    #expect(picture("u_tex0", in: pass) == .texture("u_tex0"))
    #expect(source("u_tex0Resolution", in: pass) == .size(.texture("u_tex0")))
}

@Test func varyingsOfAnyTypeAreGivenByTheGeneratedStage() throws {
    let program = try program(
        "uniform float u_time; varying vec4 v_position; varying vec3 v_color; varying vec2 v_texcoord; varying float own;\n"
            + main)
    let vertex = try #require(program.passes.first?.stages.first)
    #expect(vertex.isGenerated)
    for line in [
        "out vec4 v_position;", "out vec3 v_color;", "out vec2 v_texcoord;", "out float own;",
    ] {
        #expect(vertex.text.contains(line))
    }
}

@Test func linesOfTheUsersTextAreFoundAgain() throws {
    let program = try program(
        "#version 120\n#extension GL_OES_standard_derivatives : enable\nuniform float u_time;\nvoid main() {\n  gl_FragColor = vec4(sample);\n}\n"
    )
    let stage = try #require(program.passes.first?.stages.last)
    let run = try #require(stage.lineMap.runs.first)
    let lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[run.textLine - 1 + 4].contains("phosphor_out = vec4("))
    #expect(stage.lineMap.place(source: 0, line: 5)?.line == 5)
    #expect(!stage.text.contains("GL_OES"))
}

@Test func whatIsNotDrawnIsSaid() throws {
    let program = try program(
        "uniform float u_time;\n#ifdef FLOOR\n#endif\n#ifdef FLOOD_0\n#endif\n" + main)
    #expect(program.notices.contains { $0.message.contains("FLOOR") })
    #expect(program.notices.contains { $0.message.contains("FLOOD") })
}

@Test func aVertexStageAloneIsKnownByItsMatrixAndDrawsAThing() throws {
    let vertex = """
        uniform mat4 u_modelViewProjectionMatrix;
        attribute vec4 a_position; attribute vec3 a_normal;
        varying vec3 v_normal;
        void main() {
            v_normal = a_normal;
            gl_Position = u_modelViewProjectionMatrix * a_position;
        }

        """
    func program(_ text: String) throws -> AssembledProgram {
        let stages = [Stage.vertex: StageText(text: text, file: "a.vert")]
        return try Assembler.assemble(SketchSource(stages: stages, name: "a")).get()
    }
    let drawn = try program(vertex)
    #expect(drawn.dialect == .glslViewer)
    let pass = try #require(drawn.passes.last)
    #expect(pass.draw?.geometry == .sphere(segments: 64) && pass.draw?.hasDepth == true)
    #expect(source("u_modelViewProjectionMatrix", in: pass) == .builtin(.modelViewProjection))
    #expect(pass.stages.map(\.isGenerated) == [false, true])
    #expect(pass.stages.last?.text.contains("normalize(v_normal.xyz)") == true)
    #expect(drawn.notices.allSatisfy { $0.stage == .vertex && $0.file == "a.vert" })
    #expect(drawn.notices.contains { $0.message.contains("no fragment stage") })
    let plain = vertex.split(separator: "\n").filter { !$0.contains("v_normal = ") }
        .joined(separator: "\n").replacing("varying vec3 v_normal;", with: "")
    #expect(try program(plain).passes.last?.stages.last?.text.contains("vec3(1.0)") == true)
    // Names that plain sources have as well tell nothing.
    let own = "uniform float u_time;\nvoid main() { gl_Position = vec4(u_time); }\n"
    #expect(try program(own).dialect == .plain)
}

@Test func newKeywordsAndTypesAreNamesInOldSources() throws {
    let text = """
        uniform float u_time;
        float add(float layout, float uint) { return layout + uint; }
        void main() {
            float row_major = 1.0, image2D = 2.0, shared = 3.0, mat2x2; float case = u_time;
            gl_FragColor = vec4(add(case, image2D), row_major, 0.0, 1.0);
        }
        """
    for text in [text, text.replacing("u_time", with: "iTime")] {
        let program = try program(text)
        let stage = try #require(program.passes.last?.stages.last)
        for word in ["layout", "uint", "row_major", "image2D", "shared", "mat2x2", "case"] {
            let line = try #require(
                stage.text.firstRange(of: "#define \(word) \(word)_\n"), "\(word)")
            // What we write ourselves means the words of today.
            #expect(!stage.text[line.upperBound...].contains("layout(location"), "\(word)")
        }
    }
    // Where a word is used as what it is today, it is no name.
    let modern = try program(
        """
        layout(location = 0) out vec4 color;
        uniform float u_time;
        uint hash(uint x, uvec2 y) { return x; }
        float twice(float, uint);
        void main() { float a = 1.0; uint b = hash(3u, uvec2(1u)), c = uint(a); color = vec4(u_time); }
        """)
    #expect(modern.passes.last?.stages.last?.text.contains("#define uint") == false)
    #expect(modern.passes.last?.stages.last?.text.contains("#define layout") == false)
    #expect(modern.passes.last?.stages.last?.text.contains("#define uvec2") == false)
}
