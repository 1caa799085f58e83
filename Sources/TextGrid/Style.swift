/// How a cell is drawn: what its text means, what lies behind it, and how it is set.
public struct Style: Hashable, Sendable {
    /// Bold, underlines, and the like.
    public struct Traits: OptionSet, Hashable, Sendable {
        /// The bits, one a trait.
        public let rawValue: UInt8
        /// Makes a set from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Heavier strokes.
        public static let bold = Traits(rawValue: 1)
        /// A line under the text in the text's own ink.
        public static let underline = Traits(rawValue: 2)
        /// A line under the text in the error's ink, for the wrong token.
        public static let errorUnderline = Traits(rawValue: 4)
        /// Text and ground exchanged.
        public static let inverse = Traits(rawValue: 8)
        /// Weaker, as the missing stages' tabs are.
        public static let dim = Traits(rawValue: 16)
    }

    /// What the text means.
    public var ink: Ink
    /// What lies behind it.
    public var ground: Ground
    /// How it is set.
    public var traits: Traits

    /// Plain text on the panel, unless told otherwise.
    public init(_ ink: Ink = .text, on ground: Ground = .panel, _ traits: Traits = []) {
        self.ink = ink
        self.ground = ground
        self.traits = traits
    }
}
