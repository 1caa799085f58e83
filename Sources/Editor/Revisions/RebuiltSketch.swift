import GLSL

/// A tree that does not hold together, as a damaged journal gives it.
public struct SketchTreeFault: Error, Sendable, Equatable {
    /// The first revision that cannot be built; those before it are whole.
    public var revision: RevisionID
    /// What is wrong with it, for a log.
    public var reason: String
}

/// The parts of a `SketchText`, built from a tree that was kept.
///
/// Building takes time over all revisions and may be done on any thread; the text made of it is the main thread's.
public struct RebuiltSketch: Sendable {
    struct Part: Sendable {
        var part: SketchPart
        var base: String?
        var nodes: [Document.Node]
        var position: Int
        var buffer: GapBuffer
        var selection: Selection
    }

    let parts: [Part]
    let records: [SketchText.Record]
    let numbers: [PartStates: RevisionID]
    let place: SketchTree.Place

    /// Builds the parts, after looking at every number: nothing that a file says may stop the program.
    public init(_ tree: SketchTree) throws(SketchTreeFault) {
        let last = RevisionID(tree.revisions.count)
        var nodes: [[Document.Node]] = []
        guard tree.parts.starts(with: SketchPart.stages),
            Set(tree.parts).count == tree.parts.count
        else { throw SketchTreeFault(revision: last, reason: "its parts are not known") }
        let edits = Dictionary(grouping: tree.edits, by: \.part)
        if let edit = tree.edits.first(where: { !tree.parts.indices.contains($0.part) }) {
            throw SketchTreeFault(
                revision: max(RevisionID(2), edit.revision), reason: "there is no such part")
        }
        for (number, part) in tree.parts.enumerated() {
            nodes.append(
                try Self.nodes(
                    of: part, base: tree.base[part], edits[number] ?? [], last: last))
        }
        (records, numbers) = try Self.records(tree, nodes)
        var place = tree.place
        while place.selections.count < nodes.count { place.selections.append(Selection(0)) }
        place.selections.removeLast(place.selections.count - nodes.count)
        if !nodes.indices.contains(place.active) { place.active = Stage.fragment.order }
        self.place = place
        guard (1...max(1, last.number)).contains(place.current.number), last.number > 0,
            place.selections.count == nodes.count
        else { throw SketchTreeFault(revision: last, reason: "there is no such current revision") }
        let states = records[place.current.number - 1].states
        var parts: [Part] = []
        for (index, part) in tree.parts.enumerated() {
            let saved = place.saved[index]
            guard saved == SketchText.noState || nodes[index].indices.contains(Int(saved)) else {
                throw SketchTreeFault(revision: last, reason: "the saved text is not in the tree")
            }
            let position = Int(states[index])
            let buffer = try Self.buffer(tree.base[part] ?? "", nodes[index], position)
            parts.append(
                Part(
                    part: part, base: tree.base[part], nodes: nodes[index], position: position,
                    buffer: buffer, selection: place.selections[index]))
        }
        self.parts = parts
    }

    private static func nodes(
        of part: SketchPart, base: String?, _ edits: [SketchTree.Edit], last: RevisionID
    ) throws(SketchTreeFault) -> [Document.Node] {
        var nodes = [Document.Node.first]
        var lengths = [base?.utf8.count ?? 0]
        for edit in edits {
            guard edit.node == nodes.count, (0..<edit.node).contains(edit.parent),
                (0...edit.node).contains(edit.original), edit.revision <= last,
                edit.revision > RevisionID(1), edit.restore.map({ $0 == edit.revision }) ?? true,
                edit.change.lengthBefore == lengths[edit.parent],
                edit.before.fits(lengths[edit.parent]), edit.after.fits(edit.change.lengthAfter)
            else {
                throw SketchTreeFault(
                    revision: max(
                        RevisionID(2),
                        min(edit.revision, RevisionID((nodes.last?.revision.number ?? 1) + 1))),
                    reason: "state \(edit.node) of \(part.rawValue) does not follow its parent")
            }
            lengths.append(edit.change.lengthAfter)
            nodes[edit.parent].newestChild = edit.node
            nodes.append(
                Document.Node(
                    parent: edit.parent, change: edit.change, before: edit.before,
                    after: edit.after, joins: edit.joins, original: edit.original,
                    revision: edit.revision, restore: edit.restore))
        }
        return nodes
    }

