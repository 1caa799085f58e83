/// What the table knows of one command: parser, help and completion all come from it.
struct CommandSpec: Sendable {
    /// The part of `help` that it stands under.
    enum Group: String, CaseIterable, Sendable {
        case sketch = "Sketches"
        case text = "Text"
        case picture = "Picture"
        case panel = "Panels"
        case headset = "Headset"
        case input = "Input"
        case script = "Scripts"
    }

    /// What an argument can be, as completion offers it.
    enum Argument: Sendable {
        case choice([String])
        case file
        case command
        /// All words that follow, as the name of one of the editor's actions.
        case action
        case free
    }

    let name: String
    let group: Group
    /// What follows the name, as `[FILE]`; empty for nothing.
    let usage: String
    /// One line on what it does.
    let summary: String
    /// Further lines for `help NAME`.
    let details: String
    /// A line that works, for messages and help.
    let example: String
    let arguments: [Argument]
    let parse: @Sendable (inout CommandArguments) throws(CommandError) -> Command

    init(
        _ name: String, _ group: Group, _ usage: String = "", _ summary: String,
        details: String = "", example: String? = nil, arguments: [Argument] = [],
        parse: @escaping @Sendable (inout CommandArguments) throws(CommandError) -> Command
    ) {
        (self.name, self.group, self.usage) = (name, group, usage)
        (self.summary, self.details) = (summary, details)
        self.example = example ?? name
        self.arguments = arguments
        self.parse = parse
    }

    /// Name and usage.
    var form: String { usage.isEmpty ? name : "\(name) \(usage)" }
}
