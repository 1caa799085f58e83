/// The number of a revision: 1 is the text that was opened, and every change makes the next.
public struct RevisionID: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The number, from 1.
    public let number: Int

    /// Names a revision; whether there is one of that number is for `SketchText` to say.
    public init(_ number: Int) { self.number = number }

    /// The number in digits.
    public var description: String { String(number) }

    /// Older revisions come first.
    public static func < (a: RevisionID, b: RevisionID) -> Bool { a.number < b.number }
}
