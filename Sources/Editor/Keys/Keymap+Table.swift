extension Keymap {
    /// A line of the table that help shows.
    public struct Row: Equatable, Sendable {
        /// Where the keys hold.
        public var context: KeyContext
        /// All keys of the command there, as `Ctrl+Y, Ctrl+Shift+Z`.
        public var keys: String
        /// What they do, in words.
        public var what: String
    }

    /// The bindings as help shows them: a row for each command of a place, with all its keys.
    public func table() -> [Row] {
        var rows: [Row] = []
        for context in KeyContext.allCases {
            var order: [String] = []
            var keys: [String: [String]] = [:]
            for binding in bindings where binding.context == context {
                guard let command = binding.command else { continue }
                if keys[command] == nil { order.append(command) }
                keys[command, default: []].append(Self.caption(binding.chord))
            }
            rows += order.map { command in
                Row(
                    context: context, keys: keys[command, default: []].joined(separator: ", "),
                    what: Self.meaning(command))
            }
        }
        return rows
    }

    /// A chord as a keyboard prints it: `Ctrl+Shift+Z`.
    public static func caption(_ chord: KeyChord) -> String {
        let signs = [
            "grave": "Key under Escape", "plus": "+", "minus": "-", "equal": "=", "slash": "/",
            "backslash": "\\", "comma": ",", "period": ".", "semicolon": ";", "apostrophe": "'",
            "leftbracket": "[", "rightbracket": "]", "pageup": "Page Up",
            "pagedown": "Page Down", "kpplus": "Keypad +", "kpminus": "Keypad -",
            "kpslash": "Keypad /", "kpstar": "Keypad *", "kpenter": "Keypad Enter",
            "kpperiod": "Keypad .",
        ]
        let parts = chord.description.split(separator: "+").dropLast().map { capitalized($0) }
        let key: String
        if let sign = signs[chord.key] {
            key = sign
        } else if chord.key.hasPrefix("kp") {
            key = "Keypad \(chord.key.dropFirst(2))"
        } else {
            key = capitalized(chord.key[...])
        }
        return (parts + [key]).joined(separator: "+")
    }

    private static func capitalized(_ text: Substring) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    /// What a command does, in words; the command itself where nothing better is known.
    static func meaning(_ command: String) -> String {
        let meanings = [
            "editor toggle": "editor on and off",
            "console toggle": "terminal on and off",
            "escape": "leave prompt, help or panel",
            "help toggle": "this help",
            "error next": "next error",
            "error previous": "previous error",
            "accept": "show now; accept a slow one",
            "rollback": "back to the last good text",
            "rewind": "rewind time to 0",
            "pause toggle": "pause time",
            "new": "new sketch",
            "open": "open a sketch",
            "save as": "save under another name",
            "quit ask": "quit",
            "fullscreen toggle": "full screen",
            "panic": "panic: black, or the pinned picture",
            "textsize +1": "larger text",
            "textsize -1": "smaller text",
            "textsize reset": "text size as usual",
            "backing +0.1": "darker backing",
            "backing -0.1": "clearer backing",
            "backing reset": "backing as usual",
        ]
        if let meaning = meanings[command] { return meaning }
        for (prefix, rest) in [("edit ", ""), ("stage ", "stage ")] where command.hasPrefix(prefix)
        {
            let name = command.dropFirst(prefix.count)
            return rest + name.map { $0 == "-" ? " " : String($0) }.joined()
        }
        return command
    }
}
