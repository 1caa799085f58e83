public import CEpoxy

/// A linked program of Phosphor's own shaders, which are known to compile.
///
/// The user's programs are another matter: see the Guest target, where every step has a deadline.
public final class ShaderProgram {
    /// GL's name for it.
    public let name: GLuint

    /// Compiles and links a vertex and a fragment shader; the error carries the driver's log.
    public init(label: String, vertex: String, fragment: String) throws {
        name = glCreateProgram()
        for (kind, source) in [(GL_VERTEX_SHADER, vertex), (GL_FRAGMENT_SHADER, fragment)] {
            let shader = glCreateShader(GLenum(kind))
            source.withCString { text in
                var text: UnsafePointer<CChar>? = text
                glShaderSource(shader, 1, &text, nil)
            }
            glCompileShader(shader)
            glAttachShader(name, shader)
            glDeleteShader(shader)
        }
        glLinkProgram(name)
        var linked: GLint = 0
        glGetProgramiv(name, GLenum(GL_LINK_STATUS), &linked)
        guard linked != 0 else {
            var log = [CChar](repeating: 0, count: 4096)
            glGetProgramInfoLog(name, GLsizei(log.count), nil, &log)
            throw RenderError(
                "Phosphor's own program '\(label)' does not link on this driver: "
                    + String(
                        decoding: log.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
                    ))
        }
    }

    deinit { glDeleteProgram(name) }

    /// Makes it current (glUseProgram).
    public func use() { glUseProgram(name) }

    /// A uniform's location; -1, which GL ignores, where the compiler dropped it.
    public func location(_ uniform: String) -> GLint { glGetUniformLocation(name, uniform) }
}
