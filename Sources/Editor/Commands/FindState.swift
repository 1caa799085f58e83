/// The find prompt while it is open.
public struct FindState: Equatable, Sendable {
    /// The line that is typed into.
    public internal(set) var prompt: LinePrompt
    /// What the search met: the text's end, or nothing.
    public internal(set) var notice: String?
    /// Where the caret was when the prompt was opened; from there is searched while one types.
    var origin: Selection

    /// What is searched for.
    public var query: String { prompt.text }
}
