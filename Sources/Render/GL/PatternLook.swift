import CEpoxy

/// A look at whether a pattern stands in a picture, which nobody waits for.
///
/// The middle of each field is copied to the side, and read when the GPU has done so.
public final class PatternLook {
    private let pattern: PicturePattern
    private let (width, height): (Int, Int)
    private var buffer: GLuint = 0
    private var fence: GLsync?

    /// Begins to look at a picture, whose drawing is done.
    ///
    /// - Throws: `RenderError` where the driver has no room for the few bytes.
    public init(for pattern: PicturePattern, in texture: Texture) throws {
        self.pattern = pattern
        (width, height) = (texture.width, texture.height)
        let (columns, rows) = (PicturePattern.fields(width), PicturePattern.fields(height))
        var before: GLint = 0
        glGetIntegerv(GLenum(GL_DRAW_FRAMEBUFFER_BINDING), &before)
        var read: GLint = 0
        glGetIntegerv(GLenum(GL_READ_FRAMEBUFFER_BINDING), &read)
        defer {
            glBindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), GLuint(before))
            glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), GLuint(read))
        }
        let small = try Framebuffer(width: columns, height: rows)
        glDisable(GLenum(GL_SCISSOR_TEST))
        SharedImage.reading(texture) { _ in
            glBlitFramebuffer(
                0, 0, GLint(texture.width), GLint(texture.height), 0, 0, GLint(columns),
                GLint(rows), GLbitfield(GL_COLOR_BUFFER_BIT), GLenum(GL_NEAREST))
        }
        glGenBuffers(1, &buffer)
        glBindBuffer(GLenum(GL_PIXEL_PACK_BUFFER), buffer)
        glBufferData(
            GLenum(GL_PIXEL_PACK_BUFFER), columns * rows * 4, nil, GLenum(GL_STREAM_READ))
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), small.name)
        glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
        glReadPixels(
            0, 0, GLsizei(columns), GLsizei(rows), GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE), nil)
        glBindBuffer(GLenum(GL_PIXEL_PACK_BUFFER), 0)
        fence = glFenceSync(GLenum(GL_SYNC_GPU_COMMANDS_COMPLETE), 0)
    }

    deinit {
        glDeleteBuffers(1, &buffer)
        if let fence { glDeleteSync(fence) }
    }

    /// Whether the pattern is there; nil while the GPU is not that far.
    public func result() -> Bool? {
        guard let fence, GPUFence.isPassed(fence) else { return nil }
        var found = [UInt8](
            repeating: 0,
            count: PicturePattern.fields(width) * PicturePattern.fields(height) * 4)
        glBindBuffer(GLenum(GL_PIXEL_PACK_BUFFER), buffer)
        glGetBufferSubData(GLenum(GL_PIXEL_PACK_BUFFER), 0, found.count, &found)
        glBindBuffer(GLenum(GL_PIXEL_PACK_BUFFER), 0)
        return found == pattern.colors(width: width, height: height)
    }
}
