import GLSL

extension Keymap {
    /// A line of the table that help shows.
    public struct Row: Equatable, Sendable {
        /// Where the keys hold.
        public var context: KeyContext
        /// The keys of the command there, as `Ctrl+Y, Ctrl+Shift+Z`.
        public var keys: String
        /// What they do, in words.
        public var what: String
    }

    /// The bindings as help shows them: a row for each command of a place, with its keys.
    ///
    /// Short, so that the column of keys stays narrow: twins of a key, such as the keypad's, go unsaid; the key under
    /// Escape is named once; the six stages, where they have six digits, take one row.
    public func table() -> [Row] {
        var rows: [Row] = []
        for context in KeyContext.allCases {
            var order: [String] = []
            var keys: [String: [KeyChord]] = [:]
            for binding in bindings where binding.context == context {
                guard let command = binding.command else { continue }
                if keys[command] == nil { order.append(command) }
                keys[command, default: []].append(binding.chord)
            }
            if let first = Self.stageRun(in: order, keys) {
                let modifiers = Self.caption(first).dropLast()
                rows += order.filter { $0 == Self.stageCommands[0] || !Self.isStage($0) }.map {
                    $0 == Self.stageCommands[0]
                        ? Row(context: context, keys: "\(modifiers)1 … 6", what: "the six stages")
                        : Self.row(context, $0, keys[$0, default: []])
                }
            } else {
                rows += order.map { Self.row(context, $0, keys[$0, default: []]) }
            }
        }
        return rows
    }

    private static let stageCommands = Stage.allCases.sorted().map { "stage \($0.rawValue)" }

    private static func isStage(_ command: String) -> Bool { stageCommands.contains(command) }

    /// The first stage's chord, where the digits from 1 to 6 with the same modifiers are the six stages' only keys.
    private static func stageRun(in order: [String], _ keys: [String: [KeyChord]]) -> KeyChord? {
        guard order.filter(isStage) == stageCommands,
            let first = keys[stageCommands[0]]?.first
        else { return nil }
        let isRun = stageCommands.enumerated().allSatisfy { index, command in
            keys[command] == [KeyChord(first.modifiers, String(index + 1))]
        }
        return isRun ? first : nil
    }

    private static func row(_ context: KeyContext, _ command: String, _ chords: [KeyChord]) -> Row {
        var chords = chords
        var what = meaning(command)
        let (grave, control) = (KeyChord([], "grave"), KeyChord(.ctrl, "grave"))
        if chords.contains(grave), chords.contains(control) {
            chords.removeAll { $0 == control }
            what += "; also with Ctrl"
        }
        let said = chords.filter { chord in !chords.contains { $0 != chord && $0.covers(chord) } }
        return Row(context: context, keys: said.map(caption).joined(separator: ", "), what: what)
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
            "pin": "pin what is shown, for a panic",
            "textsize +1": "larger text",
            "textsize -1": "smaller text",
            "textsize reset": "text size as usual",
            "backing +0.1": "darker backing",
            "backing -0.1": "clearer backing",
            "backing reset": "backing as usual",
            "headset recentre": "panels before you again",
            "headset reset": "back to where the sketch begins",
            "headset call": "ask the desktop for the keyboard",
            "headset scale +0.05": "finer picture in the headset",
            "headset scale -0.05": "coarser picture in the headset",
            "headset scale auto": "picture as fine as there is time for",
            "headset world larger": "larger in the sketch's world",
            "headset world smaller": "smaller in the sketch's world",
            "headset world reset": "as large as the sketch wants",
            "panel grab": "panel goes where you look; let go",
            "panel push 0.1": "panel farther",
            "panel push -0.1": "panel nearer",
            "panel scale 1.1": "panel larger",
            "panel scale 0.9": "panel smaller",
            "panel move -0.1 0": "panel to the left",
            "panel move 0.1 0": "panel to the right",
            "panel move 0 0.1": "panel up",
            "panel move 0 -0.1": "panel down",
            "panel reset": "all panels where they come up",
            "turn 30": "turn left",
            "turn -30": "turn right",
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

extension KeyChord {
    /// Whether another chord is the same to a reader: the key's twin on the keypad, or what else types a plus.
    fileprivate func covers(_ other: KeyChord) -> Bool {
        if other.modifiers == modifiers {
            return other.key == "kp" + key || (key == "plus" && other.key == "equal")
        }
        return key == "plus" && other.key == "plus"
            && other.modifiers == modifiers.union(.shift)
    }
}
