import CEpoxy
import GLSL

/// What GL calls the formats, and how their pixels are read and written.
extension PixelFormat {
    /// What the components of a pixel are to a sampler.
    enum Scalar: Hashable { case float, int, uint }

    /// GL's sized internal format.
    var internalFormat: GLenum {
        let name =
            switch self {
            case .rgba8: GL_RGBA8
            case .rgba16f: GL_RGBA16F
            case .rgba32f: GL_RGBA32F
            case .rg8: GL_RG8
            case .rg16f: GL_RG16F
            case .rg32f: GL_RG32F
            case .r8: GL_R8
            case .r16f: GL_R16F
            case .r32f: GL_R32F
            case .rgba8ui: GL_RGBA8UI
            case .rgba32ui: GL_RGBA32UI
            case .rgba32i: GL_RGBA32I
            case .r32ui: GL_R32UI
            case .r32i: GL_R32I
            }
        return GLenum(name)
    }

    /// The format by GL's name for it; nil for one that no target has.
    init?(internalFormat: UInt32) {
        guard
            let format = Self.allCases.first(where: {
                $0.internalFormat == GLenum(internalFormat)
            })
        else { return nil }
        self = format
    }

    var scalar: Scalar {
        switch self {
        case .rgba8, .rgba16f, .rgba32f, .rg8, .rg16f, .rg32f, .r8, .r16f, .r32f: .float
        case .rgba8ui, .rgba32ui, .r32ui: .uint
        case .rgba32i, .r32i: .int
        }
    }

    /// The components of a pixel as glReadPixels has them.
    var layout: GLenum {
        let name =
            switch self {
            case .rgba8, .rgba16f, .rgba32f: GL_RGBA
            case .rg8, .rg16f, .rg32f: GL_RG
            case .r8, .r16f, .r32f: GL_RED
            case .rgba8ui, .rgba32ui, .rgba32i: GL_RGBA_INTEGER
            case .r32ui, .r32i: GL_RED_INTEGER
            }
        return GLenum(name)
    }

    /// What a component is as glReadPixels has it.
    var component: GLenum {
        let name =
            switch self {
            case .rgba8, .rg8, .r8, .rgba8ui: GL_UNSIGNED_BYTE
            case .rgba16f, .rg16f, .r16f: GL_HALF_FLOAT
            case .rgba32f, .rg32f, .r32f: GL_FLOAT
            case .rgba32ui, .r32ui: GL_UNSIGNED_INT
            case .rgba32i, .r32i: GL_INT
            }
        return GLenum(name)
    }

    /// Clears the bound framebuffer, as far as the scissor lets it, to a colour; of whole numbers to its whole part.
    func clear(_ color: SIMD4<Float>) {
        switch scalar {
        case .float:
            let values = (0..<4).map { color[$0] }
            glClearBufferfv(GLenum(GL_COLOR), 0, values)
        case .int:
            let values = (0..<4).map { GLint(clamping: Int64(color[$0].clamped)) }
            glClearBufferiv(GLenum(GL_COLOR), 0, values)
        case .uint:
            let values = (0..<4).map { GLuint(clamping: Int64(color[$0].clamped)) }
            glClearBufferuiv(GLenum(GL_COLOR), 0, values)
        }
    }
}

extension Float {
    fileprivate var clamped: Float { isFinite ? Swift.max(-1e9, Swift.min(1e9, self)) : 0 }
}
