import CEpoxy
import GLSL
import Glibc
import Testing

@testable import Guest

/// Small sources with every name of a dialect, compiled and linked by the driver, each pass, with and without loops counted.
@Suite(.serialized) struct ConformanceTests {
    @Test func everyNameOfTheDialectsCompiles() async throws {
        await #expect(processExitsWith: .success) {
            alarm(300)
            let gl = try BareGL()
            for sketch in ConformanceSources.all {
                let plain = try sketch.assembled()
                for program in [plain, LoopGuard.guarded(plain)] {
                    for pass in program.passes {
                        let log = gl.link(pass)
                        #expect(log == nil, "\(sketch.name), \(pass.name): \(log ?? "")")
                    }
                }
            }
        }
    }
}

extension BareGL {
    /// Compiles and links a pass: what the driver has to say where it cannot.
    func link(_ pass: AssembledPass) -> String? {
        let name = glCreateProgram()
        defer { glDeleteProgram(name) }
        for stage in pass.stages {
            let (shader, isGood, log) = compile(stage)
            guard isGood else { return "\(stage.stage): \(log)\n\(stage.text)" }
            glAttachShader(name, shader)
            glDeleteShader(shader)
        }
        glLinkProgram(name)
        var status: GLint = 0
        glGetProgramiv(name, GLenum(GL_LINK_STATUS), &status)
        guard status == 0 else { return nil }
        var log = [CChar](repeating: 0, count: 8192)
        glGetProgramInfoLog(name, GLsizei(log.count), nil, &log)
        return String(
            decoding: log.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
