import Editor
import GLSL

extension OpenSketch {
    /// What became of files that another program wrote.
    enum TakingOver {
        /// They hold what is known.
        case nothing
        /// They hold the text in hand.
        case same
        /// Their text is in hand now, as an edit.
        case taken
        /// Their text is a revision; what is unsaved stays in hand.
        case kept
    }

    /// The files that are watched for it.
    var watchedFiles: Set<String> {
        linkTargets.union(file.files.values).union([file.path]).union(file.expected)
    }

    /// Whether a file that changed may be one of this sketch: one that it has, or that lies in its folder.
    func isOwnFile(_ path: String) -> Bool {
        watchedFiles.contains(path)
            || (file.isFolder && path.hasPrefix(file.path + "/")
                && !Folders.name(of: path).hasPrefix("."))
    }

    /// Takes in what another program wrote into the sketch's files.
    ///
    /// Of a stage with nothing unsaved the file's text is an edit, which undo takes back; unsaved text stays in hand, and
    /// undo gives the file's. Nothing is lost either way.
    func takeOver(
        _ loaded: (file: SketchFile, texts: Workspace.SketchTexts), at seconds: Double
    ) -> TakingOver {
        let loaded = underKnownParts(loaded)
        let known = text.savedTexts
        let mine = text.texts(at: text.current)
        guard loaded.texts.contains(where: { known[$0.key] != $0.value }) else {
            // Written again as it was: no change for a save to ask about, unless one was there before.
            guard !text.isModified else { return .nothing }
            for part in loaded.texts.keys where file.files[part] == loaded.file.files[part] {
                file.stamps[part] = loaded.file.stamps[part]
            }
            return .nothing
        }
        if loaded.texts.allSatisfy({ mine[$0.key] == $0.value }),
            mine.allSatisfy({ loaded.texts[$0.key] != nil || known[$0.key] == $0.value })
        {
            text.markSaved()
            accept(loaded.file)
            return .same
        }
        let unsaved = mine.filter { known[$0.key] != $0.value }
        for (part, new) in loaded.texts.sorted(by: { $0.key < $1.key }) where unsaved[part] == nil {
            text.setText(new, part, at: seconds)
        }
        guard !unsaved.isEmpty else {
            text.markSaved()
            accept(loaded.file)
            return .taken
        }
        // What the files hold is a revision of its own, and saved; then back to what is in hand.
        let inHand = text.current
        for part in unsaved.keys.sorted() {
            text.setText(loaded.texts[part] ?? known[part] ?? "", part, at: seconds)
        }
        text.markSaved()
        text.restore(inHand)
        let isTouched = unsaved.keys.contains {
            loaded.texts[$0] != nil && loaded.texts[$0] != known[$0]
        }
        // Where the same text was changed here and there, a save asks before it writes over theirs.
        accept(loaded.file, but: isTouched ? Set(unsaved.keys) : [])
        return isTouched ? .kept : .taken
    }

    /// What was found, each file as the part that it is here already.
    ///
    /// A plan that names the file of the shown stage as a pass makes it another part for who reads the folder anew; as
    /// two parts it would be written twice, and one text lost.
    private func underKnownParts(
        _ loaded: (file: SketchFile, texts: Workspace.SketchTexts)
    ) -> (file: SketchFile, texts: Workspace.SketchTexts) {
        let parts = Dictionary(
            file.files.map { ($0.value, $0.key) }, uniquingKeysWith: { min($0, $1) })
        var found = loaded
        (found.file.files, found.file.stamps, found.texts) = ([:], [:], [:])
        for (part, path) in loaded.file.files {
            let own = parts[path] ?? part
            // What is here as this part is still there under its own path.
            if parts[path] == nil, let mine = file.files[part],
                loaded.file.files.values.contains(mine)
            {
                continue
            }
            found.file.files[own] = path
            found.file.stamps[own] = loaded.file.stamps[part]
            found.texts[own] = loaded.texts[part]
        }
        return found
    }

    private func accept(_ found: SketchFile, but kept: Set<SketchPart> = []) {
        for (part, path) in found.files where !kept.contains(part) {
            file.files[part] = path
            file.stamps[part] = found.stamps[part]
        }
    }
}
