import Foundation
import Render
import Testing

/// Sketches that say in `sketch.toml` what GLSL cannot say.
@Suite(.serialized) struct PlanTests {
    let home: Home
    init() throws { home = try Home() }

    /// The picture of a folder's sketch in its last frame, as `render` draws it.
    private func picture(
        _ files: [String: String], frames: Int = 1, size: String = "64x64"
    ) throws -> Pixels {
        let name = "sketch-\(UUID().uuidString.prefix(4))"
        for (file, text) in files { try home.write("\(name)/\(file)", text) }
        let done = try home.phosphor(
            "render", name, "--out", "\(name)-%d.png", "--size", size, "--frames", "\(frames)")
        try #require(done.status == 0, "\(done.errors)")
        return try Pixels(pngFile: home.path("\(name)-\(frames - 1).png"))
    }

    private func count(_ pixels: Pixels, _ isWanted: (SIMD4<UInt8>) -> Bool) -> Int {
        (0..<pixels.height).reduce(0) { sum, y in
            sum + (0..<pixels.width).count { isWanted(pixels[$0, y]) }
        }
    }

    private let white = "#version 450\nout vec4 c;\nvoid main() { c = vec4(1); }\n"

    @Test("geometry, instances, what the target begins with, and who is in front")
    func geometry() throws {
        defer { home.remove() }
        let vertex = """
            #version 450
            in vec3 position;
            flat out int who;
            void main() {
                who = gl_InstanceID;
                gl_Position = vec4(position.xy * 0.5, 0.5 - 0.4 * float(1 - gl_InstanceID), 1);
            }
            """
        let fragment = """
            #version 450
            flat in int who;
            out vec4 c;
            void main() { c = who == 0 ? vec4(1, 0, 0, 1) : vec4(0, 1, 0, 1); }
            """
        func drawn(_ more: String) throws -> Pixels {
            try picture([
                "image.vert": vertex, "image.frag": fragment,
                "sketch.toml":
                    "[[pass]]\nname = \"image\"\ngeometry = { grid = [3, 2] }\ninstances = 2\n"
                    + "clear = [0, 0, 1]\n" + more,
            ])
        }
        let near = try drawn("depth = true\n")
        #expect(near[32, 32] == SIMD4(255, 0, 0, 255), "the nearer one, which is drawn first")
        #expect(near[2, 2] == SIMD4(0, 0, 255, 255))
        #expect(count(near) { $0.x == 255 } == 32 * 32)
        #expect(try drawn("")[32, 32] == SIMD4(0, 255, 0, 255), "without depth, the last one")
        let mixed = try drawn("blend = \"add\"\n")
        #expect(mixed[32, 32] == SIMD4(255, 255, 255, 255), "both, over the blue")
        #expect(try drawn("cull = \"front\"\n")[32, 32] == SIMD4(0, 0, 255, 255))
    }

    @Test("a pass that says one thing keeps what its texts say of all others")
    func partly() throws {
        defer { home.remove() }
        let vertex = """
            #version 450
            // @vertices 6 triangles 2
            void main() {
                vec2 corner = vec2[6](vec2(0, 0), vec2(1, 0), vec2(0, 1), vec2(0, 1), vec2(1, 0),
                    vec2(1, 1))[gl_VertexID];
                gl_Position = vec4(corner - vec2(gl_InstanceID, 0), 0, 1);
            }
            """
        let fragment = "#version 450\nout vec4 c;\nvoid main() { c = vec4(0.2, 0, 0, 1); }\n"
        let pixels = try picture([
            "image.vert": vertex, "image.frag": fragment,
            "sketch.toml": "[[pass]]\nname = \"image\"\nclear = [0, 0, 1, 1]\n",
        ])
        #expect(count(pixels) { $0.x == 51 } == 64 * 32, "two squares, as the comment has it")
        #expect(pixels[32, 60] == SIMD4(0, 0, 255, 255))
        // Shadertoy's buffers stay exact where only an input is named.
        let toy = try picture(
            [
                "bufferA.frag":
                    "void mainImage(out vec4 c, vec2 p) { c = vec4(iFrame == 0 ? 300. : texelFetch(iChannel2, ivec2(p), 0).x + 1.); }",
                "image.frag":
                    "void mainImage(out vec4 c, vec2 p) { c = vec4(texelFetch(iChannel0, ivec2(p), 0).x == 302. ? 1. : 0.); }",
                "sketch.toml":
                    "[[pass]]\nname = \"bufferA\"\ninputs = { iChannel2 = { previous = \"bufferA\" } }\n",
            ], frames: 3)
        #expect(toy[5, 5].x == 255)
    }

