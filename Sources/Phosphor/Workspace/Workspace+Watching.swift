import CSystem
import Editor
import FoundationEssentials
import GLSL
import Glibc

/// What is watched on the disk for the sketches that are open.
struct Watching {
    let watches = FolderWatches()
    /// Whether other folders may have to be watched.
    var isDue = true
    /// Whether that is being done.
    var isUnderWay = false
    /// The sketches whose files are being read, and whether they changed again meanwhile.
    var reads: [ObjectIdentifier: Bool] = [:]
}

/// Files that another program changes are picked up at once.
///
/// The main thread reads nothing: what changed is read by the mailbox, after all saves of our own that began before, so
/// that these are never taken for somebody else's.
extension Workspace {
    /// Sets up what is to be watched, and has changed files read; once a turn.
    func pumpWatching(isReady: Bool) {
        if watching.isDue, !watching.isUnderWay { watchFolders() }
        guard isReady else { return }
        let changes = watching.watches.changes()
        for owner in [sketch] + parked.values {
            let all = changes.isOverflown
            let isOwn = all || changes.paths.contains(where: owner.isOwnFile)
            if isOwn { readAgain(owner) }
            let included = owner.included.paths
            // A link's target is taken for a file of the sketch's own.
            if !included.isEmpty, isOwn || !changes.paths.isDisjoint(with: included) {
                readIncludesAgain(owner)
            }
            noteResources(owner, changes, isOwn: isOwn)
        }
    }

    private func watchFolders() {
        (watching.isDue, watching.isUnderWay) = (false, true)
        let owners = [sketch] + parked.values
        let paths = owners.map { owner in
            [owner.file.path] + owner.file.files.values + owner.included.paths
                + owner.resources.paths
        }
        let folders = owners.filter(\.file.isFolder).map(\.file.path)
        let watches = watching.watches
        mailbox.perform({
            // Of a link both the place where it lies and the place where it leads to.
            var wanted = Set(folders)
            var real: [[String]] = []
            for files in paths {
                let targets = files.map(Folders.target(of:))
                wanted.formUnion((files + targets).map(Folders.parent(of:)))
                real.append(targets)
            }
            return (real, watches.watch(wanted))
        }) { [weak self] (real: [[String]], new: Set<String>) in
            guard let self else { return }
            watching.isUnderWay = false
            for (owner, targets) in zip(owners, real) {
                owner.linkTargets = Set(targets)
                // What changed before its folder was watched nobody has told.
                func isNew(_ path: String) -> Bool { new.contains(Folders.parent(of: path)) }
                if owner.watchedFiles.contains(where: isNew) { readAgain(owner) }
                if owner.included.paths.contains(where: isNew) { readIncludesAgain(owner) }
                if owner.resources.paths.contains(where: isNew) {
                    readResourcesAgain(owner, changed: [])
                }
            }
        }
    }

    /// Reads a sketch's files, and takes over what is new in them.
    private func readAgain(_ owner: OpenSketch) {
        let key = ObjectIdentifier(owner)
        guard watching.reads[key] == nil else { return watching.reads[key] = true }
        watching.reads[key] = false
        filesUnderWay += 1
        let path = owner.file.path
        mailbox.perform({ Self.settled(path) }) { [weak self] result in
            guard let self else { return }
            filesUnderWay -= 1
            let isStale = watching.reads.removeValue(forKey: key) ?? false
            if isStale { return readAgain(owner) }
            // It was saved under another name meanwhile.
            guard owner.file.path == path else { return }
            switch result {
            case .success(let loaded): takeOver(loaded, owner)
            case .failure(let problem):
                guard let text = problem.text else { return }
                tell("\(owner.file.name) was changed by another program: \(text)", owner)
            }
        }
    }

    /// A sketch as it lies on the disk once nobody is in the middle of writing it.
    ///
    /// A problem without words means that it is not there at all.
    private static func settled(
        _ path: String
    ) -> Result<(file: SketchFile, texts: SketchTexts), FileProblem> {
        var attempt = 0
        while true {
            do throws(FileError) {
                let loaded = try SketchFile.load(path)
                // Who writes in place empties the file first; its end is told when it is closed.
                let isHalf =
                    loaded.texts.values.contains(where: \.isEmpty)
                    || !loaded.file.changedOnDisk().isEmpty
                guard isHalf, attempt < 3 else { return .success(loaded) }
            } catch {
                guard AtomicFile.stamp(path) != nil else { return .failure(FileProblem(text: nil)) }
                guard attempt < 3 else { return .failure(FileProblem(text: "\(error)")) }
            }
            attempt += 1
            usleep(10_000)
        }
    }

    typealias SketchTexts = [SketchPart: String]

    /// Why files cannot be read; nil where they are gone.
    struct FileProblem: Error { var text: String? }

    private func tell(_ text: String, _ owner: OpenSketch) {
        if owner === sketch {
            notify(text, now: phosphor_now(), seconds: 8)
        } else {
            owner.openingNotice = text
        }
    }

    private func takeOver(
        _ loaded: (file: SketchFile, texts: SketchTexts), _ owner: OpenSketch
    ) {
        let name = owner.file.name
        let before = owner.text.current
        switch owner.takeOver(loaded, at: seconds(phosphor_now())) {
        case .nothing: return
        case .same: break
        case .taken:
            tell("\(name) was changed by another program: undo brings back the text before", owner)
        case .kept:
            tell(
                "\(name) was changed by another program: your unsaved text is here, undo gives the file's",
                owner)
        }
        watching.isDue = true
        if owner === sketch, owner.text.current != before { isSubmissionDue = true }
    }
}

extension Folders {
    /// Where a path leads to, through all links; the path itself where it leads nowhere.
    ///
    /// Reads the disk.
    static func target(of path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
