import GLSL

extension SketchText {
    /// The texts with all revisions as plain values.
    ///
    /// Costs time over all revisions; the texts themselves are shared.
    public var tree: SketchTree {
        var base: [Stage: String] = [:]
        for document in documents where !document.startsMissing {
            base[document.stage] = document.base
        }
        return SketchTree(
            base: base, edits: documents.flatMap { $0.edits(from: 1) },
            revisions: records.indices.map(revision(at:)), place: place)
    }

    /// Tells of what came since the last time.
    func tellChange() {
        guard let onRecord else { return }
        var edits: [SketchTree.Edit] = []
        for (index, document) in documents.enumerated()
        where document.nodes.count > Int(recordedNodes[index]) {
            edits += document.edits(from: Int(recordedNodes[index]))
        }
        let isNew = records.count > recordedCount
        forgetUnrecorded()
        onRecord(
            SketchChange(
                edits: edits, revision: isNew ? revision(at: records.count - 1) : nil, place: place)
        )
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
            current: current, saved: savedStates, active: active,
            selections: documents.map(\.selection))
    }

    private func revision(at index: Int) -> SketchTree.Revision {
        SketchTree.Revision(
            id: RevisionID(index + 1), states: records[index].states, parent: records[index].parent)
    }
}

extension Document {
    /// The edits that made the nodes from a number on.
    fileprivate func edits(from first: Int) -> [SketchTree.Edit] {
        nodes.indices.dropFirst(first).map { index in
            let node = nodes[index]
            return SketchTree.Edit(
                stage: stage, node: index, parent: node.parent, change: node.change,
                before: node.before, after: node.after, joins: node.joins,
                original: node.original, revision: node.revision, restore: node.restore)
        }
    }
}
