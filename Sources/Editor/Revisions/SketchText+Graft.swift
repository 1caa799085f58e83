extension SketchText {
    /// Puts an older tree of the same sketch under this one, as where that was found only after somebody had begun to
    /// type: the older one's current revision takes the place of revision 1 here.
    ///
    /// Texts, selections and scrolls stay as they are; what is behind undo grows. Gives the new numbers of this one's
    /// revisions; nil, with nothing changed, where the older one's current texts are not those of revision 1 here.
    public func graft(onto past: SketchText) -> ((RevisionID) -> RevisionID)? {
        let fits = zip(documents, past.documents).allSatisfy { mine, theirs in
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
            var result = states
            for index in documents.indices where states[index] != Self.noState {
                result[index] = states[index] == 0 ? root[index] : states[index] + counts[index]
            }
            return result
        }
        let added = records.dropFirst().map {
            Record(states: movedStates($0.states, root: root.states), parent: $0.parent.map(moved))
        }
        let saved = movedStates(savedStates, root: past.originals(root.states))
        let now = moved(current)
        for (mine, theirs) in zip(documents, past.documents) { mine.graft(onto: theirs, moved) }
        replaceRecords(past.records + added, saved: saved, current: now)
        return moved
    }
}
