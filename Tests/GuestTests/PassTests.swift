import GLSL
import Testing

@testable import Guest

/// Several passes, what they draw into, and who reads what of whom.
@Suite(.serialized)
struct PassTests {
    typealias Build = PassBuilder

    @Test func aPassReadsWhatOneBeforeItDrewInThisFrame() throws {
        let first = Build.pass(
            "first",
            [
                .fragment: """
                uniform int iFrame;
                out vec4 color;
                void main() { color = vec4(floor(gl_FragCoord.xy), iFrame, 255) / 255.0; }
                """
            ])
        let renderer = try Build.renderer(Build.program([first, Build.showing(.pass("first"))]))
        for frame in [3, 4, 9] {
            #expect(try renderer.image(frame).pixel(7, 5) == [7, 5, frame])
        }
    }

    @Test func onePassReadsWhatALaterOneDrewInTheFrameBefore() throws {
        let later = Build.pass(
            "later",
            [
                .fragment: """
                uniform int iFrame;
                out vec4 color;
                void main() { color = vec4(iFrame, 0, 0, 255) / 255.0; }
                """
            ])
        let first = Build.pass(
            "first",
            [
                .fragment: """
                uniform sampler2D next;
                out vec4 color;
                void main() { color = texelFetch(next, ivec2(0), 0); }
                """
            ], bindings: [UniformBinding("next", .sampler(.pass("later"), .init(.nearest)))])
        let renderer = try Build.renderer(
            Build.program([first, later, Build.showing(.pass("first"))]))
        _ = try renderer.image(20)
        #expect(try renderer.image(21).pixel(1, 1) == [20, 0, 0])
        #expect(try renderer.image(22).pixel(1, 1) == [21, 0, 0])
    }

