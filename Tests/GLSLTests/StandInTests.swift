import Testing

@testable import GLSL

private func program(_ stages: [Stage: String]) throws -> AssembledProgram {
    let texts = stages.mapValues { StageText(text: $0, file: "a") }
    return try Assembler.assemble(SketchSource(stages: texts, name: "a")).get()
}

private let fragment = "#version 330 core\nout vec4 c; void main() { c = vec4(1); }"

/// A program whose vertex stage places a square by this.
private func placed(_ uniforms: String, _ place: String) throws -> AssembledProgram {
    let vertex =
        "#version 330 core\nlayout(location = 0) in vec3 aPos;\n\(uniforms)\nvoid main() { gl_Position = \(place) * vec4(aPos, 1); }"
    return try program([.vertex: vertex, .fragment: fragment])
}

private func source(_ name: String, of program: AssembledProgram) -> UniformSource? {
    program.passes[0].bindings.first { $0.name == name }?.source
}

@Suite("What nobody gives a plain program") struct StandInTests {
    @Test(
        "Matrices are known whatever their names have around them, and put the square before the eye",
        arguments: [
            ("u_MVP", "", BuiltinUniform.frontModelViewProjection),
            ("PVM", "", .frontModelViewProjection),
            ("g_WorldViewProj", "", .frontModelViewProjection),
            ("m_modelView", "m_proj", .frontModelView), ("uModelMat", "uViewProj", .frontModel),
            ("matWorld", "matView", .frontModel), ("M", "P", .frontModelView),
            ("model", "", .model),
            ("camMatrix", "", .frontModelViewProjection), ("view", "proj", .frontModelView),
            ("view", "", .model), ("VP", "", .frontModelViewProjection),
            ("projection_matrix", "", .frontModelViewProjection),
        ])
    func matrices(name: String, other: String, meaning: BuiltinUniform) throws {
        let others = other.isEmpty ? "" : "uniform mat4 \(other);"
        let found = try placed(
            "uniform mat4 \(name); \(others)", other.isEmpty ? name : "\(other) * \(name)")
        #expect(source(name, of: found) == .builtin(meaning))
        #expect(found.notices.isEmpty)
    }

    @Test("Where somebody says what is drawn, or where the eyes are, it stands where it is")
    func told() throws {
        let text = "uniform mat4 model, view, projection;"
        let place = "projection * view * model"
        #expect(source("model", of: try placed(text, place)) == .builtin(.frontModel))
        let own = try placed("// @var eyePos 0 0 3\n" + text, place)
        #expect(source("model", of: own) == .builtin(.model))
        var sketch = SketchSource(
            stages: [
                .vertex: StageText(
                    text:
                        "in vec3 p; uniform mat4 model, view; void main() { gl_Position = view * model * vec4(p, 1); }",
                    file: "a"), .fragment: StageText(text: fragment, file: "b"),
            ], name: "a")
        sketch.plan.passes = [.init(name: "image", draw: DrawPlan(geometry: .cube))]
        let planned = try Assembler.assemble(sketch).get()
        #expect(source("model", of: planned) == .builtin(.model))
    }

