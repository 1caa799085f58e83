import CSystem
import Editor
import GLSL
import Guest

/// What is under way for the pictures and meshes of a sketch.
struct ResourceWork {
    /// Whether they are being read.
    var isUnderWay = false
    /// What goes on once they are read.
    var waiting: [() -> Void] = []
    /// Files that changed meanwhile.
    var changed: Set<String> = []
}

/// Pictures and meshes that sketches bring along: decoded in the background, watched, and given to guests before the
/// program that draws with them.
extension Workspace {
    /// Sees that guests have what a program brings along, then goes on with the numbers by which they know it.
    ///
    /// At once where it was read before. It goes on also where files are missing: something stands in for them, and
    /// `SketchResources.problems` says so.
    func withResources(
        of program: AssembledProgram, _ owner: OpenSketch,
        then goOn: @escaping ([String: UInt64]) -> Void
    ) {
        let wanted = Set(program.wantedResources.map(\.wanted))
        guard owner.resources.has(wanted, in: owner.file.folder) else {
            owner.resourceWork.waiting.append { [unowned self] in
                if owner === sketch { withResources(of: program, owner, then: goOn) }
            }
            return readResources(wanted, owner)
        }
        // What it no longer asks for need not be kept, nor watched.
        owner.resources.entries = owner.resources.entries.filter { wanted.contains($0.key) }
        let resources = owner.resources.resources(of: program)
        let given = resources.isEmpty ? [] : supervisor.providedResources
        for resource in resources.values where !given.contains(resource.id) {
            supervisor.provide(resource)
        }
        goOn(resources.mapValues(\.id))
    }

    private func readResources(
        _ wanted: Set<SketchResources.Wanted>, _ owner: OpenSketch, changed: Set<String> = []
    ) {
        guard !owner.resourceWork.isUnderWay else { return }
        owner.resourceWork.isUnderWay = true
        filesUnderWay += 1
        let (known, folder) = (owner.resources, owner.file.folder)
        // A large picture takes a second to decode, and nothing that is saved meanwhile is to wait for it.
        mailbox.performAside({ known.reading(wanted, in: folder, changed: changed) }) {
            [weak self] resources in
            guard let self else { return }
            filesUnderWay -= 1
            owner.resourceWork.isUnderWay = false
            let isNew = !resources.isSame(as: known)
            // Of a parked sketch nothing is kept.
            owner.resources = owner === sketch ? resources : SketchResources()
            watching.isDue = true
            let waiting = owner.resourceWork.waiting
            owner.resourceWork.waiting = []
            if waiting.isEmpty, isNew, owner === sketch {
                // The text is the same, but what is seen is not.
                owner.submitted = nil
                isSubmissionDue = true
            }
            for goOn in waiting { goOn() }
            let changed = owner.resourceWork.changed
            if !changed.isEmpty, !owner.resourceWork.isUnderWay {
                owner.resourceWork.changed = []
                readResourcesAgain(owner, changed: changed)
            }
        }
    }

    /// Has a sketch's pictures and meshes looked at again where a file of theirs, or a folder for one, is among changes.
    func noteResources(_ owner: OpenSketch, _ changes: FolderWatches.Changes, isOwn: Bool) {
        guard !owner.resources.entries.isEmpty else { return }
        let changed = changes.paths.intersection(owner.resources.watched)
        guard isOwn || changes.isOverflown || !changed.isEmpty else { return }
        // A folder that came is not watched yet.
        watching.isDue = true
        readResourcesAgain(owner, changed: changed)
    }

    /// Reads a sketch's pictures and meshes again where they are others now, and shows it anew then.
    func readResourcesAgain(_ owner: OpenSketch, changed: Set<String>) {
        guard !owner.resources.entries.isEmpty || owner.resourceWork.isUnderWay else { return }
        // Who parked a sketch looks again when it is opened.
        guard owner === sketch else { return owner.resources = SketchResources() }
        guard !owner.resourceWork.isUnderWay else {
            return owner.resourceWork.changed.formUnion(changed)
        }
        readResources(Set(owner.resources.entries.keys), owner, changed: changed)
    }

    /// Takes from guests what nothing draws with any more that may be shown again.
    func withdrawResources() {
        let given = supervisor.providedResources
        guard !given.isEmpty else { return resourcesOfTrials = [:] }
        let kept = supervisor.keptRevisions.union(permits.keys)
        resourcesOfTrials = resourcesOfTrials.filter { kept.contains($0.key) }
        let used = resourcesOfTrials.values.reduce(into: Set<UInt64>()) { $0.formUnion($1) }
        for id in given.subtracting(used) { supervisor.withdraw(id) }
    }
}
