import CSystem
import Editor
import FoundationEssentials
import Glibc
import GLSL
import Guest
import Logging
import Terminal

extension Workspace {
    // Files are read and written in the background; the command waits for the answer, the picture does not.

    func open(_ path: String?, now: UInt64) -> Outcome {
        guard let path else { return openChooser() }
        let absolute = Folders.absolute(path)
        if absolute == sketch.file.path { return .done("\(sketch.file.name) is open already") }
        if let known = parked[absolute] {
            replaceSketch(with: known)
            return .done()
        }
        return background({ Result { try SketchFile.load(absolute) } }) { [unowned self] result in
            switch result {
            case .success(let (file, texts)):
                let opened = OpenSketch(file: file, texts: texts)
                if let place = memory.places[file.path] { opened.resume(at: place) }
                replaceSketch(with: opened)
                return .done()
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
        return background({ () -> Result<(SketchFile, [Stage: String]), FileError> in
            guard let text = SketchLibrary.template(name) else {
                return .failure(
                    FileError("There is no template '\(name)': there are shadertoy and plain"))
            }
            let path = SketchLibrary.newPath(in: folder)
            let file = SketchFile(new: path)
            do throws(FileError) {
                return .success((try file.saving([.fragment: text]), [.fragment: text]))
            } catch {
                return .failure(error)
            }
        }) { [unowned self] result in
            switch result {
            case .success(let (file, texts)):
                replaceSketch(with: OpenSketch(file: file, texts: texts))
                return .done("new sketch \(Folders.shown(file.path))")
            case .failure(let error): return fail("\(error)")
            }
        }
    }

    func save(_ path: String?, force: Bool = false) -> Outcome {
        let owner = sketch
        var file = owner.file
        if let path {
            file = file.moved(to: path)
        } else if file.isShipped {
            // What came with Phosphor is never written: the first save makes the user's own copy.
            file = file.moved(to: settings.sketchFolder + "/" + file.name)
        }
        let texts = owner.text.texts(at: owner.text.current)
        let revision = owner.text.current
        let (target, before) = (file, owner.file)
        return background({ () -> Result<SketchFile, SaveProblem> in
            // Another place's file is as little ours to overwrite as one that somebody changed meanwhile.
            let clash = force ? [] : target.clashes(with: before)
            if !clash.isEmpty { return .failure(.changed(clash)) }
            do throws(FileError) { return .success(try target.saving(texts)) } catch {
                return .failure(.file(error))
            }
        }) { [unowned self] result in
            switch result {
            case .success(let saved):
                let moved = saved.path != owner.file.path
                owner.file = saved
                owner.text.markSaved(revision)
                if moved {
                    memory.opened(saved.path)
                    surface.setTitle("\(saved.name) · Phosphor")
                }
                remember()
                notify("saved \(Folders.shown(saved.path))", now: phosphor_now(), seconds: 2)
                return .done("saved \(Folders.shown(saved.path))")
            case .failure(.file(let error)): return fail("\(error); the text stays here, unsaved")
            case .failure(.changed(let names)): return askToOverwrite(names, path)
            }
        }
    }

    enum SaveProblem: Error, Sendable {
        case file(FileError)
        /// Files that are not what was read here last.
        case changed([String])
    }

    private func askToOverwrite(_ names: [String], _ path: String?) -> Outcome {
        let list = names.joined(separator: ", ")
        guard surface.isInteractive || isEditorShown else {
            return .failed(
                "\(list) was changed by another program; `save` under another name, or `open` it anew"
            )
        }
        overlay = .question(
            Question(
                text:
                    "\(list) was changed by another program: o overwrite it · a save under another name · Esc leave it",
                answers: [
                    "o": { [unowned self] in pendingSaves.append(save(path, force: true)) },
                    "a": { [unowned self] in _ = askForName() },
                ]))
        return .failed("\(list) was changed by another program: nothing was written")
    }

    func askForName() -> Outcome {
        let folder =
            sketch.file.isShipped ? settings.sketchFolder : Folders.parent(of: sketch.file.path)
        overlay = .saveAs(
            LinePrompt(label: "save as", text: Folders.shown(folder) + "/" + sketch.file.name))
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
        let what = unsaved.count == 1 ? first.file.name : "\(unsaved.count) sketches"
        overlay = .question(
            Question(
                text: "\(what) has unsaved text: s save and quit · q quit without · Esc stay",
                answers: [
                    "s": { [unowned self] in saveAllAndQuit(unsaved) },
                    "q": { [unowned self] in exitStatus = exitStatus ?? 0 },
                ]))
        showEditor(true)
        return .done()
    }

    private func saveAllAndQuit(_ unsaved: [OpenSketch]) {
        let here = sketch
        for each in unsaved {
            if each !== sketch { replaceSketch(with: each) }
            pendingSaves.append(save(nil))
        }
        if here !== sketch { replaceSketch(with: here) }
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
        files.sorted { $0.key < $1.key }.compactMap { stage, path in
            guard let found = AtomicFile.stamp(path),
                original.stamps[stage] != found || original.files[stage] != path
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
