import GLSL

// `#iChannel0 "file://bufferA.glsl"` names a text whose picture is read: it is a pass of the sketch then, as it would be
// in a folder, and so is what that text names.

extension SketchFile {
    /// The most passes that a sketch of one file gets so.
    private static let mostNamed = 16

    /// Adds the passes that the texts of a sketch of one file name, with their texts.
    ///
    /// What is not there, or cannot be read, is told by who assembles the sketch. Reads the disk.
    mutating func addNamedPasses(to texts: inout [SketchPart: String]) {
        guard !isFolder else { return }
        var open = texts.keys.sorted().filter { $0.stage == .fragment }
        while let part = open.popLast() {
            guard let text = texts[part], let path = files[part] else { continue }
            for named in ChannelFiles.named(in: text) {
                let file = Folders.absolute(named.path, from: Folders.parent(of: path))
                guard let new = SketchPart(writtenAs: named.pass + ".frag"), !new.pass.isEmpty,
                    files.count < Self.mostNamed, !files.values.contains(file),
                    !files.keys.contains(where: { $0.isSame(as: new) }),
                    let stamp = AtomicFile.stamp(file), let read = try? Self.read(file)
                else { continue }
                (files[new], stamps[new], texts[new]) = (file, stamp, read.text)
                foreignLines[new] = read.foreignLine
                open.append(new)
            }
        }
    }

    /// Adds those of other passes that lie beside a sketch of one file: its text named them once, and they are open still.
    mutating func addPasses(
        _ parts: some Sequence<SketchPart>, to texts: inout [SketchPart: String]
    ) {
        guard !isFolder, origin == nil else { return }
        for part in parts where files[part] == nil && part.stage == .fragment && !part.pass.isEmpty
        {
            let places = ["frag", "glsl"].map { "\(Folders.parent(of: path))/\(part.pass).\($0)" }
            guard let file = places.first(where: { AtomicFile.stamp($0) != nil }),
                !files.values.contains(file), let text = try? Self.text(file)
            else { continue }
            (files[part], stamps[part], texts[part]) = (file, AtomicFile.stamp(file), text)
        }
        addNamedPasses(to: &texts)
    }
}