    @Test("an indirect draw is as large as a compute stage says in the same frame")
    func indirect() throws {
        defer { home.remove() }
        let compute = """
            #version 450
            layout(local_size_x = 1) in;
            layout(std430) buffer arguments { uint count, instances, first, base; };
            void main() { count = 6u; instances = uint(2 + iFrame); first = 0u; base = 0u; }
            """
        let vertex = """
            #version 450
            void main() {
                vec2 corner = vec2[6](vec2(0, 0), vec2(1, 0), vec2(0, 1), vec2(0, 1), vec2(1, 0),
                    vec2(1, 1))[gl_VertexID];
                gl_Position = vec4((corner + vec2(gl_InstanceID, 0)) / 8 - 1, 0, 1);
            }
            """
        let plan = """
            [[pass]]
            name = "image"
            geometry = { vertices = 6 }
            indirect = "arguments"
            dispatch = [1, 1, 1]
            """
        let files = [
            "image.comp": compute.replacingOccurrences(
                of: "void main", with: "uniform int iFrame;\nvoid main"), "image.vert": vertex,
            "image.frag": white, "sketch.toml": plan,
        ]
        #expect(count(try picture(files)) { $0.x == 255 } == 2 * 16)
        #expect(count(try picture(files, frames: 4)) { $0.x == 255 } == 5 * 16)
        // The dispatch as well: as many groups as three numbers say.
        var both = files
        both["count.comp"] = """
            #version 450
            layout(local_size_x = 1) in;
            layout(std430) buffer groups { uint x, y, z; };
            void main() { x = 3u; y = 1u; z = 1u; }
            """
        both["image.comp"] = compute.replacingOccurrences(
            of: "void main() { count = 6u; instances = uint(2 + iFrame); first = 0u; base = 0u; }",
            with:
                "void main() { count = 6u; instances = gl_NumWorkGroups.x; first = 0u; base = 0u; }"
        )
        both["sketch.toml"] =
            "[[pass]]\nname = \"count\"\ndispatch = [1, 1, 1]\n"
            + plan.replacingOccurrences(of: "[1, 1, 1]", with: "{ indirect = \"groups\" }")
        #expect(count(try picture(both)) { $0.x == 255 } == 3 * 16)
    }

    @Test("transform feedback: what a pass captures is what it begins with in the next frame")
    func feedback() throws {
        defer { home.remove() }
        let step = """
            #version 450
            in vec2 place;
            out vec2 new_place;
            uniform int iFrame;
            void main() { new_place = iFrame == 0 ? vec2(gl_VertexID, 0) : place + vec2(0, 1); }
            """
        let draw = """
            #version 450
            in vec2 place;
            void main() { gl_Position = vec4((place + 0.5) / 32 - 1, 0, 1); gl_PointSize = 1; }
            """
        let plan = """
            [[pass]]
            name = "step"
            geometry = { feedback = "flow", as = "points" }
            capture = { varyings = ["new_place"], buffer = "flow", draw = false }

            [[pass]]
            name = "image"
            geometry = { feedback = "flow", as = "points" }
            clear = [0, 0, 0, 1]

            [buffer.flow]
            bytes = 80
            """
        let files = [
            "step.vert": step, "image.vert": draw, "image.frag": white, "sketch.toml": plan,
        ]
        let first = try picture(files)
        #expect(count(first) { $0.x == 255 } == 10, "80 bytes have room for ten")
        let later = try picture(files, frames: 4)
        #expect(count(later) { $0.x == 255 } == 10)
        #expect((0..<10).allSatisfy { later[$0, 60].x == 255 }, "three frames on, three rows up")
    }

