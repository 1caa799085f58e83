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
}
