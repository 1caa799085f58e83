public import CEpoxy

/// A two-dimensional texture (glCreateTextures' object, bound by unit).
public final class Texture {
    /// GL's name for it.
    public let name: GLuint
    /// Width in texels.
    public let width: Int
    /// Height in texels.
    public let height: Int
    /// The sized internal format, `GL_RGBA8` and the like.
    public let format: GLenum
    /// What its storage lies in, where that is not its own.
    private let memory: MemoryObject?

    /// Immutable storage of `levels` mipmaps, linear filter, clamped to the edge; contents
    /// undefined.
    public init(width: Int, height: Int, format: GLenum = GLenum(GL_RGBA8), levels: Int = 1) {
        var name: GLuint = 0
        glGenTextures(1, &name)
        self.name = name
        (self.width, self.height, self.format) = (width, height, format)
        memory = nil
        glBindTexture(GLenum(GL_TEXTURE_2D), name)
        glTexStorage2D(
            GLenum(GL_TEXTURE_2D), GLsizei(levels), format, GLsizei(width), GLsizei(height))
        setFilter(levels > 1 ? GL_LINEAR_MIPMAP_LINEAR : GL_LINEAR, GL_LINEAR)
        setWrap(GL_CLAMP_TO_EDGE)
    }

    /// Takes over a texture that has its storage already.
    init(
        adopting name: GLuint, width: Int, height: Int, format: GLenum, memory: MemoryObject? = nil
    ) {
        self.name = name
        (self.width, self.height, self.format) = (width, height, format)
        self.memory = memory
        setFilter(GL_LINEAR, GL_LINEAR)
        setWrap(GL_CLAMP_TO_EDGE)
    }

    deinit {
        memory?.settle()
        var name = name
        glDeleteTextures(1, &name)
    }

    /// Sets how the bound texture is minified and magnified.
    public func setFilter(_ minify: Int32, _ magnify: Int32) {
        glBindTexture(GLenum(GL_TEXTURE_2D), name)
        glTexParameteri(GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_MIN_FILTER), minify)
        glTexParameteri(GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_MAG_FILTER), magnify)
    }

    /// Sets what lies beyond the edges, on both axes.
    public func setWrap(_ wrap: Int32) {
        glBindTexture(GLenum(GL_TEXTURE_2D), name)
        glTexParameteri(GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_WRAP_S), wrap)
        glTexParameteri(GLenum(GL_TEXTURE_2D), GLenum(GL_TEXTURE_WRAP_T), wrap)
    }

    /// Binds it to a texture unit, from 0.
    public func bind(unit: Int) {
        glActiveTexture(GLenum(GL_TEXTURE0) + GLenum(unit))
        glBindTexture(GLenum(GL_TEXTURE_2D), name)
    }

    /// Copies the lower left part of another of a like format, as large as this one (glCopyImageSubData).
    public func copy(from other: Texture) {
        Self.copy(other, width: width, height: height, to: name)
    }

    /// Copies the lower left part of a picture into a texture of GL's, both of four bytes a texel, whatever they mean.
    public static func copy(_ source: Texture, width: Int, height: Int, to name: GLuint) {
        let kind = GLenum(GL_TEXTURE_2D)
        glCopyImageSubData(
            source.name, kind, 0, 0, 0, 0, name, kind, 0, 0, 0, 0,
            GLsizei(min(width, source.width)), GLsizei(min(height, source.height)), 1)
    }

    /// Uploads depth into the lower left part of a texture of GL's, of any format of depth (glTexSubImage2D).
    ///
    /// - Parameter depth: `2 * width * height` bytes, from 0 for the near plane to 65535 for the far one.
    public static func fill(
        _ name: GLuint, width: Int, height: Int, depth: UnsafeRawPointer
    ) {
        glBindTexture(GLenum(GL_TEXTURE_2D), name)
        glPixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
        glTexSubImage2D(
            GLenum(GL_TEXTURE_2D), 0, 0, 0, GLsizei(width), GLsizei(height),
            GLenum(GL_DEPTH_COMPONENT), GLenum(GL_UNSIGNED_SHORT), depth)
    }

    /// Uploads tightly packed pixels into a rectangle of level 0 (glTexSubImage2D).
    ///
    /// - Parameter pixels: `width * height` pixels of `layout` (`GL_RGBA`, `GL_RED`, …), a byte a
    ///   component.
    /// - Parameter rowLength: pixels from one row to the next, where the rectangle is part of a
    ///   larger picture; 0 for `width`.
    public func upload(
        x: Int = 0, y: Int = 0, width: Int, height: Int, layout: GLenum = GLenum(GL_RGBA),
        rowLength: Int = 0, pixels: UnsafeRawPointer
    ) {
        glBindTexture(GLenum(GL_TEXTURE_2D), name)
        glPixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
        glPixelStorei(GLenum(GL_UNPACK_ROW_LENGTH), GLint(rowLength))
        defer { glPixelStorei(GLenum(GL_UNPACK_ROW_LENGTH), 0) }
        glTexSubImage2D(
            GLenum(GL_TEXTURE_2D), 0, GLint(x), GLint(y), GLsizei(width), GLsizei(height), layout,
            GLenum(GL_UNSIGNED_BYTE), pixels)
    }
}
