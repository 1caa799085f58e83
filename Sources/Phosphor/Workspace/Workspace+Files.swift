import CSystem
import Editor
import FoundationEssentials
import Glibc
import GLSL
import Guest
import Journal
import Logging
import Terminal

extension Workspace {
    // Files are read and written in the background; the command waits for the answer, the picture does not.

    func open(_ path: String?, now: UInt64) -> Outcome {
        guard let path else { return openChooser() }
        let absolute = Folders.absolute(path)
        if absolute == sketch.file.path { return openAgain() }
        if let known = parked[absolute] {
            replaceSketch(with: known)
            return .done()
        }
        let places = [settings.sketchFolder, (Folders.share ?? "") + "/shaders"]
        let journal = journal
        return background({
            Self.load(path, elsewhere: places).map { LoadedSketch($0, journal, seconds: 5) }
                .flatMapError { error in
                    let isThere = AtomicFile.stamp(Folders.absolute(path)) != nil
                    return LoadedSketch(lost: path, journal, seconds: 5, mustBeUnsaved: isThere)
                        .map { .success($0) } ?? .failure(error)
                }
        }) {
            [unowned self] result in
            switch result {
            case .success(let loaded):
                let file = loaded.file
                // Somebody else may have opened it while it was read, and have typed in it since.
                if file.path == sketch.file.path { return .done() }
                if let known = parked[file.path] {
                    replaceSketch(with: known)
                    return .done()
                }
                replaceSketch(
                    with: OpenSketch(loaded, memory.places[file.path], at: seconds(phosphor_now())))
                return .done()
            case .failure(let error): return fail("\(error)")
            }
        }
    }

    /// Loads a sketch by its path, or by its bare name from the user's own and the shipped ones.
    private static func load(
        _ path: String, elsewhere: [String]
    ) -> Result<(SketchFile, [SketchPart: String]), FileError> {
        var places = [path]
        if !path.contains("/") { places += elsewhere.map { $0 + "/" + path } }
        let found = places.first { AtomicFile.stamp(Folders.absolute($0)) != nil } ?? path
        return Result { () throws(FileError) in
            let loaded = try SketchFile.load(found)
            return (loaded.file, loaded.texts)
        }
    }

    /// Reads the sketch in hand again, where another program has changed it: an edit that can be undone.
    private func openAgain() -> Outcome {
        let owner = sketch
        guard !owner.file.changedOnDisk().isEmpty else {
            return .done("\(owner.file.name) is open already")
        }
        let path = owner.file.path
        return background({ Result { () throws(FileError) in try SketchFile.load(path) } }) {
            [unowned self] result in
            switch result {
            case .success(let (file, texts)):
                owner.file = file
                for (part, text) in texts.sorted(by: { $0.key < $1.key }) {
                    _ = owner.text.setText(text, part, at: seconds(phosphor_now()))
                }
                owner.text.markSaved()
                if owner === sketch { isSubmissionDue = true }
                return .done("\(file.name) was read again; undo brings back what was here")
            case .failure(let error): return fail("\(error)")
            }
        }
    }

    /// Does work in the background and waits for what the main thread then makes of it.
    private func background<Result: Sendable>(
        _ work: @escaping @Sendable () -> Result, then finish: @escaping (Result) -> Outcome
    ) -> Outcome {
        var outcome: Outcome?
        filesUnderWay += 1
        mailbox.perform(work) { [unowned self] in
            filesUnderWay -= 1
            outcome = finish($0)
        }
        return .waiting(Wait(deadline: nil) { _ in outcome })
    }

    /// A failure that a person at the window sees as well.
    func fail(_ message: String) -> Outcome {
        notify(message, now: phosphor_now(), seconds: 8)
        return .failed(message)
    }

