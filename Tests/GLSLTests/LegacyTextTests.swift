import Testing

@testable import GLSL

private func program(_ stages: [Stage: String], dialect: Dialect? = nil) throws -> AssembledProgram
{
    let texts = stages.mapValues { StageText(text: $0, file: "a") }
    return try Assembler.assemble(SketchSource(stages: texts, name: "a", dialect: dialect)).get()
}

private func fragment(_ text: String) throws -> AssembledStage {
    try #require(program([.fragment: text]).passes[0].stages.last)
}

@Suite("Texts for other versions")
struct LegacyTextTests {
    @Test(
        "What a driver takes for its version is left byte for byte",
        arguments: [
            "#version 110\nvarying vec2 uv; void main() { gl_FragColor = texture2D(t, uv); }",
            "#version 120\nuniform sampler2D t; void main() { gl_FragColor = texture2D(t, vec2(0)); }",
            "#version 130\nout vec4 c; void main() { c = vec4(1); }",
            "#version 150\nout vec4 c; void main() { c = vec4(1); }",
            "#version 450 core\nlayout(location = 0) out vec4 c; void main() { c = vec4(1); }",
            "#version 100\nvoid main() { gl_FragColor = vec4(1); }",
            "#version 300 es\nprecision highp float; out vec4 c; void main() { c = vec4(1); }",
            "#version 310 es\nprecision highp float; out vec4 c; void main() { c = vec4(1); }",
            "#version 320 es\nprecision highp float; out vec4 c; void main() { c = vec4(1); }",
            "#version 330\n// texture2D, varying, gl_FragColor\nout vec4 c; void main() { c = vec4(1); }",
            "#version 330\nvec4 texture2D(float a) { return vec4(a); }\nout vec4 c; void main() { c = texture2D(1.0); }",
        ])
    func verbatim(text: String) throws { #expect(try fragment(text).text == text) }

    @Test(
        "What core profiles took out of the language comes back, on the user's lines",
        arguments: [
            (
                "#version 330\nvarying vec2 uv;\nvoid main() { gl_FragColor = uv.xyxy; }",
                "#define varying in\n"
            ),
            (
                "#version 330 core\nvoid main() { gl_FragColor = vec4(1); }",
                "out vec4 phosphor_out;\n"
            ),
            (
                "#version 150\nout vec4 c;\nvoid main() { c = texture2D(t, uv); }",
                "vec4 texture2D(sampler2D s, vec2 p)"
            ),
            (
                "#version 140\nvoid main() { gl_FragData[0] = vec4(1); }",
                "out vec4 phosphorOut[8];\n"
            ),
            (
                "#version 450 compatibility\nvoid main() { gl_FragColor = gl_TexCoord[0]; }",
                "in vec4 phosphor_uv[8];\n"
            ),
            ("#version 120\nvoid main() { gl_FragColor = gl_Color; }", "in vec4 phos_col;\n"),
        ])
    func restored(text: String, line: String) throws {
        let stage = try fragment(text)
        #expect(stage.text.contains(line))
        #expect(!stage.text.contains("compatibility"))
        let lines = stage.text.split(separator: "\n", omittingEmptySubsequences: false)
        let main = try #require(lines.firstIndex { $0.hasPrefix("void main") })
        let own = try #require(
            text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
                $0.hasPrefix("void main")
            })
        // A `#line` of the older languages numbers the line behind it one higher than it says.
        let reset = try #require(lines.firstIndex { ["#line 1 0", "#line 0 0"].contains($0) })
        #expect(stage.lineMap.locate(source: 0, line: main - reset)?.line == own + 1)
        let isOld = text.contains("140") || text.contains("150")
        #expect(lines[reset] == (isOld ? "#line 0 0" : "#line 1 0"))
    }

    @Test("Nothing of 4.60 is asked for where 4.50 has it all")
    func newest() throws {
        let text = "#version 460\nout vec4 c; void main() { c = vec4(1); }"
        #expect(try fragment(text).text == text.replacing("460", with: "450"))
        let vertex = "#version 460\nvoid main() { gl_Position = vec4(gl_DrawID); }"
        let stages = try program([.vertex: vertex, .fragment: text]).passes[0].stages
        #expect(stages.first?.text == vertex)
    }

    @Test("Words that have become keywords stay names, wherever they stand")
    func keywords() throws {
        let text =
            "float a, sample = 1.0;\nfloat filter(vec2 active) { return active.x; }\n"
            + "uniform sampler2D texture;\nvoid main() { gl_FragColor = texture2D(texture, vec2(filter(vec2(sample)))); }"
        let stage = try fragment(text)
        for word in ["sample", "filter", "active"] {
            #expect(stage.text.contains("#define \(word) \(word)_\n"))
            #expect(stage.lineMap.renamed[word + "_"] == word)
        }
        let own =
            "layout(std430, binding = 0) buffer B { float a[]; };\nshared float s;\n"
            + "layout(location = 0) out vec4 c;\nvoid main() {}"
        #expect(try !fragment(own).text.contains("#define"))
    }

    @Test("A generated vertex stage writes whatever the fragment stage reads")
    func inputs() throws {
        let text = """
            #version 330 core
            in vec3 vNormal; in vec4 vColor; in vec2 TexCoords; flat in int id; in float fade;
            in Block { vec3 WorldPos; mat3 TBN; } block;
            in vec2 v_position; in vec4 many[2];
            out vec4 c;
            void main() { c = vec4(1); }
            """
        let vertex = try #require(program([.fragment: text]).passes[0].stages.first)
        for line in [
            "vNormal = vec3(0.0, 0.0, 1.0);", "vColor = vec4(1.0);", "TexCoords = corner;",
            "flat out int id;", "id = int(0);", "fade = 1.0;", "out Block {",
            "block.WorldPos = vec3(2.0 * corner - 1.0, 0.0);", "block.TBN = mat3(1.0);",
            "v_position = 2.0 * corner - 1.0;", "out vec4 many[2];",
        ] { #expect(vertex.text.contains(line), "\(line)") }
    }

    @Test("Extensions that later versions have are not asked for")
    func extensions() throws {
        let stage = try fragment(
            "#extension GL_OES_standard_derivatives : require\n#ifdef GL_ES\n"
                + "#extension GL_EXT_shader_texture_lod : enable\n#endif\n"
                + "#extension GL_ARB_gpu_shader5 : enable\nvoid main() { gl_FragColor = vec4(1); }")
        #expect(!stage.text.contains("GL_OES"))
        #expect(!stage.text.contains("texture_lod"))
        #expect(stage.text.contains("#line 5 0\n#extension GL_ARB_gpu_shader5 : enable\n"))
    }
}
