import GLSL
import Render
import Testing

@testable import Guest

/// What passes draw: meshes, patches, instances, depth, blending, samples, indirect draws.
@Suite(.serialized)
struct GeometryTests {
    typealias Build = PassBuilder

    private let meshVertex = """
        in vec3 position; in vec3 normal; in vec2 texcoord;
        out vec3 n; out vec2 t;
        uniform mat3 turn;
        void main() { n = normal; t = texcoord; gl_Position = vec4(turn * position * vec3(0.5, 0.5, -0.5), 1); }
        """
    private let meshFragment = """
        in vec3 n; in vec2 t;
        out vec4 color;
        void main() { color = vec4(abs(n.z), t, 1); }
        """

    private func drawn(
        _ draw: DrawPlan, vertex: String? = nil, turn: [Double] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        resources: [String: Resource] = [:]
    ) throws -> Image {
        let program = Build.program([
            Build.pass(
                "image", [.vertex: vertex ?? meshVertex, .fragment: meshFragment], draw: draw,
                bindings: [UniformBinding("turn", .constant(turn))])
        ]) {
            $0.meshes = resources.keys.map {
                MeshPlan(name: $0, path: "", place: .init(file: "test"))
            }
        }
        return try Build.renderer(program, width: 64, height: 64, resources: resources).image()
    }

    private func area(_ image: Image) -> Int {
        (0..<64).reduce(0) { sum, y in
            sum + (0..<64).count { image.pixel($0, y) != [0, 0, 0] }
        }
    }

    @Test func aGridCoversItsSquareWithItsTexture() throws {
        let image = try drawn(DrawPlan(geometry: .grid(columns: 5, rows: 3)))
        #expect(area(image) == 32 * 32)
        let middle = image.pixel(47, 32)
        #expect(middle[0] == 255 && abs(middle[1] - 255) < 8 && abs(middle[2] - 130) < 8)
    }

    @Test func aCubeShowsItsNearSideAndCullsTheFar() throws {
        let both = try drawn(DrawPlan(geometry: .cube, hasDepth: true))
        #expect(area(both) == 32 * 32)
        #expect(both.pixel(20, 20)[0] == 255)
        // Texture and depth say which side is seen: from the front its texture runs to the right.
        #expect(both.pixel(45, 30)[1] > both.pixel(20, 30)[1])
        let far = try drawn(DrawPlan(geometry: .cube, hasDepth: true, cull: .front))
        #expect(far.pixel(45, 30)[1] < far.pixel(20, 30)[1])
    }

    @Test func aSphereIsRound() throws {
        let image = try drawn(DrawPlan(geometry: .sphere(segments: 24), cull: .back))
        #expect(abs(Double(area(image)) / (.pi * 256) - 1) < 0.05)
        let inside = try drawn(DrawPlan(geometry: .sphere(segments: 24), cull: .front))
        #expect(abs(area(image) - area(inside)) < 20)
        #expect(image.pixel(32, 32) != inside.pixel(32, 32))
    }

