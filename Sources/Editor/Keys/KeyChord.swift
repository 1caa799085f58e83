/// A key with the modifiers held, as bindings name it: `ctrl+shift+z`, `f4`, `grave`.
///
/// A key's name is the character that it gives in small letters, or one of `names`. `grave` is the key under Escape,
/// whatever the layout prints on it.
public struct KeyChord: Hashable, Sendable, CustomStringConvertible {
    /// The keys that are held with another.
    public struct Modifiers: OptionSet, Hashable, Sendable {
        /// The bits, one a modifier.
        public let rawValue: UInt8
        /// Makes a set from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Control.
        public static let ctrl = Modifiers(rawValue: 1)
        /// Shift.
        public static let shift = Modifiers(rawValue: 2)
        /// Alt.
        public static let alt = Modifiers(rawValue: 4)
        /// The key with the window system's sign.
        public static let `super` = Modifiers(rawValue: 8)

        static let named: [(String, Modifiers)] = [
            ("ctrl", .ctrl), ("alt", .alt), ("shift", .shift), ("super", .super),
        ]
    }

    /// The modifiers held.
    public var modifiers: Modifiers
    /// The key's name.
    public var key: String

    /// A chord of a key; the name must be one that `init(_:)` takes.
    public init(_ modifiers: Modifiers, _ key: String) {
        self.modifiers = modifiers
        self.key = key
    }

    /// Names of keys that are no characters of their own.
    public static let names: Set<String> = Set(
        [
            "escape", "tab", "enter", "space", "backspace", "delete", "insert", "home", "end",
            "pageup", "pagedown", "left", "right", "up", "down", "grave", "plus", "minus",
            "equal", "slash", "backslash", "comma", "period", "semicolon", "apostrophe",
            "leftbracket", "rightbracket", "menu", "pause", "print",
        ] + (1...24).map { "f\($0)" } + (0...9).map { "kp\($0)" }
            + ["kpplus", "kpminus", "kpslash", "kpstar", "kpenter", "kpperiod"])

    /// Other spellings of keys' names.
    private static let aliases = [
        "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "+": "plus",
        "-": "minus", "=": "equal", "/": "slash", "\\": "backslash", ",": "comma",
        ".": "period", ";": "semicolon", "'": "apostrophe", "[": "leftbracket",
        "]": "rightbracket", "`": "grave", " ": "space", "page-up": "pageup",
        "page-down": "pagedown",
    ]

    /// The chord that a text names, in any case and order of modifiers; nil where it names none.
    public init?(_ text: String) {
        guard let chord = try? KeyChord(parsing: text) else { return nil }
        self = chord
    }

    /// The chord that a text names; the error says what is wrong with it.
    public init(parsing text: String) throws(KeymapError) {
        var rest = text.lowercased()[...]
        var modifiers: Modifiers = []
        while let plus = rest.firstIndex(of: "+"), plus != rest.startIndex {
            let name = rest[..<plus]
            let after = rest[rest.index(after: plus)...]
            guard !after.isEmpty else { break }
            let alias = name == "control" ? "ctrl" : name == "meta" ? "super" : String(name)
            guard let modifier = Modifiers.named.first(where: { $0.0 == alias }) else {
                throw KeymapError.badChord(
                    text, reason: "\u{201C}\(name)\u{201D} is no modifier (ctrl, alt, shift, super)"
                )
            }
            modifiers.insert(modifier.1)
            rest = after
        }
        guard let key = Self.keyName(String(rest)) else {
            throw KeymapError.badChord(
                text, reason: "\u{201C}\(rest)\u{201D} is no key's name; one is f4, left or a")
        }
        self.init(modifiers, key)
    }

    /// The canonical name of a key; nil where there is no such key.
    public static func keyName(_ text: String) -> String? {
        let lower = text.lowercased()
        if let name = aliases[lower] { return name }
        if names.contains(lower) { return lower }
        guard lower.count == 1, let scalar = lower.unicodeScalars.first, scalar.value > 0x20 else {
            return nil
        }
        return lower
    }

    /// The canonical name: modifiers in the order ctrl, alt, shift, super, then the key.
    public var description: String {
        let held = Modifiers.named.filter { modifiers.contains($0.1) }.map(\.0)
        return (held + [key]).joined(separator: "+")
    }

    /// Whether the chord types a character, so that binding it over text would swallow that character.
    public var typesText: Bool {
        guard modifiers.isSubset(of: .shift) else { return false }
        let typing: Set<String> = [
            "space", "plus", "minus", "equal", "slash", "backslash", "comma", "period",
            "semicolon", "apostrophe", "leftbracket", "rightbracket",
        ]
        return key.count == 1 || typing.contains(key) || key.hasPrefix("kp") && key != "kpenter"
    }
}
