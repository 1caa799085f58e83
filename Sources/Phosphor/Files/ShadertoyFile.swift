import GLSL

/// A shader as Shadertoy exports it, in JSON: opened as a sketch of its passes, which is not saved yet.
///
/// What reads what, and how, becomes a text of `sketch.toml`. The JSON itself is never written: saving makes a folder
/// beside it.
enum ShadertoyFile {
    /// Whether a file is one by its name.
    static func isOne(_ path: String) -> Bool { path.lowercased().hasSuffix(".json") }

    /// What a file holds, or what is wrong with it, with lines of the JSON.
    static func read(_ path: String) throws(FileError) -> Result<ShadertoyExport, AssemblyError> {
        ShadertoyExport.read(try SketchFile.text(Folders.absolute(path)), file: path)
    }

    /// The sketch of a file, under the first name beside it that is free.
    ///
    /// Reads the disk.
    static func load(
        _ path: String
    ) throws(FileError) -> (file: SketchFile, texts: [SketchPart: String]) {
        let export: ShadertoyExport
        switch try read(path) {
        case .success(let found): export = found
        case .failure(let error):
            let lines = error.diagnostics.prefix(5).map { diagnostic in
                "line \(diagnostic.line ?? 1), column \(diagnostic.column ?? 1): \(diagnostic.message)"
            }
            throw FileError("Cannot open \(Folders.shown(path)): \(lines.joined(separator: "; "))")
        }
        var file = SketchFile(new: String(path.dropLast(".json".count)))
        (file.isFolder, file.files, file.origin) = (true, [:], path)
        file = file.withFreeName()
        (file.files, file.origin) = ([:], path)
        var texts = export.parts.mapValues(\.text)
        texts[.plan] = PlanWriter.text(export.plan, comment: words(export, path))
        return (file, texts)
    }

    /// What stands above its plan: where it is from, and what of it is not there.
    private static func words(_ export: ShadertoyExport, _ path: String) -> [String] {
        let title = export.title.isEmpty ? "A shader" : "\"\(export.title)\""
        let author = export.author.isEmpty ? "" : " by \(export.author)"
        return ["\(title)\(author), from \(Folders.name(of: path))."]
            + export.plan.problems.map { "\($0.message)." }
    }
}