    private static func records(
        _ tree: SketchTree, _ nodes: [[Document.Node]]
    ) throws(SketchTreeFault) -> ([SketchText.Record], [PartStates: RevisionID]) {
        var records: [SketchText.Record] = []
        var numbers: [PartStates: RevisionID] = [:]
        for (index, revision) in tree.revisions.enumerated() {
            let id = RevisionID(index + 1)
            let isKnown = (0..<max(nodes.count, revision.states.count)).allSatisfy { part in
                nodes.indices.contains(part)
                    ? nodes[part].indices.contains(Int(revision.states[part]))
                    : revision.states[part] == 0
            }
            guard revision.id == id, isKnown, numbers[revision.states] == nil,
                revision.parent.map({ $0 < id && $0.number > 0 }) ?? (index == 0),
                index > 0 || revision.states == PartStates()
            else {
                throw SketchTreeFault(revision: id, reason: "its parts' states do not fit")
            }
            numbers[revision.states] = id
            records.append(SketchText.Record(states: revision.states, parent: revision.parent))
        }
        return (records, numbers)
    }

    /// The text at a node, with each deleted byte looked at: a change made for another text must not pass.
    private static func buffer(
        _ base: String, _ nodes: [Document.Node], _ position: Int
    ) throws(SketchTreeFault) -> GapBuffer {
        var path: [Int] = []
        var node = position
        while node != 0 {
            path.append(node)
            node = nodes[node].parent
        }
        var buffer = GapBuffer(base)
        for index in path.reversed() {
            let change = nodes[index].change
            guard change.deletes(from: buffer) else {
                throw SketchTreeFault(
                    revision: nodes[index].revision, reason: "it deletes what was not there")
            }
            change.apply(to: &buffer)
        }
        guard buffer.withBytes(0..<buffer.count, { String(validating: $0, as: UTF8.self) }) != nil
        else {
            throw SketchTreeFault(
                revision: nodes[position].revision, reason: "its text is not UTF-8")
        }
        return buffer
    }
}

extension SketchTree {
    /// The tree as it was before a revision was made: what can be kept of a damaged one.
    ///
    /// Nil where not even the first revision remains.
    public func before(_ revision: RevisionID) -> SketchTree? {
        guard revision.number > 1, let base = revisions.first else { return nil }
        var tree = self
        tree.edits.removeAll { $0.revision >= revision }
        tree.revisions = Array(revisions.prefix(revision.number - 1))
        tree.place.current = max(
            RevisionID(1), min(place.current, RevisionID(tree.revisions.count)))
        // What was saved may be gone: the text then counts as unsaved, which is the careful side.
        let kept = Dictionary(grouping: tree.edits, by: \.part).mapValues(\.count)
        for part in parts.indices
        where !(0...kept[part, default: 0]).contains(Int(place.saved[part])) {
            tree.place.saved = base.states
        }
        tree.place.selections = place.selections.map { _ in Selection(0) }
        return tree
    }
}

extension SketchText {
    /// A sketch's text as it was kept: same revisions, same current one, same undo.
    ///
    /// What was typed before belongs to a finished undo step.
    public convenience init(_ rebuilt: RebuiltSketch) {
        self.init(
            documents: rebuilt.parts.map(Document.init), records: rebuilt.records,
            numbers: rebuilt.numbers, place: rebuilt.place)
    }
}

extension ChangeSet {
    /// Whether the text holds what the change deletes.
    fileprivate func deletes(from buffer: GapBuffer) -> Bool {
        guard buffer.count == lengthBefore else { return false }
        var position = 0
        for operation in operations {
            switch operation {
            case .retain(let count): position += count
            case .insert: continue
            case .delete(let bytes):
                let isThere = buffer.withBytes(position..<(position + bytes.count)) {
                    $0.elementsEqual(bytes)
                }
                guard isThere else { return false }
                position += bytes.count
            }
        }
        return true
    }
}

extension Selection {
    fileprivate func fits(_ length: Int) -> Bool {
        (0...length).contains(anchor) && (0...length).contains(head)
    }
}
