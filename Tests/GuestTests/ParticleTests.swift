import GLSL
import Glibc
import Testing

@testable import Guest

/// Captures, storage buffers and images: what passes keep besides pictures, also over swaps.
@Suite(.serialized)
struct ParticleTests {
    typealias Build = PassBuilder

    /// Particles, each in a row of its own, that go one pixel to the right in each frame, round and round; red and green
    /// are their age in frames.
    private func particles(_ blue: Int, kind: String = "vec2", count: Int = 4) -> AssembledProgram {
        let move = Build.pass(
            "move",
            [
                .vertex: """
                in \(kind) oldPlace; in float oldAge;
                out \(kind) newPlace; out float newAge;
                void main() {
                    newPlace = \(kind)(0.0);
                    newPlace.xy = vec2(mod(oldPlace.x + 1.0, 32.0), gl_VertexID);
                    newAge = oldAge + 1.0;
                }
                """, .fragment: "void main() {}",
            ],
            draw: DrawPlan(
                geometry: .feedback(buffer: "swarm", .points),
                capture: CapturePlan(
                    varyings: ["newPlace", "newAge"], buffer: "swarm", drawsNothing: true)))
        let image = Build.pass(
            "image",
            [
                .vertex: """
                in vec2 place; in float age;
                flat out float years;
                void main() {
                    years = age;
                    gl_Position = vec4((place + 0.5) / vec2(16, 8) - 1.0, 0, 1);
                    gl_PointSize = 1.0;
                }
                """,
                .fragment: """
                flat in float years;
                out vec4 color;
                void main() { color = vec4(mod(years, 250.0), floor(years / 250.0), \(blue), 255) / 255.0; }
                """,
            ], draw: DrawPlan(geometry: .feedback(buffer: "swarm", .points)))
        return Build.program([move, image]) {
            $0.buffers = [BufferPlan(name: "swarm", bytes: (kind == "vec2" ? 12 : 16) * count)]
        }
    }

    /// How far the particle of a row has come, and its age; nil where none is seen.
    private func particle(_ image: Image, row: Int, blue: Int) -> (x: Int, age: Int)? {
        (0..<image.width).first { image.pixel($0, row)[2] == blue }.map {
            let pixel = image.pixel($0, row)
            return ($0, pixel[0] + 250 * pixel[1])
        }
    }

    @Test func capturedVaryingsAreTheNextFramesVertices() throws {
        let renderer = try Build.renderer(particles(9))
        for frame in 1...12 {
            let image = try renderer.image(frame)
            for row in 0..<4 {
                let seen = try #require(particle(image, row: row, blue: 9))
                #expect(seen.x == frame && seen.age == frame)
            }
            #expect(particle(image, row: 4, blue: 9) == nil)
        }
        let reading = try #require(renderer.readBuffer("swarm", first: 1, rows: 2))
        #expect(reading.problem == "")
        #expect(reading.columns.map(\.name) == ["newPlace", "newAge"])
        #expect(reading.columns.map(\.count) == [2, 1])
        #expect(reading.rowCount == 4)
        #expect(reading.rows == [[[12, 1], [12]], [[12, 2], [12]]])
    }

    @Test func anEditKeepsTheParticlesWhereTheyAre() throws {
        var configuration = BuiltProduct.configuration()
        (configuration.handoverLimit, configuration.snapshotEvery) = (20, 0.02)
        let bench = try Bench(configuration: configuration)
        func newest(_ blue: Int) -> (x: Int, age: Int)? {
            guard let picture = bench.supervisor.picture else { return nil }
            defer { bench.supervisor.releasePicture() }
            let bytes = (0..<4 * picture.width * picture.height).map {
                picture.pixels.load(fromByteOffset: $0, as: UInt8.self)
            }
            return particle(
                Image(width: picture.width, height: picture.height, bytes: bytes), row: 2,
                blue: blue)
        }
        #expect(bench.show(1, particles(10)))
        #expect(bench.run { (newest(10)?.age ?? 0) >= 20 })
        let before = try #require(newest(10))
        bench.supervisor.submit(2, program: particles(20))
        #expect(bench.run { newest(20) != nil })
        // On with the same particles, and not from the beginning again.
        let after = try #require(newest(20))
        #expect(after.age > before.age)
        #expect(after.x == after.age % 32)
        #expect(bench.supervisor.stateReport == .kept)
        // Another layout begins anew, and says so.
        bench.supervisor.submit(3, program: particles(30, kind: "vec3"))
        #expect(bench.run { newest(30) != nil })
        #expect(try #require(newest(30)).age < 20)
        #expect(bench.supervisor.stateReport == .restarted("the layout of swarm changed"))
    }

