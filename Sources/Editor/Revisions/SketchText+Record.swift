import GLSL

extension SketchText {
    /// The texts with all revisions as plain values.
    ///
    /// Costs time over all revisions; the texts themselves are shared.
    public var tree: SketchTree {
        var base: [SketchPart: String] = [:]
        for document in documents where !document.startsMissing {
            base[document.part] = document.base
        }
        // Before the parts are counted: the active one may get its number only now.
        let place = place
        return SketchTree(
            parts: documents.map(\.part), base: base,
            edits: documents.enumerated().flatMap { $1.edits(of: $0, from: 1) },
            revisions: records.indices.map(revision(at:)), place: place)
    }

    /// Tells of what came since the last time.
    func tellChange() {
        guard let onRecord else { return }
        var edits: [SketchTree.Edit] = []
        for (index, document) in documents.enumerated()
        where document.nodes.count > Int(recordedNodes[index]) {
            edits += document.edits(of: index, from: Int(recordedNodes[index]))
        }
        let isNew = records.count > recordedCount
        let place = place
        forgetUnrecorded()
        onRecord(
            SketchChange(
                parts: documents.map(\.part), edits: edits,
                revision: isNew ? revision(at: records.count - 1) : nil, place: place))
    }

    /// Takes all that there is now as told.
    func forgetUnrecorded() {
        for (index, document) in documents.enumerated() {
            recordedNodes[index] = Int32(document.nodes.count)
        }
        recordedCount = records.count
    }

    private var place: SketchTree.Place {
        SketchTree.Place(
            current: current, saved: savedStates, active: number(of: active),
            selections: documents.map(\.selection))
    }

    private func revision(at index: Int) -> SketchTree.Revision {
        SketchTree.Revision(
            id: RevisionID(index + 1), states: records[index].states, parent: records[index].parent)
    }
}

extension Document {
    /// The edits that made the nodes from a number on.
    fileprivate func edits(of part: Int, from first: Int) -> [SketchTree.Edit] {
        nodes.indices.dropFirst(first).map { index in
            let node = nodes[index]
            return SketchTree.Edit(
                part: part, node: index, parent: node.parent, change: node.change,
                before: node.before, after: node.after, joins: node.joins,
                original: node.original, revision: node.revision, restore: node.restore)
        }
    }
}
