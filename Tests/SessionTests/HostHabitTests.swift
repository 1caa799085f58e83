import Foundation
import Render
import Testing

/// What other people's shaders rest on because their own hosts do it so.
@Suite(.serialized) struct HostHabitTests {
    let home: Home
    init() throws { home = try Home() }

    private func render(_ text: String) throws -> (pixels: Pixels, errors: String) {
        let name = "t-\(UUID().uuidString.prefix(4))"
        try home.write("\(name).frag", text)
        let done = try home.phosphor(
            "render", "\(name).frag", "--out", "\(name).png", "--size", "64x32")
        try #require(done.status == 0, "\(done.errors)")
        return (try Pixels(pngFile: home.path("\(name).png")), done.errors)
    }

    @Test(
        "Variables and what functions give back begin with zeros, without a warning",
        arguments: [
            """
            void mainImage(out vec4 o, vec2 u) {
                vec3 c; float i;
                for (; i++ < 4.; ) c += vec3(.1, .2, 0.);
                o.rgb = c;
            }
            """,
            "void mainImage(out vec4 o, vec2 u) { o += vec4(.4, .8, 0., 1.); }",
            """
            uniform vec2 u_resolution;
            void main() {
                vec3 c;
                for (int i = 0; i < 4; i++) c += vec3(.1, .2, 0.);
                gl_FragColor = vec4(c, u_resolution.x);
            }
            """,
            """
            void part(out vec3 c, float x) { if (x > 1e9) c = vec3(1.); }
            void mainImage(out vec4 o, vec2 u) { vec3 c = vec3(.3); part(c, u.x); o = vec4(c + vec3(.4, .8, 0.), 1.); }
            """,
        ])
    func zeros(text: String) throws {
        defer { home.remove() }
        for _ in 0..<2 {
            let (pixels, errors) = try render(text)
            #expect(!errors.contains("uninitialized"))
            for (x, y) in [(0, 0), (31, 7), (63, 31)] {
                #expect(pixels[x, y] == SIMD4(102, 204, 0, 255))
            }
        }
    }

    @Test(
        "Samplers of every kind show something where nobody gave them a picture",
        arguments: [
            "void mainImage(out vec4 c, vec2 p) { c = texture(iChannel0, normalize(vec3(p / iResolution.xy - .5, 1.))); }",
            "void mainImage(out vec4 c, vec2 p) { c = texture(iChannel2, p / iResolution.xy); }",
            "#version 330\nuniform sampler3D v; out vec4 c; void main() { c = texture(v, vec3(gl_FragCoord.xy, 3.) / 70.); }",
            "#version 330\nuniform sampler2DArray v; out vec4 c; void main() { c = texture(v, vec3(gl_FragCoord.xy / 70., 0.)); }",
            "#version 330\nuniform sampler2DRect v; out vec4 c; void main() { c = texture(v, gl_FragCoord.xy); }",
            "#version 330\nuniform sampler1D v; out vec4 c; void main() { c = texture(v, gl_FragCoord.x / 70.); }",
            "#version 330\nuniform sampler2D v[2]; out vec4 c; void main() { c = texture(v[1], gl_FragCoord.xy / 70.); }",
            "#version 330\nstruct M { sampler2D diffuse; }; uniform M m; out vec4 c; void main() { c = texture(m.diffuse, gl_FragCoord.xy / 70.); }",
        ])
    func standIns(text: String) throws {
        defer { home.remove() }
        let pixels = try render(text).pixels
        var colors: Set<SIMD4<UInt8>> = []
        for y in 0..<pixels.height { for x in 0..<pixels.width { colors.insert(pixels[x, y]) } }
        #expect(colors.count > 16)
    }

    @Test("A picture whose loops were cut short is written, and that is said")
    func cut() throws {
        defer { home.remove() }
        let (pixels, errors) = try render(
            """
            void mainImage(out vec4 o, vec2 u) {
                float c = 0.;
                for (int k = 0; k < 30; k++) for (int i = 0; i < 3000; i++) { c += 1.; if (c > 1e30) break; }
                o = vec4(c / 90000., 1., 0., 1.);
            }
            """)
        #expect(pixels[40, 20].x < 160 && pixels[40, 20].y == 255)
        #expect(errors.contains(".frag:3:1: warning: runaway: this loop passed 50,000 rounds"))
        #expect(!errors.contains("ATTENTION"))
    }
}