    @Test func aGeometryStageCapturesAsManyAsItMakes() throws {
        let make = Build.pass(
            "make",
            [
                .vertex: "void main() { gl_Position = vec4(gl_VertexID); }",
                .geometry: """
                layout(points) in; layout(points, max_vertices = 8) out;
                uniform int iFrame;
                out float number;
                void main() {
                    for (int i = 0; i < iFrame; i++) {
                        number = gl_in[0].gl_Position.x * 100.0 + float(i);
                        EmitVertex(); EndPrimitive();
                    }
                }
                """, .fragment: "void main() {}",
            ],
            draw: DrawPlan(
                geometry: .points(3),
                capture: CapturePlan(varyings: ["number"], buffer: "made", drawsNothing: true)))
        let image = Build.pass(
            "image",
            [
                .vertex: """
                in float number;
                void main() {
                    gl_Position = vec4((vec2(gl_VertexID, 0) + 0.5) / vec2(16, 8) - 1.0, 0, 1);
                    gl_PointSize = 1.0;
                }
                """, .fragment: "out vec4 c; void main() { c = vec4(1); }",
            ], draw: DrawPlan(geometry: .feedback(buffer: "made", .points)))
        let renderer = try Build.renderer(Build.program([make, image]))
        for frame in [2, 5, 1] {
            let picture = try renderer.image(frame)
            #expect((0..<32).count { picture.pixel($0, 0)[0] == 255 } == 3 * frame)
        }
        #expect(renderer.readBuffer("made")?.rows == [[[0]], [[100]], [[200]]])
    }

