import CEpoxy
import Glibc

/// A picture in memory that another process draws into or reads (GL_EXT_memory_object_fd).
///
/// Both import the same memory, which Vulkan has allocated and exported. Nothing here waits for the other side: who
/// draws finishes (`glFinish`) before the other is told. A semaphore would have the reader's GPU wait for a writer that
/// may die first.
///
/// Free it while its context is current.
public final class SharedImage {
    /// The picture: RGBA8, bottom row first; like any other texture to whoever draws from it.
    public let texture: Texture

    /// Imports memory as a picture.
    ///
    /// - Parameters:
    ///   - descriptor: the exported memory; the image owns it from now on, also where it throws.
    ///   - bytes: the size of the memory as it was allocated.
    ///   - isDedicated: whether the memory was allocated for this picture alone.
    /// - Throws: `RenderError` where the driver refuses any of it.
    public init(
        descriptor: Int32, bytes: UInt64, width: Int, height: Int, isDedicated: Bool
    ) throws {
        Self.clearErrors()
        let memory = MemoryObject()
        if isDedicated {
            var yes: GLint = 1
            glMemoryObjectParameterivEXT(
                memory.name, GLenum(GL_DEDICATED_MEMORY_OBJECT_EXT), &yes)
        }
        glImportMemoryFdEXT(
            memory.name, bytes, GLenum(GL_HANDLE_TYPE_OPAQUE_FD_EXT), descriptor)
        let refusal = Self.clearErrors()
        var name: GLuint = 0
        if refusal == nil {
            glGenTextures(1, &name)
            glBindTexture(GLenum(GL_TEXTURE_2D), name)
            glTexParameteri(
                GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_TILING_EXT), GL_OPTIMAL_TILING_EXT)
            glTexStorageMem2DEXT(
                GLenum(GL_TEXTURE_2D), 1, GLenum(GL_RGBA8), GLsizei(width), GLsizei(height),
                memory.name, 0)
        } else {
            // Only a successful import takes the descriptor.
            close(descriptor)
        }
        let problem = refusal ?? Self.clearErrors()
        texture = Texture(
            adopting: name, width: width, height: height, format: GLenum(GL_RGBA8),
            memory: memory)
        if let problem {
            throw RenderError(
                "The driver cannot use shared memory as a picture of \(width)x\(height) "
                    + "(GL error 0x\(String(problem, radix: 16))).")
        }
    }

    /// Copies all pixels, RGBA, bottom row first, into `memory` (`4 * width * height` bytes).
    ///
    /// Waits until the GPU has done all that was asked of it before.
    public func read(into memory: UnsafeMutableRawPointer) {
        Self.reading(texture) { _ in
            glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
            glReadPixels(
                0, 0, GLsizei(texture.width), GLsizei(texture.height), GLenum(GL_RGBA),
                GLenum(GL_UNSIGNED_BYTE), memory)
        }
    }

    /// Does something with a texture as the framebuffer to read from, and leaves the bindings as they were.
    static func reading(_ texture: Texture, _ body: (GLuint) -> Void) {
        var before: GLint = 0
        glGetIntegerv(GLenum(GL_READ_FRAMEBUFFER_BINDING), &before)
        var name: GLuint = 0
        glGenFramebuffers(1, &name)
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), name)
        glFramebufferTexture2D(
            GLenum(GL_READ_FRAMEBUFFER), GLenum(GL_COLOR_ATTACHMENT0), GLenum(GL_TEXTURE_2D),
            texture.name, 0)
        body(name)
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), GLuint(before))
        glDeleteFramebuffers(1, &name)
    }

    /// Forgets the errors that GL has kept; the first of them, nil for none.
    @discardableResult
    private static func clearErrors() -> GLenum? {
        var first: GLenum?
        while case let error = glGetError(), error != GLenum(GL_NO_ERROR) {
            first = first ?? error
            // After a reset some drivers return errors without end.
            if error == GLenum(GL_CONTEXT_LOST) { break }
        }
        return first
    }
}
