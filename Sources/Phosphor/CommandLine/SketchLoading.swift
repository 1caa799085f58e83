import GLSL

/// Reads a sketch for a command that only looks at it.
enum SketchLoading {
    /// A sketch's assembled program, or what keeps it from being one.
    ///
    /// - Parameter toleratesPlan: whether mistakes in its `sketch.toml` are among the program's notices only.
    static func program(_ path: String, toleratesPlan: Bool = false) throws(FileError) -> (
        name: String, Result<AssembledProgram, AssemblyError>
    ) {
        if ShadertoyFile.isOne(path) {
            let export = try ShadertoyFile.read(path)
            if case .failure(let error) = export {
                return (Folders.name(of: path), .failure(error))
            }
        }
        let (file, texts) = try SketchFile.load(path)
        // Messages name a file as it was named to us, so that an editor can jump to it.
        func label(_ part: SketchPart) -> String {
            file.isFolder
                ? path.trimmingSlash + "/" + file.label(part) : file.label(part, beside: path)
        }
        var source = SketchSource(texts, name: file.name, label: label)
        var plan = ReadPlan()
        source.plan = plan.plan(of: texts[.plan], file: label(.plan))
        source.toleratesPlan = toleratesPlan
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