    func new(template: String?, now: UInt64) -> Outcome {
        let name = template ?? "shadertoy"
        let folder = settings.sketchFolder
        return background({ () -> Result<(SketchFile, [SketchPart: String]), FileError> in
            guard let text = SketchLibrary.template(name) else {
                return .failure(
                    FileError("There is no template '\(name)': there are shadertoy, plain and vr"))
            }
            let path = SketchLibrary.newPath(in: folder)
            let file = SketchFile(new: path)
            let saved = file.saving([.fragment: text])
            if let error = saved.error { return .failure(error) }
            return .success((saved.file, [.fragment: text]))
        }) { [unowned self] result in
            switch result {
            case .success(let (file, texts)):
                replaceSketch(with: OpenSketch(file: file, texts: texts))
                return .done("new sketch \(Folders.shown(file.path))")
            case .failure(let error): return fail("\(error)")
            }
        }
    }

    /// Saves a sketch, the one in hand where none is named, to where it lies or under another path.
    ///
    /// - Parameter force: write over files that another program has changed, or that are somebody else's.
    func save(_ path: String?, of owner: OpenSketch? = nil, force: Bool = false) -> Outcome {
        let owner = owner ?? sketch
        var file = owner.file
        if let path {
            file = file.moved(to: path)
        } else if file.isShipped {
            // What came with Phosphor is never written: the first save makes the user's own copy.
            file = file.moved(to: settings.sketchFolder + "/" + file.name)
        }
        if !(path == nil && owner.file.isShipped), let other = parked[file.path], other !== owner,
            other.text.isModified
        {
            return fail(
                "\(other.file.name) is open with text that is not saved: nothing was written; save that first, or use "
                    + "another name")
        }
        let revision = owner.text.current
        let texts = owner.text.texts(at: revision)
        let (target, before) = (file.holding(texts.keys), owner.file)
        let copies = path == nil && before.isShipped
        let (source, resources) = (source(of: owner), owner.resources)
        return background({ () -> Result<SketchFile.Saved, ChangedFiles> in
            // Another place's file is as little ours to overwrite as one that somebody changed meanwhile.
            let target = copies ? target.withFreeName() : target
            let clashes = force ? [] : target.clashes(with: before)
            guard clashes.isEmpty else { return .failure(ChangedFiles(names: clashes)) }
            var saved = target.saving(texts)
            if saved.error == nil {
                saved.leftBehind = resources.carry(
                    for: source, from: before.folder, to: saved.file.folder)
            }
            return .success(saved)
        }) { [unowned self] result in
            switch result {
            case .success(let saved):
                if let error = saved.error {
                    if saved.file.path == owner.file.path { owner.file = saved.file }
                    return fail("\(error); the text stays here, unsaved")
                }
                let outcome = finishSave(of: owner, as: saved.file, revision)
                if !saved.leftBehind.isEmpty {
                    notify(
                        saved.leftBehind.joined(separator: "; "), now: phosphor_now(), seconds: 8)
                }
                return outcome
            case .failure(let changed): return refuse(changed, path, owner)
            }
        }
    }

    /// Files that are not what was read here last, by name.
    struct ChangedFiles: Error { var names: [String] }

    private func finishSave(
        of owner: OpenSketch, as file: SketchFile, _ revision: RevisionID
    ) -> Outcome {
        let old = owner.file.path
        owner.file = file
        owner.text.markSaved(revision)
        if file.path != old {
            journal?.append(.moved(owner.tree, path: file.path))
            if parked[old] === owner { parked[old] = nil }
            if owner === sketch {
                parked[file.path] = nil
                memory.opened(file.path)
                surface.setTitle("\(file.name) · Phosphor")
            } else {
                parked[file.path] = owner
            }
        }
        confirmation = nil
        watching.isDue = true
        remember()
        notify("saved \(Folders.shown(file.path))", now: phosphor_now(), seconds: 2)
        return .done("saved \(Folders.shown(file.path))")
    }

