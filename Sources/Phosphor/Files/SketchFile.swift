import FoundationEssentials
import Glibc
import GLSL

/// A sketch on disk: one file, or a folder with one file a part.
struct SketchFile: Sendable, Equatable {
    /// The file or the folder, absolute.
    var path: String
    /// The file of each part, absolute.
    var files: [SketchPart: String]
    /// What the files held when they were last read or written.
    var stamps: [SketchPart: AtomicFile.Stamp]
    /// Whether it came with Phosphor, and must be copied before it is written.
    var isShipped: Bool

    /// No shader that a person writes comes near it; one that does would stop every editor.
    static let sizeLimit = 16 << 20

    /// The name that people know it by.
    var name: String { Folders.name(of: path) }
    /// Whether it is a folder with a file a part.
    var isFolder = false

    /// The file that its texts were taken out of and that is never written: an export of Shadertoy's.
    var origin: String?

    /// The first lines of its texts that were not UTF-8 when they were read.
    var foreignLines: [SketchPart: Int] = [:]

    /// A file's name as messages say it.
    func label(_ part: SketchPart) -> String {
        files[part].map(Folders.name(of:)) ?? fileName(of: part)
    }

    /// A sketch that is not on disk yet.
    init(new path: String) {
        (self.path, files, stamps, isShipped) = (path, [.fragment: path], [:], false)
    }

    /// Reads a sketch and its texts.
    static func load(
        _ path: String
    ) throws(FileError) -> (file: SketchFile, texts: [SketchPart: String]) {
        let path = Folders.absolute(path)
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            errno = ENOENT
            throw .system("Cannot open", path)
        }
        if !isFolder, ShadertoyFile.isOne(path) { return try ShadertoyFile.load(path) }
        var sketch = SketchFile(new: path)
        sketch.isShipped =
            Folders.share.map { path.hasPrefix(Folders.absolute($0) + "/shaders/") } ?? false
        sketch.isFolder = isFolder
        sketch.files =
            isFolder
            ? try partFiles(in: path) : files(beside: &sketch.path)
        var texts: [SketchPart: String] = [:]
        for (part, file) in sketch.files {
            sketch.stamps[part] = AtomicFile.stamp(file)
            let read = try read(file)
            texts[part] = read.text
            sketch.foreignLines[part] = read.foreignLine
        }
        sketch.addNamedPasses(to: &texts)
        return (sketch, texts)
    }

    /// Whether a file on disk is not what was read or written here last.
    func changedOnDisk() -> [SketchPart] {
        files.keys.sorted().filter { part in
            guard let file = files[part], let known = stamps[part] else { return false }
            guard let found = AtomicFile.stamp(file) else { return false }
            return found != known
        }
    }

    /// What became of writing a sketch: its new stamps, and why it was not written to the end.
    struct Saved: Sendable {
        var file: SketchFile
        var error: FileError?
        /// Pictures and meshes that could not be taken along to a new folder, and why.
        var leftBehind: [String] = []
    }

    /// Writes all texts, as far as it goes.
    func saving(_ texts: [SketchPart: String]) -> Saved {
        if let error = sharedFile(of: texts.keys.sorted()) {
            return Saved(file: self, error: error)
        }
        var saved = self
        do throws(FileError) {
            for (part, text) in texts.sorted(by: { $0.key < $1.key }) {
                guard let file = files[part] else { continue }
                try AtomicFile.makeFolder(Folders.parent(of: file))
                saved.stamps[part] = try AtomicFile.write(Array(text.utf8), to: file)
                saved.foreignLines[part] = nil
            }
        } catch { return Saved(file: saved, error: error) }
        saved.origin = nil
        return Saved(file: saved)
    }

    /// Why parts cannot be written: two of them have one file, which would lose the text of one.
    private func sharedFile(of parts: [SketchPart]) -> FileError? {
        var known: [String: SketchPart] = [:]
        for part in parts {
            guard let file = files[part] else { continue }
            if let other = known[file] {
                return FileError(
                    "Cannot save \(name): \(other.words) and \(part.words) would be one file, \(Folders.name(of: file)), "
                        + "so nothing was written. Give that pass another name in sketch.toml, and open the sketch again"
                )
            }
            known[file] = part
        }
        return nil
    }

    /// The same sketch under the first name of its own, `waves-2.frag` and so on, that nothing has yet.
    ///
    /// Reads the disk.
    func withFreeName() -> SketchFile {
        guard ([path] + files.values).contains(where: { AtomicFile.stamp($0) != nil }) else {
            return self
        }
        let ending = path.dropFirst(stem.count)
        var number = 2
        while true {
            let moved = self.moved(to: "\(stem)-\(number)\(ending)")
            // All of its files, of which one may be somebody else's where the others are not.
            if AtomicFile.stamp(moved.path) == nil,
                moved.files.values.allSatisfy({ AtomicFile.stamp($0) == nil })
            {
                return moved
            }
            number += 1
        }
    }

    /// The path without the file's ending.
    var stem: String {
        guard !isFolder, let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            return path
        }
        return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
    }
}
