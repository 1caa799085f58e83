import GLSL

/// Reads a sketch for a command that only looks at it.
enum SketchLoading {
    /// A sketch's assembled program, or what keeps it from being one.
    static func program(_ path: String) throws(FileError) -> (
        name: String, Result<AssembledProgram, AssemblyError>
    ) {
        let (file, texts) = try SketchFile.load(path)
        var parts: [SketchPart: StageText] = [:]
        for (part, text) in texts {
            // Messages name a file as it was named to us, so that an editor can jump to it.
            let label = file.isFolder ? path.trimmingSlash + "/" + file.label(part) : path
            parts[part] = StageText(text: text, file: label)
        }
        var source = SketchSource(parts: parts, name: file.name)
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
