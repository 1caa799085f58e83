import Render
import Testing
import TextGrid

@Suite struct ThemeTests {
    static let inks: [Ink] = [
        .text, .secondary, .lineNumber, .accent, .keyword, .type, .function, .number, .builtin,
        .preprocessor, .comment, .string, .operator, .good, .error, .slow, .trying,
    ]

    /// What the backing at 0.92 looks like over a picture of one colour.
    static func seen(_ theme: Theme, over picture: Color) -> Color {
        theme.backing.faded(0.92).over(picture)
    }

    @Test(arguments: Theme.all, [Color(0xffffff), Color(0x000000)])
    func everyInkIsLegible(theme: Theme, picture: Color) {
        let backing = Self.seen(theme, over: picture)
        for ink in Self.inks {
            let contrast = theme.color(ink).contrast(with: backing)
            #expect(contrast >= 4.5, "\(theme.name): \(ink) has a contrast of \(contrast)")
        }
    }

    /// Text and what marks a line stay legible on the grounds that they stand on.
    @Test(arguments: Theme.all, [Color(0xffffff), Color(0x000000)])
    func inksAreLegibleOnTheirGrounds(theme: Theme, picture: Color) {
        let backing = Self.seen(theme, over: picture)
        let pairs: [(Ground, [Ink])] = [
            (.bar, [.text, .secondary, .good, .error, .slow, .trying, .accent]),
            (.activeTab, [.accent, .text, .error]), (.currentLine, [.text, .lineNumber, .error]),
            (.errorLine, [.text, .error]), (.slowLine, [.text, .slow]), (.selection, [.text]),
            (.match, [.text]),
        ]
        for (ground, inks) in pairs {
            let below = theme.color(ground).over(backing)
            for ink in inks {
                let contrast = theme.color(ink).contrast(with: below)
                #expect(contrast >= 4.5, "\(theme.name): \(ink) on \(ground) has \(contrast)")
            }
        }
        #expect(theme.backing.contrast(with: theme.accent) >= 4.5, "text on the accent")
    }

    @Test func namesFindThemes() {
        #expect(Theme.named("dark") == .dark)
        #expect(Theme.named("light")?.isLight == true)
        #expect(Theme.named("contrast") != nil)
        #expect(Theme.named("sepia") == nil)
        #expect(Set(Theme.all.map(\.name)).count == Theme.all.count)
    }

    @Test func colorsOfTheProgramsOwnAreTakenAsTheyAre() {
        #expect(Theme.dark.color(Ink.rgb(0x123456)) == Color(0x123456))
        #expect(Theme.light.color(Ground.rgb(0xABCDEF)) == Color(0xABCDEF))
    }

    @Test func contrastAgreesWithTheStandard() {
        #expect(abs(Color(0xffffff).contrast(with: Color(0)) - 21) < 0.001)
        #expect(abs(Color(0x777777).contrast(with: Color(0xffffff)) - 4.478) < 0.01)
    }
}
