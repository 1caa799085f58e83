public import Editor
public import GLSL

/// A sketch's tree in the journal, by a number that nobody else picks.
public struct TreeID: Hashable, Sendable {
    let number: Int64

    /// A new one, by chance: the main thread must not ask the disk for it.
    public init() { number = Int64.random(in: 1...Int64.max) }

    init(_ number: Int64) { self.number = number }
}

/// What became of a revision, as it is kept.
public struct StoredVerdict: Sendable, Equatable {
    /// The verdict's word, as `status` has it.
    public var name: String
    /// What else belongs to it in words: the phase of one that hung, the cause of a crash.
    public var detail: String
    /// GPU time of its trial frame; nil where none was measured.
    public var gpuMilliseconds: Double?
    /// The budget it did not keep; nil for others.
    public var budgetMilliseconds: Double?
    /// What was said about it.
    public var diagnostics: [Diagnostic]
    /// Seconds since 1970 when it was judged.
    public var judgedAt: Double
    /// Seconds since 1970 when it was first shown; nil where it was not.
    public var shownAt: Double?

    /// A verdict from its parts.
    public init(
        name: String, detail: String = "", gpuMilliseconds: Double? = nil,
        budgetMilliseconds: Double? = nil, diagnostics: [Diagnostic] = [], judgedAt: Double,
        shownAt: Double? = nil
    ) {
        (self.name, self.detail, self.gpuMilliseconds) = (name, detail, gpuMilliseconds)
        (self.budgetMilliseconds, self.diagnostics) = (budgetMilliseconds, diagnostics)
        (self.judgedAt, self.shownAt) = (judgedAt, shownAt)
    }
}

/// All that the journal keeps of a sketch, as the program has it in memory.
public struct StoredTree: Sendable {
    /// Its number in the journal.
    public var id: TreeID
    /// The sketch's path.
    public var path: String
    /// The texts with all revisions.
    public var tree: SketchTree
    /// The verdicts that are known.
    public var verdicts: [RevisionID: StoredVerdict]
    /// Revisions that may run only when asked.
    public var quarantined: Set<RevisionID>
    /// The revision on screen.
    public var shown: RevisionID?
    /// The revision that may be running now, without a verdict or a picture yet.
    public var running: RevisionID?

    /// A tree from its parts.
    public init(
        id: TreeID, path: String, tree: SketchTree, verdicts: [RevisionID: StoredVerdict] = [:],
        quarantined: Set<RevisionID> = [], shown: RevisionID? = nil, running: RevisionID? = nil
    ) {
        (self.id, self.path, self.tree, self.verdicts) = (id, path, tree, verdicts)
        (self.quarantined, self.shown, self.running) = (quarantined, shown, running)
    }
}

/// A sketch that was found in the journal and belongs to this program from now on.
public struct FoundTree: Sendable {
    /// Its number in the journal.
    public var id: TreeID
    /// The texts with all revisions, ready to use.
    public var sketch: RebuiltSketch
    /// The verdicts that are known.
    public var verdicts: [RevisionID: StoredVerdict]
    /// Revisions that were running when everything died, and have not been asked to run since.
    public var quarantined: Set<RevisionID>
    /// Whether the session that had it ended without saying so.
    public var wasCutOff: Bool
    /// Whether somebody chose to give up the unsaved text.
    public var isDiscarded: Bool
    /// The first revision that was lost to damage; nil where all is whole.
    public var damagedFrom: RevisionID?
}

/// What the journal had for a path.
public struct TakenTree: Sendable {
    /// The newest tree that no living program has; nil for none.
    public var found: FoundTree?
    /// Whether a running program has the sketch open.
    public var isOpenElsewhere = false
    /// Why nothing could be read; nil where it could.
    public var problem: String?

    /// Nothing, for a reason.
    public init(problem: String? = nil) { self.problem = problem }

    /// A tree that was found.
    public init(found: FoundTree) { self.found = found }
}
