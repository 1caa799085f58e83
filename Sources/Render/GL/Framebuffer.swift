public import CEpoxy

/// A framebuffer that draws into one colour texture, with depth where asked for.
public final class Framebuffer {
    /// GL's name for it.
    public let name: GLuint
    /// What it draws into.
    public let color: Texture
    private var depth: GLuint = 0

    /// Makes a framebuffer with a new colour texture of this size and format.
    public convenience init(
        width: Int, height: Int, format: GLenum = GLenum(GL_RGBA8), depth wantsDepth: Bool = false
    ) throws {
        try self.init(
            color: Texture(width: width, height: height, format: format), depth: wantsDepth)
    }

    /// Makes a framebuffer that draws into a texture that is there already.
    public init(color: Texture, depth wantsDepth: Bool = false) throws {
        self.color = color
        let (width, height) = (color.width, color.height)
        var name: GLuint = 0
        glGenFramebuffers(1, &name)
        self.name = name
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), name)
        glFramebufferTexture2D(
            GLenum(GL_FRAMEBUFFER), GLenum(GL_COLOR_ATTACHMENT0), GLenum(GL_TEXTURE_2D), color.name,
            0)
        if wantsDepth {
            glGenRenderbuffers(1, &depth)
            glBindRenderbuffer(GLenum(GL_RENDERBUFFER), depth)
            glRenderbufferStorage(
                GLenum(GL_RENDERBUFFER), GLenum(GL_DEPTH_COMPONENT24), GLsizei(width),
                GLsizei(height))
            glFramebufferRenderbuffer(
                GLenum(GL_FRAMEBUFFER), GLenum(GL_DEPTH_ATTACHMENT), GLenum(GL_RENDERBUFFER), depth)
        }
        let status = glCheckFramebufferStatus(GLenum(GL_FRAMEBUFFER))
        guard status == GLenum(GL_FRAMEBUFFER_COMPLETE) else {
            throw RenderError(
                "The driver refuses a framebuffer of \(width)x\(height) "
                    + "(status 0x\(String(status, radix: 16))).")
        }
    }

    deinit {
        var (name, depth) = (name, depth)
        glDeleteFramebuffers(1, &name)
        if depth != 0 { glDeleteRenderbuffers(1, &depth) }
    }

    /// Makes it the target of drawing and reading, with a viewport of its whole size.
    public func bind() {
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), name)
        glViewport(0, 0, GLsizei(color.width), GLsizei(color.height))
    }

    /// Reads all pixels as RGBA bytes, bottom row first, into `memory`.
    ///
    /// Rows come one after the other (`4 * width * height` bytes), or `4 * rowLength` bytes apart, which leaves what
    /// lies between them.
    public func read(into memory: UnsafeMutableRawPointer, rowLength: Int = 0) {
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), name)
        glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
        glPixelStorei(GLenum(GL_PACK_ROW_LENGTH), GLint(rowLength))
        defer { glPixelStorei(GLenum(GL_PACK_ROW_LENGTH), 0) }
        glReadPixels(
            0, 0, GLsizei(color.width), GLsizei(color.height), GLenum(GL_RGBA),
            GLenum(GL_UNSIGNED_BYTE), memory)
    }
}
