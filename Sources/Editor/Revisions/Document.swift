import GLSL

/// The first line and column that a viewport shows.
public struct ScrollPosition: Hashable, Codable, Sendable {
    /// The first visible line, from 0.
    public var line: Int
    /// The first visible column, from 0.
    public var column: Int

    /// A place to scroll to; the beginning unless told otherwise.
    public init(line: Int = 0, column: Int = 0) {
        self.line = line
        self.column = column
    }
}

/// One part's text with its own tree of states, its selection and its place on the panel.
///
/// A state is a node; the first is the text that was opened, or the part's absence. `buffer` always holds the text
/// of the node at `position`.
final class Document {
    /// A state of this part's text, and how it came from the one before.
    struct Node: Sendable {
        /// The node it was made from; the first node is its own parent.
        var parent: Int
        /// What made it from its parent.
        var change: ChangeSet
        /// The selection that undoing brings back.
        var before: Selection
        /// The selection that redoing brings back.
        var after: Selection
        /// Whether it belongs to the same undo step as its parent.
        var joins: Bool
        /// The first node with the same text, as far as known: a restored text is its original.
        var original: Int
        /// The revision that it was made in.
        var revision: RevisionID
        /// The revision of a restore that spans parts, whose nodes are undone together.
        var restore: RevisionID?
        /// The child that redo goes to.
        var newestChild: Int?

        /// The text that was opened.
        static var first: Node {
            Node(
                parent: 0, change: ChangeSet(), before: Selection(0), after: Selection(0),
                joins: false, original: 0, revision: RevisionID(1))
        }
    }

    let part: SketchPart
    /// Whether the first node is the part's absence.
    private(set) var startsMissing: Bool
    /// The text of the first node.
    private(set) var base: String
    private(set) var buffer: GapBuffer
    var states: LineStates
    private(set) var nodes: [Node]
    private(set) var position = 0
    var selection = Selection(0)
    var scroll = ScrollPosition()
    /// The last key's edit, with which the next may share an undo step.
    var lastStroke: Stroke?

    init(_ part: SketchPart, text: String?) {
        self.part = part
        startsMissing = text == nil
        base = text ?? ""
        buffer = GapBuffer(base)
        states = LineStates(lines: buffer.lineCount, first: part.firstState)
        nodes = [.first]
    }

    /// A part's text as it was kept.
    init(_ part: RebuiltSketch.Part) {
        self.part = part.part
        startsMissing = part.base == nil
        base = part.base ?? ""
        buffer = part.buffer
        states = LineStates(lines: buffer.lineCount, first: self.part.firstState)
        (nodes, position) = (part.nodes, part.position)
        selection = clamp(part.selection)
    }

    /// Whether the part is in the sketch at a node.
    func isPresent(at node: Int) -> Bool { nodes[node].original != 0 || !startsMissing }

    var isPresent: Bool { isPresent(at: position) }

    /// The node that redo goes to; nil where there is none.
    var child: Node? { nodes[position].newestChild.map { nodes[$0] } }

    /// Makes a change in the text and adds the node that it leads to.
    func append(_ node: Node) {
        apply(node.change)
        nodes[position].newestChild = nodes.count
        position = nodes.count
        nodes.append(node)
        if nodes[position].original < 0 { nodes[position].original = position }
        selection = node.after
    }

    /// Goes to the parent and gives the change that led there; nil at the first node.
    func stepUp() -> ChangeSet? {
        guard position != 0 else { return nil }
        let change = nodes[position].change.inverted
        apply(change)
        selection = nodes[position].before
        position = nodes[position].parent
        return change
    }

    /// Goes to the newest child and gives the change that led there; nil where there is none.
    func stepDown() -> ChangeSet? {
        guard let child = nodes[position].newestChild else { return nil }
        let change = nodes[child].change
        apply(change)
        selection = nodes[child].after
        position = child
        return change
    }

    /// Puts another's nodes under these, whose first becomes the other's current one; the text stays.
    func graft(onto past: Document, _ revision: (RevisionID) -> RevisionID) {
        let (root, count) = (past.position, past.nodes.count - 1)
        func moved(_ node: Int) -> Int { node == 0 ? root : node + count }
        var merged = past.nodes
        if let child = nodes[0].newestChild { merged[root].newestChild = moved(child) }
        for node in nodes.dropFirst() {
            var node = node
            node.parent = moved(node.parent)
            node.original =
                node.original == 0 ? past.nodes[root].original : node.original + count
            node.revision = revision(node.revision)
            node.restore = node.restore.map(revision)
            node.newestChild = node.newestChild.map(moved)
            merged.append(node)
        }
        (nodes, position) = (merged, moved(position))
        (base, startsMissing) = (past.base, past.startsMissing)
        checkInvariants()
    }

    private func apply(_ change: ChangeSet) {
        change.apply(to: &buffer) { states.follow($0) }
    }

    /// A copy of the text at a node, made by walking the tree from where the text is now.
    func buffer(at node: Int) -> GapBuffer {
        var copy = buffer
        for change in path(from: position, to: node) { change.apply(to: &copy) }
        return copy
    }

    /// The changes that lead from one node's text to another's, up to where they part and down again.
    func path(from start: Int, to end: Int) -> [ChangeSet] {
        var (up, down) = (start, end)
        var rising: [ChangeSet] = []
        var falling: [ChangeSet] = []
        // A parent has a lower number than its children, so the higher of two cannot be an ancestor.
        while up != down {
            if up > down {
                rising.append(nodes[up].change.inverted)
                up = nodes[up].parent
            } else {
                falling.append(nodes[down].change)
                down = nodes[down].parent
            }
        }
        return rising + falling.reversed()
    }

    /// Brings a selection into the text and onto scalars' borders.
    func clamp(_ selection: Selection) -> Selection {
        Selection(
            anchor: buffer.scalarStart(selection.anchor), head: buffer.scalarStart(selection.head))
    }

    func checkInvariants() {
        #if DEBUG
            assert(nodes.indices.contains(position))
            for (index, node) in nodes.enumerated().dropFirst() {
                assert(node.parent < index, "a parent is older than its child")
                assert(node.original <= index)
            }
            assert(clamp(selection) == selection, "the selection lies outside the text")
            // Whole texts are compared only while they are small: these run after each edit.
            if buffer.count < 4096 {
                buffer.checkInvariants()
                states.checkInvariants(buffer)
            }
        #endif
    }
}