    @Test(
        "Every other square matrix is the identity, and its line says so",
        arguments: [
            ("mat4 transform", [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
            ("mat3 turn", [1, 0, 0, 0, 1, 0, 0, 0, 1]), ("mat2 turn", [1, 0, 0, 1]),
            ("mat4 bones[4]", [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
        ] as [(String, [Double])])
    func identity(declaration: String, numbers: [Double]) throws {
        let found = try placed("uniform \(declaration);", "mat4(1)")
        let words = declaration.split { $0 == " " || $0 == "[" }
        #expect(source(String(words[1]), of: found) == .constant(numbers))
        #expect(found.notices.map(\.message) == ["nobody fills \(words[1]): it is the identity"])
        #expect(found.notices.map(\.line) == [3])
        let own = try placed("uniform mat4 transform = mat4(2);", "transform")
        #expect(source("transform", of: own) == nil && own.notices.isEmpty)
    }

    @Test(
        "Time, size and pointer are known by what their names resemble",
        arguments: [
            ("float u_Time", UniformSource.builtin(.time)), ("float elapsedTime", .builtin(.time)),
            ("float uElapsedTime", .builtin(.time)), ("float time_0_X", .builtin(.time)),
            ("float _Time", .builtin(.time)), ("float u_globalTime", .builtin(.time)),
            ("float iElapsed", .builtin(.time)), ("float timer", .builtin(.time)),
            ("float seconds", .builtin(.time)), ("vec2 u_Resolution", .builtin(.resolution)),
            ("vec3 u_res", .builtin(.resolution)), ("vec2 uViewport", .builtin(.resolution)),
            ("vec2 windowSize", .builtin(.resolution)),
            ("ivec2 screen_size", .builtin(.resolution)),
            ("vec2 u_canvasSize", .builtin(.resolution)), ("vec2 u_mousePos", .builtin(.pointer)),
            ("vec2 mousePosition", .builtin(.pointerShare)), ("float t", .value("t")),
            ("float timeScale", .value("timeScale")), ("vec4 viewport", .value("viewport")),
        ])
    func numbers(declaration: String, filled: UniformSource) throws {
        let name = String(declaration.split(separator: " ")[1])
        let text = "uniform \(declaration);\nout vec4 c; void main() { c = vec4(\(name)); }"
        let found = try program([.fragment: "#version 330 core\n" + text])
        #expect(source(name, of: found) == filled)
    }

    @Test(
        "An attribute gets the stream of its name, then of its type, then of its location",
        arguments: [
            ("aPos vec3 0", VertexStream.position), ("vertexPosition_modelspace vec3 3", .position),
            ("vp vec3 1", .position), ("coord3d vec3 1", .position), ("vVertex vec4 1", .position),
            ("in_Vertex vec3 2", .position), ("vertexNormal vec3 0", .normal),
            ("a_norm vec3 2", .normal), ("VertexUV vec2 0", .texcoord),
            ("aTexCoord vec2 1", .texcoord), ("vt vec2 0", .texcoord), ("st vec2 0", .texcoord),
            ("aColor vec3 1", .color), ("vcolour vec4 2", .color), ("vertTangent vec3 3", .tangent),
            ("binormal vec3 1", .bitangent), ("where vec2 0", .texcoord), ("up vec3 1", .normal),
            ("phosphor_corner vec2 0", .texcoord), ("weight vec3 7", nil), ("size float 4", nil),
        ] as [(String, VertexStream?)])
    func streams(attribute: String, stream: VertexStream?) {
        let words = attribute.split(separator: " ").map(String.init)
        let other = (name: "other", type: "mat4", location: Int?.some(9))
        let found = VertexStream.streams(of: [(words[0], words[1], Int(words[2])), other])
        #expect(found == [stream, nil])
    }

    @Test("One that is alone is the place, and one that nothing feeds is told")
    func alone() throws {
        #expect(VertexStream.streams(of: [("quad_", "vec2", 0)]) == [.position])
        // Where a name tells, nothing else gets its stream by location.
        #expect(
            VertexStream.streams(of: [("offset", "vec3", 0), ("aPos", "vec3", 1)])
                == [nil, .position])
        let vertex =
            "#version 330 core\nlayout(location = 0) in vec3 aPos;\nlayout(location = 5) in float weight;\nvoid main() { gl_Position = vec4(aPos * weight, 1); }"
        let found = try program([.vertex: vertex, .fragment: fragment])
        #expect(found.notices.map(\.message) == ["nothing feeds the attribute weight: it is 0"])
        #expect(found.notices.map(\.line) == [3])
    }

    @Test("A geometry stage has what it takes drawn, where nobody says what is")
    func taken() throws {
        func draw(_ layout: String, _ vertex: String) throws -> Geometry? {
            let geometry =
                "layout(\(layout)) in; layout(points, max_vertices = 1) out; void main() { EmitVertex(); }"
            return try program([.vertex: vertex, .geometry: geometry, .fragment: fragment])
                .passes[0].draw?.geometry
        }
        let fed = "in vec2 aPos; void main() { gl_Position = vec4(aPos, 0, 1); }"
        let counted = "void main() { gl_Position = vec4(gl_VertexID); }"
        #expect(try draw("points", fed) == .points(4))
        #expect(try draw("lines", fed) == .vertices(4, .lineStrip))
        #expect(try draw("triangles", fed) == .grid(columns: 1, rows: 1))
        #expect(try draw("points", counted) == .points(100))
        #expect(try draw("triangles", counted) == nil)
        #expect(
            try draw("points", "// @vertices 7 points\n" + counted) == nil)
    }

    @Test(
        "A compute stage's image is what samplers of its name read, and alone it is what is shown")
    func images() throws {
        let compute =
            "layout(local_size_x = 8) in; layout(rgba8) uniform image2D img; void main() { imageStore(img, ivec2(0), vec4(1)); }"
        let read = "uniform sampler2D img; out vec4 c; void main() { c = texture(img, vec2(0)); }"
        let both = try program([.compute: compute, .fragment: read])
        #expect(source("img", of: both) == .sampler(.image("img"), Sampling()))
        #expect(both.images.map(\.name) == ["img"])
        let alone = try program([.compute: compute])
        #expect(alone.passes[0].stages.map(\.stage) == [.vertex, .fragment, .compute])
        #expect(
            source("phosphor_shown", of: alone) == .sampler(.image("img"), Sampling(.nearest)))
        let silent = try program([.compute: "layout(local_size_x = 8) in; void main() {}"])
        #expect(silent.passes[0].stages.map(\.stage) == [.vertex, .fragment, .compute])
        #expect(
            silent.notices.contains { $0.message.contains("a compute stage alone draws nothing") })
    }

