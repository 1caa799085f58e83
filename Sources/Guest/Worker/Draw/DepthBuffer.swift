import CEpoxy
import Render

/// A depth buffer that pictures of one size take turns with.
final class DepthBuffer {
    private let name: GLuint

    init(width: Int, height: Int, samples: Int) {
        var name: GLuint = 0
        glGenRenderbuffers(1, &name)
        self.name = name
        glBindRenderbuffer(GLenum(GL_RENDERBUFFER), name)
        let kind = GLenum(GL_DEPTH_COMPONENT32F)
        if samples > 1 {
            glRenderbufferStorageMultisample(
                GLenum(GL_RENDERBUFFER), GLsizei(samples), kind, GLsizei(width), GLsizei(height))
        } else {
            glRenderbufferStorage(
                GLenum(GL_RENDERBUFFER), kind, GLsizei(width), GLsizei(height))
        }
    }

    deinit {
        var name = name
        glDeleteRenderbuffers(1, &name)
    }

    /// Draws with it into the framebuffer that is bound, nearer things before farther ones.
    func lend(_ draw: () -> Void) {
        attach(name)
        glEnable(GLenum(GL_DEPTH_TEST))
        glDepthFunc(GLenum(GL_LESS))
        glDepthMask(GLboolean(GL_TRUE))
        glClearDepth(1)
        draw()
        glDisable(GLenum(GL_DEPTH_TEST))
        attach(0)
    }

    private func attach(_ name: GLuint) {
        glFramebufferRenderbuffer(
            GLenum(GL_FRAMEBUFFER), GLenum(GL_DEPTH_ATTACHMENT), GLenum(GL_RENDERBUFFER), name)
    }
}

/// A framebuffer of several samples a pixel, which pictures of one size and format take turns with.
final class SampledTarget {
    let width: Int
    let height: Int
    private let name: GLuint
    private let color: GLuint

    /// - Throws: `GuestError` where the driver refuses it.
    init(width: Int, height: Int, format: GLenum, samples: Int) throws(GuestError) {
        (self.width, self.height) = (width, height)
        var (name, color): (GLuint, GLuint) = (0, 0)
        glGenFramebuffers(1, &name)
        glGenRenderbuffers(1, &color)
        (self.name, self.color) = (name, color)
        glBindRenderbuffer(GLenum(GL_RENDERBUFFER), color)
        glRenderbufferStorageMultisample(
            GLenum(GL_RENDERBUFFER), GLsizei(samples), format, GLsizei(width), GLsizei(height))
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), name)
        glFramebufferRenderbuffer(
            GLenum(GL_FRAMEBUFFER), GLenum(GL_COLOR_ATTACHMENT0), GLenum(GL_RENDERBUFFER), color)
        let status = glCheckFramebufferStatus(GLenum(GL_FRAMEBUFFER))
        guard status == GLenum(GL_FRAMEBUFFER_COMPLETE) else {
            throw GuestError(
                "The driver refuses a target of \(width)x\(height) with \(samples) samples a pixel."
            )
        }
    }

    deinit {
        var (name, color) = (name, color)
        glDeleteFramebuffers(1, &name)
        glDeleteRenderbuffers(1, &color)
    }

    func bind() {
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), name)
        glViewport(0, 0, GLsizei(width), GLsizei(height))
    }

    /// Begins with what a picture has.
    func take(from picture: Framebuffer) { copy(from: picture.name, to: name) }

    /// Mixes the samples into a picture.
    func resolve(into picture: Framebuffer) { copy(from: name, to: picture.name) }

    private func copy(from source: GLuint, to target: GLuint) {
        glDisable(GLenum(GL_SCISSOR_TEST))
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), source)
        glBindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), target)
        let (w, h) = (GLint(width), GLint(height))
        glBlitFramebuffer(
            0, 0, w, h, 0, 0, w, h, GLbitfield(GL_COLOR_BUFFER_BIT), GLenum(GL_NEAREST))
        glEnable(GLenum(GL_SCISSOR_TEST))
    }
}