    /// Nothing was written; one key, which nobody types by chance, does it all the same.
    private func refuse(_ changed: ChangedFiles, _ path: String?, _ owner: OpenSketch) -> Outcome {
        let list = changed.names.joined(separator: ", ")
        let isOther = path != nil && owner.file.path != Folders.absolute(path ?? "")
        let what = isOther ? "\(list) is there already" : "\(list) was changed by another program"
        // Asked only where the question can be read: Ctrl+Enter has another meaning as well.
        guard isEditorShown else {
            return fail("\(what): nothing was written; save it under another name")
        }
        confirmation = Confirmation(text: "\(what): Ctrl+Enter overwrites it · Esc") {
            [unowned self] in pendingSaves.append(save(path, of: owner, force: true))
        }
        return .failed("\(what): nothing was written")
    }

    func askForName() -> Outcome {
        let folder =
            sketch.file.isShipped ? settings.sketchFolder : Folders.parent(of: sketch.file.path)
        overlay = .saveAs(
            LinePrompt(
                label: "save as", text: Folders.shown(folder) + "/" + sketch.file.name,
                selected: true))
        return .done()
    }

    private func openChooser() -> Outcome {
        let recent = memory.recent
        let folder = settings.sketchFolder
        return background({ SketchLibrary.list(recent: recent, own: folder) }) {
            [unowned self] entries in
            let items = entries.map {
                Chooser.Item(title: $0.title, section: $0.section.rawValue, value: $0.path)
            }
            overlay = .chooser(Chooser("open", items: items))
            return .done()
        }
    }

    func askToQuit() -> Outcome {
        let unsaved = ([sketch] + parked.values).filter { $0.text.isModified }
        guard let first = unsaved.first else {
            exitStatus = exitStatus ?? 0
            return .done()
        }
        let what = unsaved.count == 1 ? "\(first.file.name) is" : "\(unsaved.count) sketches are"
        overlay = .question(
            Question(
                text: "\(what) unsaved: s save and quit · q quit · Esc stay",
                answers: [
                    "s": { [unowned self] in saveAllAndQuit(unsaved) },
                    "q": { [unowned self] in
                        discardsUnsaved = true
                        exitStatus = exitStatus ?? 0
                    },
                ]))
        showEditor(true)
        return .done()
    }

    private func saveAllAndQuit(_ unsaved: [OpenSketch]) {
        for each in unsaved { pendingSaves.append(save(nil, of: each)) }
        quitsWhenSaved = true
    }

    /// Looks after saves that no command waits for.
    func pumpSaves(now: UInt64) {
        pendingSaves = pendingSaves.filter { outcome in
            guard case .waiting(let wait) = outcome else { return false }
            return wait.check(now) == nil
        }
        guard quitsWhenSaved, pendingSaves.isEmpty else { return }
        quitsWhenSaved = false
        if ([sketch] + parked.values).allSatisfy({ !$0.text.isModified }) {
            exitStatus = exitStatus ?? 0
        }
    }

    func replace(from path: String, now: UInt64) -> Outcome {
        let absolute = Folders.absolute(path)
        return background({ () -> Result<String, FileError> in
            do throws(FileError) {
                let bytes = try AtomicFile.read(absolute, limit: SketchFile.sizeLimit)
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    return .failure(FileError("\(Folders.shown(absolute)) is not UTF-8"))
                }
                return .success(text)
            } catch { return .failure(error) }
        }) { [unowned self] result in
            switch result {
            case .success(let text):
                changeText { sketch.editor.replaceAll(text, at: seconds(phosphor_now())) }
                return .done()
            case .failure(let error): return .failed("\(error)")
            }
        }
    }
}

extension SketchFile {
    /// Names of files at this place that are there and are not what `original` read or wrote last.
    func clashes(with original: SketchFile) -> [String] {
        files.sorted { $0.key < $1.key }.compactMap { part, path in
            guard let found = AtomicFile.stamp(path),
                original.stamps[part] != found || original.files[part] != path
            else { return nil }
            return Folders.name(of: path)
        }
    }
}

extension OpenSketch {
    /// Puts caret and scroll where they were when the sketch was last open.
    func resume(at place: Memory.Place) {
        text.selection = Selection(place.caret)
        text.scroll.line = place.firstLine
    }
}
