import CEpoxy
import Render

/// A depth buffer that pictures of one size take turns with.
final class DepthBuffer {
    let width: Int
    let height: Int
    private let name: GLuint

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        var name: GLuint = 0
        glGenRenderbuffers(1, &name)
        self.name = name
        glBindRenderbuffer(GLenum(GL_RENDERBUFFER), name)
        glRenderbufferStorage(
            GLenum(GL_RENDERBUFFER), GLenum(GL_DEPTH_COMPONENT32F), GLsizei(width), GLsizei(height))
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