    @Test func aPassAsksForThePictureBeforeOfOneThatWasDrawnAlready() throws {
        let first = Build.pass(
            "first",
            [
                .fragment: """
                uniform int iFrame;
                out vec4 color;
                void main() { color = vec4(iFrame, 0, 0, 255) / 255.0; }
                """
            ])
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D now, old;
                out vec4 color;
                void main() {
                    color = vec4(texelFetch(now, ivec2(0), 0).r, texelFetch(old, ivec2(0), 0).r, 0, 1);
                }
                """
            ],
            bindings: [
                UniformBinding("now", .sampler(.pass("first"), .init(.nearest))),
                UniformBinding("old", .sampler(.previous("first"), .init(.nearest))),
            ])
        let renderer = try Build.renderer(Build.program([first, image]))
        _ = try renderer.image(30)
        #expect(try renderer.image(31).pixel(2, 2) == [31, 30, 0])
        #expect(try renderer.image(32).pixel(2, 2) == [32, 31, 0])
    }

    /// A glider on a field of 32 x 16 goes one cell down and right in four steps.
    @Test func theGameOfLifeStepsOnceAFrame() throws {
        let life = Build.pass(
            "life",
            [
                .fragment: """
                uniform usampler2D old;
                uniform int iFrame;
                out uint cell;
                uint at(ivec2 p) { return texelFetch(old, (p + ivec2(32, 16)) % ivec2(32, 16), 0).r; }
                void main() {
                    ivec2 p = ivec2(gl_FragCoord.xy);
                    if (iFrame == 0) {
                        ivec2 q = p - ivec2(10, 5);
                        cell = q == ivec2(1, 2) || q == ivec2(2, 1) || q == ivec2(0, 0) || q == ivec2(1, 0)
                            || q == ivec2(2, 0) ? 1u : 0u;
                        return;
                    }
                    uint n = 0u;
                    for (int y = -1; y <= 1; y++) for (int x = -1; x <= 1; x++) n += at(p + ivec2(x, y));
                    n -= at(p);
                    cell = n == 3u || (n == 2u && at(p) == 1u) ? 1u : 0u;
                }
                """
            ], target: TargetPlan(format: .r32ui, isDoubled: true),
            bindings: [UniformBinding("old", .sampler(.previous("life"), .init(.nearest)))])
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform usampler2D life;
                out vec4 color;
                void main() { color = vec4(texelFetch(life, ivec2(gl_FragCoord.xy), 0).r); }
                """
            ], bindings: [UniformBinding("life", .sampler(.pass("life"), .init(.nearest)))])
        let renderer = try Build.renderer(Build.program([life, image]))
        func cells(_ image: Image) -> Set<[Int]> {
            var cells: Set<[Int]> = []
            for y in 0..<16 {
                for x in 0..<32 where image.pixel(x, y)[0] > 127 { cells.insert([x, y]) }
            }
            return cells
        }
        let start = cells(try renderer.image(0))
        #expect(start.count == 5)
        var last = start
        for frame in 1...8 { last = cells(try renderer.image(frame)) }
        #expect(last == Set(start.map { [$0[0] + 2, $0[1] - 2] }))
    }

    @Test func aPassHasASizeOfItsOwnAndKnowsIt() throws {
        let small = Build.pass(
            "small",
            [
                .fragment: """
                uniform vec3 iResolution;
                uniform vec2 whole;
                out vec4 color;
                void main() { color = vec4(iResolution.xy, whole.x, 255) / 255.0; }
                """
            ],
            target: TargetPlan(
                size: SizePlan(
                    width: .operation(.divide, .pictureWidth, .number(4)),
                    height: .operation(.multiply, .value("rows"), .number(2)))),
            bindings: [UniformBinding("whole", .size(.pass("image")))])
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D small;
                uniform vec2 smallSize;
                out vec4 color;
                void main() {
                    color = vec4(texelFetch(small, textureSize(small, 0) - 1, 0).rgb, 1);
                    if (gl_FragCoord.x > 16.0) color = vec4(smallSize / 255.0, 0, 1);
                }
                """
            ],
            bindings: [
                UniformBinding("small", .sampler(.pass("small"), .init(.nearest))),
                UniformBinding("smallSize", .size(.pass("small"))),
            ])
        let program = Build.program([small, image]) {
            $0.values = [ValuePlan(name: "rows", kind: .float, initial: [3])]
        }
        let renderer = try Build.renderer(program)
        #expect(try renderer.image().pixel(3, 3) == [8, 6, 32])
        #expect(try renderer.image().pixel(20, 3) == [8, 6, 0])
        renderer.setValues(["rows": [5]])
        #expect(try renderer.image(1).pixel(3, 3) == [8, 10, 32])
    }

    @Test(arguments: PixelFormat.allCases.filter { $0 != .rgba8ui })
    func everyFormatHoldsWhatItCan(format: PixelFormat) throws {
        let isWhole = format.scalar != .float
        let (type, sampler) =
            switch format.scalar {
            case .float: ("vec4", "sampler2D")
            case .int: ("ivec4", "isampler2D")
            case .uint: ("uvec4", "usampler2D")
            }
        // Beyond what a byte holds, where the format goes beyond it.
        let isWide = isWhole || format.rawValue.hasSuffix("f")
        let value =
            isWhole ? "\(type)(700, 3, 9, 1)" : "vec4(\(isWide ? "700.5" : "0.75"), 0.5, 0.25, 1)"
        let pass = Build.pass(
            "wide", [.fragment: "out \(type) color;\nvoid main() { color = \(value); }"],
            target: TargetPlan(format: format))
        let expected = isWhole ? "700.0" : isWide ? "700.5" : "0.75"
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform \(sampler) wide;
                out vec4 color;
                void main() {
                    float seen = float(texelFetch(wide, ivec2(1), 0).r);
                    color = abs(seen - \(expected)) < 0.01 * \(expected) ? vec4(0, 1, 0, 1) : vec4(1, 0, 0, 1);
                }
                """
            ], bindings: [UniformBinding("wide", .sampler(.pass("wide"), .init()))])
        let renderer = try Build.renderer(Build.program([pass, image]))
        #expect(try renderer.image().pixel(4, 4) == [0, 255, 0])
    }

    @Test func smallerCopiesAreMadeAfterEachDrawing() throws {
        let fine = Build.pass(
            "fine",
            [
                .fragment: """
                uniform int iFrame;
                out vec4 color;
                void main() { color = vec4((int(gl_FragCoord.x) + iFrame) % 2 == 0 ? 1.0 : 0.0, iFrame == 1, 0, 1); }
                """
            ], target: TargetPlan(hasMipmaps: true))
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D fine;
                out vec4 color;
                void main() { color = textureLod(fine, vec2(0.5), 5.0); }
                """
            ], bindings: [UniformBinding("fine", .sampler(.pass("fine"), .init(.mipmap)))])
        let renderer = try Build.renderer(Build.program([fine, image]))
        let grey = try renderer.image(0).pixel(3, 3)
        #expect((126...129).contains(grey[0]) && grey[1] == 0)
        #expect(try renderer.image(1).pixel(3, 3)[1] == 255)
    }

    @Test func aPersistentPictureGoesOnWhereNothingIsDrawn() throws {
        // A dot a frame, one pixel farther each time.
        let trail = Build.pass(
            "trail",
            [
                .vertex: """
                uniform int iFrame;
                void main() {
                    gl_Position = vec4((vec2(iFrame % 32, 3) + 0.5) / vec2(16, 8) - 1.0, 0, 1);
                    gl_PointSize = 1.0;
                }
                """, .fragment: "out vec4 color;\nvoid main() { color = vec4(1); }",
            ], target: TargetPlan(isPersistent: true), draw: DrawPlan(geometry: .points(1)))
        for isDoubled in [false, true] {
            var pass = trail
            pass.target.isDoubled = isDoubled
            let renderer = try Build.renderer(
                Build.program([pass, Build.showing(.pass("trail"))]))
            for frame in 0..<6 { _ = try renderer.image(frame) }
            let image = try renderer.image(6)
            for x in 0..<32 { #expect(image.pixel(x, 3)[0] == (x <= 6 ? 255 : 0), "\(x)") }
        }
        // And begins anew where it does not persist, or says what it begins with.
        var pass = trail
        pass.target.isPersistent = false
        let forgetful = try Build.renderer(Build.program([pass, Build.showing(.pass("trail"))]))
        _ = try forgetful.image(0)
        #expect(try forgetful.image(1).pixel(0, 3) == [0, 0, 0])
        pass.target.isPersistent = true
        pass.draw?.clear = SIMD4(0, 0, 1, 1)
        let blue = try Build.renderer(Build.program([pass, Build.showing(.pass("trail"))]))
        _ = try blue.image(0)
        #expect(try blue.image(1).pixel(0, 3) == [0, 0, 255])
        #expect(try blue.image(1).pixel(1, 3) == [255, 255, 255])
    }

    @Test func theShownPassMayBeLargerFinerAndFedBack() throws {
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D old;
                out vec4 color;
                void main() { color = texelFetch(old, ivec2(gl_FragCoord.xy), 0) + vec4(0.001, 0, 0, 1); }
                """
            ],
            target: TargetPlan(
                size: SizePlan(
                    width: .operation(.multiply, .pictureWidth, .number(2)),
                    height: .operation(.multiply, .pictureHeight, .number(2))), format: .rgba32f),
            bindings: [UniformBinding("old", .sampler(.previous("image"), .init(.nearest)))])
        let renderer = try Build.renderer(Build.program([image]))
        var last = 0
        for frame in 0..<100 { last = try renderer.image(frame).pixel(5, 5)[0] }
        // A hundred thousandths and no trial's: steps that bytes would have lost.
        #expect((25...26).contains(last))
    }

    @Test func eyesHavePicturesOfTheirOwnInEachPass() throws {
        let count = Build.pass(
            "count",
            [
                .fragment: """
                uniform sampler2D old;
                uniform int iViewIndex;
                out vec4 color;
                void main() { color = texelFetch(old, ivec2(0), 0) + vec4(1 + iViewIndex, 0, 0, 255) / 255.0; }
                """
            ],
            target: TargetPlan(size: SizePlan(width: .number(3), height: .number(2))),
            bindings: [UniformBinding("old", .sampler(.pass("count"), .init(.nearest)))])
        let image = Build.pass(
            "image",
            [
                .fragment: """
                uniform sampler2D count;
                out vec4 color;
                void main() { color = texelFetch(count, ivec2(1), 0); }
                """
            ], bindings: [UniformBinding("count", .sampler(.pass("count"), .init(.nearest)))])
        let renderer = try Build.renderer(Build.program([count, image]))
        let views = Eye.pair().map(\.state)
        for frame in 0..<9 { _ = try renderer.image(frame, views: views) }
        let picture = try renderer.image(9, views: views)
        #expect(picture.pixel(3, 3)[0] == 10)
        #expect(picture.pixel(20, 3)[0] == 20)
    }

    @Test func whatCannotBeDrawnIsSaidInWords() throws {
        let flat = Build.flat("vec4(1)")
        let image = Build.pass("image", flat)
        #expect(
            refusal {
                try Build.renderer(
                    Build.program([Build.pass("a", flat), Build.pass("a", flat), image]))
            }
            .contains("Two passes are called a"))
        #expect(
            refusal {
                try Build.renderer(
                    Build.program([
                        Build.pass(
                            "image", [.fragment: "out uvec4 c; void main() { c = uvec4(1); }"],
                            target: TargetPlan(format: .rgba32ui))
                    ]))
            }.contains("cannot be of rgba32ui"))
        #expect(
            refusal {
                try Build.renderer(
                    Build.program([
                        Build.pass(
                            "image", flat, draw: DrawPlan(geometry: .patches(4, vertices: 3)))
                    ]))
            }.contains("has no tessellation stage"))
        #expect(
            refusal {
                try Build.renderer(
                    Build.program([Build.pass("image", flat, draw: DrawPlan(samples: 99))]))
            }.contains("99 samples a pixel of the pass image; from 1 to 8"))
        #expect(
            refusal {
                try Build.renderer(
                    Build.program([
                        Build.pass(
                            "image", flat,
                            draw: DrawPlan(geometry: .points(1 << 20), instances: 1 << 10))
                    ]))
            }.contains("16777216 are allowed"))
        let huge = SizePlan(width: .number(8192), height: .number(8192))
        #expect(
            refusal {
                try Build.renderer(
                    Build.program([
                        Build.pass("big", flat, target: TargetPlan(size: huge, format: .rgba32f)),
                        image,
                    ]))
            }.contains("512 MB are allowed"))
        #expect(
            refusal { try Build.renderer(Build.program(Array(repeating: image, count: 65))) }
                .contains("has 65 passes; 64 are allowed"))
    }
}
