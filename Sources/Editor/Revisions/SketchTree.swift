public import GLSL

/// A sketch's text with all its revisions as plain values: what a journal keeps, and builds a `SketchText` from again.
public struct SketchTree: Sendable, Equatable {
    /// An edit of one part: the change that leads from a state of its text to a new one.
    public struct Edit: Sendable, Equatable {
        /// The number of the part whose text it changes, in `SketchTree.parts`.
        public var part: Int
        /// The new state's number in that part, from 1; 0 is the text that was opened.
        public var node: Int
        /// The state it was made from.
        public var parent: Int
        /// What it does to the text.
        public var change: ChangeSet
        /// The selection that undoing brings back.
        public var before: Selection
        /// The selection that redoing brings back.
        public var after: Selection
        /// Whether it belongs to the same undo step as the edit before it.
        public var joins: Bool
        /// The first state with the same text, where it restores one; otherwise its own number.
        public var original: Int
        /// The revision that it was made in.
        public var revision: RevisionID
        /// The revision of the restore that it is a part of; nil for any other edit.
        public var restore: RevisionID?

        /// An edit from its parts.
        public init(
            part: Int, node: Int, parent: Int, change: ChangeSet, before: Selection,
            after: Selection, joins: Bool, original: Int, revision: RevisionID,
            restore: RevisionID? = nil
        ) {
            (self.part, self.node, self.parent, self.change) = (part, node, parent, change)
            (self.before, self.after, self.joins) = (before, after, joins)
            (self.original, self.revision, self.restore) = (original, revision, restore)
        }
    }

    /// A revision: which state each part is in.
    public struct Revision: Sendable, Equatable {
        /// Its number.
        public var id: RevisionID
        /// The parts' states.
        public var states: PartStates
        /// The revision that was current when it was made; nil for the first.
        public var parent: RevisionID?

        /// A revision from its parts.
        public init(id: RevisionID, states: PartStates, parent: RevisionID?) {
            (self.id, self.states, self.parent) = (id, states, parent)
        }
    }

    /// Where somebody is in the tree.
    public struct Place: Sendable, Equatable {
        /// The revision in the editor.
        public var current: RevisionID
        /// The states that the files have; restored texts count as those they restore.
        public var saved: PartStates
        /// The number of the part that is edited.
        public var active: Int
        /// The selection in each part's text; missing ones are at its beginning.
        public var selections: [Selection]

        /// A place from its parts.
        public init(
            current: RevisionID, saved: PartStates, active: Int, selections: [Selection]
        ) {
            (self.current, self.saved) = (current, saved)
            (self.active, self.selections) = (active, selections)
        }
    }

    /// The parts by their numbers: the six stages, then others in the order in which they came.
    public var parts: [SketchPart]
    /// The texts that were opened: revision 1.
    public var base: [SketchPart: String]
    /// All edits; those of one part in the order of their numbers.
    public var edits: [Edit]
    /// All revisions, from 1.
    public var revisions: [Revision]
    /// Where somebody was in it last.
    public var place: Place

    /// A tree from its parts.
    public init(
        parts: [SketchPart] = SketchPart.stages, base: [SketchPart: String], edits: [Edit],
        revisions: [Revision], place: Place
    ) {
        self.parts = parts
        (self.base, self.edits, self.revisions, self.place) = (base, edits, revisions, place)
    }
}

/// What one change added to a sketch's tree, and where it left off.
public struct SketchChange: Sendable, Equatable {
    /// All parts by their numbers, new ones at the end.
    public var parts: [SketchPart]
    /// The edits that are new.
    public var edits: [SketchTree.Edit]
    /// The revision that is new; nil where a known one became current.
    public var revision: SketchTree.Revision?
    /// Where the editor is now.
    public var place: SketchTree.Place
}
