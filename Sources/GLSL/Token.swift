/// What a token is, for colours and for rewriting.
public enum TokenKind: UInt8, Sendable, CaseIterable {
    /// A name of the user's own.
    case identifier
    /// A word of the language: `for`, `uniform`, `layout`; reserved words, too.
    case keyword
    /// A type of the language: `vec3`, `sampler2D`.
    case type
    /// A function of the language, where it is called.
    case builtinFunction
    /// A variable or constant of the language: `gl_FragCoord`.
    case builtinVariable
    /// A uniform that Phosphor fills: `iTime`.
    case builtinUniform
    /// A name of the user's own with `(` behind it.
    case function
    /// A number: `1.e-3f`, `0x1Fu`.
    case number
    /// An operator: `<<=`, `.`, `##`.
    case `operator`
    /// One of `( ) [ ] { } , ;`.
    case punctuation
    /// `#` and the directive's name; what follows it on the line is lexed as code is.
    case preprocessor
    /// A comment, or the part of it on this line.
    case comment
    /// Quoted text, the name in `<>` behind `#include`, or the words behind `#error`.
    case string
    /// Bytes that no GLSL has, and numbers that are none: `1abc`.
    case invalid
}

/// A token: what it is and where.
public struct Token: Sendable, Equatable {
    /// What it is.
    public var kind: TokenKind
    /// The bytes of UTF-8 that it spans, counted from the start of the line or source.
    public var range: Range<Int>

    /// Makes a token.
    public init(_ kind: TokenKind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }
}

/// What a line inherits from those above it.
///
/// Two lines with equal text and equal states have equal tokens; so a highlighter may stop lexing
/// as soon as the state at a line's end is what it was before the edit.
public struct LineState: RawRepresentable, Hashable, Sendable {
    /// The state's bits.
    public var rawValue: UInt8

    /// Makes a state from its bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The state at the start of a source.
    public static let initial = LineState(rawValue: 0)

    /// The state at the start of a plan (`sketch.toml`), which is TOML, as are all lines below it.
    public static let toml = LineState(rawValue: 32)

    static let blockComment: UInt8 = 1
    static let lineComment: UInt8 = 2
    static let directive: UInt8 = 4
    static let directiveText: UInt8 = 8
    static let code: UInt8 = 16

    /// Whether the line begins inside a block comment.
    public var isInBlockComment: Bool { rawValue & Self.blockComment != 0 }
    /// Whether the line begins inside a `//` comment that a backslash continued.
    public var isInLineComment: Bool { rawValue & Self.lineComment != 0 }
    /// Whether the line is one of TOML.
    public var isTOML: Bool { rawValue & Self.toml.rawValue != 0 }
    /// Whether the line goes on with a preprocessor directive.
    public var isInDirective: Bool { rawValue & Self.directive != 0 }
}
