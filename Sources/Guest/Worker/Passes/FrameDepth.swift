import CEpoxy
import Render

/// How far away is what each eye's picture shows, at half a side: what a compositor moves a picture by.
///
/// Taken from the depth buffer of the last pass while that is still attached, since eyes take turns with one buffer.
final class FrameDepth {
    /// Whether the frame that is drawn at present is to leave its depth.
    private(set) var isWanted = false
    private var eyes = 0
    /// Eyes that were kept in this frame.
    private var kept = 0
    private var halves: [DepthTarget] = []
    /// What several samples a pixel become one in.
    private var whole: DepthTarget?

    /// Begins a frame.
    func begin(isWanted: Bool, eyes: Int) {
        (self.isWanted, self.eyes, kept) = (isWanted, eyes, 0)
        if !isWanted { (halves, whole) = ([], nil) }
    }

    /// Keeps the depth of the framebuffer that is bound, of an eye; another one is bound afterwards.
    ///
    /// - Parameters:
    ///   - size: of that framebuffer.
    ///   - halved: the size that it is kept at.
    func keep(
        _ eye: Int, of size: FrameSizes.Size, samples: Int, halved: (width: Int, height: Int)
    ) {
        guard eye == kept else { return }
        if halves.count <= eye || !halves[eye].has(halved.width, halved.height) {
            halves.removeSubrange(min(eye, halves.count)...)
            halves.append(DepthTarget(width: halved.width, height: halved.height))
        }
        glDisable(GLenum(GL_SCISSOR_TEST))
        if samples > 1 {
            // A copy that changes the number of samples cannot change the size as well (OpenGL 4.5 core, 18.3.1).
            if whole?.has(size.width, size.height) != true {
                whole = DepthTarget(width: size.width, height: size.height)
            }
            whole?.copy(width: size.width, height: size.height)
            whole?.bind()
        }
        halves[eye].copy(width: size.width, height: size.height)
        glEnable(GLenum(GL_SCISSOR_TEST))
        kept += 1
    }

    /// Reads all eyes' depth, side by side, two bytes a place; false where there is none.
    func read(into memory: UnsafeMutableRawPointer) -> Bool {
        guard isWanted, eyes > 0, kept == eyes else { return false }
        let row = halves.prefix(eyes).reduce(0) { $0 + $1.width }
        var x = 0
        for half in halves.prefix(eyes) {
            half.read(into: memory + 2 * x, rowLength: row)
            x += half.width
        }
        return true
    }
}

/// A framebuffer of depth alone.
private final class DepthTarget {
    let width: Int
    let height: Int
    private let name: GLuint
    private let depth: GLuint

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        var (name, depth): (GLuint, GLuint) = (0, 0)
        glGenFramebuffers(1, &name)
        glGenRenderbuffers(1, &depth)
        (self.name, self.depth) = (name, depth)
        var (drawing, reading): (GLint, GLint) = (0, 0)
        glGetIntegerv(GLenum(GL_DRAW_FRAMEBUFFER_BINDING), &drawing)
        glGetIntegerv(GLenum(GL_READ_FRAMEBUFFER_BINDING), &reading)
        glBindRenderbuffer(GLenum(GL_RENDERBUFFER), depth)
        // The format of the buffers that are copied: a copy of depth must not convert.
        glRenderbufferStorage(
            GLenum(GL_RENDERBUFFER), GLenum(GL_DEPTH_COMPONENT32F), GLsizei(width), GLsizei(height))
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), name)
        glFramebufferRenderbuffer(
            GLenum(GL_FRAMEBUFFER), GLenum(GL_DEPTH_ATTACHMENT), GLenum(GL_RENDERBUFFER), depth)
        glDrawBuffer(GLenum(GL_NONE))
        glReadBuffer(GLenum(GL_NONE))
        glBindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), GLuint(drawing))
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), GLuint(reading))
    }

    deinit {
        var (name, depth) = (name, depth)
        glDeleteFramebuffers(1, &name)
        glDeleteRenderbuffers(1, &depth)
    }

    func has(_ width: Int, _ height: Int) -> Bool { (self.width, self.height) == (width, height) }

    func bind() { glBindFramebuffer(GLenum(GL_FRAMEBUFFER), name) }

    /// Takes the depth of the framebuffer that is bound, whose size is given; stays bound for drawing.
    func copy(width: Int, height: Int) {
        glBindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), name)
        glBlitFramebuffer(
            0, 0, GLint(width), GLint(height), 0, 0, GLint(self.width), GLint(self.height),
            GLbitfield(GL_DEPTH_BUFFER_BIT), GLenum(GL_NEAREST))
    }

    func read(into memory: UnsafeMutableRawPointer, rowLength: Int) {
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), name)
        glBindBuffer(GLenum(GL_PIXEL_PACK_BUFFER), 0)
        glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
        glPixelStorei(GLenum(GL_PACK_ROW_LENGTH), GLint(rowLength))
        glReadPixels(
            0, 0, GLsizei(width), GLsizei(height), GLenum(GL_DEPTH_COMPONENT),
            GLenum(GL_UNSIGNED_SHORT), memory)
        glPixelStorei(GLenum(GL_PACK_ROW_LENGTH), 0)
    }
}
