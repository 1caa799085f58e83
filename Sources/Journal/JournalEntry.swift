public import Editor

/// Something to be written down.
public enum JournalEntry: Sendable {
    /// A whole tree, in place of what is kept of it.
    case tree(StoredTree)
    /// What a change added.
    case change(TreeID, SketchChange)
    /// What became of a revision.
    case verdict(TreeID, RevisionID, StoredVerdict)
    /// A revision is about to run; its trial's number comes back once that is on the disk.
    case aboutToRun(TreeID, RevisionID, trial: Int)
    /// A revision that was about to run will not do so any more.
    case overtaken(TreeID, RevisionID)
    /// A revision's picture is on screen, and no other's.
    case shown(TreeID, RevisionID)
    /// Somebody asked for a revision that was quarantined.
    case released(TreeID, RevisionID)
    /// The sketch has another path.
    case moved(TreeID, path: String)

    /// Bytes of memory that it holds, about.
    var size: Int {
        switch self {
        // What a tree holds is in memory anyway; and one that is larger than all that may wait must go through.
        case .tree: 1000
        case .change(_, let change): change.edits.reduce(300) { $0 + $1.change.size }
        default: 200
        }
    }

    /// The tree that it belongs to.
    var id: TreeID {
        switch self {
        case .tree(let stored): stored.id
        case .change(let id, _), .verdict(let id, _, _), .aboutToRun(let id, _, _),
            .overtaken(let id, _), .shown(let id, _), .released(let id, _), .moved(let id, _):
            id
        }
    }
}

/// How the journal does.
public enum JournalState: Sendable, Equatable {
    /// What is typed is on the disk.
    case on
    /// It cannot be written for a reason that may pass; what is typed waits in memory.
    case waiting(String)
    /// Nothing is written, for a reason that will not pass by itself.
    case off(String)

    /// As `status` has it.
    public var words: String {
        switch self {
        case .on: "on"
        case .waiting(let reason): "waiting: \(reason)"
        case .off(let reason): "off: \(reason)"
        }
    }
}

/// What the journal has to tell, from its own thread.
public enum JournalReport: Sendable {
    /// That these trials are about to run is on the disk.
    case marked([Int])
    /// How it does from now on.
    case state(JournalState)
    /// Something that the user should read.
    case notice(String)
    /// These trees are needed whole: the file does not have them.
    case wanted([TreeID])
    /// All trees are needed whole: the file is another one, or lags behind too far.
    case allWanted
    /// Another program has these trees now; they go on under numbers of their own.
    case displaced([TreeID])
}

extension ChangeSet {
    /// Bytes of memory that it holds, about.
    var size: Int {
        operations.reduce(100) {
            switch $1 {
            case .retain: $0
            case .delete(let bytes), .insert(let bytes): $0 + bytes.count
            }
        }
    }
}