    @Test func aMeshIsDrawnFromItsFileByNamesOrPlaces() throws {
        let vertices: [Float] = [
            -1, -1, 0, 0, 0, 1, 0, 0, 1, -1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 1, 1,
        ]
        let mesh = try Resource.mesh(id: 3, vertices: vertices, indices: [0, 1, 2])
        let draw = DrawPlan(geometry: .mesh("half"))
        #expect(abs(area(try drawn(draw, resources: ["half": mesh])) - 512) < 40)
        let placed = """
            layout(location = 2) in vec2 where; layout(location = 0) in vec4 v_pos; layout(location = 1) in vec3 up;
            out vec3 n; out vec2 t;
            void main() { n = up; t = where; gl_Position = vec4(v_pos.xyz * 0.5, v_pos.w); }
            """
        #expect(abs(area(try drawn(draw, vertex: placed, resources: ["half": mesh])) - 512) < 40)
        // Not given yet: nothing is drawn, and nothing is wrong.
        let program = Build.program([
            Build.pass("image", [.vertex: meshVertex, .fragment: meshFragment], draw: draw)
        ]) { $0.meshes = [MeshPlan(name: "half", path: "", place: .init(file: "test"))] }
        #expect(area(try Build.renderer(program, width: 64, height: 64).image()) == 0)
        let missing = Build.program([Build.pass("image", Build.flat("vec4(1)"), draw: draw)])
        #expect(
            refusal { try Build.renderer(missing) }
                .contains("draws the mesh half, which the sketch does not have"))
    }

    @Test func aWavefrontFileIsDrawn() throws {
        let file = """
            v -1 -1 0
            v 1 -1 0
            v 1 1 0
            v -1 1 0
            vt 0 0
            vt 1 0
            vt 1 1
            vt 0 1
            f 1/1 2/2 3/3 4/4
            """
        let square = try WavefrontOBJ(Array(file.utf8))
        let mesh = try Resource.mesh(id: 5, vertices: square.vertices, indices: square.indices)
        let image = try drawn(
            DrawPlan(geometry: .mesh("square"), cull: .back), resources: ["square": mesh])
        #expect(area(image) == 32 * 32)
        // Its normal, which the file does not have, and its places in textures.
        let corner = image.pixel(46, 17)
        #expect(corner[0] == 255 && corner[1] > 230 && corner[2] < 25)
    }

    @Test func patchesAndInstancesAreAsMany() throws {
        let program = Build.program([
            Build.pass(
                "image",
                [
                    .vertex: """
                    void main() {
                        vec2 corner = vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1);
                        gl_Position = vec4((vec2(gl_VertexID / 4, gl_InstanceID) + corner) / 2.0 - 1.0, 0, 1);
                    }
                    """,
                    .tessellationControl: """
                    layout(vertices = 4) out;
                    void main() {
                        gl_out[gl_InvocationID].gl_Position = gl_in[gl_InvocationID].gl_Position;
                        gl_TessLevelOuter = float[](3.0, 3.0, 3.0, 3.0);
                        gl_TessLevelInner = float[](3.0, 3.0);
                    }
                    """,
                    .tessellationEvaluation: """
                    layout(quads) in;
                    void main() {
                        gl_Position = mix(mix(gl_in[0].gl_Position, gl_in[1].gl_Position, gl_TessCoord.x),
                            mix(gl_in[2].gl_Position, gl_in[3].gl_Position, gl_TessCoord.x), gl_TessCoord.y);
                    }
                    """, .fragment: "out vec4 c; void main() { c = vec4(1); }",
                ], draw: DrawPlan(geometry: .patches(3, vertices: 4), instances: 2))
        ])
        let image = try Build.renderer(program, width: 64, height: 64).image()
        // Three quads a row of half the picture's height... each a quarter wide and high, in two rows.
        #expect(area(image) == 3 * 2 * 16 * 16)
    }

    @Test func blendingMixes() throws {
        let expected: [(DrawPlan.Blend, [Int])] = [
            (.off, [153, 51, 0]), (.alpha, [128, 77, 51]), (.add, [255, 153, 102]),
            (.multiply, [61, 20, 0]), (.premultiplied, [204, 102, 51]),
        ]
        for (blend, color) in expected {
            let image = Build.pass(
                "image", Build.flat("vec4(0.6, 0.2, 0.0, 0.5)"),
                draw: DrawPlan(blend: blend, clear: SIMD4(0.4, 0.4, 0.4, 1)))
            let seen = try Build.renderer(Build.program([image])).image().pixel(4, 4)
            for (a, b) in zip(seen, color) { #expect(abs(a - b) <= 2, "\(blend): \(seen)") }
        }
    }

    @Test func samplesMakeEdgesSmooth() throws {
        func edge(_ samples: Int) throws -> Set<Int> {
            let program = Build.program([
                Build.pass(
                    "image",
                    [
                        .vertex: """
                        void main() {
                            gl_Position = vec4(vec2[3](vec2(-0.9, -0.8), vec2(0.9, -0.3), vec2(-0.2, 0.9))[gl_VertexID], 0, 1);
                        }
                        """, .fragment: "out vec4 c; void main() { c = vec4(1); }",
                    ],
                    draw: DrawPlan(
                        geometry: .vertices(3, .triangles), hasDepth: true, samples: samples))
            ])
            let image = try Build.renderer(program, width: 64, height: 64).image()
            return Set((0..<64).flatMap { y in (0..<64).map { image.pixel($0, y)[0] } })
        }
        #expect(try edge(1) == [0, 255])
        #expect(try edge(4).count > 3)
    }

    @Test func aComputeStageSaysHowMuchIsDrawnAndDispatched() throws {
        let plan = Build.pass(
            "plan",
            [
                .compute: """
                layout(local_size_x = 1) in;
                uniform int iFrame;
                layout(std430) buffer Arguments { uint draw[4]; uint dispatch[3]; };
                layout(std430) buffer Groups { uint groups[3]; };
                void main() {
                    draw[0] = 6u; draw[1] = uint(iFrame); draw[2] = 0u; draw[3] = 0u;
                    groups[0] = uint(iFrame); groups[1] = 1u; groups[2] = 1u;
                }
                """
            ], dispatch: .groups(1, 1, 1))
        let count = Build.pass(
            "count",
            [
                .compute: """
                layout(local_size_x = 1) in;
                layout(std430) buffer Count { uint counts[]; };
                void main() { atomicAdd(counts[0], 1u); }
                """
            ], dispatch: .indirect(buffer: "Groups"))
        let image = Build.pass(
            "image",
            [
                .vertex: """
                void main() {
                    vec2 corner = vec2[6](vec2(0), vec2(1, 0), vec2(1), vec2(0), vec2(1), vec2(0, 1))[gl_VertexID];
                    gl_Position = vec4((corner + vec2(gl_InstanceID, 0)) / 8.0 - 1.0, 0, 1);
                }
                """,
                .fragment: """
                layout(std430) readonly buffer Count { uint counts[]; };
                out vec4 c;
                void main() { c = vec4(1.0, float(counts[0]) / 255.0, 0, 1); }
                """,
            ], draw: DrawPlan(geometry: .vertices(3, .triangles), indirect: "Arguments"))
        let program = Build.program([plan, count, image]) {
            $0.buffers = [
                BufferPlan(name: "Arguments", bytes: 28), BufferPlan(name: "Groups", bytes: 12),
                BufferPlan(name: "Count", bytes: 4, life: .frame),
            ]
        }
        let renderer = try Build.renderer(program, width: 64, height: 64)
        for frame in [1, 3, 5] {
            let picture = try renderer.image(frame)
            #expect(area(picture) == frame * 16)
            #expect(picture.pixel(1, 1) == [255, frame, 0])
        }
        let missing = Build.program([
            Build.pass("image", Build.flat("vec4(1)"), draw: DrawPlan(indirect: "Nowhere"))
        ])
        #expect(
            refusal { try Build.renderer(missing) }
                .contains("uses the buffer Nowhere, which the sketch does not have"))
    }

    @Test func aGeometryStageMustTakeWhatComes() throws {
        let pass = Build.pass(
            "image",
            [
                .vertex: "void main() { gl_Position = vec4(0, 0, 0, 1); }",
                .geometry: """
                layout(lines) in; layout(points, max_vertices = 1) out;
                void main() { gl_Position = gl_in[0].gl_Position; EmitVertex(); }
                """, .fragment: "out vec4 c; void main() { c = vec4(1); }",
            ], draw: DrawPlan(geometry: .points(4)))
        #expect(
            refusal { try Build.renderer(Build.program([pass])) }
                .contains("draws points, but its geometry stage takes lines"))
        var good = pass
        good.draw?.geometry = .vertices(4, .lines)
        #expect(throws: Never.self) { try Build.renderer(Build.program([good])) }
    }

    @Test func sourcesOfES100AreFedTheirCorners() throws {
        let program = try Shaders.fragment(
            "#version 100\nprecision mediump float;\nvoid main() { gl_FragColor = vec4(0, 1, 0, 1); }"
        )
        let image = try Build.renderer(program).image()
        #expect(image.pixel(0, 0) == [0, 255, 0])
        #expect(image.pixel(31, 15) == [0, 255, 0])
    }

    private func assembled(_ vertex: String, _ fragment: String) throws -> Image {
        let program = try Assembler.assemble(
            SketchSource(
                stages: [
                    .vertex: StageText(text: vertex, file: "a.vert"),
                    .fragment: StageText(text: fragment, file: "a.frag"),
                ], name: "a")
        ).get()
        return try Build.renderer(program, width: 64, height: 64).image()
    }

    /// A square that nobody asked for stands before the eye, whole, with a colour in each corner.
    @Test(arguments: [
        "uniform mat4 projection, view, model;projection * view * model",
        "uniform mat4 u_ProjView; uniform mat4 matWorld;u_ProjView * matWorld",
        "uniform mat4 camMatrix;camMatrix", "uniform mat4 P, MV;P * MV", "uniform mat4 PVM;PVM",
        "uniform mat4 proj;proj",
    ])
    func theStandInIsSeen(text: String) throws {
        let parts = text.split(separator: ";")
        let image = try assembled(
            "#version 330 core\n\(parts.dropLast().joined(separator: ";"));\nin vec3 aPos; in vec3 aColor; out vec3 color;\n"
                + "void main() { color = aColor; gl_Position = \(parts[parts.count - 1]) * vec4(aPos, 1); }",
            "#version 330 core\nin vec3 color; out vec4 c; void main() { c = vec4(color, 1); }")
        // Two metres high in two metres' distance, of 60 degrees.
        #expect(abs(area(image) - 56 * 56) < 200)
        let corners = [(6, 6), (57, 6), (6, 57), (57, 57)].map { image.pixel($0.0, $0.1) }
        #expect(Set(corners.map { $0.map { $0 > 200 } }).count == 4)
        #expect(image.pixel(0, 32) == [0, 0, 0])
    }

    @Test func theFixedPipelineDrawsWhatItSays() throws {
        let image = try assembled(
            "#version 120\nvarying vec3 n; void main() { n = gl_NormalMatrix * gl_Normal; gl_FrontColor = gl_Color; gl_TexCoord[0] = gl_MultiTexCoord0; gl_Position = ftransform() + 0.0 * gl_ModelViewMatrixInverse * gl_Vertex; }",
            "#version 120\nvarying vec3 n; void main() { gl_FragColor = vec4(n.z, gl_TexCoord[0].st, 1.0) + 0.0 * gl_Color * gl_LightSource[0].diffuse * gl_FrontMaterial.shininess; }"
        )
        #expect(abs(area(image) - 56 * 56) < 200)
        let middle = image.pixel(32, 32)
        #expect(middle[0] == 255 && abs(middle[1] - 128) < 8 && abs(middle[2] - 128) < 8)
    }

    @Test func theFixedPipelinesStateIsThere() throws {
        let declared = "varying vec4 gl_TexCoord[2];\n"
        let image = try assembled(
            """
            #version 110
            \(declared)void main() {
                gl_TexCoord[1] = gl_MultiTexCoord0 + 0.0 * gl_EyePlaneS[gl_MaxTextureCoords - 1];
                gl_FrontSecondaryColor = vec4(0, 0.25, 0, 1) + gl_SecondaryColor;
                gl_BackSecondaryColor = gl_ObjectPlaneQ[0] * gl_ClipPlane[gl_MaxClipPlanes - 1];
                gl_FogFragCoord = gl_Fog.end + gl_FogCoord;
                gl_PointSize = gl_Point.size;
                gl_Position = ftransform() + 0.0 * gl_TextureMatrixInverse[0] * gl_Vertex * gl_NormalScale;
            }
            """,
            """
            #version 110
            \(declared)float light(gl_LightSourceParameters l, gl_FogParameters f) {
                return l.diffuse.r * float(gl_MaxLights / 8) * f.density / gl_Fog.density;
            }
            void main() {
                float far = (gl_FogFragCoord - gl_Fog.start) * gl_Fog.scale;
                gl_MaterialParameters side = gl_FrontFacing ? gl_FrontMaterial : gl_BackMaterial;
                vec4 none = side.diffuse + gl_BackLightProduct[0].diffuse * gl_BackMaterial.shininess
                    * gl_BackLightModelProduct.sceneColor * gl_TextureEnvColor[0];
                gl_FragColor = vec4(far * light(gl_LightSource[0], gl_Fog),
                    gl_SecondaryColor.g, gl_TexCoord[1].s, 1.0) + 0.0 * none;
            }
            """)
        let middle = image.pixel(32, 32)
        #expect(middle[0] == 255 && abs(middle[1] - 64) < 2 && abs(middle[2] - 128) < 8)
    }

    /// Ours stands before a stage that has its inputs by extensions, or by later words.
    @Test(arguments: [
        "#version 150\n#extension GL_ARB_separate_shader_objects : enable\nlayout(location = 3) in vec2 uv;",
        "#version 150\n#extension GL_ARB_gpu_shader5 : enable\nsample in vec2 uv;",
        "#version 330 core\ninvariant in vec2 uv;",
        "#version 330 core\nin vec2 sample; \n#define uv sample",
        "#version 120\n#iChannel0 \"self\"\nvarying vec2 sample;\n#define uv sample\n#define c gl_FragColor",
        "#version 120\ninvariant varying vec2 uv;\n#define c gl_FragColor",
        "#version 150\n#extension GL_ARB_arrays_of_arrays : enable\nin vec2[3] uvs[2]; uniform float far;\n"
            + "#define uv (far > 1.0 ? uvs[1][2] : gl_FragCoord.xy / 64.0)",
        "#version 150\n#extension GL_ARB_arrays_of_arrays : enable\nin vec2 uvs[2][3]; uniform float far;\n"
            + "#define uv (far > 1.0 ? uvs[1][2] : gl_FragCoord.xy / 64.0)",
    ])
    func ourVertexStageFitsWhatReadsIt(head: String) throws {
        let output = head.contains("#define c") ? "" : "out vec4 c;\n"
        let program = try Assembler.assemble(
            SketchSource(
                stages: [
                    .fragment: StageText(
                        text: "\(head)\n\(output)void main() { c = vec4(uv, 0.0, 1.0); }",
                        file: "a.frag")
                ], name: "a")
        ).get()
        let image = try Build.renderer(program, width: 64, height: 64).image()
        #expect(abs(image.pixel(48, 32)[0] - 193) < 4 && abs(image.pixel(48, 32)[1] - 128) < 8)
    }

    @Test func computingAloneIsSomethingAndDrawsNothing() throws {
        let program = try Assembler.assemble(
            SketchSource(
                stages: [
                    .compute: StageText(
                        text: "layout(local_size_x = 8) in;\nbuffer Sums { uint sums[]; };\n"
                            + "void main() { sums[gl_GlobalInvocationID.x] = 7u; }",
                        file: "a.comp")
                ], name: "a")
        ).get()
        #expect(program.notices.map(\.severity) == [.note])
        #expect(program.notices.first?.message.contains("`buffer NAME`") == true)
        #expect(area(try Build.renderer(program, width: 64, height: 64).image()) == 0)
    }

    @Test func fewPointsAreTheCornersOfASquare() throws {
        let program = Build.program([
            Build.pass(
                "image",
                [
                    .vertex:
                        "in vec2 aPos; in vec4 aColor; out vec4 color; void main() { color = aColor; gl_PointSize = 8.0; gl_Position = vec4(aPos, 0, 1); }",
                    .fragment: "in vec4 color; out vec4 c; void main() { c = color; }",
                ], draw: DrawPlan(geometry: .points(4)))
        ])
        let image = try Build.renderer(program, width: 64, height: 64).image()
        let corners = [(16, 16), (48, 16), (16, 48), (48, 48)].map { image.pixel($0.0, $0.1) }
        #expect(corners.allSatisfy { $0 != [0, 0, 0] })
        #expect(Set(corners).count == 4)
        #expect(image.pixel(32, 32) == [0, 0, 0])
    }
}
