import CEpoxy
import GLSL

/// The storage buffer in which the stages of a pass write which of their loops passed the guard's limit.
///
/// Six unsigned integers, one a stage by `Stage.order`; zero where nothing happened (`GuardReport.Channel.storage`).
final class GuardBuffer {
    /// Where the stages look for it; one place in all of them, as a rule.
    var bindings: Set<Int> = []
    private let name: GLuint
    private static let zeros = [GLuint](repeating: 0, count: Stage.allCases.count)
    private static let size = GLsizeiptr(6 * MemoryLayout<GLuint>.size)

    init() {
        var name: GLuint = 0
        glGenBuffers(1, &name)
        self.name = name
        glBindBuffer(GLenum(GL_SHADER_STORAGE_BUFFER), name)
        glBufferData(
            GLenum(GL_SHADER_STORAGE_BUFFER), Self.size, Self.zeros, GLenum(GL_DYNAMIC_READ))
    }

    deinit {
        var name = name
        glDeleteBuffers(1, &name)
    }

    /// Puts it where the stages look for it.
    func bind() {
        for binding in bindings {
            glBindBufferBase(GLenum(GL_SHADER_STORAGE_BUFFER), GLuint(binding), name)
        }
    }

    func clear() {
        glBindBuffer(GLenum(GL_SHADER_STORAGE_BUFFER), name)
        glBufferSubData(GLenum(GL_SHADER_STORAGE_BUFFER), 0, Self.size, Self.zeros)
    }

    /// The loops written there, by stage.
    func loops() -> [(stage: Stage, loop: Int)] {
        var values = Self.zeros
        glMemoryBarrier(GLbitfield(GL_BUFFER_UPDATE_BARRIER_BIT))
        glBindBuffer(GLenum(GL_SHADER_STORAGE_BUFFER), name)
        glGetBufferSubData(GLenum(GL_SHADER_STORAGE_BUFFER), 0, Self.size, &values)
        return values.enumerated().compactMap { order, value in
            guard value != 0, let stage = Stage(order: order) else { return nil }
            return (stage, Int(value))
        }
    }
}
