import Editor
import Guest

/// Revisions that run only when asked: what was running when everything died, and what hung or crashed.
extension OpenSketch {
    /// Whether a revision, or one with its very text, runs only when asked.
    func isHeld(_ revision: RevisionID) -> Bool {
        isHeldBack(revision) || isQuarantined(revision)
    }

    private func isHeldBack(_ revision: RevisionID) -> Bool {
        heldBack.map { text.isSameText($0, revision) } ?? false
    }

    private func isQuarantined(_ revision: RevisionID) -> Bool {
        quarantined.contains { text.isSameText($0, revision) }
    }

    /// Why the current revision does not run by itself; nil where it does.
    var heldReason: String? {
        let revision = text.current
        if isQuarantined(revision) { return "this revision was running when Phosphor ended" }
        guard isHeldBack(revision), let heldBack else { return nil }
        switch judgements[heldBack]?.verdict {
        case .hung: return "this revision hung the last time"
        case .runaway: return "this revision ran away the last time"
        default: return "this revision crashed the last time"
        }
    }

    /// Lets the current revision run; gives those that were quarantined.
    func releaseHeld() -> [RevisionID] {
        let released = quarantined.filter { text.isSameText($0, text.current) }
        quarantined.subtract(released)
        heldBack = nil
        return Array(released)
    }

    /// Good revisions that may be shown in place of one that is held, the newest first.
    var goodsToShow: [RevisionID] {
        judgements.filter { $0.value.isGood && !isHeld($0.key) }
            .sorted { ($0.value.shownAt ?? 0, $0.key) > ($1.value.shownAt ?? 0, $1.key) }.map(\.key)
    }
}
