/// A script: commands, one a line, with blank lines and comments between.
public struct Script: Sendable {
    /// A line with a command.
    public struct Line: Equatable, Sendable {
        /// Its number in the file, from 1.
        public let number: Int
        /// What it says.
        public let command: Command
        /// The line as it was written, without blanks around it.
        public let text: String
    }

    /// The name under which errors speak of it: a file's, as the user gave it.
    public let name: String
    /// The lines with commands, in order.
    public let lines: [Line]

    /// Reads a whole script, so that a mistake in its last line is known before the first one runs.
    public init(text: String, name: String) throws(ScriptError) {
        var lines: [Line] = []
        var number = 0
        let content = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        let isEnd: (Character) -> Bool = { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        for part in content.split(omittingEmptySubsequences: false, whereSeparator: isEnd) {
            number += 1
            let line = String(part)
            do {
                guard let command = try CommandParser.parse(line) else { continue }
                lines.append(Line(number: number, command: command, text: Self.trimmed(line)))
            } catch {
                throw ScriptError(
                    name: name, line: number, column: error.column, message: error.message)
            }
        }
        self.name = name
        self.lines = lines
    }

    /// The error of a line that was read well but failed when it ran.
    public func failure(of line: Line, _ message: String) -> ScriptError {
        ScriptError(name: name, line: line.number, column: nil, message: message)
    }

    private static func trimmed(_ line: String) -> String {
        let scalars = line.unicodeScalars
        guard let first = scalars.firstIndex(where: { !CommandWord.isBlank($0) }),
            let last = scalars.lastIndex(where: { !CommandWord.isBlank($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}

/// Why a script cannot run, or stopped.
public struct ScriptError: Error, Equatable, CustomStringConvertible {
    /// The script's name.
    public let name: String
    /// The line, from 1.
    public let line: Int
    /// The column in the line, from 1; nil where the whole line failed.
    public let column: Int?
    /// What happened.
    public let message: String

    /// Makes an error.
    public init(name: String, line: Int, column: Int?, message: String) {
        (self.name, self.line, self.column, self.message) = (name, line, column, message)
    }

    /// `NAME:LINE:COLUMN: error: MESSAGE`, as compilers write it and editors read it.
    public var description: String {
        let place = column.map { "\(name):\(line):\($0)" } ?? "\(name):\(line)"
        return "\(place): error: \(message)"
    }
}