    @Test("What three.js says before a material's stages is there where nobody says it")
    func three() throws {
        let vertex =
            "varying vec2 t; void main() { t = uv; gl_Position = projectionMatrix * modelViewMatrix * "
        let fragment =
            "varying vec2 t; void main() { gl_FragColor = vec4(t, cameraPosition.z, 1.0); }"
        let taken = try program([.vertex: vertex + "vec4(position, 1.0); }", .fragment: fragment])
        let text = taken.passes[0].stages[0].text
        #expect(text.contains("in vec3 position;\nin vec2 uv;\nuniform mat4 modelViewMatrix;\n"))
        #expect(!text.contains("normalMatrix"))
        #expect(source("modelViewMatrix", of: taken) == .builtin(.frontModelView))
        #expect(source("cameraPosition", of: taken) == .builtin(.eyePosition))
        #expect(taken.passes[0].draw == DrawPlan(geometry: .grid(columns: 1, rows: 1)))
        // The lines are the author's own, and what is declared stays as it is.
        #expect(taken.passes[0].stages[0].lineMap.place(source: 0, line: 7)?.line == 1)
        // A helper's parameters hide them there alone.
        let helped = try program([
            .vertex: "vec3 bend(vec3 position, vec2 uv) { return position + uv.xyx; }\n" + vertex
                + "vec4(bend(position, uv), 1.0); }", .fragment: fragment,
        ])
        #expect(helped.passes[0].stages[0].text.contains("in vec3 position;\nin vec2 uv;\n"))
        let own = try program([
            .vertex: "attribute vec4 position; uniform mat4 projectionMatrix, modelViewMatrix;\n"
                + vertex
                + "position; }", .fragment: "void main() { gl_FragColor = vec4(1); }",
        ])
        #expect(!own.passes[0].stages[0].text.contains("in vec3 position"))
    }

