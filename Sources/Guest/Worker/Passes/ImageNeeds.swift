import CEpoxy
import GLSL

/// The pictures that a program's image units need: those that it plans, and those that only its texts have.
struct ImageNeeds {
    private(set) var plans: [ImagePlan]
    /// Why the program cannot have them, in words.
    private(set) var problem: String?

    init(_ passes: [LoadedPass], _ planned: [ImagePlan]) {
        plans = planned
        var limit: GLint = 8
        glGetIntegerv(GLenum(GL_MAX_IMAGE_UNITS), &limit)
        for pass in passes {
            for use in pass.programs.flatMap(\.inputs.images) {
                if use.unit >= Int(limit) {
                    problem =
                        "The pass \(pass.name) has more images than the \(limit) that this driver binds at once; "
                        + "\(use.name) is one too many."
                }
                let said = pass.stages.lazy.compactMap {
                    ImageUse.format(of: use.name, in: $0.text)
                }.first
                if let plan = plans.first(where: { $0.name == use.name }) {
                    let asks = said ?? plan.format
                    if asks != plan.format || use.scalar != plan.format.scalar {
                        problem =
                            "The image \(use.name) is planned as \(plan.format.rawValue), but the pass \(pass.name) "
                            + "declares it as \(said?.rawValue ?? "another kind"): give both the same format."
                    }
                } else {
                    let plain: PixelFormat =
                        switch use.scalar {
                        case .float: .rgba8
                        case .int: .r32i
                        case .uint: .r32ui
                        }
                    plans.append(ImagePlan(name: use.name, format: said ?? plain))
                }
            }
        }
    }
}
