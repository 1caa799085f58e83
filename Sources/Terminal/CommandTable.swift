/// All commands: the one table behind parser, help and completion.
enum CommandTable {
    /// In the order in which help shows them.
    static let all = sketches + text + picture + panels + headset + input + scripts

    private static let byName = Dictionary(
        all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The command of this name, in any case.
    static func spec(_ name: String) -> CommandSpec? {
        byName[name] ?? byName[name.lowercased()]
    }

    static let switches = Command.Switch.allCases.map(\.rawValue)

    /// A command that only turns something on and off.
    static func toggle(
        _ name: String, _ group: CommandSpec.Group, _ summary: String,
        _ make: @escaping @Sendable (Command.Switch) -> Command
    ) -> CommandSpec {
        CommandSpec(
            name, group, "[on|off|toggle]", summary, details: "Without a word it toggles.",
            example: "\(name) on", arguments: [.choice(switches)]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            make(try arguments.choice(Command.Switch.self, default: .toggle))
        }
    }

    /// A command without arguments.
    static func plain(
        _ name: String, _ group: CommandSpec.Group, _ summary: String, details: String = "",
        _ command: Command
    ) -> CommandSpec {
        CommandSpec(name, group, "", summary, details: details) { _ in command }
    }
}
