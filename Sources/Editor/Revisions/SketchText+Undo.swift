import GLSL

extension SketchText {
    /// Takes the active part's last step back; false where there is none.
    ///
    /// A step is a word or what was typed without a pause of a second. A restore that nothing was done after is taken
    /// back first and in all its parts, whichever is active; later, in all of them that have not been edited since.
    @discardableResult
    public func undo() -> Bool {
        let restored = documents.filter { $0.nodes[$0.position].restore == current }
        guard restored.isEmpty else {
            for document in restored { step(document) { $0.stepUp() } }
            finishMove()
            return true
        }
        let document = activeDocument
        guard document.position != 0 else { return false }
        var joins = true
        while joins, document.position != 0 {
            let node = document.nodes[document.position]
            joins = node.joins
            step(document) { $0.stepUp() }
            guard let restore = node.restore else { continue }
            for other in documents where other !== document {
                if other.position != 0, other.nodes[other.position].restore == restore {
                    step(other) { $0.stepUp() }
                }
            }
        }
        finishMove()
        return true
    }

    /// Makes the active part's next step again, along the newest branch; false where there is none.
    ///
    /// A restore that was taken back comes again in all its parts, unless the active part was edited since.
    @discardableResult
    public func redo() -> Bool {
        if let restore = restoreAhead {
            for document in documents where document.child?.restore == restore {
                step(document) { $0.stepDown() }
            }
            finishMove()
            return true
        }
        let document = activeDocument
        guard document.nodes[document.position].newestChild != nil else { return false }
        var joins = true
        while joins {
            step(document) { $0.stepDown() }
            if let restore = document.nodes[document.position].restore {
                for other in documents where other !== document {
                    let child = other.nodes[other.position].newestChild
                    if let child, other.nodes[child].restore == restore {
                        step(other) { $0.stepDown() }
                    }
                }
            }
            let child = document.nodes[document.position].newestChild
            joins = child.map { document.nodes[$0].joins } ?? false
        }
        finishMove()
        return true
    }

    /// The newest restore that was made of the current revision and is ahead in all its parts; nil for none, or where
    /// the active part has a newer step to make again.
    private var restoreAhead: RevisionID? {
        guard let now = record(current)?.states else { return nil }
        let ahead = documents.compactMap { document -> RevisionID? in
            guard let restore = document.child?.restore, parent(of: restore) == current,
                let states = record(restore)?.states
            else { return nil }
            let isWhole = documents.indices.allSatisfy { index in
                states[index] == now[index]
                    || documents[index].nodes[documents[index].position].newestChild
                        == Int(states[index])
            }
            return isWhole ? restore : nil
        }
        guard let restore = ahead.max(),
            activeDocument.child.map({ $0.revision <= restore }) ?? true
        else { return nil }
        return restore
    }

    /// Makes a revision's texts current as one undoable edit over the parts that differ; nil where none does.
    ///
    /// A part that is missing in that revision is missing again. Unknown numbers give nil.
    @discardableResult
    public func restore(_ revision: RevisionID) -> RevisionID? {
        guard let target = record(revision) else { return nil }
        let next = RevisionID(newest.number + 1)
        var changed = false
        for (index, document) in documents.enumerated() {
            let node = Int(target.states[index])
            let original = document.nodes[node].original
            guard document.nodes[document.position].original != original else { continue }
            let text = document.buffer(at: node)
            let change = ChangeSet.difference(from: document.buffer, to: text.bytes(0..<text.count))
            // A part that is there without any text is not one that is away.
            guard !change.isIdentity || document.isPresent(at: node) != document.isPresent else {
                continue
            }
            let edge = change.touched?.lowerBound ?? 0
            document.append(
                Document.Node(
                    parent: document.position, change: change, before: document.selection,
                    after: Selection(edge), joins: false, original: original, revision: next,
                    restore: next))
            document.lastStroke = nil
            onChange?(document.part, change)
            changed = true
        }
        guard changed else { return nil }
        adopt(parent: current)
        return current
    }

    func step(_ document: Document, _ move: (Document) -> ChangeSet?) {
        guard let change = move(document) else { return }
        onChange?(document.part, change)
    }

    /// After a move no key goes on with the step before it.
    func finishMove() {
        for document in documents { document.lastStroke = nil }
        adopt(parent: current)
    }
}
