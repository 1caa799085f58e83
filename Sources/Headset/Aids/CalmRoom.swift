import CEpoxy
import Glibc
import Render

/// The surrounding of a flat sketch's screen: a dim evening without a sun, a floor with a faint grid, nothing that moves.
///
/// Drawn by the host itself, into each eye's picture. It is cheap, soft, and has nothing fine in it, so that a quarter of
/// the eye's pixels are enough; it need be drawn anew only when the head has moved by centimetres, since the compositor
/// turns it along with the head.
///
/// Needs a current context when it is made and drawn with; after a context reset make a new one.
public final class CalmRoom {
    private let program: ShaderProgram
    private let tangents, turn, eye, screen: GLint
    private let vertexArray: GLuint

    /// Makes the program.
    ///
    /// - Parameter targetIsLinear: whether the target encodes to sRGB by itself (`GL_FRAMEBUFFER_SRGB` on).
    public init(targetIsLinear: Bool) throws {
        program = try ShaderProgram(
            label: "calm room", vertex: RoomShaders.vertex,
            fragment: RoomShaders.fragment(linear: targetIsLinear))
        tangents = program.location("uTangents")
        turn = program.location("uTurn")
        eye = program.location("uEye")
        screen = program.location("uScreen")
        var name: GLuint = 0
        glGenVertexArrays(1, &name)
        vertexArray = name
    }

    deinit {
        var name = vertexArray
        glDeleteVertexArrays(1, &name)
    }

    /// Fills the viewport of the bound framebuffer with what an eye sees of the room; depth is neither read nor written.
    ///
    /// - Parameters:
    ///   - view: the eye, in tracking space.
    ///   - floor: the floor's height in tracking space, in metres.
    ///   - screen: where a screen stands that throws some light on the floor before it; nil for none.
    public func draw(_ view: EyeView, floor: Float, screen pose: Pose? = nil) {
        draw(
            projection: view.fieldOfView.projection(), view: view.pose.viewMatrix, floor: floor,
            screen: pose)
    }

    /// Likewise for matrices as OpenGL has them, column after column; the view matrix must not scale.
    public func draw(
        projection p: SIMD16<Float>, view v: SIMD16<Float>, floor: Float, screen pose: Pose? = nil
    ) {
        glDisable(GLenum(GL_BLEND))
        glDisable(GLenum(GL_DEPTH_TEST))
        glDisable(GLenum(GL_CULL_FACE))
        program.use()
        // What clip space's corners are, in tangents: (x + p8) / p0 and likewise for y.
        glUniform4f(
            tangents, (p[8] - 1) / p[0], (p[9] - 1) / p[5], 2 / p[0], 2 / p[5])
        // The inverse of a rotation is its rows taken for columns.
        let back: [GLfloat] = [v[0], v[4], v[8], v[1], v[5], v[9], v[2], v[6], v[10]]
        glUniformMatrix3fv(turn, 1, 0, back)
        let place = SIMD3(
            -(v[0] * v[12] + v[1] * v[13] + v[2] * v[14]),
            -(v[4] * v[12] + v[5] * v[13] + v[6] * v[14]),
            -(v[8] * v[12] + v[9] * v[13] + v[10] * v[14]))
        glUniform3f(eye, place.x, max(place.y - floor, 0.05), place.z)
        if let pose {
            glUniform3f(screen, pose.position.x, pose.position.z, 1)
        } else {
            glUniform3f(screen, 0, 0, 0)
        }
        glBindVertexArray(vertexArray)
        glDrawArrays(GLenum(GL_TRIANGLES), 0, 3)
        glBindVertexArray(0)
    }
}
