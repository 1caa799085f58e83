import CEpoxy
import GLSL

/// GL's objects for the ways to read a texture, made as they are asked for.
final class SamplerObjects {
    private var names: [Key: GLuint] = [:]

    private struct Key: Hashable {
        let filter: Sampling.Filter
        let wrap: Sampling.Wrap
    }

    deinit {
        let names = Array(names.values)
        glDeleteSamplers(GLsizei(names.count), names)
    }

    /// The object for a way; whole numbers are never mixed.
    func name(_ sampling: Sampling, _ scalar: PixelFormat.Scalar) -> GLuint {
        let key = Key(
            filter: scalar == .float ? sampling.filter : .nearest, wrap: sampling.wrap)
        if let name = names[key] { return name }
        var name: GLuint = 0
        glGenSamplers(1, &name)
        let wrap =
            switch key.wrap {
            case .clamp: GL_CLAMP_TO_EDGE
            case .repeat: GL_REPEAT
            case .mirror: GL_MIRRORED_REPEAT
            }
        for axis in [GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T, GL_TEXTURE_WRAP_R] {
            glSamplerParameteri(name, GLenum(axis), wrap)
        }
        let (small, large) =
            switch key.filter {
            case .nearest: (GL_NEAREST, GL_NEAREST)
            case .linear: (GL_LINEAR, GL_LINEAR)
            case .mipmap: (GL_LINEAR_MIPMAP_LINEAR, GL_LINEAR)
            }
        glSamplerParameteri(name, GLenum(GL_TEXTURE_MIN_FILTER), small)
        glSamplerParameteri(name, GLenum(GL_TEXTURE_MAG_FILTER), large)
        names[key] = name
        return name
    }
}
