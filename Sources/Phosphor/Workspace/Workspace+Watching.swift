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
    /// Reads that found a file empty or changing: who writes in place empties it first.
    var later: [(due: UInt64, read: () -> Void)] = []

    /// How long such a file is let be, in nanoseconds, and how often: one may be empty for good.
    static let pause: UInt64 = 10_000_000
    static let attempts = 3
}

/// Files that another program changes are picked up at once.
///
/// The main thread reads nothing: what changed is read by the mailbox, after all saves of our own that began before, so
/// that these are never taken for somebody else's.
extension Workspace {
    /// Sets up what is to be watched, and has changed files read; once a turn.
    func pumpWatching(isReady: Bool) {
        if watching.isDue, !watching.isUnderWay { watchFolders() }
        if !watching.later.isEmpty { readLater() }
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

    /// Does the reads that were put off and are due.
    private func readLater() {
        let now = phosphor_now()
        let due = watching.later.filter { $0.due <= now }
        watching.later.removeAll { $0.due <= now }
        for each in due { each.read() }
    }

    /// Puts a read off: the loop goes on meanwhile, and so does the thread that reads.
    func readLater(_ read: @escaping () -> Void) {
        watching.later.append((phosphor_now() + Watching.pause, read))
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
    private func readAgain(_ owner: OpenSketch, attempt: Int = 1) {
        let key = ObjectIdentifier(owner)
        if attempt == 1 {
            guard watching.reads[key] == nil else { return watching.reads[key] = true }
            watching.reads[key] = false
            filesUnderWay += 1
        }
        let path = owner.file.path
        mailbox.perform({ Self.read(path) }) { [weak self] read in
            guard let self else { return }
            if read.isHalf, attempt <= Watching.attempts {
                return readLater { [weak self] in self?.readAgain(owner, attempt: attempt + 1) }
            }
            filesUnderWay -= 1
            let isStale = watching.reads.removeValue(forKey: key) ?? false
            if isStale { return readAgain(owner) }
            // It was saved under another name meanwhile.
            guard owner.file.path == path else { return }
            switch read.result {
            case .success(let loaded): takeOver(loaded, owner)
            case .failure(let problem):
                guard let text = problem.text else { return }
                tell("\(owner.file.name) was changed by another program: \(text)", owner)
            }
        }
    }

    /// What was read of a sketch, and whether somebody seems to be in the middle of writing it.
    private struct Reading {
        var result: Result<(file: SketchFile, texts: SketchTexts), FileProblem>
        var isHalf = false
    }

    /// A sketch as it lies on the disk.
    ///
    /// A problem without words means that it is not there at all.
    private static func read(_ path: String) -> Reading {
        do throws(FileError) {
            let loaded = try SketchFile.load(path)
            return Reading(
                result: .success(loaded),
                isHalf: loaded.texts.values.contains(where: \.isEmpty)
                    || !loaded.file.changedOnDisk().isEmpty)
        } catch {
            guard AtomicFile.stamp(path) != nil else {
                return Reading(result: .failure(FileProblem(text: nil)))
            }
            return Reading(result: .failure(FileProblem(text: "\(error)")), isHalf: true)
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
