/// Why a line is not a command.
public struct CommandError: Error, Equatable, CustomStringConvertible {
    /// What is wrong and what was expected, for people.
    public let message: String
    /// Where in the line, counted in Unicode scalars from 1.
    public let column: Int

    /// Makes an error.
    public init(_ message: String, column: Int) {
        self.message = message
        self.column = column
    }

    /// The message alone; the caller knows file and line.
    public var description: String { message }
}
