/// What a compiler, a linker or Phosphor itself has to say about a place in the user's text.
public struct Diagnostic: Hashable, Codable, Sendable {
    /// How bad it is.
    public enum Severity: String, Codable, Hashable, Sendable { case error, warning, note }

    /// How bad it is.
    public var severity: Severity
    /// The stage it speaks of; nil where the whole program is meant.
    public var stage: Stage?
    /// The user's file, as they named it; nil where the place is unknown.
    public var file: String?
    /// The line in the user's file, from 1.
    public var line: Int?
    /// The column in that line, from 1, counted in bytes of UTF-8 as drivers count; nil where none was said.
    public var column: Int?
    /// The token that the message names in quotes, with which a column can be found where the driver gave none.
    public var token: String?
    /// The message without its place, for people.
    public var message: String

    /// Makes a diagnostic.
    public init(
        _ severity: Severity = .error, stage: Stage? = nil, file: String? = nil, line: Int? = nil,
        column: Int? = nil, token: String? = nil, message: String
    ) {
        self.severity = severity
        (self.stage, self.file, self.line, self.column) = (stage, file, line, column)
        (self.token, self.message) = (token, message)
    }
}

extension [Diagnostic] {
    /// Those warnings that no error says again, of the same word on the same line.
    public func besides(_ others: [Diagnostic]) -> [Diagnostic] {
        filter { own in
            own.severity != .warning || own.token == nil
                || !others.contains {
                    $0.severity == .error && $0.token == own.token && $0.line == own.line
                        && $0.file == own.file
                }
        }
    }
}
