import FoundationEssentials
import Glibc
import GLSL

/// A sketch on disk: one file, or a folder with one file a stage.
struct SketchFile: Sendable, Equatable {
    /// The file or the folder, absolute.
    var path: String
    /// The file of each stage, absolute.
    var files: [Stage: String]
    /// What the files held when they were last read or written.
    var stamps: [Stage: AtomicFile.Stamp]
    /// Whether it came with Phosphor, and must be copied before it is written.
    var isShipped: Bool

    /// No shader that a person writes comes near it; one that does would stop every editor.
    static let sizeLimit = 16 << 20

    /// The name that people know it by.
    var name: String { Folders.name(of: path) }
    /// Whether it is a folder with a file a stage.
    var isFolder = false

    /// A file's name as messages say it.
    func label(_ stage: Stage) -> String {
        files[stage].map(Folders.name(of:)) ?? "\(name).\(stage.rawValue)"
    }

    /// A sketch that is not on disk yet.
    init(new path: String, stage: Stage = .fragment) {
        (self.path, files, stamps, isShipped) = (path, [stage: path], [:], false)
    }

    /// Reads a sketch and its texts.
    static func load(_ path: String) throws(FileError) -> (file: SketchFile, texts: [Stage: String])
    {
        let path = Folders.absolute(path)
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            errno = ENOENT
            throw .system("Cannot open", path)
        }
        var sketch = SketchFile(new: path)
        sketch.isShipped =
            Folders.share.map { path.hasPrefix(Folders.absolute($0) + "/shaders/") } ?? false
        sketch.isFolder = isFolder
        sketch.files =
            isFolder ? try stageFiles(in: path) : [Stage(fileName: path) ?? .fragment: path]
        var texts: [Stage: String] = [:]
        for (stage, file) in sketch.files {
            sketch.stamps[stage] = AtomicFile.stamp(file)
            texts[stage] = try text(file)
        }
        return (sketch, texts)
    }

    private static func stageFiles(in folder: String) throws(FileError) -> [Stage: String] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            throw FileError("Cannot read the folder \(Folders.shown(folder)): \(error)")
        }
        var files: [Stage: String] = [:]
        for name in names.sorted() where !name.hasPrefix(".") {
            guard let stage = Stage(fileName: name) else { continue }
            if let other = files[stage] {
                throw FileError(
                    "The folder \(Folders.shown(folder)) has two \(stage.name) stages, \(Folders.name(of: other)) and "
                        + "\(name): keep one of them there")
            }
            files[stage] = folder + "/" + name
        }
        guard !files.isEmpty else {
            throw FileError(
                "The folder \(Folders.shown(folder)) has no stage: a sketch's files end in .vert, .tesc, .tese, "
                    + ".geom, .frag or .comp")
        }
        return files
    }

    private static func text(_ path: String) throws(FileError) -> String {
        let bytes = try AtomicFile.read(path, limit: sizeLimit)
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var line = 1
        var valid = bytes.startIndex
        // The first line that is not UTF-8 is where an editor that can convert it should look.
        for part in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { break }
            line += 1
            valid += part.count + 1
        }
        throw FileError(
            "Cannot open \(Folders.shown(path)): line \(line) is not UTF-8. Convert it, for instance with: "
                + "iconv -f latin1 -t utf8")
    }

    /// Whether a file on disk is not what was read or written here last.
    func changedOnDisk() -> [Stage] {
        files.keys.sorted().filter { stage in
            guard let file = files[stage], let known = stamps[stage] else { return false }
            guard let found = AtomicFile.stamp(file) else { return false }
            return found != known
        }
    }

    /// What became of writing a sketch: its new stamps, and why it was not written to the end.
    struct Saved: Sendable {
        var file: SketchFile
        var error: FileError?
    }

    /// Writes all texts, as far as it goes.
    func saving(_ texts: [Stage: String]) -> Saved {
        var saved = self
        do throws(FileError) {
            for (stage, text) in texts.sorted(by: { $0.key < $1.key }) {
                guard let file = files[stage] else { continue }
                try AtomicFile.makeFolder(Folders.parent(of: file))
                saved.stamps[stage] = try AtomicFile.write(Array(text.utf8), to: file)
            }
        } catch { return Saved(file: saved, error: error) }
        return Saved(file: saved)
    }

    /// The same sketch with a place for each of these stages.
    ///
    /// A sketch of one file that got a second stage becomes a folder of the file's name without its ending: a stage's
    /// file beside it could be somebody else's, and would not be found again with it.
    func holding(_ stages: some Sequence<Stage>) -> SketchFile {
        let stages = stages.sorted()
        guard stages.contains(where: { files[$0] == nil }) else { return self }
        var sketch = self
        if !isFolder {
            sketch = SketchFile(new: stem)
            sketch.isFolder = true
            sketch.files = [:]
        }
        for stage in stages where sketch.files[stage] == nil {
            sketch.files[stage] = "\(sketch.path)/\(Folders.name(of: stem)).\(stage.rawValue)"
        }
        return sketch
    }

    /// The same sketch under the first name of its own, `waves-2.frag` and so on, that nothing has yet.
    ///
    /// Reads the disk.
    func withFreeName() -> SketchFile {
        guard AtomicFile.stamp(path) != nil else { return self }
        let ending = path.dropFirst(stem.count)
        var number = 2
        while AtomicFile.stamp("\(stem)-\(number)\(ending)") != nil { number += 1 }
        return moved(to: "\(stem)-\(number)\(ending)")
    }

    /// The path without the file's ending.
    private var stem: String {
        guard !isFolder, let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            return path
        }
        return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
    }

    /// The same sketch under another path, as `save as` wants it: one file, or a folder with the same names in it.
    func moved(to path: String) -> SketchFile {
        let path = Folders.absolute(path)
        var moved = SketchFile(new: path)
        moved.isFolder = isFolder
        if isFolder {
            moved.files = files.mapValues { path + "/" + Folders.name(of: $0) }
        } else if let stage = files.keys.first {
            moved.files = [stage: path]
        }
        return moved
    }
}
