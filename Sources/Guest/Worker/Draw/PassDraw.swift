import CEpoxy
import GLSL

/// What a pass gives GL to draw, once its plan's names are things.
struct PassDraw {
    /// What kind of primitives the vertices make; patches where the pass tessellates.
    let mode: GLenum
    /// What they make before that.
    let primitive: Geometry.Primitive
    let patchVertices: Int
    /// Vertices, or indices where there are some.
    let count: Int
    let instances: Int
    let isIndexed: Bool
    /// The buffer with the arguments, where one has them.
    let arguments: KeptBuffer?

    /// Binds a pass's vertices; nil where there is nothing to draw.
    init?(_ pass: LoadedPass, _ scene: FrameScene?) {
        let plan = pass.plan
        var mesh: MeshBuffers?
        var (vertices, primitive, patch) = (0, Geometry.Primitive.triangles, 3)
        switch plan.geometry {
        case .picture, .grid, .cube, .sphere:
            mesh = scene?.shape(plan.geometry)
            vertices = mesh?.vertexCount ?? 3
        case .mesh(let name):
            guard let found = scene?.mesh(name) else { return nil }
            (mesh, vertices) = (found, found.vertexCount)
        case .points(let count): (vertices, primitive) = (count, .points)
        case .vertices(let count, let kind): (vertices, primitive) = (count, kind)
        case .patches(let count, let size): (vertices, patch) = (count * size, size)
        case .feedback(let name, let kind):
            guard let scene, let buffer = scene.buffer(name), let capture = scene.capture(name)
            else { return nil }
            pass.feed?.bind(capture, in: buffer.name)
            (vertices, primitive) = (buffer.count(stride: capture.stride), kind)
        }
        if mesh == nil, plan.geometry.hasStreams, pass.feed?.isFed == true {
            mesh = scene?.shape(plan.geometry)
        }
        if case .feedback = plan.geometry {} else { pass.feed?.bind(mesh) }
        if case .patches = plan.geometry {} else { patch = primitive.vertices }
        self.primitive = primitive
        mode = pass.hasTessellation ? GLenum(GL_PATCHES) : primitive.mode
        patchVertices = patch
        isIndexed = (mesh?.indexCount ?? 0) > 0
        count = isIndexed ? mesh?.indexCount ?? 0 : vertices
        instances = plan.instances
        if let name = plan.indirect {
            guard let buffer = scene?.buffer(name), buffer.key.bytes >= (isIndexed ? 20 : 16)
            else { return nil }
            arguments = buffer
        } else {
            arguments = nil
            guard count > 0 else { return nil }
        }
    }

    /// Draws with what is bound.
    func draw() {
        if mode == GLenum(GL_PATCHES) {
            glPatchParameteri(GLenum(GL_PATCH_VERTICES), GLint(patchVertices))
        }
        let kind = GLenum(GL_UNSIGNED_INT)
        if let arguments {
            glBindBuffer(GLenum(GL_DRAW_INDIRECT_BUFFER), arguments.name)
            if isIndexed {
                glDrawElementsIndirect(mode, kind, nil)
            } else {
                glDrawArraysIndirect(mode, nil)
            }
            glBindBuffer(GLenum(GL_DRAW_INDIRECT_BUFFER), 0)
        } else if isIndexed {
            glDrawElementsInstanced(mode, GLsizei(count), kind, nil, GLsizei(instances))
        } else if instances == 1 {
            glDrawArrays(mode, 0, GLsizei(count))
        } else {
            glDrawArraysInstanced(mode, 0, GLsizei(count), GLsizei(instances))
        }
    }

    /// How many vertices a capture of it writes; nil where only GL knows.
    func captured(by pass: LoadedPass) -> Int? {
        guard !pass.hasGeometryStage, !pass.hasTessellation, arguments == nil else { return nil }
        let each =
            switch primitive {
            case .points: count
            case .lines: count / 2 * 2
            case .lineStrip: 2 * max(0, count - 1)
            case .triangles: count / 3 * 3
            case .triangleStrip: 3 * max(0, count - 2)
            }
        return each * instances
    }
}

extension Geometry.Primitive {
    /// GL's name for it.
    var mode: GLenum {
        let name =
            switch self {
            case .points: GL_POINTS
            case .lines: GL_LINES
            case .lineStrip: GL_LINE_STRIP
            case .triangles: GL_TRIANGLES
            case .triangleStrip: GL_TRIANGLE_STRIP
            }
        return GLenum(name)
    }

    /// Vertices of one.
    var vertices: Int {
        switch self {
        case .points: 1
        case .lines, .lineStrip: 2
        case .triangles, .triangleStrip: 3
        }
    }

    /// GL's name for it without strips: what a capture writes, and what a geometry stage takes in.
    var base: GLenum {
        let name =
            switch self {
            case .points: GL_POINTS
            case .lines, .lineStrip: GL_LINES
            case .triangles, .triangleStrip: GL_TRIANGLES
            }
        return GLenum(name)
    }
}

extension DrawPlan.Blend {
    /// Has what is drawn mixed with what is there.
    func apply() {
        switch self {
        case .off: return
        case .alpha:
            glBlendFuncSeparate(
                GLenum(GL_SRC_ALPHA), GLenum(GL_ONE_MINUS_SRC_ALPHA), GLenum(GL_ONE),
                GLenum(GL_ONE_MINUS_SRC_ALPHA))
        case .add: glBlendFunc(GLenum(GL_ONE), GLenum(GL_ONE))
        case .multiply: glBlendFunc(GLenum(GL_DST_COLOR), GLenum(GL_ZERO))
        case .premultiplied: glBlendFunc(GLenum(GL_ONE), GLenum(GL_ONE_MINUS_SRC_ALPHA))
        }
        glEnable(GLenum(GL_BLEND))
    }
}

extension DrawPlan.Cull {
    /// Leaves out what looks away, or what looks here.
    func apply() {
        guard self != .off else { return }
        glCullFace(GLenum(self == .back ? GL_BACK : GL_FRONT))
        glFrontFace(GLenum(GL_CCW))
        glEnable(GLenum(GL_CULL_FACE))
    }
}