    @Test func namedBlocksAreOneBufferInEveryPassAndLiveAsLongAsTheyShould() throws {
        // All three blocks have no binding, so that GL alone would take them for one.
        let text = """
            layout(std430) buffer Kept { uint kept; };
            layout(std430) buffer Fresh { uint fresh; };
            layout(std430) buffer Own { uint own; };
            """
        let count = Build.pass(
            "count",
            [
                .compute: """
                layout(local_size_x = 1) in;
                \(text)
                void main() { kept += 1u; fresh += 1u; own += 1u; }
                """
            ], dispatch: .groups(1, 1, 1))
        func program(_ blue: Int) -> AssembledProgram {
            let image = Build.pass(
                "image",
                [
                    .fragment: """
                    \(text.replacingBuffer)
                    out vec4 color;
                    void main() {
                        color = gl_FragCoord.x < 16.0
                            ? vec4(float(kept % 250u), float(kept / 250u), \(blue), 255) / 255.0
                            : vec4(float(fresh), float(min(own, 250u)), \(blue), 255) / 255.0;
                    }
                    """
                ])
            return Build.program([count, image]) {
                $0.buffers = [
                    BufferPlan(name: "Kept", bytes: 64),
                    BufferPlan(name: "Fresh", bytes: 4, life: .frame),
                    BufferPlan(name: "Own", bytes: 4, life: .program),
                ]
            }
        }
        var configuration = BuiltProduct.configuration()
        (configuration.handoverLimit, configuration.snapshotEvery) = (20, 0.02)
        let bench = try Bench(configuration: configuration)
        func seen() -> (kept: Int, fresh: Int, own: Int, blue: Int)? {
            guard let picture = bench.supervisor.picture else { return nil }
            defer { bench.supervisor.releasePicture() }
            func byte(_ x: Int, _ part: Int) -> Int {
                Int(picture.pixels.load(fromByteOffset: 4 * x + part, as: UInt8.self))
            }
            return (byte(2, 0) + 250 * byte(2, 1), byte(20, 0), byte(20, 1), byte(2, 2))
        }
        #expect(bench.show(1, program(10)))
        #expect(bench.run { (seen()?.kept ?? 0) > 20 })
        let before = try #require(seen())
        #expect(before.own == before.kept)
        #expect(before.fresh == 1)
        bench.supervisor.submit(2, program: program(20))
        var first: (kept: Int, fresh: Int, own: Int, blue: Int)?
        #expect(
            bench.run {
                if first == nil, let now = seen(), now.blue == 20 { first = now }
                return first != nil
            })
        let after = try #require(first)
        #expect(after.kept > before.kept)
        #expect(after.own < before.own)
        #expect(after.fresh == 1)
        #expect(bench.supervisor.stateReport == .kept)
        // And a look into it from outside.
        #expect(bench.supervisor.readBuffer("Kept"))
        var reading: BufferReading?
        #expect(
            bench.run {
                reading = bench.supervisor.takeReading() ?? reading
                return reading != nil
            })
        #expect(reading?.head.map(\.name) == ["kept"])
        #expect((reading?.headValues.first?.first ?? 0) >= Double(after.kept))
        #expect(reading?.bytes == 64)
        bench.supervisor.readBuffer("Nothing")
        #expect(
            bench.run {
                reading = bench.supervisor.takeReading() ?? reading
                return reading?.name == "Nothing"
            })
        #expect(reading?.problem.contains("it has Fresh, Kept, Own") == true)
    }

    @Test func rowsOfABlockAreReadWithTheirMembers() throws {
        let fill = Build.pass(
            "fill",
            [
                .compute: """
                layout(local_size_x = 1) in;
                struct Item { vec3 place; uint number; mat2 turn; };
                layout(std430) buffer Items { ivec2 size; Item items[]; };
                void main() {
                    size = ivec2(3, -4);
                    for (int i = 0; i < 5; i++)
                        items[i] = Item(vec3(i, 0.5, -i), uint(i * 7), mat2(1, 2, 3, i));
                }
                """
            ], dispatch: .groups(1, 1, 1))
        let program = Build.program([fill, Build.pass("image", Build.flat("vec4(1)"))]) {
            $0.buffers = [BufferPlan(name: "Items", bytes: 16 + 5 * 32)]
        }
        let renderer = try Build.renderer(program)
        _ = try renderer.image()
        let reading = try #require(renderer.readBuffer("Items", first: 2, rows: 9))
        #expect(reading.head.map(\.name) == ["size"])
        #expect(reading.headValues == [[3, -4]])
        #expect(reading.columns.map(\.name) == ["place", "number", "turn"])
        #expect(reading.columns.map(\.scalar) == [.float, .uint, .float])
        #expect(reading.rowCount == 5)
        #expect(reading.rows.count == 3)
        #expect(reading.rows.first == [[2, 0.5, -2], [14], [1, 2, 3, 2]])
    }

    @Test func imagesAreWrittenReadAndKept() throws {
        func program(_ blue: Int, format: PixelFormat = .r32ui) -> AssembledProgram {
            let paint = Build.pass(
                "paint",
                [
                    .compute: """
                    layout(local_size_x = 8, local_size_y = 8) in;
                    layout(\(format.rawValue)) uniform uimage2D field;
                    void main() {
                        ivec2 p = ivec2(gl_GlobalInvocationID.xy);
                        imageStore(field, p, imageLoad(field, p) + 1u);
                    }
                    """
                ], dispatch: .cover)
            let image = Build.pass(
                "image",
                [
                    .fragment: """
                    uniform usampler2D field;
                    out vec4 color;
                    void main() {
                        uint n = texelFetch(field, ivec2(gl_FragCoord.xy), 0).r;
                        color = vec4(float(n % 250u), float(n / 250u), \(blue), 255) / 255.0;
                    }
                    """
                ], bindings: [UniformBinding("field", .sampler(.image("field"), .init()))])
            return Build.program([paint, image]) {
                $0.images = [ImagePlan(name: "field", format: format)]
            }
        }
        let renderer = try Build.renderer(program(1))
        for frame in 1...5 {
            let picture = try renderer.image(frame)
            #expect(picture.pixel(0, 0) == [frame, 0, 1])
            #expect(picture.pixel(31, 15) == [frame, 0, 1])
        }
        var configuration = BuiltProduct.configuration()
        (configuration.handoverLimit, configuration.snapshotEvery) = (20, 0.02)
        let bench = try Bench(configuration: configuration)
        func count() -> Int { (bench.pixel(3, 3).first).map(Int.init) ?? 0 }
        func blue() -> UInt8? { bench.pixel(3, 3).last }
        #expect(bench.show(1, program(10)))
        #expect(
            bench.run {
                bench.pixel(3, 3).count == 3 && count() + 250 * Int(bench.pixel(3, 3)[1]) > 20
            })
        bench.supervisor.submit(2, program: program(20))
        #expect(bench.run { blue() == 20 })
        #expect(count() + 250 * Int(bench.pixel(3, 3)[1]) > 20)
        #expect(bench.supervisor.stateReport == .kept)
        bench.supervisor.submit(3, program: program(30, format: .rgba32ui))
        #expect(bench.run { blue() == 30 })
        #expect(bench.supervisor.stateReport == .restarted("the layout of field changed"))
        #expect(
            refusal {
                var wrong = program(1)
                wrong.images[0].format = .rgba8
                return try Build.renderer(wrong)
            }.contains("planned as rgba8"))
    }

    @Test func picturesOfEveryFormatGoOnOverASwapAndAreScaled() throws {
        func program(_ blue: Int, _ format: PixelFormat) -> AssembledProgram {
            let count = Build.pass(
                "count",
                [
                    .fragment: """
                    uniform sampler2D old;
                    out vec4 color;
                    void main() { color = texelFetch(old, ivec2(0), 0) + vec4(0.25); }
                    """
                ], target: TargetPlan(format: format),
                bindings: [UniformBinding("old", .sampler(.previous("count"), .init()))])
            let image = Build.pass(
                "image",
                [
                    .fragment: """
                    uniform sampler2D count;
                    out vec4 color;
                    void main() {
                        float n = texelFetch(count, ivec2(gl_FragCoord.xy), 0).r * 4.0;
                        color = vec4(mod(n, 250.0), floor(n / 250.0), \(blue), 255) / 255.0;
                    }
                    """
                ], bindings: [UniformBinding("count", .sampler(.pass("count"), .init(.nearest)))])
            return Build.program([count, image])
        }
        var configuration = BuiltProduct.configuration()
        (configuration.handoverLimit, configuration.snapshotEvery) = (20, 0.02)
        for format in [PixelFormat.rgba32f, .r32f, .rg16f] {
            let bench = try Bench(configuration: configuration)
            func count() -> Int {
                let pixel = bench.pixel(3, 3)
                return pixel.count == 3 ? Int(pixel[0]) + 250 * Int(pixel[1]) : 0
            }
            #expect(bench.show(1, program(10, format)))
            #expect(bench.run { count() > 12 })
            let before = count()
            bench.supervisor.submit(2, program: program(20, format))
            #expect(bench.run { bench.pixel(3, 3).last == 20 })
            #expect(count() > before)
            #expect(bench.supervisor.stateReport == .kept)
            let later = count()
            bench.supervisor.resize(width: 48, height: 24)
            #expect(bench.run { bench.supervisor.latest?.ring.layout.width == 48 })
            #expect(count() > later)
        }
    }
}

extension String {
    /// The same blocks for a stage that only reads them.
    fileprivate var replacingBuffer: String {
        split(separator: "\n").map {
            $0.hasPrefix("layout(std430) ") ? "layout(std430) readonly " + $0.dropFirst(15) : $0
        }.joined(separator: "\n")
    }
}
