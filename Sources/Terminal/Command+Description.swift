import GLSL

extension Command: CustomStringConvertible {
    /// The canonical line of this command; parsing it gives the command back.
    public var description: String {
        switch self {
        case .new(let template): line("new", template)
        case .open(let file): line("open", file)
        case .save(let file): file == "as" ? "save \"as\"" : line("save", file)
        case .saveAs: "save as"
        case .quit: "quit"
        case .quitAsk: "quit ask"
        case .stage(let part): line("stage", part.rawValue)
        case .goto(let line, let column): "goto \(line):\(column)"
        case .type(let text): "type \(CommandText.quoted(text))"
        case .paste(let text): "paste \(CommandText.quoted(text))"
        case .replace(let file): line("replace", file)
        case .text: "text"
        case .edit(let action): "edit \(CommandText.words(action))"
        case .undo: "undo"
        case .redo: "redo"
        case .rollback(let revision): line("rollback", revision.map(String.init))
        case .history: "history"
        case .show(let mode): "show \(mode.rawValue)"
        case .accept: "accept"
        case .panic: "panic"
        case .pin: "pin"
        case .unpin: "unpin"
        case .rewind: "rewind"
        case .pause(let state): "pause \(state.rawValue)"
        case .time(let seconds): "time \(CommandText.number(seconds))"
        case .timeRun: "time run"
        case .set(let name, let value):
            line("set", name) + (value.map { " " + CommandText.words($0) } ?? "")
        case .values: "values"
        case .buffer(let name, let from, let rows):
            line("buffer", name) + (from.map { " from \($0)" } ?? "")
                + (rows.map { " rows \($0)" } ?? "")
        case .budget(let milliseconds): "budget \(milliseconds.map(CommandText.number) ?? "off")"
        case .budgetAuto: "budget auto"
        case .loopGuard(let state): line("guard", state?.rawValue)
        case .screenshot(let file): line("screenshot", file)
        default: panelDescription
        }
    }

    private var panelDescription: String {
        switch self {
        case .editor(let state): "editor \(state.rawValue)"
        case .console(let state): "console \(state.rawValue)"
        case .helpPanel(let state): "help \(state.rawValue)"
        case .escape: "escape"
        case .error(let direction): "error \(direction.rawValue)"
        case .textSize(let adjustment): "textsize \(adjustment)"
        case .backing(let adjustment): "backing \(adjustment)"
        case .theme(let name): line("theme", name)
        case .fullscreen(let state): "fullscreen \(state.rawValue)"
        case .headset(let order): "headset \(order)"
        case .panel(let order): "panel \(order)"
        case .walk(let x, let z): "walk \(CommandText.number(x)) \(CommandText.number(z))"
        case .turn(let degrees): "turn \(CommandText.number(degrees))"
        case .fly(let heading): "fly \(heading.rawValue)"
        case .simulate(let line): "simulate \(CommandText.words(line))"
        case .key(let chord): line("key", chord)
        case .mouse(let x, let y, let pressed):
            "mouse \(CommandText.number(x)) \(CommandText.number(y))"
                + (pressed.map { $0 ? " down" : " up" } ?? "")
        case .resize(let width, let height): "resize \(width)x\(height)"
        case .wait(let state, let seconds):
            line("wait \(state.rawValue)", seconds.map(CommandText.number))
        case .sleep(let seconds): "sleep \(CommandText.number(seconds))"
        case .say(let text): "say \(CommandText.quoted(text))"
        case .drill(let drill): "drill \(drill.rawValue)"
        case .status: "status"
        case .errors: "errors"
        case .help(let topic): line("help", topic)
        default: ""
        }
    }

    private func line(_ name: String, _ argument: String?) -> String {
        argument.map { "\(name) \(CommandText.word($0))" } ?? name
    }
}

extension Command.Adjustment: CustomStringConvertible {
    /// As a command line says it: `+1`, `-0.1`, `=16`, `reset`.
    public var description: String {
        switch self {
        case .by(let step): (step < 0 ? "" : "+") + CommandText.number(step)
        case .to(let value): "=" + CommandText.number(value)
        case .reset: "reset"
        }
    }
}

/// How values are written in a command line.
enum CommandText {
    /// A number without needless zeros; the shortest text that reads back as the same value.
    static func number(_ value: Double) -> String {
        if let whole = Int(exactly: value), abs(whole) < 1_000_000_000 { return String(whole) }
        return value.description
    }

    /// Text in quotes, with everything escaped that a line cannot carry or show.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.properties.generalCategory == .control,
                "\u{2028}", "\u{2029}", "\u{FEFF}":
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A word as it is where it can be read back so, and in quotes otherwise.
    static func word(_ text: String) -> String {
        isBare(text) ? text : quoted(text)
    }

    /// Several words with one space between, or in quotes where that would not read back.
    static func words(_ text: String) -> String {
        let parts = text.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { isBare(String($0)) }
        return isPlain ? text : quoted(text)
    }

    private static func isBare(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, first != "\"", first != "#" else { return false }
        return scalars.allSatisfy {
            !CommandWord.isBlank($0) && !$0.properties.isWhitespace
                && $0.properties.generalCategory != .control && $0 != "\u{FEFF}"
        }
    }
}
