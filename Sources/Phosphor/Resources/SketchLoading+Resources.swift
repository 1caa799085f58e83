import FoundationEssentials
import GLSL

extension SketchLoading {
    /// The pictures and meshes that a sketch's program brings along.
    static func resources(of program: AssembledProgram, _ path: String) -> SketchResources {
        let wanted = Set(program.wantedResources.map(\.wanted))
        guard !wanted.isEmpty else { return SketchResources() }
        var isFolder = false
        let path = Folders.absolute(path)
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        return SketchResources().reading(
            wanted, in: isFolder ? path : Folders.parent(of: path))
    }

    /// What is wrong with pictures and meshes, as far as nobody has said it.
    ///
    /// The site's own pictures, which an export of Shadertoy's names, nobody has: what was said of them is enough.
    static func problems(
        of program: AssembledProgram, _ resources: SketchResources, _ path: String
    ) -> [Diagnostic] {
        resources.problems(of: program).compactMap { problem in
            guard ShadertoyFile.isOne(path), problem.file == path else { return problem }
            let isSaid = program.notices.contains {
                $0.file == path && $0.message.contains(problem.token ?? " ")
            }
            var problem = problem
            problem.severity = .warning
            return isSaid ? nil : problem
        }
    }
}
