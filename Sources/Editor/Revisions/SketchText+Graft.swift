extension SketchText {
    /// Puts an older tree of the same sketch under this one, as where that was found only after somebody had begun to
    /// type: the older one's current revision takes the place of revision 1 here.
    ///
    /// Texts, selections and scrolls stay as they are; what is behind undo grows. Gives the new numbers of this one's
    /// revisions; nil, with nothing changed, where the older one's current texts are not those of revision 1 here.
    public func graft(onto past: SketchText) -> ((RevisionID) -> RevisionID)? {
        // Both need all parts of both, in the same order, since states go by numbers.
        for part in past.documents.map(\.part) { _ = number(of: part) }
        let ours = documents
        for part in ours.map(\.part) { _ = past.number(of: part) }
        let order = past.documents.compactMap { theirs in
            ours.firstIndex { $0.part == theirs.part }
        }
        let fits = zip(order.map { ours[$0] }, past.documents).allSatisfy { mine, theirs in
            mine.startsMissing != theirs.isPresent
                && mine.base.utf8.elementsEqual(theirs.buffer.text.utf8)
        }
        guard fits, let root = past.record(past.current) else { return nil }
        let (first, count) = (past.current, past.records.count)
        let moved = { (revision: RevisionID) in
            revision == RevisionID(1) ? first : RevisionID(revision.number - 1 + count)
        }
        let counts = past.documents.map { Int32($0.nodes.count - 1) }
        func movedStates(_ states: States, root: States) -> States {
            var result = States()
            for (index, mine) in order.enumerated() {
                let state = states[mine]
                result[index] =
                    state == Self.noState
                    ? state : state == 0 ? root[index] : state + counts[index]
            }
            return result
        }
        let added = records.dropFirst().map {
            Record(states: movedStates($0.states, root: root.states), parent: $0.parent.map(moved))
        }
        let saved = movedStates(savedStates, root: past.originals(root.states))
        let now = moved(current)
        reorder(order.map { ours[$0] })
        for (mine, theirs) in zip(documents, past.documents) { mine.graft(onto: theirs, moved) }
        replaceRecords(past.records + added, saved: saved, current: now)
        return moved
    }
}
