import Editor
import GLSL
import Journal

/// A sketch as it was read in the background: its files, and what the journal knows of it.
struct LoadedSketch: Sendable {
    var file: SketchFile
    var texts: [SketchPart: String]
    var taken: TakenTree
    /// Whether its files are gone or cannot be read: all that there is of it is what the journal has.
    var isLost = false
    /// What its texts include.
    var included = IncludedFiles()

    init(file: SketchFile, texts: [SketchPart: String], taken: TakenTree) {
        (self.file, self.texts, self.taken) = (file, texts, taken)
    }

    /// Asks the journal for a sketch that was read from disk.
    init(
        _ loaded: (file: SketchFile, texts: [SketchPart: String]), _ journal: Journal?,
        seconds: Double
    ) {
        (file, texts) = loaded
        taken = journal?.take(file.path, seconds: seconds) ?? TakenTree()
        if let found = taken.found { file.addPasses(SketchText(found.sketch).parts, to: &texts) }
        let source = OpenSketch(file: file, texts: texts).source
        included = IncludedFiles.read(for: source, in: file.folder)
    }

    /// A sketch whose files could not be read, as the journal has it; nil where it has nothing of it.
    ///
    /// - Parameter mustBeUnsaved: leave alone what was saved before its file went.
    init?(lost path: String, _ journal: Journal?, seconds: Double, mustBeUnsaved: Bool = false) {
        let path = Folders.absolute(path)
        guard let journal, let found = journal.take(path, seconds: seconds).found,
            !mustBeUnsaved || (!found.isDiscarded && SketchText(found.sketch).isModified)
        else { return nil }
        var file = SketchFile(new: path)
        // An export of Shadertoy's that was never saved has its pictures beside the JSON.
        let export = path + ".json"
        if AtomicFile.stamp(path) == nil, AtomicFile.stamp(export) != nil { file.origin = export }
        self.init(file: file, texts: [:], taken: TakenTree(found: found))
        isLost = true
    }
}
