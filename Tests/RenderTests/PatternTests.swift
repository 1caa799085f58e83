import CEpoxy
import Testing

@testable import Render

/// The pattern by which two processes find out whether they see the same picture.
@Suite struct PatternTests {
    @Test(
        "it is found where it was drawn, and nowhere else",
        arguments: PicturePattern.Method.allCases, [(1, 1), (3, 200), (64, 64), (257, 9), (11, 13)])
    func isFound(method: PicturePattern.Method, size: (Int, Int)) throws {
        let context = try EGLContext()
        defer { withExtendedLifetime(context) {} }
        func isThere(_ number: UInt32, in picture: Framebuffer) throws -> Bool? {
            let look = try PatternLook(
                for: PicturePattern(number: number, method: method), in: picture.color)
            glFinish()
            return look.result()
        }
        func check() throws {
            let picture = try Framebuffer(width: size.0, height: size.1)
            PicturePattern(number: 7, method: method).draw(into: picture)
            #expect(try isThere(7, in: picture) == true)
            #expect(try isThere(8, in: picture) == false)
            // One field of another colour.
            picture.bind()
            glEnable(GLenum(GL_SCISSOR_TEST))
            glScissor(GLint(size.0 - 1), 0, 1, GLsizei(size.1))
            glClearColor(0.5, 0.5, 0.5, 1)
            for x in 0..<max(1, size.0 / 8) {
                glScissor(GLint(size.0 - 1 - x), 0, 1, GLsizei(size.1))
                glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
            }
            glDisable(GLenum(GL_SCISSOR_TEST))
            #expect(try isThere(7, in: picture) == false)
        }
        try check()
    }

    @Test("a look leaves the bindings as they were")
    func bindings() throws {
        let context = try EGLContext()
        defer { withExtendedLifetime(context) {} }
        func check() throws {
            let (one, other) = (
                try Framebuffer(width: 4, height: 4), try Framebuffer(width: 4, height: 4)
            )
            one.bind()
            _ = try PatternLook(
                for: PicturePattern(number: 1, method: .copy), in: other.color)
            var names: [GLint] = [0, 0]
            glGetIntegerv(GLenum(GL_DRAW_FRAMEBUFFER_BINDING), &names[0])
            glGetIntegerv(GLenum(GL_READ_FRAMEBUFFER_BINDING), &names[1])
            #expect(names == [GLint(one.name), GLint(one.name)])
        }
        try check()
    }
}
