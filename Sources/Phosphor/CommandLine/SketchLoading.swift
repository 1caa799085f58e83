import GLSL

/// Reads a sketch for a command that only looks at it.
enum SketchLoading {
    /// A sketch's assembled program, or what keeps it from being one.
    ///
    /// - Parameter toleratesPlan: whether mistakes in its `sketch.toml` are among the program's notices only.
    static func program(_ path: String, toleratesPlan: Bool = false) throws(FileError) -> (
        name: String, Result<AssembledProgram, AssemblyError>
    ) {
        var export: ShadertoyExport?
        if ShadertoyFile.isOne(path) {
            switch try ShadertoyFile.read(path) {
            case .success(let found): export = found
            case .failure(let error): return (Folders.name(of: path), .failure(error))
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
        source.plan.problems += file.foreignLines.sorted { $0.key < $1.key }.map { part, line in
            Diagnostic(
                .note, file: label(part), line: line,
                message: "this line is \(SketchFile.foreignWords)")
        }
        if let export { source.plan.place(as: export) }
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

extension SketchPlan {
    /// Takes over what an export of Shadertoy's says of itself, on lines that people have: there is no `sketch.toml` yet.
    fileprivate mutating func place(as export: ShadertoyExport) {
        problems += export.plan.problems
        for (index, texture) in textures.enumerated() {
            if let own = export.plan.texture(texture.name) { textures[index].place = own.place }
        }
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
