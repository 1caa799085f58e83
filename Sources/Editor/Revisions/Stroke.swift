/// One key's edit, as far as undo needs it to tell where a step ends.
struct Stroke: Equatable {
    /// What kind of edit the key made.
    enum Kind: Equatable {
        case typing(blank: Bool)
        case newline
        case deletingBackward(blank: Bool)
        case deletingForward
        /// A command of its own: a paste, a moved line, and the like.
        case command
    }

    /// A longer silence between two keys ends a step; one second is where thinking begins.
    static let pause = 1.0

    var kind: Kind
    /// Where the edit began and, after it, ended.
    var range: Range<Int>
    /// When the key came, in seconds.
    var seconds: Double

    /// Whether an edit belongs to the same undo step as this one before it: a word, typed or deleted without a pause.
    func isJoined(by next: Stroke) -> Bool {
        guard next.seconds - seconds <= Self.pause else { return false }
        switch (kind, next.kind) {
        case (.typing(let before), .typing(let now)):
            return range.upperBound == next.range.lowerBound && !(before && !now)
        case (.deletingBackward(let before), .deletingBackward(let now)):
            return range.lowerBound == next.range.upperBound && (before || !now)
        case (.deletingForward, .deletingForward):
            return range.lowerBound == next.range.lowerBound
        default: return false
        }
    }
}
