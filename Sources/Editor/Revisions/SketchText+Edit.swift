public import GLSL

extension SketchText {
    /// Makes a change in the active part's text as a new revision; nil where it changes nothing.
    ///
    /// `stroke` tells undo whether the change goes on with the step before; `joins` says that it does in any case, as
    /// inside a composed cluster.
    @discardableResult
    func edit(
        _ change: ChangeSet, after selection: Selection, stroke: Stroke, joins: Bool = false
    ) -> RevisionID? {
        guard !change.isIdentity else { return nil }
        let document = activeDocument
        let continues = document.lastStroke?.isJoined(by: stroke) ?? false
        document.append(
            Document.Node(
                parent: document.position, change: change, before: document.selection,
                after: selection, joins: joins || continues,
                original: -1, revision: RevisionID(newest.number + 1)))
        document.lastStroke = stroke
        onChange?(document.part, change)
        adopt(parent: current)
        return current
    }

    /// Gives a part a new text as one undoable edit; nil where it has that text already.
    ///
    /// Only what differs between the old text and the new is replaced, so that caret and scroll stay where they can.
    @discardableResult
    public func setText(_ text: String, _ part: SketchPart, at seconds: Double) -> RevisionID? {
        let document = document(part)
        let change = ChangeSet.difference(from: document.buffer, to: Array(text.utf8))
        guard !change.isIdentity else { return nil }
        let (visited, selection) = (active, document.selection)
        active = part
        defer { active = visited }
        let after = Selection(change.map(selection.head, .before))
        let range = change.touched ?? 0..<0
        return edit(
            change, after: after, stroke: Stroke(kind: .command, range: range, seconds: seconds))
    }

    /// The texts of all parts that were present in a revision; empty for a number that there is not.
    public func texts(at revision: RevisionID) -> [SketchPart: String] {
        guard let record = record(revision) else { return [:] }
        var texts: [SketchPart: String] = [:]
        for (index, document) in documents.enumerated() {
            let node = Int(record.states[index])
            guard document.isPresent(at: node) else { continue }
            texts[document.part] =
                node == document.position ? document.buffer.text : document.buffer(at: node).text
        }
        return texts
    }

    /// The revision that another was made from; nil for the first.
    public func parent(of revision: RevisionID) -> RevisionID? { record(revision)?.parent }

    /// Whether there is a revision of that number.
    public func contains(_ revision: RevisionID) -> Bool { record(revision) != nil }
}
