import CEpoxy

/// A storage buffer that lives from frame to frame.
final class KeptBuffer {
    let key: StateKey
    private let name: GLuint

    /// A buffer of zeros, or of the bytes that are there to read.
    init(_ key: StateKey, contents: UnsafeRawPointer? = nil) {
        self.key = key
        var name: GLuint = 0
        glGenBuffers(1, &name)
        self.name = name
        glBindBuffer(Self.target, name)
        glBufferData(Self.target, key.bytes, contents, GLenum(GL_DYNAMIC_COPY))
        guard contents == nil else { return }
        // No data means zeros here.
        glClearBufferData(
            Self.target, GLenum(GL_R8UI), GLenum(GL_RED_INTEGER), GLenum(GL_UNSIGNED_BYTE), nil)
    }

    deinit {
        var name = name
        glDeleteBuffers(1, &name)
    }

    /// Makes it the buffer of a binding.
    func bind(to binding: Int) { glBindBufferBase(Self.target, GLuint(binding), name) }

    /// Takes the contents of a buffer of the same size.
    func take(from other: KeptBuffer) {
        glBindBuffer(GLenum(GL_COPY_READ_BUFFER), other.name)
        glBindBuffer(GLenum(GL_COPY_WRITE_BUFFER), name)
        glCopyBufferSubData(
            GLenum(GL_COPY_READ_BUFFER), GLenum(GL_COPY_WRITE_BUFFER), 0, 0,
            min(key.bytes, other.key.bytes))
    }

    /// Copies its contents, `key.bytes` of them.
    func read(into memory: UnsafeMutableRawPointer) {
        glBindBuffer(Self.target, name)
        glGetBufferSubData(Self.target, 0, key.bytes, memory)
    }

    private static let target = GLenum(GL_SHADER_STORAGE_BUFFER)
}
