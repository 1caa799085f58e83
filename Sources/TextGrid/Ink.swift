/// What a piece of text means, from which a theme derives its colour.
public enum Ink: Hashable, Sendable {
    case text, secondary, lineNumber, accent
    case keyword, type, function, number, builtin, preprocessor, comment, string, `operator`
    case good, error, slow, trying
    /// A colour of the program's own, as a shell in the terminal asks for; sRGB, 0xRRGGBB.
    case rgb(UInt32)
}

/// What lies behind a piece of text.
public enum Ground: Hashable, Sendable {
    /// The panel's own backing.
    case panel
    /// The darker ground of tabs and status line.
    case bar
    case currentLine, errorLine, slowLine, selection, match, activeTab
    /// The ground that an accent-coloured caret block or button has, under dark text.
    case accent
    /// A colour of the program's own; sRGB, 0xRRGGBB.
    case rgb(UInt32)
}
