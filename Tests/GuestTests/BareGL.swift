import CEpoxy
import GLSL
import Render

/// A context of a test's own, that compiles, draws and reads what it wants; only inside an exit test, which can be killed.
final class BareGL {
    // Objects go before their context: released in this order.
    private let target: Framebuffer
    private let context: Render.EGLContext
    static let width = 32
    static let height = 8

    init() throws {
        context = try Render.EGLContext(robust: false)
        target = try Framebuffer(width: Self.width, height: Self.height)
        var (array, buffer): (GLuint, GLuint) = (0, 0)
        glGenVertexArrays(1, &array)
        glBindVertexArray(array)
        glGenBuffers(1, &buffer)
        glBindBuffer(GLenum(GL_ARRAY_BUFFER), buffer)
        let corners: [Float] = [-1, -1, 3, -1, -1, 3]
        corners.withUnsafeBytes {
            glBufferData(GLenum(GL_ARRAY_BUFFER), $0.count, $0.baseAddress, GLenum(GL_STATIC_DRAW))
        }
        glVertexAttribPointer(0, 2, GLenum(GL_FLOAT), GLboolean(GL_FALSE), 0, nil)
        glEnableVertexAttribArray(0)
    }

    /// What a program did: its pixels, and what its stages reported.
    struct Result {
        var log: String?
        var pixels: [UInt8] = []
        var report: [UInt32] = []
        /// What a compute stage wrote into the buffer at binding 0.
        var values: [UInt32] = []
    }

    /// Compiles one stage: whether it is well, and the log.
    func compile(_ stage: AssembledStage) -> (shader: GLuint, isGood: Bool, log: String) {
        let kinds = [
            Stage.vertex: GL_VERTEX_SHADER, .tessellationControl: GL_TESS_CONTROL_SHADER,
            .tessellationEvaluation: GL_TESS_EVALUATION_SHADER, .geometry: GL_GEOMETRY_SHADER,
            .fragment: GL_FRAGMENT_SHADER, .compute: GL_COMPUTE_SHADER,
        ]
        let shader = glCreateShader(GLenum(kinds[stage.stage] ?? GL_FRAGMENT_SHADER))
        stage.text.withCString {
            var text: UnsafePointer<CChar>? = $0
            glShaderSource(shader, 1, &text, nil)
        }
        glCompileShader(shader)
        var status: GLint = 0
        glGetShaderiv(shader, GLenum(GL_COMPILE_STATUS), &status)
        var log = [CChar](repeating: 0, count: 8192)
        glGetShaderInfoLog(shader, GLsizei(log.count), nil, &log)
        return (
            shader, status != 0,
            String(decoding: log.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        )
    }

    /// Compiles, links and runs a program once; with a log alone where it does not compile.
    func run(_ program: AssembledProgram, asksForReplay: Bool = false) -> Result {
        let name = glCreateProgram()
        defer { glDeleteProgram(name) }
        let stages = program.passes[0].stages
        for stage in stages {
            let (shader, isGood, log) = compile(stage)
            guard isGood else { return Result(log: "\(stage.stage): \(log)\n\(stage.text)") }
            glAttachShader(name, shader)
            glDeleteShader(shader)
        }
        glBindAttribLocation(name, 0, "position")
        glLinkProgram(name)
        var status: GLint = 0
        glGetProgramiv(name, GLenum(GL_LINK_STATUS), &status)
        guard status != 0 else {
            var log = [CChar](repeating: 0, count: 8192)
            glGetProgramInfoLog(name, GLsizei(log.count), nil, &log)
            return Result(
                log: String(
                    decoding: log.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        var result = Result()
        let report = storage(count: 6)
        for stage in stages {
            if case .storage(let binding)? = stage.loopGuard?.channel {
                glBindBufferBase(GLenum(GL_SHADER_STORAGE_BUFFER), GLuint(binding), report)
            }
        }
        glUseProgram(name)
        glUniform1i(
            glGetUniformLocation(name, "phosphor_guard_report"), asksForReplay ? 1 : 0)
        if stages[0].stage == .compute {
            let values = storage(count: 64)
            glBindBufferBase(GLenum(GL_SHADER_STORAGE_BUFFER), 0, values)
            glDispatchCompute(1, 1, 1)
            glMemoryBarrier(GLbitfield(GL_BUFFER_UPDATE_BARRIER_BIT))
            result.values = read(values, count: 64)
        } else {
            target.bind()
            glClearColor(0, 0, 0, 0)
            glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
            let isPatch = stages.contains { $0.stage == .tessellationControl }
            if isPatch { glPatchParameteri(GLenum(GL_PATCH_VERTICES), 3) }
            glDrawArrays(GLenum(isPatch ? GL_PATCHES : GL_TRIANGLES), 0, 3)
            result.pixels = [UInt8](repeating: 0, count: Self.width * Self.height * 4)
            result.pixels.withUnsafeMutableBytes {
                glReadPixels(
                    0, 0, GLsizei(Self.width), GLsizei(Self.height), GLenum(GL_RGBA),
                    GLenum(GL_UNSIGNED_BYTE), $0.baseAddress)
            }
        }
        glMemoryBarrier(GLbitfield(GL_BUFFER_UPDATE_BARRIER_BIT))
        result.report = read(report, count: 6)
        return result
    }

    private func storage(count: Int) -> GLuint {
        var name: GLuint = 0
        glGenBuffers(1, &name)
        glBindBuffer(GLenum(GL_SHADER_STORAGE_BUFFER), name)
        let zeros = [UInt32](repeating: 0, count: count)
        zeros.withUnsafeBytes {
            glBufferData(
                GLenum(GL_SHADER_STORAGE_BUFFER), $0.count, $0.baseAddress,
                GLenum(GL_DYNAMIC_DRAW))
        }
        return name
    }

    private func read(_ buffer: GLuint, count: Int) -> [UInt32] {
        var values = [UInt32](repeating: 0, count: count)
        glBindBuffer(GLenum(GL_SHADER_STORAGE_BUFFER), buffer)
        values.withUnsafeMutableBytes {
            glGetBufferSubData(
                GLenum(GL_SHADER_STORAGE_BUFFER), 0, $0.count, $0.baseAddress)
        }
        return values
    }
}