    @Test("What begins at 0 without a word is told once")
    func unfilled() throws {
        let text = """
            #version 420
            struct Light { vec3 ambient; vec3 place[2]; };
            uniform Light light;
            uniform vec3 kernel[9];
            uniform float unused[3];
            layout(binding = 0) uniform atomic_uint hits;
            out vec4 c;
            void main() { c = vec4(light.ambient.x, light.place[1].y, kernel[2].x, atomicCounter(hits)); }
            """
        let notices = try program([.fragment: text]).notices
        #expect(notices.map(\.severity) == [.warning, .note])
        #expect(notices.map(\.line) == [6, 3])
        #expect(
            notices.last?.message
                == "nobody fills light.ambient.x, light.place[1].y, kernel[2]: they are 0")
    }

    @Test("What the fixed pipeline gave a vertex stage is there, in each column")
    func fixed() throws {
        let vertex =
            "#version 120\nvarying vec3 n;\nvoid main() { n = gl_NormalMatrix * gl_Normal; gl_TexCoord[0] = gl_TextureMatrix[0] * gl_MultiTexCoord0; gl_FrontColor = gl_Color * gl_LightSource[0].diffuse; gl_Position = ftransform() + 0.0 * (gl_ModelViewProjectionMatrix * gl_Vertex); }"
        let picture =
            "#version 120\nvarying vec3 n;\nvoid main() { gl_FragColor = gl_Color * gl_TexCoord[0] * gl_FrontMaterial.diffuse + vec4(n, 0.0); }"
        let found = try program([.vertex: vertex, .fragment: picture])
        let stage = found.passes[0].stages[0]
        #expect(stage.text.hasPrefix("#version 450 core\n"))
        let line = vertex.split(separator: "\n")[2]
        let lines = stage.text.split(separator: "\n")
        #expect(lines.last?.utf8.count == line.utf8.count)
        #expect(!(lines.last?.contains("gl_Normal") ?? true))
        #expect(found.passes[0].draw?.geometry == .grid(columns: 1, rows: 1))
        #expect(
            source("phosphor_modelViewProjection", of: found)
                == .builtin(.frontModelViewProjection))
        #expect(source("phosphor_normal", of: found) == .builtin(.normalMatrix))
        #expect(
            found.notices.map(\.message) == [
                "there are no lights and surfaces of the fixed pipeline: here is one white light on something light grey"
            ])
    }

    @Test(
        "KodeLife's filter of a picture that nobody drew gets one, and its name alone is not its own"
    )
    func filter() throws {
        let alone = try program([
            .fragment:
                "uniform sampler2D prevPass, prevFrame; uniform float time; out vec4 c; void main() { c = texture(prevPass, vec2(time)); }"
        ])
        #expect(alone.dialect == .kodelife)
        #expect(
            source("prevPass", of: alone) == .sampler(.test, Sampling(.linear, .repeat)))
        let plain = try program([
            .fragment:
                "#version 330 core\nin vec2 uv; uniform sampler2D prevPass; out vec4 c; void main() { c = texture(prevPass, uv); }"
        ])
        #expect(plain.dialect == .plain)
    }

    @Test("Macros that stand for words of a declaration are read as those words")
    func macros() throws {
        let text = """
            #version 120
            #ifdef GL_ES
            #define PRECISE mediump
            #else
            #define PRECISE
            #endif
            #define PASSED varying
            #define pair vec2
            varying PRECISE vec4 tint;
            PASSED pair uv;
            uniform PRECISE float clock, time;
            uniform pair resolution;
            void main() { gl_FragColor = tint * vec4(uv / resolution, time, clock); }
            """
        let found = try program([.fragment: text])
        let vertex = try #require(found.passes[0].stages.first).text
        #expect(vertex.contains("out vec4 tint;") && vertex.contains("out vec2 uv;"))
        #expect(source("time", of: found) == .builtin(.time))
        #expect(source("resolution", of: found) == .builtin(.resolution))
        #expect(source("clock", of: found) == .value("clock"))
        let placing =
            "#version 120\n#define GIVEN attribute\nGIVEN vec4 aPos;\nvoid main() { gl_Position = aPos; }"
        let fed = try program([.vertex: placing, .fragment: "void main() {}"])
        #expect(fed.passes[0].draw?.geometry == .grid(columns: 1, rows: 1))
    }

    @Test("Members of uniform blocks are filled as uniforms are")
    func blocks() throws {
        let vertex = """
            #version 330 core
            layout(location = 0) in vec3 aPos;
            layout(std140) uniform Seen { mat4 projection; mat4 view; };
            uniform mat4 model;
            void main() { gl_Position = projection * view * model * vec4(aPos, 1); }
            """
        let picture = """
            #version 330 core
            layout(std140) uniform Frame { float u_time; vec2 size; vec3 lamps[4]; } frame;
            out vec4 c;
            void main() { c = vec4(frame.size, frame.u_time, 1); }
            """
        let found = try program([.vertex: vertex, .fragment: picture])
        #expect(source("model", of: found) == .builtin(.frontModel))
        #expect(source("view", of: found) == .builtin(.view))
        #expect(source("u_time", of: found) == .builtin(.time))
        #expect(source("size", of: found) == .value("size"))
    }

    @Test("RetroArch's filters get a picture, its size, and what their pragmas say")
    func libretro() throws {
        let text = """
            #pragma parameter gain "How much" 1.5 -1.0 2.0 0.05
            #if defined(VERTEX)
            #define GIVEN in
            GIVEN vec4 VertexCoord;
            GIVEN vec4 TexCoord;
            out vec4 place;
            uniform mat4 MVPMatrix;
            void main() { gl_Position = MVPMatrix * VertexCoord; place = TexCoord; }
            #elif defined(FRAGMENT)
            in vec4 place;
            out vec4 c;
            uniform sampler2D Texture;
            uniform vec2 TextureSize, InputSize, OutputSize;
            uniform int FrameDirection, FrameCount;
            #ifdef PARAMETER_UNIFORM
            uniform float gain;
            #else
            #define gain 1.0
            #endif
            void main() { c = gain * texture(Texture, place.xy * InputSize / TextureSize); }
            #endif
            """
        let found = try program([.fragment: text])
        #expect(found.passes[0].draw?.geometry == .grid(columns: 1, rows: 1))
        #expect(
            source("MVPMatrix", of: found)
                == .constant([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]))
        #expect(source("TextureSize", of: found) == .size(.test))
        #expect(source("InputSize", of: found) == .size(.test))
        #expect(source("OutputSize", of: found) == .builtin(.resolution))
        #expect(source("FrameDirection", of: found) == .constant([1]))
        let gain = ValuePlan(
            name: "gain", label: "How much", kind: .float, initial: [1.5], least: [-1], most: [2])
        #expect(found.values == [gain])
        #expect(
            found.passes[0].stages.allSatisfy { $0.text.contains("#define PARAMETER_UNIFORM\n") })
        let attributes: [(name: String, type: String, location: Int?)] = [
            ("VertexCoord", "vec4", nil), ("TexCoord", "vec4", nil), ("COLOR", "vec4", nil),
        ]
        #expect(VertexStream.streams(of: attributes) == [.position, .texcoord, .color])
    }

    @Test("An older text that asks whether values are uniforms is compiled as one of today")
    func oldLibretro() throws {
        let text = """
            #version 120
            #if defined(VERTEX)
            attribute vec4 VertexCoord;
            uniform mat4 MVPMatrix;
            void main() { gl_Position = MVPMatrix * VertexCoord; }
            #elif defined(FRAGMENT)
            uniform sampler2D Texture;
            uniform vec2 TextureSize, InputSize, OutputSize;
            #ifdef PARAMETER_UNIFORM
            uniform float gain;
            #endif
            void main() { gl_FragColor = gain * texture2D(Texture, InputSize / TextureSize); }
            #endif
            """
        let picture = try #require(program([.fragment: text]).passes[0].stages.last).text
        #expect(picture.hasPrefix("#version 450 core\n"))
        #expect(picture.contains("out vec4 phosphor_out;"))
    }

    @Test(
        "A pixel's share of the picture is known by its names, and so are the picture's sides",
        arguments: [
            ("vec2 texelSize", BuiltinUniform.texel), ("vec2 u_texelSize", .texel),
            ("vec2 texOffset", .texel), ("vec2 invResolution", .texel),
            ("float viewWidth", .resolution), ("float bgl_RenderedTextureHeight", .height),
            ("int screenHeight", .height), ("float u_aspectRatio", .aspect),
        ])
    func texels(declaration: String, meaning: BuiltinUniform) throws {
        let name = String(declaration.split(separator: " ")[1])
        let text =
            "#version 330 core\nuniform \(declaration);\nout vec4 c; void main() { c = vec4(\(name)); }"
        #expect(source(name, of: try program([.fragment: text])) == .builtin(meaning))
    }

    @Test(
        "Places in rectangles are counted in pixels, and openFrameworks' first line is none of GLSL's"
    )
    func rectangles() throws {
        let text =
            "#version 150\nuniform sampler2DRect tex0;\nin vec2 uv;\nin vec3 place;\nout vec4 c; void main() { c = texture(tex0, uv) + place.xyzz; }"
        let vertex = try #require(try program([.fragment: text]).passes[0].stages.first).text
        #expect(vertex.contains("uv = (corner * vec2(textureSize(tex0)));"))
        #expect(vertex.contains("place = vec3(2.0 * corner - 1.0, 0.0);"))
        let step = "#version 150\nin vec2 oneTexel;\nout vec4 c; void main() { c = oneTexel.xyxy; }"
        let stepped = try #require(try program([.fragment: step]).passes[0].stages.first).text
        #expect(stepped.contains("uniform vec3 iResolution;"))
        #expect(stepped.contains("oneTexel = 1.0 / iResolution.xy;"))
        let either =
            "#version 330\n#ifdef RECT\nuniform sampler2DRect t;\n#else\nuniform sampler2D t;\n#endif\nin vec2 uv;\nout vec4 c; void main() { c = texture(t, uv); }"
        let flat = try #require(try program([.fragment: either]).passes[0].stages.first).text
        #expect(!flat.contains("Rect") && flat.contains("uv = corner;"))
        let headed =
            "OF_GLSL_SHADER_HEADER\nuniform float u_speed, time;\nout vec4 c; void main() { c = vec4(u_speed, time, 0, 1); }"
        let found = try program([.fragment: headed])
        #expect(source("u_speed", of: found) == .value("u_speed"))
        #expect(found.passes[0].stages.allSatisfy { !$0.text.contains("OF_GLSL") })
    }
}
