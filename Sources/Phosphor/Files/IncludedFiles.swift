import GLSL

/// The files that a sketch's texts include, as they were read last.
struct IncludedFiles: Sendable, Equatable {
    /// Their texts, by the paths that `Includes` asks for.
    private(set) var texts: [String: String] = [:]
    /// The paths that were asked for where no text is; somebody may put one there.
    private(set) var missing: Set<String> = []
    /// The folder that paths begin at.
    private(set) var folder = ""

    /// What a source includes, with all that those files include.
    ///
    /// Reads the disk.
    ///
    /// - Parameter known: files that were read before and need not be read again.
    static func read(
        for source: SketchSource, in folder: String, known: IncludedFiles = .init()
    ) -> IncludedFiles {
        var files = known.folder == folder ? known : IncludedFiles()
        files.folder = folder
        var source = source
        while true {
            source.included = files.texts
            let asked = Includes.asked(by: source)
            let new = asked.subtracting(files.texts.keys).subtracting(files.missing)
            guard !new.isEmpty else {
                // What was only half typed is not watched for ever.
                files.texts = files.texts.filter { asked.contains($0.key) }
                files.missing.formIntersection(asked)
                return files
            }
            for path in new { files.read(path) }
        }
    }

    private mutating func read(_ path: String) {
        guard let bytes = try? AtomicFile.read(absolute(path), limit: Includes.largest),
            let text = SketchFile.decoded(bytes)
        else {
            missing.insert(path)
            return
        }
        texts[path] = text
    }

    /// Whether somebody may be in the middle of writing one: who writes in place empties the file first.
    var isHalf: Bool { texts.values.contains(where: \.isEmpty) }

    private func absolute(_ path: String) -> String { Folders.absolute(path, from: folder) }

    /// The files themselves, those included that are not there.
    var paths: Set<String> { Set((Array(texts.keys) + missing).map(absolute)) }
}

extension SketchFile {
    /// The folder that the paths of its includes and pictures begin at.
    ///
    /// Of a sketch that was taken out of another file, and is not saved yet, the one that this file lies in.
    var folder: String {
        if let origin { return Folders.parent(of: origin) }
        return isFolder ? path : Folders.parent(of: path)
    }
}
