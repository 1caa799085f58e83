public import TextGrid

/// Which colour each meaning has: the only place where a colour of the interface is written down.
///
/// Every ink keeps a contrast of 4.5 or more against the backing at 0.92 over a white and over a
/// black picture, blended in sRGB; the tests hold every theme to that. Inks of the program's own
/// (`.rgb`) are taken as they are.
public struct Theme: Hashable, Sendable {
    /// The name by which `named(_:)` finds it.
    public let name: String
    /// The panel's own colour, opaque; how much of it is seen is the appearance's `backing`.
    public let backing: Color
    /// Carets, hairlines, what is good.
    public let accent: Color
    /// Whether text is darker than what it lies on.
    public let isLight: Bool

    let palette: Palette

    /// The colours of the inks that are not derived from another one, and of the grounds with their
    /// alphas.
    struct Palette: Hashable, Sendable {
        var text, secondary, lineNumber, keyword, type, number, builtin: Color
        var preprocessor, string, `operator`, error, slow, trying: Color
        var bar, currentLine, errorLine, slowLine, selection, match, activeTab: Color
    }

    init(name: String, backing: Color, accent: Color, isLight: Bool = false, palette: Palette) {
        (self.name, self.backing, self.accent) = (name, backing, accent)
        (self.isLight, self.palette) = (isLight, palette)
    }

    /// The colour of text of this meaning, opaque.
    public func color(_ ink: Ink) -> Color {
        switch ink {
        case .text: palette.text
        case .secondary, .comment: palette.secondary
        case .lineNumber: palette.lineNumber
        case .accent, .function, .good: accent
        case .keyword: palette.keyword
        case .type: palette.type
        case .number: palette.number
        case .builtin: palette.builtin
        case .preprocessor: palette.preprocessor
        case .string: palette.string
        case .operator: palette.operator
        case .error: palette.error
        case .slow: palette.slow
        case .trying: palette.trying
        case .rgb(let hex): Color(hex)
        }
    }

    /// The colour that lies between a piece of text and the backing, with its alpha; 0 for the
    /// panel itself.
    public func color(_ ground: Ground) -> Color {
        switch ground {
        case .panel: backing.faded(0)
        case .bar: palette.bar
        case .currentLine: palette.currentLine
        case .errorLine: palette.errorLine
        case .slowLine: palette.slowLine
        case .selection: palette.selection
        case .match: palette.match
        case .activeTab: palette.activeTab
        case .accent: accent
        case .rgb(let hex): Color(hex)
        }
    }
}
