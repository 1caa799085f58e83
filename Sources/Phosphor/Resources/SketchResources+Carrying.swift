import GLSL

extension SketchResources {
    /// Copies what a sketch brings along from its old folder to its new one; what is there already stays.
    ///
    /// Reads and writes the disk. Only what lies in the old folder, or below it, is the sketch's own to take along.
    ///
    /// - Returns: what could not be copied, and why.
    func carry(for source: SketchSource, from old: String, to new: String) -> [String] {
        guard old != new else { return [] }
        var names = Set(entries.keys.flatMap(\.names))
        if case .success(let program) = Assembler.assemble(source) {
            names = Set(program.wantedResources.flatMap { $0.wanted.names })
        }
        var problems: [String] = []
        for name in names.sorted() {
            guard
                let path = Self.places(of: name, in: old).first(where: {
                    AtomicFile.stamp($0) != nil
                }), path.hasPrefix(old + "/")
            else { continue }
            let target = new + path.dropFirst(old.count)
            guard AtomicFile.stamp(target) == nil else { continue }
            do throws(FileError) {
                try AtomicFile.makeFolder(Folders.parent(of: target))
                try AtomicFile.write(try AtomicFile.read(path, limit: Self.limit), to: target)
            } catch { problems.append("\(name) stays behind: \(error)") }
        }
        return problems
    }
}
