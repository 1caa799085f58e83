public import GLSL

extension SketchText {
    /// The texts that the files have, as far as the tree knows.
    public var savedTexts: [SketchPart: String] {
        var texts: [SketchPart: String] = [:]
        for (index, document) in documents.enumerated() {
            let node = Int(savedStates[index])
            guard node >= 0, document.isPresent(at: node) else { continue }
            texts[document.part] =
                node == document.position ? document.buffer.text : document.buffer(at: node).text
        }
        return texts
    }

    /// Goes back to the saved texts, as after a quit that gave up what was unsaved; false where nothing is unsaved.
    ///
    /// Nothing is lost: redo leads on from there where the unsaved text was made from the saved one; where it was
    /// not, the way back is an edit, and undo brings the unsaved text.
    @discardableResult
    public func returnToSaved() -> Bool {
        guard isModified else { return false }
        let targets = documents.enumerated().map { $1.nodeOnPath(Int(savedStates[$0])) }
        guard targets.allSatisfy({ $0 != nil }) else {
            return restoreSaved()
        }
        for (document, target) in zip(documents, targets) {
            guard let target else { continue }
            while document.position > target { step(document) { $0.stepUp() } }
            while document.position < target { step(document) { $0.stepDown() } }
        }
        finishMove()
        return true
    }

    /// Makes the saved texts current as an edit, so that undo brings the unsaved ones; false where no revision has them.
    @discardableResult
    public func restoreSaved() -> Bool {
        let saved = savedStates
        guard let index = records.lastIndex(where: { originals($0.states) == saved }) else {
            return false
        }
        return restore(RevisionID(index + 1)) != nil
    }

    /// Whether two revisions have the same text, as far as known: one restores the other.
    public func isSameText(_ a: RevisionID, _ b: RevisionID) -> Bool {
        guard let first = record(a), let second = record(b) else { return false }
        return originals(first.states) == originals(second.states)
    }

    /// For each revision that restores an older one's text, the oldest with that text.
    public var restoredOriginals: [RevisionID: RevisionID] {
        var first: [States: RevisionID] = [:]
        var result: [RevisionID: RevisionID] = [:]
        for (index, record) in records.enumerated() {
            let (id, states) = (RevisionID(index + 1), originals(record.states))
            if let known = first[states] { result[id] = known } else { first[states] = id }
        }
        return result
    }

    /// Where the edit that made a revision begins: its part and the offset of its first changed byte; nil for a
    /// revision that no single edit made.
    public func editPlace(of revision: RevisionID) -> (part: SketchPart, offset: Int)? {
        guard let states = record(revision)?.states else { return nil }
        for (index, document) in documents.enumerated() {
            let node = document.nodes[Int(states[index])]
            if node.revision == revision, states[index] != 0 {
                return (document.part, node.change.touched?.lowerBound ?? 0)
            }
        }
        return nil
    }
}

extension Document {
    /// The node of a text on the way from the first node to the last one that redo reaches; nil where it is on
    /// another branch.
    fileprivate func nodeOnPath(_ original: Int) -> Int? {
        var node = position
        while true {
            if nodes[node].original == original { return node }
            if node == 0 { break }
            node = nodes[node].parent
        }
        node = position
        while let child = nodes[node].newestChild {
            if nodes[child].original == original { return child }
            node = child
        }
        return nil
    }
}
