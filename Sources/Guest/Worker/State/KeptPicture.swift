import CEpoxy
import Render

/// A pass's picture of the frame before, and the one that it draws now; they change places after each frame.
final class KeptPicture {
    private(set) var previous: Framebuffer
    private(set) var next: Framebuffer

    var width: Int { previous.color.width }
    var height: Int { previous.color.height }

    func has(width: Int, height: Int) -> Bool { (self.width, self.height) == (width, height) }

    /// Two pictures of zeros: black.
    init(width: Int, height: Int) throws(GuestError) {
        do {
            previous = try Framebuffer(width: width, height: height)
            next = try Framebuffer(width: width, height: height)
        } catch { throw GuestError("\(error)") }
        previous.bind()
        glDisable(GLenum(GL_SCISSOR_TEST))
        glColorMask(1, 1, 1, 1)
        glClearColor(0, 0, 0, 0)
        glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
    }

    /// Makes what was drawn the picture of the frame before.
    func flip() { swap(&previous, &next) }

    /// The same picture in another size, smoothly scaled.
    func scaled(width: Int, height: Int) throws(GuestError) -> KeptPicture {
        let scaled = try KeptPicture(width: width, height: height)
        scaled.previous.bind()
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), previous.name)
        glBlitFramebuffer(
            0, 0, GLint(self.width), GLint(self.height), 0, 0, GLint(width), GLint(height),
            GLbitfield(GL_COLOR_BUFFER_BIT), GLenum(GL_LINEAR))
        return scaled
    }

    /// What the picture of an eye is known by; the left one's as that of one who has only one.
    func key(pass: String, eye: Int) -> StateKey {
        StateKey(
            kind: .picture, pass: pass, name: Self.name(ofEye: eye), format: UInt32(GL_RGBA8),
            width: width, height: height,
            bytes: width * height * 4)
    }

    static func name(ofEye eye: Int) -> String { eye == 0 ? "" : "right" }
}
