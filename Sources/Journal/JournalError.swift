/// What went wrong with the journal: what happened, where, and what to do.
public struct JournalError: Error, CustomStringConvertible, Sendable {
    /// The sentence for people.
    public let description: String

    /// An error with its sentence.
    public init(_ description: String) { self.description = description }
}
