public import CEpoxy

/// Makes a texture's mipmaps anew where its picture has changed, and only there.
///
/// `glGenerateMipmap` would go over the whole texture for one changed line of text. Needs a current context.
public final class MipmapRenderer {
    private let program: ShaderProgram
    private let size: GLint
    private let vertexArray: GLuint
    private let sampler: GLuint

    /// Makes program and sampler.
    public init() throws {
        program = try ShaderProgram(
            label: "mipmap", vertex: PictureShaders.vertex,
            fragment: """
                #version 430 core
                uniform sampler2D uPicture;     // its finer level alone
                uniform vec2 uSize;             // of that level, in texels
                out vec4 fragment;
                // Between four texels a linear filter is their mean.
                void main() { fragment = texture(uPicture, gl_FragCoord.xy * 2.0 / uSize); }
                """)
        size = program.location("uSize")
        var (vertexArray, sampler): (GLuint, GLuint) = (0, 0)
        glGenVertexArrays(1, &vertexArray)
        glGenSamplers(1, &sampler)
        glSamplerParameteri(sampler, GLenum(GL_TEXTURE_MIN_FILTER), GL_LINEAR)
        glSamplerParameteri(sampler, GLenum(GL_TEXTURE_MAG_FILTER), GL_LINEAR)
        glSamplerParameteri(sampler, GLenum(GL_TEXTURE_WRAP_S), GL_CLAMP_TO_EDGE)
        glSamplerParameteri(sampler, GLenum(GL_TEXTURE_WRAP_T), GL_CLAMP_TO_EDGE)
        (self.vertexArray, self.sampler) = (vertexArray, sampler)
    }

    deinit {
        var (vertexArray, sampler) = (vertexArray, sampler)
        glDeleteVertexArrays(1, &vertexArray)
        glDeleteSamplers(1, &sampler)
    }

    /// Makes the coarser levels of a texture from level 0, in parts of it.
    ///
    /// One level after the other for all parts: a driver on the processor pays for each change of the framebuffer.
    ///
    /// - Parameter levels: a framebuffer for each level, that of level 0 first; the texture's sides are multiples of
    ///   `1 << (levels.count - 1)`.
    public func draw(
        _ texture: GLuint, size whole: (width: Int, height: Int), levels: [GLuint],
        areas: [PixelArea]
    ) {
        guard levels.count > 1, !areas.isEmpty else { return }
        program.use()
        glBindVertexArray(vertexArray)
        glDisable(GLenum(GL_BLEND))
        glActiveTexture(GLenum(GL_TEXTURE0))
        glBindTexture(GLenum(GL_TEXTURE_2D), texture)
        glBindSampler(0, sampler)
        glEnable(GLenum(GL_SCISSOR_TEST))
        for level in 1..<levels.count {
            glTexParameteri(
                GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_BASE_LEVEL), GLint(level - 1))
            glTexParameteri(GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_MAX_LEVEL), GLint(level - 1))
            glBindFramebuffer(GLenum(GL_FRAMEBUFFER), levels[level])
            let (width, height) = (whole.width >> level, whole.height >> level)
            glViewport(0, 0, GLsizei(width), GLsizei(height))
            glUniform2f(
                size, Float(whole.width >> (level - 1)), Float(whole.height >> (level - 1)))
            for area in areas {
                PixelArea(
                    columns: area.columns.coarser(level, below: width),
                    rows: area.rows.coarser(level, below: height)
                ).scissor(height: height)
                glDrawArrays(GLenum(GL_TRIANGLES), 0, 3)
            }
        }
        glTexParameteri(GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_BASE_LEVEL), 0)
        glTexParameteri(
            GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_MAX_LEVEL), GLint(levels.count - 1))
        glDisable(GLenum(GL_SCISSOR_TEST))
        glBindSampler(0, 0)
        glBindVertexArray(0)
        glUseProgram(0)
    }
}

extension Range<Int> {
    /// The same texels at a coarser level, and those around them, which a filter mixes with them.
    fileprivate func coarser(_ level: Int, below end: Int) -> Self {
        let first = Swift.max(0, (lowerBound >> level) - 1)
        return first..<Swift.max(first, Swift.min(end, (upperBound >> level) + 2))
    }
}
