import Editor
import GLSL

/// Files that texts include: read beside the main thread, watched, and assembled anew when they change.
extension Workspace {
    /// Assembles a source whose texts include others, or that takes longer than a frame, in the background.
    func assembleAside(
        _ owner: OpenSketch, _ revision: RevisionID, _ source: SketchSource, _ known: Dialect?
    ) {
        let (ticket, guards) = (assembly, owner.isGuarded)
        let (folder, before) = (owner.file.folder, owner.included)
        assembler.perform({
            let found = IncludedFiles.read(for: source, in: folder, known: before)
            var whole = source
            whole.included = found.texts
            return (found, Self.assemble(whole, known, guards))
        }) { [unowned self] (files: IncludedFiles, result: Assembled) in
            guard ticket == assembly, owner === sketch else { return }
            // What was read since is newer, and has asked for an assembly of its own.
            if owner.included == before, owner.included != files {
                owner.included = files
                watching.isDue = true
            }
            submit(owner, revision, result)
        }
    }

    /// Reads again what a sketch includes, and has it compiled where that is another text now.
    func readIncludesAgain(_ owner: OpenSketch, attempt: Int = 1) {
        let (folder, source) = (owner.file.folder, self.source(of: owner))
        if attempt == 1 { filesUnderWay += 1 }
        mailbox.perform({ IncludedFiles.read(for: source, in: folder) }) { [weak self] files in
            guard let self else { return }
            if files.isHalf, attempt <= Watching.attempts {
                return readLater { [weak self] in
                    self?.readIncludesAgain(owner, attempt: attempt + 1)
                }
            }
            filesUnderWay -= 1
            guard owner.file.folder == folder, files != owner.included else { return }
            owner.included = files
            watching.isDue = true
            guard owner === sketch else { return }
            // The text is the same, but what runs is not.
            owner.submitted = nil
            isSubmissionDue = true
        }
    }

    /// What goes to the assembler of a sketch's text in hand, with the folders that the settings name.
    func source(of owner: OpenSketch) -> SketchSource {
        var source = owner.source
        source.plan.includePaths += settings.includePaths
        return source
    }
}

extension OpenSketch {
    /// Messages as they stand in the editor: those in files that the text includes stand where it includes them.
    func inEditor(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !included.texts.isEmpty else { return diagnostics }
        let source = source
        let own = Set(source.parts.values.map(\.file))
        return diagnostics.map { diagnostic in
            guard let file = diagnostic.file, !own.contains(file),
                let place = Includes.place(of: file, in: source, stage: diagnostic.stage)
            else { return diagnostic }
            var shown = diagnostic
            (shown.file, shown.line, shown.column) = (place.file, place.line, nil)
            shown.token = nil
            let line = diagnostic.line.map { ":\($0)" } ?? ""
            shown.message = "\(file)\(line): \(diagnostic.message)"
            return shown
        }
    }
}
