import GLSL

// ISF's sketches are one file, `name.fs`, or two: `name.vs` beside it is its vertex stage. The pair is one sketch, which
// goes by the path of its `.fs`; so are `name.vsh` and `name.fsh`, and others that name stages in pairs (`PairForm`).

extension SketchFile {
    /// The files of a sketch that is no folder.
    ///
    /// Reads the disk.
    ///
    /// - Parameter path: the file that is opened; for a vertex stage with a fragment stage beside it, that one's.
    static func files(beside path: inout String) -> [SketchPart: String] {
        if let fragment = other(of: path, .fragment), AtomicFile.stamp(fragment) != nil {
            path = fragment
        }
        let form = PairForm(beside: Folders.name(of: path))
        var files = [SketchPart(form?.stage ?? Stage(fileName: path) ?? .fragment): path]
        // The others belong to a pair alone.
        for stage in Stage.allCases.sorted() where files[SketchPart(stage)] == nil {
            let isPair = stage == .vertex || files[.vertex] != nil
            if isPair, let other = other(of: path, stage), AtomicFile.stamp(other) != nil {
                files[SketchPart(stage)] = other
            }
        }
        return files
    }

    /// The file that makes a pair with another one, as this stage of it; nil where the name makes none.
    ///
    /// `a.vert` beside `a.frag` is somebody else's: such a file is a sketch of its own.
    private static func other(of path: String, _ stage: Stage) -> String? {
        let name = Folders.name(of: path)
        guard let form = PairForm(beside: name), form.stage != stage else { return nil }
        return form.name(of: stage).map { path.dropLast(name.count) + $0 }
    }

    /// The same sketch as a pair, where that is all that these parts want of it.
    func paired(for parts: [SketchPart]) -> SketchFile? {
        guard !isFolder, Set(parts) == [.vertex, .fragment],
            let path = files[.fragment].flatMap({ Self.other(of: $0, .vertex) })
        else { return nil }
        var pair = self
        pair.files[.vertex] = path
        return pair
    }

    /// The files of a sketch that is no folder, under another path.
    func movedFiles(to path: String) -> [SketchPart: String] {
        guard files.count > 1 else { return files.mapValues { _ in path } }
        // Under a name that makes no pair it becomes a folder once it is written.
        var moved = [SketchPart.fragment: path]
        for part in files.keys where part != .fragment {
            if let stage = part.stage, let other = Self.other(of: path, stage) {
                moved[part] = other
            }
        }
        return moved
    }

    /// Files that would be the sketch's if they were there.
    var expected: Set<String> {
        guard !isFolder, files[.vertex] == nil,
            let vertex = Self.other(of: path, .vertex)
        else { return [] }
        return [vertex]
    }

    /// A file's name for messages, beside the path by which somebody named the sketch.
    func label(_ part: SketchPart, beside path: String) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let own = Folders.parent(of: self.path) + "/"
        if let file = files[part], file.hasPrefix(own) { return folder + file.dropFirst(own.count) }
        return folder + label(part)
    }
}
