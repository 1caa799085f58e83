import GLSL
import Guest

/// What a sketch brings along besides its texts, pictures and meshes, decoded, by the files that it names for them.
///
/// Reading and decoding is `SketchResources+Reading`'s, and never the main thread's.
struct SketchResources: Sendable {
    /// What a program can ask for.
    enum Wanted: Hashable, Sendable {
        /// One file, or six for a cube map.
        case picture([String])
        case mesh(String)

        /// The files, as the sketch names them.
        var names: [String] {
            switch self {
            case .picture(let names): names
            case .mesh(let name): [name]
            }
        }
    }

    /// What became of the files of one picture or mesh.
    struct Entry: Sendable {
        /// What guests get; a checker for a cube map that is missing, nil for anything else that is.
        var resource: Resource?
        /// What is wrong, for people.
        var problems: [Problem] = []
        /// The files, where they were found, with their states then; nil for one that is not there.
        var files: [String: AtomicFile.Stamp?] = [:]
        /// Where they were looked for.
        var tried: Set<String> = []
    }

    struct Problem: Sendable, Equatable {
        var severity = Diagnostic.Severity.error
        var message: String
    }

    /// The folder that names begin at.
    var folder = ""
    /// What the newest program asks for.
    var entries: [Wanted: Entry] = [:]

    /// Whether all of these were looked for.
    func has(_ wanted: Set<Wanted>, in folder: String) -> Bool {
        wanted.isEmpty || (self.folder == folder && wanted.allSatisfy { entries[$0] != nil })
    }

    /// The resources by the names that a program has for them.
    func resources(of program: AssembledProgram) -> [String: Resource] {
        Dictionary(
            program.wantedResources.compactMap { name, wanted, _ in
                entries[wanted]?.resource.map { (name, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// What is wrong with what a program brings along, on the lines that ask for it.
    func problems(of program: AssembledProgram) -> [Diagnostic] {
        program.wantedResources.flatMap { _, wanted, place in
            (entries[wanted]?.problems ?? []).map {
                Diagnostic(
                    $0.severity, file: place.file, line: place.line, token: wanted.names.first,
                    message: $0.message)
            }
        }
    }

    /// The files that were looked for, and the folders that they would lie in.
    var watched: Set<String> {
        let files = entries.values.reduce(into: Set<String>()) { $0.formUnion($1.tried) }
        return files.union(files.map(Folders.parent(of:)))
    }

    /// The files alone.
    var paths: Set<String> { entries.values.reduce(into: []) { $0.formUnion($1.tried) } }

    /// Whether guests and people would see the same.
    func isSame(as other: SketchResources) -> Bool {
        entries.mapValues { $0.resource?.id } == other.entries.mapValues { $0.resource?.id }
            && entries.mapValues(\.problems) == other.entries.mapValues(\.problems)
    }
}

extension AssembledProgram {
    /// What it brings along, under which names, and where it asks for it.
    var wantedResources: [(name: String, wanted: SketchResources.Wanted, place: SourcePlace)] {
        textures.map { ($0.name, .picture($0.paths), $0.place) }
            + meshes.map { ($0.name, .mesh($0.path), $0.place) }
    }
}