    @Test("storage buffers by name: their size, and how long what is in them lives")
    func buffers() throws {
        defer { home.remove() }
        let compute = """
            #version 450
            layout(local_size_x = 1) in;
            layout(std430) buffer tally { uint frames; uint room[]; };
            void main() { frames += 1u; }
            """
        let fragment = """
            #version 450
            layout(std430) buffer tally { uint frames; uint room[]; };
            out vec4 c;
            void main() { c = vec4(float(frames) / 255.0, float(room.length()) / 255.0, 0, 1); }
            """
        func shown(_ life: String) throws -> SIMD4<UInt8> {
            try picture(
                [
                    "image.comp": compute, "image.frag": fragment,
                    "sketch.toml":
                        "[[pass]]\nname = \"image\"\ndispatch = [1, 1, 1]\n[buffer.tally]\nbytes = 404\nlife = \"\(life)\"\n",
                ], frames: 3)[1, 1]
        }
        #expect(try shown("kept") == SIMD4(3, 100, 0, 255))
        #expect(try shown("frame") == SIMD4(1, 100, 0, 255))
    }

    @Test("an edit keeps a buffer that is kept, and begins one anew that lives with its program")
    func lives() throws {
        defer { home.remove() }
        for (life, isKept) in [("kept", true), ("program", false)] {
            try home.write(
                "\(life)/\(life).frag",
                """
                #version 450
                layout(std430) buffer tally { uint most; };
                uniform float iTime;
                out vec4 c;
                void main() {
                    if (iTime < 0.5) atomicMax(most, 200u);
                    c = vec4(float(most) / 255.0, 0, 0, 1);
                }

                """)
            try home.write("\(life)/sketch.toml", "[buffer.tally]\nlife = \"\(life)\"\n")
            let done = try home.play(
                """
                time 0
                wait good
                screenshot before.png
                time 1
                goto 7:1
                type "// an edit\\n"
                wait good
                screenshot after.png
                """, sketch: home.path(life), size: "32x32")
            #expect(done.status == 0, "\(done.errors)")
            #expect(try Pixels(pngFile: home.path("before.png"))[3, 3].x == 200)
            #expect(
                try Pixels(pngFile: home.path("after.png"))[3, 3].x == (isKept ? 200 : 0),
                "\(life)")
        }
    }

    @Test("images: their size and format, written in one pass and read by a sampler in another")
    func images() throws {
        defer { home.remove() }
        let paint = """
            #version 450
            layout(local_size_x = 1) in;
            layout(rgba16f) uniform writeonly image2D paint;
            void main() {
                imageStore(paint, ivec2(gl_GlobalInvocationID.xy), vec4(vec2(imageSize(paint)), 2, 1));
            }
            """
        let show = """
            #version 450
            uniform sampler2D paint;
            out vec4 c;
            void main() { c = vec4(texelFetch(paint, ivec2(3, 2), 0).xyz / 16.0, 1); }
            """
        let seen = try picture([
            "paint.comp": paint, "image.frag": show,
            "sketch.toml":
                "[[pass]]\nname = \"paint\"\ndispatch = [4, 3, 1]\n[image.paint]\nsize = [4, \"$HEIGHT / 8\"]\nformat = \"rgba16f\"\n",
        ])[7, 7]
        #expect(seen == SIMD4(64, 128, 32, 255))
    }

    @Test(
        "passes: size, format, what stays, what takes turns, mipmaps, inputs and textures by name")
    func passes() throws {
        defer { home.remove() }
        // A pass of 8 x 4 that counts its frames beyond what bytes could hold.
        let seen = try picture(
            [
                "count.frag":
                    "#version 450\nuniform sampler2D before; out vec4 c;\nvoid main() { c = texelFetch(before, ivec2(gl_FragCoord), 0) + vec4(400, 0, 0, 1); }\n",
                "image.frag":
                    "#version 450\nuniform sampler2D counted; out vec4 c;\nvoid main() { c = vec4(vec2(textureSize(counted, 0)) / 255., texelFetch(counted, ivec2(0), 0).r / 10000., 1); }\n",
                "sketch.toml": """
                [[pass]]
                name = "count"
                size = ["$WIDTH / 8", 4]
                format = "rgba32f"
                inputs = { before = { previous = "count" } }

                [[pass]]
                name = "image"
                inputs = { counted = { pass = "count", filter = "nearest" } }
                """,
            ], frames: 5)[9, 9]
        #expect(seen == SIMD4(8, 4, 51, 255))
        // What persists is drawn over, and the smallest of its smaller copies is its mean.
        let mean = try picture(
            [
                "dots.vert":
                    "#version 450\nuniform int iFrame;\nvoid main() { gl_Position = vec4((vec2(iFrame, 0) + 0.5) / 2. - 1., 0, 1); gl_PointSize = 1; }\n",
                "dots.frag": white,
                "image.frag":
                    "#version 450\nuniform sampler2D dots; out vec4 c;\nvoid main() { c = vec4(textureLod(dots, vec2(0.5), 2.).rgb, 1); }\n",
                "sketch.toml": """
                [[pass]]
                name = "dots"
                size = [4, 4]
                persistent = true
                mipmaps = true
                format = "rgba16f"
                geometry = { points = 1 }

                [[pass]]
                name = "image"
                inputs = { dots = { pass = "dots", filter = "mipmap" } }
                """,
            ], frames: 4)[9, 9]
        #expect(abs(Int(mean.x) - 64) < 3, "four dots of sixteen: \(mean)")
    }

    @Test("samples smooth edges; what blends is drawn over what is there")
    func samples() throws {
        defer { home.remove() }
        let vertex =
            "#version 450\nvoid main() { gl_Position = vec4(vec2[3](vec2(-0.9, -0.8), vec2(0.9, -0.3), vec2(-0.2, 0.9))[gl_VertexID], 0, 1); }\n"
        func edge(_ samples: Int) throws -> Int {
            let pixels = try picture([
                "image.vert": vertex, "image.frag": white,
                "sketch.toml":
                    "[[pass]]\nname = \"image\"\ngeometry = { vertices = 3, as = \"triangles\" }\nclear = [0, 0, 0]\nsamples = \(samples)\n",
            ])
            return count(pixels) { $0.x > 0 && $0.x < 255 }
        }
        #expect(try edge(1) == 0)
        #expect(try edge(4) > 30)
    }

    @Test("the dialect, the folders of includes, and what is said of values")
    func words() throws {
        defer { home.remove() }
        try home.write("a/lib/tint.glsl", "vec3 tint() { return vec3(0, 1, 0); }\n")
        try home.write(
            "a/a.frag",
            "#include \"tint.glsl\"\nuniform vec3 glow;\nuniform float speed = 0.5;\nvoid mainImage(out vec4 c, vec2 p) { c = vec4(tint() * speed + glow, 1); }\n"
        )
        try home.write(
            "a/sketch.toml",
            """
            dialect = "shadertoy"
            include = ["lib"]

            [value.speed]
            begin = 1
            least = 0
            most = 2
            label = "How fast"

            [value.glow]
            kind = "color"
            begin = [1, 0, 0]

            """)
        let done = try home.play(
            "wait good\nscreenshot a.png\nvalues\nset speed 5\nset glow 0 0 1 1\nvalues\nstatus\n",
            sketch: home.path("a"))
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Pixels(pngFile: home.path("a.png"))[9, 9] == SIMD4(255, 255, 0, 255))
        #expect(done.output.contains("speed  float  1        0 to 2  \"How fast\""))
        #expect(done.output.contains("speed goes from 0 to 2: it is 2 now"))
        #expect(try StatusLine(#require(done.lines.last)).dialect == "shadertoy")
    }
}
