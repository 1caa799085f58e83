import GLSL

/// Reads a sketch for a command that only looks at it.
enum SketchLoading {
    /// A sketch's assembled program, or what keeps it from being one.
    static func program(_ path: String) throws(FileError) -> (
        name: String, Result<AssembledProgram, AssemblyError>
    ) {
        let (file, texts) = try SketchFile.load(path)
        var stages: [Stage: StageText] = [:]
        for (stage, text) in texts {
            // Messages name a file as it was named to us, so that an editor can jump to it.
            let label = file.isFolder ? path.trimmingSlash + "/" + file.label(stage) : path
            stages[stage] = StageText(text: text, file: label)
        }
        var source = SketchSource(stages: stages, name: file.name)
        if Includes.isIncluding(source) {
            if case .success(let settings) = Settings.load() {
                source.plan.includePaths += settings.includePaths
            }
            source.included = IncludedFiles.read(for: source, in: file.folder).texts
        }
        return (file.name, Assembler.assemble(source))
    }
}

extension String {
    /// The path without a slash at its end.
    var trimmingSlash: String {
        var path = self
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
