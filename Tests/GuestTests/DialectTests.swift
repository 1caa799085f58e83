import GLSL
import Glibc
import Testing

@testable import Guest

/// The passes of a program as programs of their own, for a context that draws one.
private func single(_ program: AssembledProgram) -> [AssembledProgram] {
    program.passes.map { pass in
        var one = program
        one.passes = [pass]
        return one
    }
}

/// Every dialect's names, taken by the real driver.
@Suite(.serialized) struct DialectTests {
    @Test func everySourceCompilesLinksAndDraws() async throws {
        await #expect(processExitsWith: .success) {
            alarm(300)
            let gl = try BareGL()
            for example in DialectSource.all {
                let program = try Assembler.assemble(example.source).get()
                for (plain, guarded) in zip(single(program), single(LoopGuard.guarded(program))) {
                    for one in [plain, guarded] {
                        let result = gl.run(one)
                        #expect(result.log == nil, "\(example) \(result.log ?? "")")
                    }
                }
            }
        }
    }

    /// Each draws its place in the picture, as far as its version lets it.
    @Test func everyVersionThatTheDriverTakesDraws() async throws {
        await #expect(processExitsWith: .success) {
            alarm(300)
            let gl = try BareGL()
            let old = "void main() { gl_FragColor = vec4(uv, 0.0, 1.0); }"
            let new = "out vec4 c;\nvoid main() { c = vec4(uv, 0.0, 1.0); }"
            let half = "precision highp float;\n"
            let texts =
                ["110", "120"].map { "#version \($0)\nvarying vec2 uv;\n\(old)" }
                + [
                    "130", "140", "150", "330", "330 core", "400", "410 core", "420", "430", "440",
                    "450", "450 core", "450 compatibility", "460",
                ].map { "#version \($0)\nin vec2 uv;\n\(new)" }
                + ["300 es", "310 es", "320 es"].map {
                    "#version \($0)\n\(half)in vec2 uv;\n\(new)"
                }
                + [
                    "#version 100\n\(half)varying vec2 uv;\n\(old)", "varying vec2 uv;\n\(old)",
                    "in vec2 uv;\n\(new)", "#version 330 core\nvarying vec2 uv;\n\(old)",
                    "#version 120\nvoid main() { gl_FragColor = gl_TexCoord[0] * gl_Color; }",
                    "#version 150 compatibility\nvoid main() { gl_FragColor = gl_TexCoord[0]; }",
                    "#ifdef GL_ES\n\(half)#endif\nvarying vec2 uv;\nfloat sample = 1.0;\n"
                        + "uniform sampler2D texture;\nvoid main() { gl_FragColor = vec4(uv, 0.0, sample) + 0.0 * texture2D(texture, uv); }",
                    "#define texture texture2D\nvarying vec2 uv; uniform sampler2D a;\n"
                        + "void main() { gl_FragColor = vec4(uv, 0.0, 1.0) + 0.0 * (texture(a, uv) + texture2D(a, uv, 1.0)); }",
                ]
            for text in texts {
                let result = gl.run(try Shaders.assemble([.fragment: text]))
                #expect(result.log == nil, "\(text)\n\(result.log ?? "")")
                guard result.log == nil else { continue }
                // Bottom left is dark, top right is yellow.
                let last = result.pixels.count - 4
                #expect(result.pixels[0] < 20 && result.pixels[1] < 40, "\(text)")
                #expect(result.pixels[last] > 230 && result.pixels[last + 1] > 210, "\(text)")
                #expect(result.pixels[last + 2] == 0, "\(text)")
            }
        }
    }

    @Test func everyFormOfTheOldTextureFunctionsCompiles() async throws {
        await #expect(processExitsWith: .success) {
            alarm(120)
            let gl = try BareGL()
            let text = """
                uniform sampler1D a; uniform sampler2D b; uniform sampler3D c; uniform samplerCube d;
                varying vec4 p;
                void main() {
                    gl_FragColor = texture1D(a, p.x) + texture1D(a, p.x, 1.0) + texture1DLod(a, p.x, 0.0)
                        + texture2D(b, p.xy) + texture2D(b, p.xy, 1.0) + texture2DLod(b, p.xy, 0.0)
                        + texture2DLodEXT(b, p.xy, 0.0) + texture2DProj(b, p.xyz) + texture2DProj(b, p)
                        + texture2DProj(b, p, 1.0) + texture2DProjLod(b, p.xyz, 0.0)
                        + texture2DProjLodEXT(b, p, 0.0) + texture2DGradEXT(b, p.xy, p.xy, p.xy)
                        + texture2DGradARB(b, p.xy, p.xy, p.xy) + texture3D(c, p.xyz)
                        + texture3D(c, p.xyz, 1.0) + texture3DLod(c, p.xyz, 0.0) + textureCube(d, p.xyz)
                        + textureCube(d, p.xyz, 1.0) + textureCubeLod(d, p.xyz, 0.0)
                        + textureCubeLodEXT(d, p.xyz, 0.0) + textureCubeGradEXT(d, p.xyz, p.xyz, p.xyz);
                    gl_FragDepthEXT = 0.5;
                }
                """
            for version in ["", "#version 150\n", "#version 330 core\n", "#version 450\n"] {
                let program = try Shaders.assemble([.fragment: version + text])
                let log = program.passes[0].stages.compactMap { stage -> String? in
                    let (_, isGood, log) = gl.compile(stage)
                    return isGood ? nil : log
                }
                #expect(log == [], "\(version)\(log)")
            }
        }
    }
}
