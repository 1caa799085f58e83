import GLSL
import Glibc
import Testing

@testable import Guest

/// What uniforms are filled with: values, sizes, constants, pictures of the sketch's own.
@Suite(.serialized)
struct BindingTests {
    typealias Build = PassBuilder

    @Test func valuesAreThoseOfTheTableOrOfTheSource() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform float light; uniform bool on; uniform int choice; uniform vec2 place; uniform vec4 tint;
                uniform float other;
                out vec4 color;
                void main() {
                    float x = gl_FragCoord.x;
                    if (x < 8.0) color = vec4(light, on, choice / 255.0, 1);
                    else if (x < 16.0) color = vec4(place, other, 1);
                    else color = tint;
                }
                """
            ], bindings: [UniformBinding("other", .value("light"))])
        let program = Build.program([image]) {
            $0.values = [
                ValuePlan(name: "light", kind: .float, initial: [0.2]),
                ValuePlan(name: "on", kind: .bool, initial: [1]),
                ValuePlan(name: "choice", kind: .int, initial: [7]),
                ValuePlan(name: "place", kind: .point, initial: [0.4, 0.6]),
                ValuePlan(name: "tint", kind: .color, initial: [1, 0.2, 0.4, 1]),
            ]
        }
        let renderer = try Build.renderer(program)
        #expect(try renderer.image().pixel(1, 1) == [51, 255, 7])
        #expect(try renderer.image().pixel(9, 1) == [102, 153, 51])
        #expect(try renderer.image().pixel(20, 1) == [255, 51, 102])
        renderer.setValues(["light": [0.8], "on": [0], "tint": [0, 1, 0, 1], "nobody's": [4]])
        #expect(try renderer.image(1).pixel(1, 1) == [204, 0, 7])
        #expect(try renderer.image(1).pixel(9, 1) == [102, 153, 204])
        #expect(try renderer.image(1).pixel(20, 1) == [0, 255, 0])
    }

    @Test func valuesReachBothGuestsAndThoseThatComeAfterADeath() throws {
        let image = Build.pass(
            "image",
            [.fragment: "uniform float light; out vec4 c; void main() { c = vec4(light); }"])
        func program(_ note: String) -> AssembledProgram {
            Build.program([image]) {
                $0.values = [
                    ValuePlan(name: "light", kind: .float, initial: [0]),
                    ValuePlan(name: note, kind: .float, initial: [0]),
                ]
            }
        }
        let bench = try Bench()
        bench.supervisor.setValues(["light": [0.6]])
        #expect(bench.show(1, program("a")))
        #expect(bench.run { bench.pixel(3, 3) == [153, 153, 153] })
        bench.supervisor.setValues(["light": [0.8]])
        #expect(bench.run { bench.pixel(3, 3) == [204, 204, 204] })
        #expect(bench.show(2, program("b")))
        #expect(bench.run { bench.pixel(3, 3) == [204, 204, 204] })
        kill(try #require(bench.supervisor.front).pid, SIGKILL)
        #expect(bench.run { bench.supervisor.statistics.deaths == 1 })
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 1 })
        #expect(bench.pixel(3, 3) == [204, 204, 204])
        kill(try #require(bench.supervisor.front).pid, SIGKILL)
        #expect(bench.run { bench.supervisor.statistics.deaths == 2 })
        let second = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > second + 1 })
        #expect(bench.pixel(3, 3) == [204, 204, 204])
    }

    @Test func constantsAndBuiltinsGoByAnyName() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform float clock; uniform vec3 tint; uniform vec4 iDate;
                out vec4 color;
                void main() { color = vec4(clock, tint.g, iDate.x / 255.0, 1); }
                """
            ],
            bindings: [
                UniformBinding("clock", .builtin(.time)),
                UniformBinding("tint", .constant([0.1, 0.8, 0.3])),
            ])
        let renderer = try Build.renderer(Build.program([image]))
        let bytes = try renderer.frame(
            DrawState(time: 0.4, date: SIMD4(99, 0, 0, 0)))
        #expect(Array(bytes[..<3]) == [102, 204, 99])
    }

    @Test func anArrayTakesTheNumbersOfAllItsElementsOrOfOneForAll() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform vec3 places[3]; uniform float alone[2];
                out vec4 color;
                void main() {
                    int column = int(gl_FragCoord.x);
                    color = column < 3 ? vec4(places[column], 1) : vec4(alone[0], alone[1], 0, 1);
                }
                """
            ],
            bindings: [
                UniformBinding("places", .constant([1, 0, 0, 0, 1, 0, 0, 0, 1])),
                UniformBinding("alone", .constant([0.2])),
            ])
        let renderer = try Build.renderer(Build.program([image]))
        let bytes = try renderer.frame(DrawState())
        #expect(
            (0..<4).map { Array(bytes[$0 * 4..<$0 * 4 + 3]) } == [
                [255, 0, 0], [0, 255, 0], [0, 0, 255], [51, 51, 0],
            ])
    }

    @Test func membersOfUniformBlocksAreFilledHoweverTheyAreLaidOut() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                layout(std140) uniform First { mat3 turn; float light; mat4 model; };
                layout(std140, row_major) uniform Second { vec3 tint; mat4 shift; float gains[2]; } second;
                out vec4 color;
                void main() {
                    float x = gl_FragCoord.x;
                    if (x < 8.0) color = vec4(light, turn[2][2], model[3].x, 1);
                    else if (x < 16.0) color = vec4(second.tint, 1);
                    else color = vec4(second.shift[3].x, second.shift[0].w, second.gains[1], 1);
                }
                """
            ],
            bindings: [
                UniformBinding("light", .value("light")), UniformBinding("tint", .value("tint")),
                UniformBinding("turn", .constant([1, 0, 0, 0, 1, 0, 0, 0, 0.4])),
                UniformBinding(
                    "model", .constant([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0.6, 0, 0, 1])),
                UniformBinding(
                    "shift", .constant([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0.2, 0, 0, 1])),
                UniformBinding("gains", .constant([0.4, 0.8])),
            ])
        let program = Build.program([image]) {
            $0.values = [
                ValuePlan(name: "light", kind: .float, initial: [0.2]),
                ValuePlan(name: "tint", kind: .vector, initial: [1, 0.2, 0.4]),
            ]
        }
        let renderer = try Build.renderer(program)
        #expect(try renderer.image().pixel(1, 1) == [51, 102, 153])
        #expect(try renderer.image().pixel(9, 1) == [255, 51, 102])
        #expect(try renderer.image().pixel(20, 1) == [51, 0, 204])
        renderer.setValues(["light": [0.8]])
        #expect(try renderer.image(1).pixel(1, 1) == [204, 102, 153])
    }

    @Test func aPointerThatWasNeverSeenIsInTheMiddleOrNowhere() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform vec2 share, place;
                out vec4 color;
                void main() { color = vec4(share, place.x / 255.0, 1); }
                """
            ],
            bindings: [
                UniformBinding("share", .builtin(.pointerShare)),
                UniformBinding("place", .builtin(.pointer)),
            ])
        let renderer = try Build.renderer(Build.program([image]))
        var state = DrawState()
        #expect(try Array(renderer.frame(state)[..<3]) == [128, 128, 0])
        state.pointer = SIMD2(0, 0)
        #expect(try Array(renderer.frame(state)[..<3]) == [0, 0, 0])
        state.pointer = SIMD2(3, 0)
        #expect(try renderer.frame(state)[2] == 3)
    }

    /// Two by two: red and green below, blue and white above.
    private let four: [UInt8] = [
        255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255,
    ]

    @Test func aTextureIsReadAsItsSamplerSays() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D sharp, turned, smooth_, around;
                uniform vec2 size;
                out vec4 color;
                void main() {
                    int row = int(gl_FragCoord.y) / 4;
                    vec2 uv = vec2(gl_FragCoord.x / 32.0, 0.25);
                    if (row == 0) color = texture(sharp, uv);
                    else if (row == 1) color = texture(turned, uv);
                    else if (row == 2) color = texture(smooth_, vec2(0.5, 0.25));
                    else color = texture(around, vec2(1.25, size.y / 2.0 - 0.75));
                }
                """
            ],
            bindings: [
                UniformBinding("sharp", .sampler(.texture("four"), .init(.nearest))),
                UniformBinding(
                    "turned", .sampler(.texture("four"), .init(.nearest, isFlipped: true))),
                UniformBinding("smooth_", .sampler(.texture("four"), .init(.linear))),
                UniformBinding("around", .sampler(.texture("four"), .init(.nearest, .repeat))),
                UniformBinding("size", .size(.texture("four"))),
            ])
        let program = Build.program([image]) {
            $0.textures = [
                TexturePlan(name: "four", paths: ["four.png"], place: .init(file: "test"))
            ]
        }
        let four = try Resource.texture(id: 7, width: 2, height: 2, pixels: self.four)
        let renderer = try Build.renderer(program, resources: ["four": four])
        let picture = try renderer.image()
        #expect(picture.pixel(3, 1) == [255, 0, 0])
        #expect(picture.pixel(28, 1) == [0, 255, 0])
        #expect(picture.pixel(3, 5) == [0, 0, 255])
        let mixed = picture.pixel(3, 9)
        #expect((126...129).contains(mixed[0]) && (126...129).contains(mixed[1]))
        #expect(picture.pixel(3, 13) == [255, 0, 0])
        // Nobody has given it: a checker of two colours, and no crash.
        let without = try Build.renderer(program)
        let checker = try without.image()
        #expect(Set((0..<32).map { checker.pixel($0, 1) }) == [[230, 40, 200], [40, 40, 40]])
    }

    @Test func samplersOfAnotherKindReadWhatStandsIn() throws {
        let faces = (0..<6).flatMap { face in
            [UInt8](
                arrayLiteral: face == 0 ? 255 : 0, face == 2 ? 255 : 0, face == 4 ? 255 : 0, 255)
        }
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform samplerCube sky, flatSky;
                uniform sampler2D plain;
                uniform usampler2D whole;
                uniform sampler1D row;
                out vec4 color;
                void main() {
                    float x = gl_FragCoord.x;
                    if (x < 8.0) color = texture(sky, vec3(1, 0, 0));
                    else if (x < 16.0) color = texture(sky, vec3(0, 1, 0));
                    else if (x < 24.0)
                        color = vec4(texture(flatSky, vec3(1)).b, texture(plain, vec2(0.1)).b, 0, 1)
                            + vec4(texture(whole, vec2(0.5))) + texture(row, 0.5);
                    else color = vec4(textureSize(row, 0) == 1024, 0, 0, 1);
                }
                """
            ],
            bindings: [
                UniformBinding("sky", .sampler(.texture("sky"), .init(.linear))),
                UniformBinding("flatSky", .sampler(.test, .init())),
                UniformBinding("plain", .sampler(.texture("sky"), .init())),
                UniformBinding("whole", .sampler(.test, .init())),
                UniformBinding("row", .sampler(.spectrum, .init())),
            ])
        let program = Build.program([image]) {
            $0.textures = [TexturePlan(name: "sky", paths: [], place: .init(file: "test"))]
        }
        let sky = try Resource.cube(id: 9, side: 1, pixels: faces)
        let picture = try Build.renderer(program, resources: ["sky": sky]).image()
        #expect(picture.pixel(2, 2) == [255, 0, 0])
        #expect(picture.pixel(10, 2) == [0, 255, 0])
        // A sky and the test picture are blue; of whole numbers there are none, and the row is silent.
        let shown = picture.pixel(18, 2)
        #expect(shown[0] > 100 && shown[1] > 60 && shown[2] == 0)
        #expect(picture.pixel(28, 2) == [255, 0, 0])
    }

    @Test func manySamplersHaveRoomAndTheRestIsSaid() throws {
        func image(_ count: Int) -> AssembledPass {
            let names = (0..<count).map { "s\($0)" }
            return Build.pass(
                "image",
                [
                    .fragment: """
                    \(names.map { "uniform sampler2D \($0);" }.joined(separator: "\n"))
                    out vec4 color;
                    void main() {
                        color = vec4(0);
                        \(names.map { "color += texture(\($0), vec2(0.5));" }.joined(separator: "\n"))
                    }
                    """
                ],
                bindings: names.enumerated().map { index, name in
                    UniformBinding(name, .sampler(.value(index), .init()))
                })
        }
        #expect(throws: Never.self) { try Build.renderer(Build.program([image(16)])) }
        // The driver's own linker says this one.
        #expect(refusal { try Build.renderer(Build.program([image(400)])) } != "it was accepted")
    }

    @Test func shadertoysKeyboardShowsWhatIsHeld() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D keys;
                out vec4 color;
                void main() {
                    color = vec4(texelFetch(keys, ivec2(65, 0), 0).r, texelFetch(keys, ivec2(66, 1), 0).r,
                        texelFetch(keys, ivec2(200, 2), 0).r, 1);
                }
                """
            ], bindings: [UniformBinding("keys", .sampler(.keyboard, .init(.nearest)))])
        let renderer = try Build.renderer(Build.program([image]))
        #expect(try Array(renderer.frame(DrawState())[..<3]) == [0, 0, 0])
        var state = DrawState()
        state.keyboard.held.set(65)
        state.keyboard.toggled.set(200)
        #expect(try Array(renderer.frame(state)[..<3]) == [255, 0, 255])
        state.keyboard = KeyboardState()
        state.keyboard.pressed.set(66)
        #expect(try Array(renderer.frame(state)[..<3]) == [0, 255, 0])
    }

    @Test func soundIsSilence() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D sound, tones;
                out vec4 color;
                void main() {
                    color = vec4(texture(sound, vec2(0.3, 0.25)).r, texture(sound, vec2(0.3, 0.75)).r,
                        textureSize(sound, 0) == ivec2(512, 2) ? texture(tones, vec2(0.5)).r : 1.0, 1);
                }
                """
            ],
            bindings: [
                UniformBinding("sound", .sampler(.audio, .init())),
                UniformBinding("tones", .sampler(.spectrum, .init())),
            ])
        let renderer = try Build.renderer(Build.program([image]))
        #expect(try Array(renderer.frame(DrawState())[..<3]) == [0, 128, 0])
    }

    /// ISF's sources read whichever row they like: a silent wave is in the middle in all of them.
    @Test func aWaveAloneIsAtRestInEveryRow() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D wave;
                out vec4 color;
                void main() {
                    color = vec4(texture(wave, vec2(0.3, 0.0)).r, texture(wave, vec2(0.7, 1.0)).r,
                        textureSize(wave, 0) == ivec2(512, 1) ? 0.0 : 1.0, 1);
                }
                """
            ], bindings: [UniformBinding("wave", .sampler(.wave, .init()))])
        let renderer = try Build.renderer(Build.program([image]))
        #expect(try Array(renderer.frame(DrawState())[..<3]) == [128, 128, 0])
    }

    @Test func resourcesOutliveDeathsAndAreNamedByPrograms() throws {
        let program = Build.program([Build.showing(.texture("any"))]) {
            $0.textures = [TexturePlan(name: "any", paths: [], place: .init(file: "test"))]
        }
        let bench = try Bench()
        for (id, light) in [(UInt64(1), UInt8(50)), (2, 90)] {
            let pixels = [UInt8](repeating: light, count: 4 * 32 * 16)
            bench.supervisor.provide(
                try Resource.texture(id: id, width: 32, height: 16, pixels: pixels))
        }
        bench.supervisor.submit(1, program: program, options: TryOptions(resources: ["any": 1]))
        #expect(bench.run { bench.pixel(3, 3) == [50, 50, 50] })
        // The same text with another file is another program.
        bench.supervisor.submit(2, program: program, options: TryOptions(resources: ["any": 2]))
        #expect(bench.run { bench.pixel(3, 3) == [90, 90, 90] })
        kill(try #require(bench.supervisor.front).pid, SIGKILL)
        #expect(bench.run { bench.supervisor.statistics.deaths == 1 })
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 1 })
        #expect(bench.pixel(3, 3) == [90, 90, 90])
        bench.supervisor.withdraw(2)
        #expect(bench.run { [[230, 40, 200], [40, 40, 40]].contains(bench.pixel(3, 3)) })
    }

    @Test func whatIsNoPictureIsNotMadeOne() {
        #expect(throws: GuestError.self) {
            try Resource.texture(id: 1, width: 2, height: 2, pixels: [1, 2, 3])
        }
        #expect(throws: GuestError.self) {
            try Resource.texture(id: 1, width: 0, height: 2, pixels: [])
        }
        #expect(throws: GuestError.self) {
            try Resource.texture(id: 1, width: 1 << 40, height: 1 << 40, pixels: [1])
        }
        #expect(throws: GuestError.self) {
            try Resource.mesh(id: 1, vertices: Array(repeating: 0, count: 24), indices: [0, 1, 3])
        }
        #expect(throws: GuestError.self) { try Resource.mesh(id: 1, vertices: []) }
    }
}

extension PictureSource {
    /// A different source for each number.
    fileprivate static func value(_ index: Int) -> PictureSource { .texture("t\(index)") }
}
