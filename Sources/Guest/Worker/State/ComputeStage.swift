import CEpoxy
import GLSL

/// A pass's compute stage: a GL program of its own, run before each of the pass's pictures.
final class ComputeStage {
    let program: StageProgram
    private let plan: DispatchPlan

    /// - Parameter text: the stage's source, which may say `// @groups X Y Z` in a comment where no plan says more.
    init(_ program: StageProgram, text: String, plan: DispatchPlan?) {
        self.program = program
        if let plan {
            self.plan = plan
        } else if let groups = Self.groups(in: text) {
            self.plan = .groups(groups[0], groups[1], groups[2])
        } else {
            self.plan = .cover
        }
    }

    /// The buffer that says how often it runs; nil where none does.
    var argumentsBuffer: String? {
        if case .indirect(let buffer) = plan { buffer } else { nil }
    }

    /// Runs it as its plan says, or one group of it, and makes what it wrote visible to what follows.
    func run(width: Int, height: Int, isSmall: Bool, arguments: KeptBuffer?) {
        switch plan {
        case _ where isSmall: glDispatchCompute(1, 1, 1)
        case .groups(let x, let y, let z): glDispatchCompute(GLuint(x), GLuint(y), GLuint(z))
        case .cover:
            var local: [GLint] = [1, 1, 1]
            glGetProgramiv(program.name, GLenum(GL_COMPUTE_WORK_GROUP_SIZE), &local)
            func groups(_ size: Int, _ side: GLint) -> GLuint {
                let side = Int(max(1, side))
                return GLuint((size + side - 1) / side)
            }
            glDispatchCompute(groups(width, local[0]), groups(height, local[1]), 1)
        case .indirect:
            guard let arguments, arguments.key.bytes >= 12 else { return }
            glBindBuffer(GLenum(GL_DISPATCH_INDIRECT_BUFFER), arguments.name)
            glDispatchComputeIndirect(0)
            glBindBuffer(GLenum(GL_DISPATCH_INDIRECT_BUFFER), 0)
        }
        glMemoryBarrier(GLbitfield.max)
    }

    /// The numbers behind the first `@groups`, each from 1 to what every driver takes; nil where there is none.
    ///
    /// `@` stands nowhere in GLSL but in comments, so that drivers never see it.
    static func groups(in text: String) -> [Int]? {
        guard let mark = text.firstRange(of: "@groups") else { return nil }
        let line = text[mark.upperBound...].prefix { !$0.isNewline }
        let numbers = line.split { $0 == " " || $0 == "\t" || $0 == "," }
            .prefix { Int($0) != nil }.prefix(3).compactMap { Int($0) }
        guard !numbers.isEmpty else { return nil }
        return (numbers + [1, 1]).prefix(3).map { max(1, min($0, 65_535)) }
    }
}
