import CEpoxy
import Render

/// Part of a texture that a layer shows.
struct ComposedPart {
    var texture: Texture
    var x: Int
    var y: Int
    var size: ImageSize
}

/// A layer, with the images that it had when its frame ended.
enum ComposedLayer {
    case world([ComposedEye])
    case quad(ComposedPart, QuadImage)
}

/// An eye's picture of the world, with the eye that it was drawn for.
struct ComposedEye {
    var part: ComposedPart
    var view: EyeView
    var depth: Depth?

    /// How far away is what it shows, in metres.
    struct Depth {
        var part: ComposedPart
        var near: Float
        var far: Float
    }
}

/// Draws what an eye sees of a frame's layers: a ray a pixel, straight through a lens without faults.
///
/// The world is turned to where the eye looks now, and where its depth came with it also moved to where the eye is now.
/// Rectangles are met by their planes. All light is added linearly, in a target that encodes to sRGB.
final class EyeComposer {
    private let world: Program
    private let quad: Program
    private let vertexArray: GLuint
    private var target: Framebuffer?

    /// One of both programs with the places of its uniforms; those that it does not have are -1.
    private struct Program {
        let program: ShaderProgram
        let view, from, look, eye, part, inner, size, blended: GLint
        let depth, depthPart, planes: GLint

        init(label: String, fragment: String) throws {
            program = try ShaderProgram(
                label: label, vertex: EyeShaders.vertex, fragment: fragment)
            view = program.location("uView")
            from = program.location("uFrom")
            look = program.location("uLook")
            eye = program.location("uEye")
            part = program.location("uPart")
            inner = program.location("uInner")
            size = program.location("uSize")
            blended = program.location("uBlended")
            depth = program.location("uDepth")
            depthPart = program.location("uDepthPart")
            planes = program.location("uPlanes")
        }
    }

    init() throws {
        world = try Program(label: "headset's world", fragment: EyeShaders.world)
        quad = try Program(label: "headset's rectangle", fragment: EyeShaders.quad)
        var name: GLuint = 0
        glGenVertexArrays(1, &name)
        vertexArray = name
    }

    deinit {
        var name = vertexArray
        glDeleteVertexArrays(1, &name)
    }

    /// Draws and reads back; the GL state that drawing changes is as before afterwards.
    func picture(of layers: [ComposedLayer], eye: Int, view: EyeView, size: ImageSize) throws
        -> Pixels
    {
        let kept = KeptState()
        defer { kept.restore() }
        let target = try target(size)
        target.bind()
        for capability in [GL_DEPTH_TEST, GL_CULL_FACE, GL_SCISSOR_TEST, GL_STENCIL_TEST] {
            glDisable(GLenum(capability))
        }
        glEnable(GLenum(GL_FRAMEBUFFER_SRGB))
        glEnable(GLenum(GL_BLEND))
        glBlendEquation(GLenum(GL_FUNC_ADD))
        glBlendFunc(GLenum(GL_ONE), GLenum(GL_ONE_MINUS_SRC_ALPHA))
        glColorMask(1, 1, 1, 1)
        glClearColor(0, 0, 0, 1)
        glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
        glBindVertexArray(vertexArray)
        glBindSampler(0, 0)
        for layer in layers {
            switch layer {
            case .world(let eyes): drawWorld(eyes[eye], view: view)
            case .quad(let part, let image): drawQuad(part, image, view: view)
            }
        }
        return Pixels.read(width: size.width, height: size.height)
    }

    private func target(_ size: ImageSize) throws -> Framebuffer {
        if let target, target.color.width == size.width, target.color.height == size.height {
            return target
        }
        let made = try Framebuffer(
            width: size.width, height: size.height, format: GLenum(GL_SRGB8_ALPHA8))
        target = made
        return made
    }

    private func drawWorld(_ drawn: ComposedEye, view: EyeView) {
        world.program.use()
        set(world, drawn.part, view)
        let from = drawn.view.fieldOfView
        glUniform4f(
            world.from, tangent(from.left), tangent(from.down),
            tangent(from.right) - tangent(from.left), tangent(from.up) - tangent(from.down))
        setLook(world, drawn.view.pose.orientation.inverse * view.pose.orientation)
        if let depth = drawn.depth {
            let part = share(of: depth.part)
            glUniform4f(world.depthPart, part.x, part.y, part.z, part.w)
            glUniform2f(world.planes, depth.near, depth.far)
            let eye = drawn.view.pose.inverse.transform(view.pose.position)
            glUniform3f(world.eye, eye.x, eye.y, eye.z)
            depth.part.texture.bind(unit: 1)
            glBindSampler(1, 0)
            glUniform1i(world.depth, 1)
        } else {
            glUniform2f(world.planes, 0, 0)
        }
        glDrawArrays(GLenum(GL_TRIANGLES), 0, 3)
    }

    private func drawQuad(_ part: ComposedPart, _ image: QuadImage, view: EyeView) {
        quad.program.use()
        set(quad, part, view)
        let back = image.pose.inverse
        let eye = back.transform(view.pose.position)
        glUniform3f(quad.eye, eye.x, eye.y, eye.z)
        glUniform2f(quad.size, image.size.x, image.size.y)
        glUniform1f(quad.blended, image.isBlended ? 1 : 0)
        setLook(quad, back.orientation * view.pose.orientation)
        glDrawArrays(GLenum(GL_TRIANGLES), 0, 3)
    }

    private func set(_ program: Program, _ part: ComposedPart, _ view: EyeView) {
        let seen = view.fieldOfView
        glUniform4f(
            program.view, tangent(seen.left), tangent(seen.down),
            tangent(seen.right) - tangent(seen.left), tangent(seen.up) - tangent(seen.down))
        let place = share(of: part)
        glUniform4f(program.part, place.x, place.y, place.z, place.w)
        // Half a texel from the part's edge, so that its neighbour in the same image does not bleed in.
        glUniform2f(
            program.inner, 0.5 / Float(part.size.width), 0.5 / Float(part.size.height))
        part.texture.bind(unit: 0)
    }

    /// A part's corner and size in its texture's coordinates.
    private func share(of part: ComposedPart) -> SIMD4<Float> {
        let (w, h) = (Float(part.texture.width), Float(part.texture.height))
        return SIMD4(
            Float(part.x) / w, Float(part.y) / h, Float(part.size.width) / w,
            Float(part.size.height) / h)
    }

    private func setLook(_ program: Program, _ turn: Quaternion) {
        let m = Pose(orientation: turn.normalized).matrix
        let columns: [GLfloat] = [m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]]
        glUniformMatrix3fv(program.look, 1, 0, columns)
    }
}
