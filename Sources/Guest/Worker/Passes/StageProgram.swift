import CEpoxy
import GLSL

/// One linked GL program: a pass's drawing stages, or its compute stage; with all that it wants to be given.
final class StageProgram {
    let name: GLuint = glCreateProgram()
    private(set) var inputs = ActiveUniforms()
    /// Storage blocks of its stages.
    private(set) var storage: [StorageBlock] = []

    deinit { glDeleteProgram(name) }

    /// Links it: whether the driver does, and its log.
    func link(bindings: [UniformBinding], values: Set<String>) -> (Bool, String) {
        glLinkProgram(name)
        var status: GLint = 0
        glGetProgramiv(name, GLenum(GL_LINK_STATUS), &status)
        let log = InfoLog.text {
            glGetProgramiv(name, $0, $1)
        } read: {
            glGetProgramInfoLog(name, $0, $1, $2)
        }
        guard status != 0 else { return (false, log) }
        inputs = ActiveUniforms(of: name, bindings: bindings, values: values)
        storage = StorageBlock.all(of: name)
        return (true, log)
    }

    /// Makes a block of it look for its buffer at a binding.
    func bindStorage(_ block: String, to binding: Int) {
        let index = glGetProgramResourceIndex(name, GLenum(GL_SHADER_STORAGE_BLOCK), block)
        guard index != GLuint(bitPattern: -1) else { return }
        glShaderStorageBlockBinding(name, index, GLuint(binding))
    }

    /// Makes it current, with all that it wants.
    func use(_ frame: FrameValues) {
        glUseProgram(name)
        for uniform in inputs.uniforms { uniform.set(frame) }
        if let scene = frame.scene {
            scene.bind(inputs.samplers)
            scene.bind(inputs.images)
        }
    }
}

/// The words of compilers and linkers.
enum InfoLog {
    static func text(
        length: (GLenum, UnsafeMutablePointer<GLint>) -> Void,
        read: (GLsizei, UnsafeMutablePointer<GLsizei>, UnsafeMutablePointer<GLchar>) -> Void
    ) -> String {
        var count: GLint = 0
        length(GLenum(GL_INFO_LOG_LENGTH), &count)
        // Drivers have been seen to write more than they announce.
        var characters = [GLchar](repeating: 0, count: Int(max(0, count)) + 1024)
        var written: GLsizei = 0
        read(GLsizei(characters.count), &written, &characters)
        let bytes = characters.prefix(Int(max(0, written))).lazy.map(UInt8.init(bitPattern:))
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
