public import GLSL

/// The text of all present stages and the tree of revisions behind undo.
///
/// Every change makes a revision, numbered over the whole sketch from 1. A revision is one state of each stage; a
/// stage's states form a tree of their own, so each stage has its own undo. Undo and redo move to the revision that
/// has those very states; where stages were edited in turns there may be none yet, and then the new combination gets
/// the next number. Nothing is ever deleted. Belongs to the main thread; not `Sendable`.
public final class SketchText {
    /// A state of each stage, by `Stage.order`; the last two places are unused.
    typealias States = StageStates

    struct Record: Sendable {
        var states: States
        var parent: RevisionID?
    }

    let documents: [Document]
    private(set) var records: [Record] = []
    private var numbers: [States: RevisionID] = [:]
    private(set) var savedStates = States()
    /// Told of every change of a text after it was made.
    var onChange: ((Stage, ChangeSet) -> Void)?

    /// Told of what each change, move and save added to the tree, for a journal; what is there already is not told.
    public var onRecord: ((SketchChange) -> Void)? {
        didSet { forgetUnrecorded() }
    }
    /// How many nodes of each stage and how many revisions were told.
    var recordedNodes = States()
    var recordedCount = 0

    /// The revision in the editor.
    public private(set) var current = RevisionID(1)
    /// The stage that is edited; one that is missing becomes present when it is first typed into.
    public var active: Stage

    /// A sketch of the given stages, as revision 1, unmodified.
    ///
    /// Without `active`, the fragment stage is edited where it is present, otherwise the first that is.
    public init(stages: [Stage: String], active: Stage? = nil) {
        documents = Stage.allCases.sorted().map { Document(stage: $0, text: stages[$0]) }
        self.active =
            active ?? (stages[.fragment] != nil ? .fragment : stages.keys.min() ?? .fragment)
        adopt(parent: nil)
    }

    /// A sketch of parts that fit each other.
    init(
        documents: [Document], records: [Record], numbers: [States: RevisionID],
        place: SketchTree.Place
    ) {
        (self.documents, self.records, self.numbers) = (documents, records, numbers)
        (savedStates, current, active) = (place.saved, place.current, place.active)
        checkInvariants()
    }

    /// The newest revision.
    public var newest: RevisionID { RevisionID(records.count) }

    /// The stages that are present, in the pipeline's order.
    public var stages: [Stage] { documents.filter(\.isPresent).map(\.stage) }

    /// A stage's text; empty where the stage is missing.
    public func text(_ stage: Stage) -> String { document(stage).buffer.text }

    /// The active stage's text.
    public var buffer: GapBuffer { activeDocument.buffer }

    /// A stage's text as a buffer.
    public func buffer(_ stage: Stage) -> GapBuffer { document(stage).buffer }

    /// The selection in the active stage's text; brought into the text when set.
    public var selection: Selection {
        get { activeDocument.selection }
        set { activeDocument.selection = activeDocument.clamp(newValue) }
    }

    /// The first visible line and column of the active stage.
    public var scroll: ScrollPosition {
        get { activeDocument.scroll }
        set { activeDocument.scroll = newValue }
    }

    /// The selection in a stage's text.
    public func selection(_ stage: Stage) -> Selection { document(stage).selection }

    /// The first visible line and column of a stage.
    public func scroll(_ stage: Stage) -> ScrollPosition { document(stage).scroll }

    /// Whether there is text that `markSaved` has not seen.
    public var isModified: Bool { originals(records[current.number - 1].states) != savedStates }

    /// Takes a revision's texts as those in the files; the current one's unless told otherwise.
    public func markSaved(_ revision: RevisionID? = nil) {
        guard let record = record(revision ?? current) else { return }
        let states = originals(record.states)
        guard states != savedStates else { return }
        savedStates = states
        tellChange()
    }

    /// Takes no text as saved: the files are gone.
    public func forgetSaved() {
        for stage in Stage.allCases { savedStates[stage.order] = Self.noState }
        tellChange()
    }

    /// A state that no stage is ever in.
    static let noState: Int32 = -1

    /// Takes other revisions of the texts that the documents are in.
    func replaceRecords(_ records: [Record], saved: States, current: RevisionID) {
        (self.records, savedStates, self.current) = (records, saved, current)
        numbers = [:]
        for (index, record) in records.enumerated() {
            numbers[record.states] = RevisionID(index + 1)
        }
        forgetUnrecorded()
        checkInvariants()
    }

    var activeDocument: Document { document(active) }

    func document(_ stage: Stage) -> Document { documents[stage.order] }

    func record(_ revision: RevisionID) -> Record? {
        records.indices.contains(revision.number - 1) ? records[revision.number - 1] : nil
    }

    /// States with restored texts taken for those they restore.
    func originals(_ states: States) -> States {
        var result = states
        for (index, document) in documents.enumerated() {
            result[index] = Int32(document.nodes[Int(states[index])].original)
        }
        return result
    }

    /// Finds or makes the revision of the states that the documents are in, and makes it current.
    func adopt(parent: RevisionID?) {
        var states = States()
        for (index, document) in documents.enumerated() { states[index] = Int32(document.position) }
        if let known = numbers[states] {
            current = known
        } else {
            records.append(Record(states: states, parent: parent))
            current = newest
            numbers[states] = current
        }
        checkInvariants()
        tellChange()
    }

    /// Traps in debug builds where the tree, the texts or the numbers disagree.
    public func checkInvariants() {
        #if DEBUG
            for document in documents { document.checkInvariants() }
            let states = records[current.number - 1].states
            for (index, document) in documents.enumerated() {
                assert(Int(states[index]) == document.position, "current is not what is edited")
            }
            assert(records.count == numbers.count, "two revisions of the same states")
        #endif
    }
}
