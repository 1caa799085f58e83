/// Where the keys go when they are pressed.
public enum KeyContext: String, CaseIterable, Hashable, Sendable {
    /// Everywhere, unless the place has a binding of its own.
    case any
    /// The editor's text.
    case text
    /// The picture: no text has the focus.
    case picture
    /// A line of text in a panel: find, save as, the chooser.
    case prompt
    /// The terminal's console.
    case console
}

/// What is wrong with a binding.
public enum KeymapError: Error, Equatable, CustomStringConvertible {
    /// The chord cannot be read.
    case badChord(String, reason: String)
    /// There is no such context.
    case badContext(String)
    /// There is no such action of `edit`, or no command at all.
    case badCommand(String)
    /// The chord types a character.
    case typesText(KeyChord, KeyContext)

    /// What is wrong and what to write instead.
    public var description: String {
        switch self {
        case .badChord(let text, let reason):
            "\u{201C}\(text)\u{201D} is no key: \(reason)"
        case .badContext(let text):
            "\u{201C}\(text)\u{201D} is no place for keys: use any, text, picture, prompt or console"
        case .badCommand(let text):
            "\u{201C}\(text)\u{201D} is no command that a key can give; `help` lists them"
        case .typesText(let chord, let context):
            "\u{201C}\(chord)\u{201D} types a character in \u{201C}\(context.rawValue)\u{201D}: "
                + "add ctrl or alt, or bind it in picture"
        }
    }
}

/// Which command a key gives, by the place that has the keys.
///
/// Commands are lines of the command language. A binding of a place goes before one of `any`; one bound to nothing
/// hides the binding of `any` there.
public struct Keymap: Equatable, Sendable {
    /// A key with its command at a place.
    public struct Binding: Equatable, Sendable {
        /// Where it holds.
        public var context: KeyContext
        /// The key.
        public var chord: KeyChord
        /// The command line; nil where the key does nothing there.
        public var command: String?
    }

    /// All bindings, in the order in which help lists them.
    public private(set) var bindings: [Binding] = []
    private var places: [KeyContext: [KeyChord: Int]] = [:]

    /// A map without bindings.
    public init() {}

    /// The command of a press; nil where it has none.
    ///
    /// A press may stand for several chords, as by the key's place and by its character: `chords` has them best first.
    public func command(for chords: [KeyChord], in context: KeyContext) -> String? {
        for chord in chords {
            if let index = places[context]?[chord] { return bindings[index].command }
            if let index = places[.any]?[chord] { return bindings[index].command }
        }
        return nil
    }

    /// Gives a key a command, or with nil none, at a place.
    ///
    /// Throws where the key makes no sense, where it would type a character there, or where `edit` has no such action;
    /// any other command is for the caller to parse.
    public mutating func bind(
        _ chord: KeyChord, _ command: String?, _ context: KeyContext = .any
    ) throws(KeymapError) {
        guard KeyChord.keyName(chord.key) == chord.key else {
            throw KeymapError.badChord(chord.description, reason: "there is no such key")
        }
        if let command {
            guard Self.isCommand(command) else { throw KeymapError.badCommand(command) }
            // In `any` too: there it would reach the text and prompts.
            if chord.typesText, context != .picture {
                throw KeymapError.typesText(chord, context)
            }
        }
        set(chord, command, context)
    }

    mutating func set(_ chord: KeyChord, _ command: String?, _ context: KeyContext) {
        if let index = places[context]?[chord] {
            bindings[index].command = command
        } else {
            places[context, default: [:]][chord] = bindings.count
            bindings.append(Binding(context: context, chord: chord, command: command))
        }
    }

    /// Whether a line can be a command: of `edit` the action is checked, the rest is the command language's own to
    /// judge, whose words are not known here.
    static func isCommand(_ line: String) -> Bool {
        let words = line.split(separator: " ", maxSplits: 1)
        guard let verb = words.first else { return false }
        return verb != "edit" || (words.count == 2 && EditAction(name: String(words[1])) != nil)
    }
}
