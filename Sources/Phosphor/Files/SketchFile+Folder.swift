import FoundationEssentials
import GLSL

// A folder's files are named after their passes: `bufferA.frag` is a stage of the pass `bufferA`. Those of the pass that
// is shown are called `image`, or as the folder, or anything where nothing else has the same stage.

extension SketchFile {
    /// The files of a folder by their parts.
    static func partFiles(in folder: String) throws(FileError) -> [SketchPart: String] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            throw FileError("Cannot read the folder \(Folders.shown(folder)): \(error)")
        }
        let files = parts(
            of: names.sorted().filter { !$0.hasPrefix(".") }, at: folder,
            planned: plannedPasses(in: folder, names))
        guard files.contains(where: { $0.part.stage != nil }) else {
            throw FileError(
                "The folder \(Folders.shown(folder)) has no stage: a sketch's files end in .vert, .tesc, .tese, "
                    + ".geom, .frag or .comp, or are called image.glsl, bufferA.glsl to bufferD.glsl"
            )
        }
        var result: [SketchPart: String] = [:]
        for (part, name) in files {
            if let other = result[part] {
                throw FileError(
                    "The folder \(Folders.shown(folder)) has \(part.words) twice, \(Folders.name(of: other)) and "
                        + "\(name): keep one of them there, or call what is shown image"
                        + "\(part.stage.map { "." + $0.rawValue } ?? ""), so that the others are passes"
                )
            }
            result[part] = folder + "/" + name
        }
        return result
    }

    /// What each of a folder's files is; a part that two of them could be stands there twice.
    private static func parts(
        of names: [String], at folder: String, planned: Set<String>
    ) -> [(part: SketchPart, name: String)] {
        var result: [(part: SketchPart, name: String)] = []
        var others: [(stem: String, stage: Stage, name: String)] = []
        var included = 0
        let called = partsByName(of: names, at: folder)
        for name in names {
            let stem = stem(of: name)
            if isCommon(name) {
                // What texts include themselves must not stand before them a second time.
                if !isIncluded(name, by: names, at: folder) { result.append((.common, name)) }
            } else if name == SketchPart.plan.rawValue {
                result.append((.plan, name))
            } else if let part = called[name] {
                result.append((part, name))
            } else if let (stem, stage) = Stage.paired(name, among: names) {
                others.append((stem.isEmpty ? folder : stem, stage, name))
            } else if name.hasSuffix(".glsl"), SketchPart(writtenAs: name)?.rawValue == name {
                // What others include is a part, so that its text in hand is what they see; a library is not.
                if included < mostIncluded { result.append((SketchPart(rawValue: name), name)) }
                included += 1
            } else if let stage = Stage(fileName: name) {
                let part = SketchPart(stage, pass: stem)
                if isShadertoys(stem) || planned.contains(stem) {
                    result.append((part, name))
                } else {
                    others.append((stem, stage, name))
                }
            }
        }
        let stems = others.map(\.stem)
        let shown =
            stems.first { isSame($0, "image") }
            ?? stems.first { $0 == Folders.name(of: folder) }
            ?? stems.first { isSame($0, "main") }
        let own = Set(others.filter { $0.stem == shown }.map(\.stage))
        for (stem, stage, name) in others {
            // A pass of its own computes something or has colours; else it is what the picture lacks.
            let isPass =
                shown != nil && stem != shown
                && (own.contains(stage)
                    || others.contains {
                        $0.stem == stem && ($0.stage == .fragment || $0.stage == .compute)
                    })
            result.append((SketchPart(stage, pass: isPass ? stem : ""), name))
        }
        return result
    }

    /// The parts that files ending in `.glsl` are by their names.
    ///
    /// Shadertoy's sources mostly lie so in public places: `Image.glsl`, `Buffer A.glsl`, `buf0.glsl`. Sound and cubes
    /// are not among them: they are no passes.
    /// Where files of stages lie beside them, only what has an entry of Shadertoy's, since others may include the rest.
    private static func partsByName(of names: [String], at folder: String) -> [String: SketchPart] {
        let stages = names.filter { Stage(fileName: $0) != nil && !isGLSL($0) && !isCommon($0) }
        var result: [String: SketchPart] = [:]
        func has(_ part: SketchPart) -> Bool {
            result.values.contains { $0.isSame(as: part) }
                || stages.contains { SketchPart(.fragment, pass: stem(of: $0)).isSame(as: part) }
        }
        func take(_ name: String, _ part: SketchPart) {
            guard !has(part), stages.isEmpty || hasToyEntry("\(folder)/\(name)") else { return }
            result[name] = part
        }
        for name in names where isGLSL(name) {
            let pass = stem(of: name)
            if SketchPart.buffers.contains(where: { isSame(pass, $0.pass) }) {
                take(name, SketchPart(.fragment, pass: pass))
            }
        }
        // Files of stages that are no buffers have the picture among them.
        guard stages.allSatisfy({ isShadertoys(stem(of: $0)) }) else { return result }
        for stem in ["image", "mainimage", "main"] {
            let found = names.first { isGLSL($0) && isSame(Self.stem(of: $0), stem) }
            if let found, !result.values.contains(.fragment) { take(found, .fragment) }
        }
        return result
    }

    private static func isGLSL(_ name: String) -> Bool { name.lowercased().hasSuffix(".glsl") }

    private static func isIncluded(_ name: String, by names: [String], at folder: String) -> Bool {
        names.contains {
            guard $0 != name, isGLSL($0) || Stage(fileName: $0) != nil,
                let text = try? text("\(folder)/\($0)")
            else { return false }
            return ["", "./"].contains { before in
                ["\"", "'"].contains { text.contains("#include \($0)\(before)\(name)\($0)") }
            }
        }
    }

    private static func hasToyEntry(_ path: String) -> Bool {
        guard let text = try? text(path) else { return false }
        return Dialect.recognise(stages: [.fragment: text]) == .shadertoy
    }

    /// The passes that a folder's `sketch.toml` names, but for the one that is shown: a file of such a name is one of
    /// their stages, whichever it is.
    private static func plannedPasses(in folder: String, _ names: [String]) -> Set<String> {
        let name = SketchPart.plan.rawValue
        // What cannot be read is told by who reads it as a text of the sketch.
        guard names.contains(name), let text = try? text("\(folder)/\(name)") else { return [] }
        let passes = PlanReader.read(text, file: name).passes.map(\.name)
        return Set(passes.filter { !isSame($0, "image") })
    }

    /// The most files of a folder that others include and that have a tab.
    private static let mostIncluded = 16

    private static func stem(of name: String) -> String {
        name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    private static func isSame(_ stem: String, _ name: String) -> Bool {
        SketchPart(.fragment, pass: stem).isSame(as: SketchPart(.fragment, pass: name))
    }

    private static func isCommon(_ name: String) -> Bool {
        ["common", "common.glsl", "common.frag"].contains(name.lowercased())
    }

    /// Whether a pass has a name that Shadertoy gives.
    private static func isShadertoys(_ stem: String) -> Bool {
        SketchPart.buffers.contains { isSame(stem, $0.pass) } || isSame(stem, "cubeA")
            || isSame(stem, "sound")
    }

    // MARK: Places for parts

    /// The same sketch with a place for each of these parts.
    ///
    /// A sketch of one file that got a second part becomes a folder of the file's name without its ending: a part's
    /// file beside it could be somebody else's, and would not be found again with it.
    func holding(_ parts: some Sequence<SketchPart>) -> SketchFile {
        let parts = parts.sorted()
        guard parts.contains(where: { files[$0] == nil }) else { return self }
        if let pair = paired(for: parts) { return pair }
        var sketch = self
        if !isFolder {
            sketch = SketchFile(new: stem)
            sketch.isFolder = true
            sketch.files = [:]
        }
        for part in parts where sketch.files[part] == nil {
            sketch.files[part] = "\(sketch.path)/\(sketch.fileName(of: part, among: parts))"
        }
        return sketch
    }

    /// What a new file for a part would be called.
    func fileName(of part: SketchPart, among parts: [SketchPart] = []) -> String {
        guard let stage = part.stage else { return part == .common ? "common.glsl" : part.rawValue }
        guard part.pass.isEmpty else {
            // Beside `bufferA.glsl` a new buffer ends so, too.
            let isGLSL = files.contains { $0.key.stage == .fragment && Self.isGLSL($0.value) }
            return isFolder && isGLSL && Self.isShadertoys(part.pass)
                ? part.pass + ".glsl" : part.rawValue
        }
        // The picture's other stages tell what it is called; a folder may have the name of one of its passes.
        if isFolder, let known = files.first(where: { $0.key.stage != nil && $0.key.pass.isEmpty })
        {
            return "\(Self.stem(of: Folders.name(of: known.value))).\(stage.rawValue)"
        }
        return "\(ownStem(beside: parts + files.keys)).\(stage.rawValue)"
    }

    /// What the picture's own files are called beside those of other parts.
    private func ownStem(beside parts: [SketchPart]) -> String {
        let own = Folders.name(of: stem)
        let isTaken =
            Self.isShadertoys(own) || Self.isCommon(own) || parts.contains { $0.pass == own }
        return isTaken ? "image" : own
    }

    /// The same sketch under another path, as `save as` wants it: one file, or a folder with the same names in it.
    ///
    /// Only the picture's own files go with the folder's name where that is what tells them from passes.
    func moved(to path: String) -> SketchFile {
        let path = Folders.absolute(path)
        var moved = SketchFile(new: path)
        moved.isFolder = isFolder
        if isFolder {
            let hasPasses = files.keys.contains { !$0.pass.isEmpty }
            let own = moved.ownStem(beside: Array(files.keys))
            moved.files = [:]
            for (part, file) in files {
                var name = Folders.name(of: file)
                if hasPasses, part.pass.isEmpty, let stage = part.stage,
                    Self.stem(of: name) == self.name
                {
                    name = "\(own).\(stage.rawValue)"
                }
                moved.files[part] = path + "/" + name
            }
        } else {
            moved.files = movedFiles(to: path)
        }
        return moved
    }
}
