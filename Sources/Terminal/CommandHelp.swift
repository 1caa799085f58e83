/// What the commands do, in words, from the table that the parser uses.
public enum CommandHelp {
    /// All commands, one a line, grouped.
    public static func summary() -> String {
        let width = CommandTable.all.map(\.form.count).max() ?? 0
        var lines: [String] = []
        for group in CommandSpec.Group.allCases {
            if !lines.isEmpty { lines.append("") }
            lines.append(group.rawValue)
            for spec in CommandTable.all where spec.group == group {
                let space = String(repeating: " ", count: width - spec.form.count + 2)
                lines.append("  \(spec.form)\(space)\(spec.summary)")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// What one command does, in a few lines; nil where there is none of this name.
    public static func help(for name: String) -> String? {
        guard let spec = CommandTable.spec(name) else { return nil }
        var lines = ["\(spec.form)", "    \(spec.summary)"]
        if !spec.details.isEmpty {
            lines += spec.details.split(separator: "\n").map { "    \($0)" }
        }
        if spec.example != spec.name { lines.append("    Example: \(spec.example)") }
        return lines.joined(separator: "\n")
    }

    /// All commands' names, in the order of the summary.
    public static var names: [String] { CommandTable.all.map(\.name) }

    /// Form and summary of every command, group by group, as panels and documents show them.
    public static var table: [(group: String, form: String, summary: String)] {
        CommandTable.all.map { ($0.group.rawValue, $0.form, $0.summary) }
    }
}
