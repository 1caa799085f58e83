import CEpoxy

/// The GL state that drawing an eye's picture changes, to be put back: it is drawn in the host's own context.
struct KeptState {
    private var draw: GLint = 0
    private var read: GLint = 0
    private var program: GLint = 0
    private var vertexArray: GLint = 0
    private var unit: GLint = 0
    private var texture: GLint = 0
    private var viewport: [GLint] = [0, 0, 0, 0]
    private var clear: [GLfloat] = [0, 0, 0, 0]
    private var blend: [GLint] = [0, 0, 0, 0]
    private let switches: [(GLenum, Bool)]

    private static let functions = [
        GL_BLEND_SRC_RGB, GL_BLEND_DST_RGB, GL_BLEND_SRC_ALPHA, GL_BLEND_DST_ALPHA,
    ]

    /// Takes note of the state as it is.
    init() {
        glGetIntegerv(GLenum(GL_DRAW_FRAMEBUFFER_BINDING), &draw)
        glGetIntegerv(GLenum(GL_READ_FRAMEBUFFER_BINDING), &read)
        glGetIntegerv(GLenum(GL_CURRENT_PROGRAM), &program)
        glGetIntegerv(GLenum(GL_VERTEX_ARRAY_BINDING), &vertexArray)
        glGetIntegerv(GLenum(GL_ACTIVE_TEXTURE), &unit)
        glActiveTexture(GLenum(GL_TEXTURE0))
        glGetIntegerv(GLenum(GL_TEXTURE_BINDING_2D), &texture)
        glGetIntegerv(GLenum(GL_VIEWPORT), &viewport)
        glGetFloatv(GLenum(GL_COLOR_CLEAR_VALUE), &clear)
        for (index, name) in Self.functions.enumerated() {
            glGetIntegerv(GLenum(name), &blend[index])
        }
        switches = [
            GL_DEPTH_TEST, GL_CULL_FACE, GL_SCISSOR_TEST, GL_STENCIL_TEST, GL_BLEND,
            GL_FRAMEBUFFER_SRGB,
        ].map { (GLenum($0), glIsEnabled(GLenum($0)) != 0) }
    }

    /// Puts it back.
    func restore() {
        glBindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), GLuint(draw))
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), GLuint(read))
        glUseProgram(GLuint(program))
        glBindVertexArray(GLuint(vertexArray))
        glActiveTexture(GLenum(GL_TEXTURE0))
        glBindTexture(GLenum(GL_TEXTURE_2D), GLuint(texture))
        glActiveTexture(GLenum(unit))
        glViewport(viewport[0], viewport[1], viewport[2], viewport[3])
        glClearColor(clear[0], clear[1], clear[2], clear[3])
        glBlendFuncSeparate(
            GLenum(blend[0]), GLenum(blend[1]), GLenum(blend[2]), GLenum(blend[3]))
        for (name, isOn) in switches { if isOn { glEnable(name) } else { glDisable(name) } }
    }
}
