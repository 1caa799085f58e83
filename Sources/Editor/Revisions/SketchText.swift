public import GLSL

/// The text of all present parts and the tree of revisions behind undo.
///
/// Every change makes a revision, numbered over the whole sketch from 1. A revision is one state of each part; a
/// part's states form a tree of their own, so each part has its own undo. Undo and redo move to the revision that
/// has those very states; where parts were edited in turns there may be none yet, and then the new combination gets
/// the next number. Nothing is ever deleted. Belongs to the main thread; not `Sendable`.
public final class SketchText {
    typealias States = PartStates

    struct Record: Sendable {
        var states: States
        var parent: RevisionID?
    }

    /// The six stages, whether they are there or not, then other parts in the order in which they came.
    private(set) var documents: [Document]
    private(set) var records: [Record] = []
    private var numbers: [States: RevisionID] = [:]
    private(set) var savedStates = States()
    /// Told of every change of a text after it was made.
    var onChange: ((SketchPart, ChangeSet) -> Void)?

    /// Told of what each change, move and save added to the tree, for a journal; what is there already is not told.
    public var onRecord: ((SketchChange) -> Void)? {
        didSet { forgetUnrecorded() }
    }
    /// How many nodes of each part and how many revisions were told.
    var recordedNodes = States()
    var recordedCount = 0

    /// The revision in the editor.
    public private(set) var current = RevisionID(1)
    /// The part that is edited; one that is missing becomes present when it is first typed into.
    public var active: SketchPart

    /// A sketch of the given parts, as revision 1, unmodified.
    ///
    /// Without `active`, the fragment stage is edited where it is present, otherwise the first part that is.
    public init(parts: [SketchPart: String], active: SketchPart? = nil) {
        let others = parts.keys.filter { !SketchPart.stages.contains($0) }.sorted()
        documents = (SketchPart.stages + others).map { Document($0, text: parts[$0]) }
        self.active =
            active ?? (parts[.fragment] != nil ? .fragment : parts.keys.min() ?? .fragment)
        adopt(parent: nil)
    }

    /// A sketch of parts that fit each other.
    init(
        documents: [Document], records: [Record], numbers: [States: RevisionID],
        place: SketchTree.Place
    ) {
        (self.documents, self.records, self.numbers) = (documents, records, numbers)
        (savedStates, current) = (place.saved, place.current)
        active = documents[place.active].part
        checkInvariants()
    }

    /// The newest revision.
    public var newest: RevisionID { RevisionID(records.count) }

    /// The parts that are present, in the order of their tabs.
    public var parts: [SketchPart] {
        let present = documents.filter(\.isPresent).map(\.part)
        // Asked for with each frame, and the six stages are in order.
        return documents.count > SketchPart.stages.count ? present.sorted() : present
    }

    /// A part's text; empty where the part is missing.
    public func text(_ part: SketchPart) -> String { document(part).buffer.text }

    /// The active part's text.
    public var buffer: GapBuffer { activeDocument.buffer }

    /// A part's text as a buffer.
    public func buffer(_ part: SketchPart) -> GapBuffer { document(part).buffer }

    /// The selection in the active part's text; brought into the text when set.
    public var selection: Selection {
        get { activeDocument.selection }
        set { activeDocument.selection = activeDocument.clamp(newValue) }
    }

    /// The first visible line and column of the active part.
    public var scroll: ScrollPosition {
        get { activeDocument.scroll }
        set { activeDocument.scroll = newValue }
    }

    /// The selection in a part's text.
    public func selection(_ part: SketchPart) -> Selection { document(part).selection }

    /// The first visible line and column of a part.
    public func scroll(_ part: SketchPart) -> ScrollPosition { document(part).scroll }

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
        for number in documents.indices { savedStates[number] = Self.noState }
        tellChange()
    }

    /// A state that no part is ever in.
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

    func document(_ part: SketchPart) -> Document { documents[number(of: part)] }

    /// A part's number; one that was never there gets the next, and is missing.
    func number(of part: SketchPart) -> Int {
        if let known = documents.firstIndex(where: { $0.part == part }) { return known }
        documents.append(Document(part, text: nil))
        recordedNodes[documents.count - 1] = 1
        return documents.count - 1
    }

    /// Takes the same documents in another order.
    func reorder(_ order: [Document]) { documents = order }

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
