import GLSL
import Glibc
import Testing

@testable import Guest

/// Sketches that surround their viewer, drawn by a real guest.
@Suite(.serialized)
struct ViewTests {
    private let width = 360
    private let height = 320
    private let sphere = SIMD3<Double>(0, 1.6, -2)

    /// A ball of 10 cm, 2 m in front of somebody who stands at the origin.
    private static let ball = """
        float ball(vec3 eye, vec3 ray) {
            vec3 p = eye - vec3(0.0, 1.6, -2.0);
            float b = dot(p, ray);
            return b < 0.0 && dot(p, p) - b * b < 0.01 ? 1.0 : 0.0;
        }

        """

    /// The same ball in every way in which a sketch may surround its viewer.
    private static let sketches: [(name: String, stages: [Stage: String])] = [
        (
            "mainVR",
            [
                .fragment: ball
                    + "void mainImage(out vec4 c, in vec2 p) { c = vec4(1, 0, 0, 1); }\n"
                    + "void mainVR(out vec4 c, in vec2 p, in vec3 eye, in vec3 ray) { c = vec4(ball(eye, ray)); }"
            ]
        ),
        (
            "getSceneColor",
            [
                .fragment: ball
                    + "vec3 getSceneColor(in vec3 ro, in vec3 rd) { return vec3(ball(ro, rd)); }\n"
                    + "#ifndef RIFTRAY\nvoid main() { gl_FragColor = vec4(1, 0, 0, 1); }\n#endif\n"
            ]
        ),
        (
            "rays of its own",
            [
                .fragment: ball
                    + """
                    out vec4 color;
                    void main() {
                        vec4 p = inverse(iProjection) * vec4(2.0 * gl_FragCoord.xy / iResolution.xy - 1.0, 0, 1);
                        color = vec4(ball(iEyePosition, normalize(inverse(mat3(iView)) * p.xyz)));
                    }
                    """
            ]
        ),
        (
            "ES",
            [
                .fragment: "#version 300 es\nprecision highp float;\n" + ball
                    + """
                    uniform mat4 iView;
                    uniform mat4 iProjection;
                    uniform vec3 iEyePosition;
                    uniform vec3 iResolution;
                    out vec4 color;
                    void main() {
                        vec4 p = inverse(iProjection) * vec4(2.0 * gl_FragCoord.xy / iResolution.xy - 1.0, 0, 1);
                        color = vec4(ball(iEyePosition, normalize(inverse(mat3(iView)) * p.xyz)));
                    }
                    """
            ]
        ),
        (
            "vertices",
            [
                .vertex: """
                // @vertices 9216
                void main() {
                    int cell = gl_VertexID / 6;
                    ivec2 corner = ivec2[6](ivec2(0, 0), ivec2(1, 0), ivec2(1, 1), ivec2(0, 0), ivec2(1, 1),
                        ivec2(0, 1))[gl_VertexID % 6] + ivec2(cell % 48, cell / 48);
                    vec2 a = vec2(corner) * vec2(6.2831853 / 48.0, 3.1415927 / 32.0);
                    vec3 n = vec3(sin(a.y) * cos(a.x), cos(a.y), sin(a.y) * sin(a.x));
                    gl_Position = iProjection * iView * vec4(0.1 * n + vec3(0.0, 1.6, -2.0), 1.0);
                }
                """,
                .fragment: "void main() { gl_FragColor = vec4(1); }",
            ]
        ),
    ]

    private func renderer(
        _ stages: [Stage: String], slot: Int? = nil
    ) throws -> FrameRenderer {
        let program = LoopGuard.guarded(try Shaders.assemble(stages))
        return try FrameRenderer(
            program, width: slot ?? 2 * width, height: height,
            configuration: BuiltProduct.configuration())
    }

    private func image(_ renderer: FrameRenderer, _ eyes: [Eye], frame: Int = 0) throws -> Image {
        let pixels = try renderer.frame(DrawState(frame: frame, views: eyes.map(\.state)))
        return Image(width: renderer.width, height: renderer.height, bytes: pixels)
    }

