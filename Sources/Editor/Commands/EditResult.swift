/// What an action did, and what it asks of the one who holds the clipboard.
public struct EditResult: Equatable, Sendable {
    /// Whether the text changed, which makes a revision.
    public var changedText = false
    /// Whether the selection or the caret changed.
    public var changedSelection = false
    /// Text that belongs on the clipboard now.
    public var copied: String?
    /// Whether the clipboard's text is wanted: fetch it and call `EditorController.paste`.
    public var wantsPaste = false
    /// A sentence for the status line.
    public var notice: String?

    /// A result of nothing.
    public init() {}
}
