import CEpoxy
import GLSL

/// What GL would refuse at drawing without a word, or with one that nobody understands.
enum ProgramCheck {
    /// Why a linked program cannot be drawn; nil where nothing speaks against it.
    static func problem(of program: LoadedProgram) -> String? {
        let passes = program.passes
        guard let last = passes.last else { return "The program has no pass: write a stage." }
        for (index, pass) in passes.enumerated()
        where passes[..<index].contains(where: { $0.name == pass.name }) {
            return "Two passes are called \(pass.name): give each a name of its own."
        }
        if last.target.format.scalar != .float {
            return
                "The pass \(last.name) is what is shown, which cannot be of \(last.target.format.rawValue): "
                + "give it a format of fractions, as rgba8."
        }
        return passes.lazy.compactMap { problem(of: $0, in: program) }.first
    }

    private static func problem(of pass: LoadedPass, in program: LoadedProgram) -> String? {
        let its = "The pass \(pass.name)"
        let units = limit(GL_MAX_COMBINED_TEXTURE_IMAGE_UNITS)
        for stages in pass.programs where stages.inputs.samplers.count > units {
            return
                "\(its) reads \(stages.inputs.samplers.count) pictures; \(units) is what this driver has room for."
        }
        guard pass.draws else { return nil }
        switch pass.plan.geometry {
        case .patches(_, let vertices):
            guard pass.hasTessellation else {
                return
                    "\(its) draws patches, but has no tessellation stage: write one, or draw triangles."
            }
            if vertices > limit(GL_MAX_PATCH_VERTICES) {
                return
                    "\(its) has patches of \(vertices) vertices; \(limit(GL_MAX_PATCH_VERTICES)) is the most "
                    + "that this driver takes."
            }
        case .feedback(let buffer, _):
            guard program.passes.contains(where: { $0.capture?.plan.buffer == buffer }) else {
                return
                    "\(its) draws what a capture left in \(buffer), but no pass captures into it."
            }
        case .mesh(let name):
            guard program.payload?.meshes.contains(where: { $0.name == name }) == true else {
                return "\(its) draws the mesh \(name), which the sketch does not have."
            }
        default: break
        }
        for name in pass.bufferNames
        where !program.needs.buffers.contains(where: { $0.names.contains(name) }) {
            return "\(its) uses the buffer \(name), which the sketch does not have."
        }
        return geometryProblem(pass, its)
    }

    /// A geometry stage takes one kind of primitive, which must be the kind that comes.
    private static func geometryProblem(_ pass: LoadedPass, _ its: String) -> String? {
        guard pass.hasGeometryStage, !pass.hasTessellation else { return nil }
        var input: GLint = 0
        glGetProgramiv(pass.drawingProgram, GLenum(GL_GEOMETRY_INPUT_TYPE), &input)
        let comes: Geometry.Primitive
        switch pass.plan.geometry {
        case .points: comes = .points
        case .vertices(_, let kind), .feedback(_, let kind): comes = kind
        default: comes = .triangles
        }
        guard GLenum(input) != comes.base else { return nil }
        let wanted =
            switch input {
            case GL_POINTS: "points"
            case GL_LINES: "lines"
            case GL_TRIANGLES: "triangles"
            case GL_LINES_ADJACENCY, GL_TRIANGLES_ADJACENCY: "primitives with neighbours"
            default: "something else"
            }
        return
            "\(its) draws \(comes.rawValue), but its geometry stage takes \(wanted): let both be the same."
    }

    private static func limit(_ name: Int32) -> Int {
        var value: GLint = 0
        glGetIntegerv(GLenum(name), &value)
        return Int(value)
    }
}