    private func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        ((a - b) * (a - b)).sum().squareRoot()
    }

    @Test(
        "A ball lands where it must for each eye, and where it must when the head turns by 20 degrees",
        arguments: sketches.map(\.name))
    func parallax(name: String) throws {
        let renderer = try renderer(try #require(Self.sketches.first { $0.name == name }).stages)
        var straight: [SIMD2<Double>] = []
        var areas: [Int] = []
        for yaw in [0, 20 * Double.pi / 180] {
            let eyes = Eye.pair(yaw: yaw)
            let picture = try image(renderer, eyes)
            for eye in 0..<2 {
                let spot = picture.half(eye).spot
                let expected = eyes[eye].pixel(of: sphere, width: width, height: height)
                #expect(distance(spot.place, expected) < 0.7, "eye \(eye), yaw \(yaw)")
                if yaw == 0 { straight.append(spot.place) }
                areas.append(spot.area)
            }
        }
        // In pixels of a picture that is two tangents wide: half of 63 mm, at 2 m, to each side, besides what each
        // eye's own middle is off.
        let middle = Double(width) * 0.1
        let disparity = straight[0].x - straight[1].x - middle
        #expect(abs(disparity - 0.063 / 2 / 2 * Double(width)) < 0.5)
        // A circle of 10 cm at 2 m, within its edge's pixels.
        let radius = 0.05 / 2 * Double(width)
        for area in areas { #expect(abs(Double(area) / (.pi * radius * radius) - 1) < 0.35) }
    }

    @Test("A turn to the left moves what is ahead to the right, by its tangent")
    func turn() throws {
        let renderer = try renderer(Self.sketches[0].stages, slot: width)
        let ahead = Eye(position: SIMD3(0, 1.6, 0))
        var turned = ahead
        turned.yaw = 20 * .pi / 180
        let before = try image(renderer, [ahead]).spot.place
        let after = try image(renderer, [turned]).spot.place
        #expect(abs(before.x - Double(width) / 2) < 0.5)
        #expect(abs(after.x - before.x - tan(20 * .pi / 180) * Double(width) / 2) < 1)
        #expect(abs(after.y - before.y) < 0.5)
    }

    @Test("Every way to surround somebody shows the same ball")
    func agreement() throws {
        let eyes = Eye.pair(at: SIMD3(0.3, 1.5, -0.4), yaw: 0.2)
        let spots = try Self.sketches.map { sketch in
            let picture = try image(try renderer(sketch.stages), eyes)
            return (0..<2).map { picture.half($0).spot }
        }
        for spot in spots {
            for eye in 0..<2 {
                #expect(spot[eye].area > 200)
                #expect(distance(spot[eye].place, spots[0][eye].place) < 1)
                #expect(abs(spot[eye].area - spots[0][eye].area) < spots[0][eye].area / 10)
            }
        }
    }

    @Test("A window has mainImage where nobody wants a camera, and compiles nothing for one")
    func picks() throws {
        let renderer = try renderer(Self.sketches[0].stages)
        let flat = try image(renderer, [])
        #expect(flat.pixel(0, 0) == [255, 0, 0])
        #expect(flat.pixel(2 * width - 1, height - 1) == [255, 0, 0])
        #expect(try image(renderer, Eye.pair()).half(0).spot.area > 200)
        #expect(try image(renderer, [Eye(position: SIMD3(0, 1.6, 0))]).spot.area > 200)
        #expect(try image(renderer, []).pixel(9, 9) == [255, 0, 0])
    }

    @Test("Without an image of its own a sketch has eyes at 1.6 m, or where it says")
    func standsIn() throws {
        let text = """
            void mainVR(out vec4 c, in vec2 p, in vec3 eye, in vec3 ray) {
                c = vec4(eye.y / 4.0, eye.x / 4.0, ray.y > 0.0 ? 1.0 : 0.0, 1);
            }
            """
        let plain = try image(try renderer([.fragment: text]), [])
        #expect(plain.pixel(5, 5) == [102, 0, 0])
        #expect(plain.pixel(5, height - 5) == [102, 0, 255])
        let placed = try image(try renderer([.fragment: "// @var eyePos 3 1 0\n" + text]), [])
        #expect(placed.pixel(5, 5) == [64, 191, 0])
        // 60 degrees high, whatever the width, and straight ahead.
        let high = try image(
            try renderer([
                .fragment: """
                void mainVR(out vec4 c, in vec2 p, in vec3 eye, in vec3 ray) {
                    c = vec4(ray.z < 0.0 && abs(ray.y / ray.z) < 0.2887 ? 1.0 : 0.0);
                }
                """
            ]), [])
        #expect(abs(high.spot.area - 2 * width * height / 2) < 4 * width)
    }

    @Test("Each eye's pixels count from its own corner, and its picture is half as wide")
    func places() throws {
        let picture = try image(
            try renderer([
                .fragment: """
                out vec4 color;
                void main() {
                    color = vec4(floor(gl_FragCoord.x), floor(gl_FragCoord.y), iResolution.x / 2.0, 255) / 255.0;
                    if (iViewIndex == 1) color.b = 0.0;
                }
                """
            ]), Eye.pair())
        for (x, y) in [(0, 0), (17, 99), (250, 255)] {
            #expect(picture.half(0).pixel(x, y) == [x, y, width / 2])
            #expect(picture.half(1).pixel(x, y) == [x, y, 0])
        }
    }

    @Test("Each eye has its own picture of the frame before")
    func feedback() throws {
        let renderer = try renderer([
            .fragment: """
            uniform sampler2D backbuffer;
            out vec4 color;
            void main() {
                vec4 old = texelFetch(backbuffer, ivec2(gl_FragCoord.xy), 0);
                color = old + vec4(1 + iViewIndex, iFrame, 0, 255) / 255.0;
            }
            """
        ])
        for frame in 1...4 {
            let picture = try image(renderer, Eye.pair(), frame: frame)
            let sum = (1...frame).reduce(0, +)
            #expect(picture.half(0).pixel(7, 9) == [frame, sum, 0])
            #expect(picture.half(1).pixel(width - 1, height - 1) == [2 * frame, sum, 0])
        }
    }

    @Test("Buffers go on once a frame, and both eyes see the same of them")
    func storage() throws {
        let renderer = try renderer([
            .compute: """
            // @groups 1 1 1
            layout(local_size_x = 1) in;
            layout(std430, binding = 0) buffer Steps { uint steps; };
            void main() { steps += 1u; }
            """,
            .fragment: """
            layout(std430, binding = 0) readonly buffer Steps { uint steps; };
            layout(std430, binding = 1) buffer Counter { uint count; };
            out vec4 color;
            void main() {
                uint now = count;
                memoryBarrierBuffer();
                if (ivec2(gl_FragCoord.xy) == ivec2(0)) count = now + 1u;
                color = vec4(now, steps, iViewIndex, 255) / 255.0;
            }
            """,
        ])
        for frame in 0..<5 {
            let picture = try image(renderer, Eye.pair(), frame: frame)
            for eye in 0..<2 {
                #expect(picture.half(eye).pixel(0, 0) == [frame, frame + 1, eye], "\(frame)")
            }
        }
    }

    @Test("Nearer things hide farther ones, and vertices may be many")
    func depth() throws {
        let renderer = try renderer([
            .vertex: """
            // @vertices 6 triangles 2
            flat out int near;
            void main() {
                vec2 p = vec2[6](vec2(-1, -1), vec2(1, -1), vec2(1, 1), vec2(-1, -1), vec2(1, 1),
                    vec2(-1, 1))[gl_VertexID];
                // The nearer one is drawn first.
                near = 1 - gl_InstanceID;
                float size = near == 1 ? 0.5 : 9.0;
                gl_Position = iProjection * iView * vec4(size * p + vec2(0.0, 1.6), near == 1 ? -2.0 : -3.0, 1.0);
            }
            """,
            .fragment: """
            flat in int near;
            void main() { gl_FragColor = vec4(1.0 - float(near), float(near), 0.0, 1.0); }
            """,
        ])
        let eyes = Eye.pair()
        for _ in 0..<2 {
            let picture = try image(renderer, eyes)
            for eye in 0..<2 {
                let half = picture.half(eye)
                let expected = eyes[eye].pixel(of: sphere, width: width, height: height)
                #expect(distance(half.spot.place, expected) < 0.7)
                #expect(half.pixel(2, 2) == [255, 0, 0])
            }
        }
    }

    @Test("An error in mainVR stands on its line, and one in its parameters where it is defined")
    func errors() throws {
        func lines(_ text: String) throws -> [Int?] {
            try OneShot.check(
                Shaders.fragment(text), configuration: BuiltProduct.configuration()
            ).diagnostics.map(\.line)
        }
        let image = "void mainImage(out vec4 c, in vec2 p) { c = vec4(1); }\n"
        #expect(
            try lines(
                image + "void mainVR(out vec4 c, in vec2 p, in vec3 o, in vec3 d) {\n  c = no;\n}\n"
            ).contains(3))
        #expect(
            Set(try lines(image + "\nvoid mainVR(out vec4 c, in vec3 o) { c = vec4(1); }")) == [3])
        #expect(
            Set(try lines("// one\nvec3 getSceneColor(vec3 o, vec3 d) {\n  return o.q + 1;\n}\n"))
                == [3])
        #expect(try lines("out vec4 c;\nvoid main() {\n  c = iView * vec2(1);\n}\n").contains(3))
    }
}
