import CEpoxy
import Render

/// A texture made of a resource, with its smaller copies.
final class OwnedTexture {
    let sampled: SampledTexture
    private let texture: Texture?

    /// A picture; its rows turned over where that is asked for.
    init(width: Int, height: Int, isFlipped: Bool, pixels: UnsafeRawPointer) {
        let longest = max(width, height)
        let texture = Texture(
            width: width, height: height, levels: longest.bitWidth - longest.leadingZeroBitCount)
        if isFlipped {
            for row in 0..<height {
                texture.upload(
                    y: height - 1 - row, width: width, height: 1,
                    pixels: pixels + 4 * width * row)
            }
        } else {
            texture.upload(width: width, height: height, pixels: pixels)
        }
        glGenerateMipmap(GLenum(GL_TEXTURE_2D))
        self.texture = texture
        sampled = SampledTexture(name: texture.name, kind: .plain, width: width, height: height)
    }

    /// A cube map of six squares, one after the other.
    init(cube side: Int, pixels: UnsafeRawPointer) {
        var name: GLuint = 0
        let target = GLenum(GL_TEXTURE_CUBE_MAP)
        glGenTextures(1, &name)
        glBindTexture(target, name)
        glTexStorage2D(
            target, GLsizei(side.bitWidth - side.leadingZeroBitCount), GLenum(GL_RGBA8),
            GLsizei(side), GLsizei(side))
        glPixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
        glPixelStorei(GLenum(GL_UNPACK_ROW_LENGTH), 0)
        for face in 0..<6 {
            glTexSubImage2D(
                GLenum(GL_TEXTURE_CUBE_MAP_POSITIVE_X) + GLenum(face), 0, 0, 0, GLsizei(side),
                GLsizei(side), GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE),
                pixels + 4 * side * side * face)
        }
        glTexParameteri(target, GLenum(GL_TEXTURE_MIN_FILTER), GL_LINEAR_MIPMAP_LINEAR)
        glTexParameteri(target, GLenum(GL_TEXTURE_MAG_FILTER), GL_LINEAR)
        glGenerateMipmap(target)
        glEnable(GLenum(GL_TEXTURE_CUBE_MAP_SEAMLESS))
        texture = nil
        sampled = SampledTexture(
            name: name, kind: SamplerKind(GL_TEXTURE_CUBE_MAP, .float), width: side, height: side)
    }

    deinit {
        guard texture == nil else { return }
        var name = sampled.name
        glDeleteTextures(1, &name)
    }
}
