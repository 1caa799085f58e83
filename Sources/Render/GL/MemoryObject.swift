import CEpoxy

/// Imported memory under a texture, which goes after it (GL_EXT_memory_object).
final class MemoryObject {
    /// GL's name for it.
    let name: GLuint
    private let isSoftware = GLQuery.isSoftware

    init() {
        var name: GLuint = 0
        glCreateMemoryObjectsEXT(1, &name)
        self.name = name
    }

    deinit {
        var name = name
        glDeleteMemoryObjectsEXT(1, &name)
    }

    /// Waits, on software GL, until nothing reads it any more; to be called before its texture is deleted.
    ///
    /// llvmpipe unmaps it with the texture, whatever its threads still draw from. Hardware drivers keep what is in use,
    /// as OpenGL demands.
    func settle() { if isSoftware { glFinish() } }
}
