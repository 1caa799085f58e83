import Render
import TestSupport
import Testing

/// ISFs as their hosts take them, by what is seen of them.
@Suite(.serialized) struct ISFSessionTests {
    let home: Home
    init() throws { home = try Home() }

    private func rendered(_ inputs: [String], _ code: String) throws -> Pixels {
        let list = inputs.map { input in
            let words = input.split(separator: " ", maxSplits: 2).map(String.init)
            return
                "{\"NAME\":\"\(words[0])\",\"TYPE\":\"\(words[1])\"\(words.dropFirst(2).joined())}"
        }
        try home.write("a.fs", "/*{\"INPUTS\":[\(list.joined(separator: ","))]}*/\n\(code)\n")
        let done = try home.phosphor("render", "a.fs", "--out", "a.png", "--size", "320x180")
        #expect(done.status == 0 && done.errors.isEmpty, "\(done.errors)")
        return try Pixels(pngFile: home.path("a.png"))
    }

    @Test(
        "a point that is divided by the size begins in the middle, one that is not stays in pixels")
    func points() throws {
        defer { home.remove() }
        let point = "place point2D ,\"DEFAULT\":[0.5,0.5]"
        let disc = "void main() { gl_FragColor = vec4(step(distance(isf_FragNormCoord, %), 0.2)); }"
        let share = try rendered(
            [point], disc.replacing("%", with: "place / RENDERSIZE"))
        #expect(share[160, 90].x == 255 && share[4, 4].x == 0 && share[4, 175].x == 0)
        let raw = try rendered([point], disc.replacing("%", with: "place"))
        #expect(raw[160, 90].x == 255)
    }

    @Test(
        "pixels of a picture that stands in are those of what is shown, however it is asked for them"
    )
    func pixels() throws {
        defer { home.remove() }
        let plain = try rendered(
            ["inputImage image"],
            "void main() { gl_FragColor = IMG_PIXEL(inputImage, gl_FragCoord.xy); }")
        for code in [
            "vec4 g(sampler2D s) { return IMG_PIXEL(s, gl_FragCoord.xy); } void main() { gl_FragColor = g(inputImage); }",
            "#define SRC inputImage\nvoid main() { gl_FragColor = IMG_PIXEL(SRC, gl_FragCoord.xy); }",
            "void main() { gl_FragColor = texture2DRect(inputImage, gl_FragCoord.xy); }",
        ] {
            let other = try rendered(["inputImage image"], code)
            for (x, y) in [(10, 10), (160, 90), (310, 20), (100, 170)] {
                let (one, two) = (plain[x, y], other[x, y])
                #expect((0..<3).allSatisfy { abs(Int(one[$0]) - Int(two[$0])) <= 2 }, "\(code)")
            }
        }
    }

    @Test("what a transition goes to is another picture than what it comes from")
    func transition() throws {
        defer { home.remove() }
        let seen = try rendered(
            ["startImage image", "endImage image"],
            """
            void main() {
                vec2 place = vec2(fract(2.0 * isf_FragNormCoord.x), isf_FragNormCoord.y);
                bool isLeft = isf_FragNormCoord.x < 0.5;
                gl_FragColor = isLeft ? IMG_NORM_PIXEL(startImage, place) : IMG_NORM_PIXEL(endImage, place);
            }
            """)
        for (x, y) in [(10, 10), (80, 90), (150, 20), (50, 170)] {
            let (one, two) = (seen[x, y], seen[x + 160, y])
            #expect((0..<3).contains { abs(Int(one[$0]) - Int(two[$0])) > 30 }, "\(one) \(two)")
        }
    }

    @Test("time and size are there under the names that a text declares itself")
    func names() throws {
        defer { home.remove() }
        let seen = try rendered(
            [],
            "uniform vec2 resolution;\nvoid main() { gl_FragColor = vec4(gl_FragCoord.xy / resolution, 0.0, 1.0); }"
        )
        #expect(abs(Int(seen[160, 90].x) - 128) <= 2 && seen[318, 90].x > 250)
    }
}
