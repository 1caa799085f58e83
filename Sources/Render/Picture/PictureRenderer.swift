import CEpoxy
import Glibc

/// Draws what lies under the panels: the guest's picture, or the host's own while there is none.
///
/// Needs a current context when it is made and drawn with; after a context reset make a new one.
public final class PictureRenderer {
    private let picture: ShaderProgram
    private let idle: ShaderProgram
    private let scale, offset, shape, beam: GLint
    private let vertexArray: GLuint
    private let (sharp, smooth): (GLuint, GLuint)

    /// Makes the programs and samplers.
    ///
    /// - Parameter targetIsLinear: whether the target encodes to sRGB by itself
    ///   (`GL_FRAMEBUFFER_SRGB` on). The picture's texture must then be `GL_SRGB8_ALPHA8`, so that it
    ///   is sampled as linear light, and `GL_RGBA8` otherwise.
    public init(targetIsLinear: Bool = false) throws {
        picture = try ShaderProgram(
            label: "picture", vertex: PictureShaders.vertex, fragment: PictureShaders.picture)
        idle = try ShaderProgram(
            label: "idle picture", vertex: PictureShaders.vertex,
            fragment: PictureShaders.idle(linear: targetIsLinear))
        (scale, offset) = (picture.location("uScale"), picture.location("uOffset"))
        (shape, beam) = (idle.location("uShape"), idle.location("uBeam"))
        var vertexArray: GLuint = 0
        glGenVertexArrays(1, &vertexArray)
        self.vertexArray = vertexArray
        (sharp, smooth) = (Self.sampler(GL_NEAREST), Self.sampler(GL_LINEAR))
    }

    deinit {
        var (vertexArray, samplers) = (vertexArray, [sharp, smooth])
        glDeleteVertexArrays(1, &vertexArray)
        glDeleteSamplers(2, &samplers)
    }

    /// Fills the bound framebuffer with a picture, its rows bottom-up as the ring has them; its
    /// alpha is ignored.
    ///
    /// A picture of another shape is cut at two sides, never squeezed or framed. At its own size or
    /// a whole multiple its pixels stay sharp; in between it is filtered.
    ///
    /// - Parameter surface: the bound framebuffer's size; the viewport is set to it.
    public func draw(_ texture: Texture, surface: (width: Int, height: Int)) {
        guard surface.width > 0, surface.height > 0, texture.width > 0, texture.height > 0 else {
            return
        }
        let visible = Self.visiblePart(
            of: (texture.width, texture.height), filling: surface)
        begin(surface)
        picture.use()
        glUniform2f(scale, Float(visible.width), Float(visible.height))
        glUniform2f(offset, Float((1 - visible.width) / 2), Float((1 - visible.height) / 2))
        texture.bind(unit: 0)
        // The filter belongs to this use, not to the texture, which others may sample in their own
        // way.
        glBindSampler(
            0, Self.isWholeMultiple(of: (texture.width, texture.height), surface) ? sharp : smooth)
        glDrawArrays(GLenum(GL_TRIANGLES), 0, 3)
        glBindSampler(0, 0)
        end()
    }

    /// Fills the bound framebuffer with the host's own calm picture, for a start, or when no
    /// program is good.
    ///
    /// - Parameters:
    ///   - time: in seconds; it breathes slowly.
    ///   - surface: the bound framebuffer's size; the viewport is set to it.
    public func drawIdle(time: Double, surface: (width: Int, height: Int)) {
        guard surface.width > 0, surface.height > 0 else { return }
        begin(surface)
        idle.use()
        // Everything comes round after 240 s, so that days of uptime do not cost precision.
        let turn = time.truncatingRemainder(dividingBy: 240) / 240 * 2 * Double.pi
        glUniform2f(shape, Float(surface.width) / Float(surface.height), 1)
        glUniform3f(
            beam, Float(0.42 * sin(7 * turn)), Float(-0.12 + 0.1 * sin(11 * turn)),
            Float(0.8 + 0.2 * sin(30 * turn)))
        glDrawArrays(GLenum(GL_TRIANGLES), 0, 3)
        end()
    }

    /// The share of a picture's width and height that is seen when it fills a surface of another
    /// shape.
    static func visiblePart(
        of picture: (width: Int, height: Int), filling surface: (width: Int, height: Int)
    ) -> (width: Double, height: Double) {
        let ratio =
            Double(surface.width) * Double(picture.height)
            / (Double(surface.height) * Double(picture.width))
        return ratio < 1 ? (ratio, 1) : (1, 1 / ratio)
    }

    static func isWholeMultiple(
        of picture: (width: Int, height: Int), _ surface: (width: Int, height: Int)
    ) -> Bool {
        let factor = surface.width / picture.width
        return factor >= 1 && surface.width == factor * picture.width
            && surface.height == factor * picture.height
    }

    private func begin(_ surface: (width: Int, height: Int)) {
        glViewport(0, 0, GLsizei(surface.width), GLsizei(surface.height))
        glDisable(GLenum(GL_BLEND))
        glDisable(GLenum(GL_DEPTH_TEST))
        glDisable(GLenum(GL_CULL_FACE))
        glDisable(GLenum(GL_SCISSOR_TEST))
        glBindVertexArray(vertexArray)
    }

    private func end() {
        glBindVertexArray(0)
        glUseProgram(0)
    }

    private static func sampler(_ filter: Int32) -> GLuint {
        var name: GLuint = 0
        glGenSamplers(1, &name)
        glSamplerParameteri(name, GLenum(GL_TEXTURE_MIN_FILTER), filter)
        glSamplerParameteri(name, GLenum(GL_TEXTURE_MAG_FILTER), filter)
        glSamplerParameteri(name, GLenum(GL_TEXTURE_WRAP_S), GL_CLAMP_TO_EDGE)
        glSamplerParameteri(name, GLenum(GL_TEXTURE_WRAP_T), GL_CLAMP_TO_EDGE)
        return name
    }
}
