/// A selected piece of text: where it was begun and where the caret is, as byte offsets.
public struct Selection: Hashable, Codable, Sendable {
    /// The end that stays when the selection is extended.
    public var anchor: Int
    /// The end that moves: the caret.
    public var head: Int

    /// A selection from an anchor to the caret.
    public init(anchor: Int, head: Int) {
        self.anchor = anchor
        self.head = head
    }

    /// A caret with nothing selected.
    public init(_ caret: Int) {
        self.init(anchor: caret, head: caret)
    }

    /// The selected bytes.
    public var range: Range<Int> { min(anchor, head)..<max(anchor, head) }
    /// Whether there is a caret only.
    public var isEmpty: Bool { anchor == head }
}
