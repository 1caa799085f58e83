import GLSL

/// Reads lines of the command language.
public enum CommandParser {
    /// The command that a line says; nil for a blank line and for a comment, a line that begins with `#`.
    public static func parse(_ line: String) throws(CommandError) -> Command? {
        let first = line.unicodeScalars.first { !CommandWord.isBlank($0) }
        guard let first, first != "#" else { return nil }
        let words = try CommandWord.words(of: line)
        guard let name = words.first else { return nil }
        guard let spec = CommandTable.spec(name.text), !name.isQuoted else {
            throw unknown(name)
        }
        var arguments = CommandArguments(
            words.dropFirst(), of: spec, end: words.last?.range.upperBound ?? 0)
        let command = try spec.parse(&arguments)
        try arguments.finish()
        return command
    }

    private static func unknown(_ name: CommandWord) -> CommandError {
        let shown = name.text.count > 40 ? name.text.prefix(40) + "…" : name.text[...]
        let names = CommandTable.all.map(\.name)
        let meant = Nearest.match(name.text, among: names)
        return CommandError(
            "unknown command '\(shown)'; "
                + (meant.map { "did you mean '\($0)'?" } ?? "'help' lists all commands"),
            column: name.range.lowerBound + 1)
    }
}
