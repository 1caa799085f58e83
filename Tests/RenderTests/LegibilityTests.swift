import Render
import Testing
import TextGrid

extension Drawing {
    /// Contrast as it comes out of the renderer, in pixels.
    @Suite struct LegibilityTests {
        /// The inkiest and the emptiest pixel of a word's row, by luminance.
        private func extremes(
            _ ink: Ink, _ look: GridRenderer.Appearance, _ backdrop: SamplePanel.Backdrop
        )
            throws -> (low: Color, high: Color)
        {
            var word = Grid(columns: 12, rows: 1)
            word.write("Hill light", column: 1, row: 0, style: Style(ink))
            let margin = 4
            let pixels = try Stage.picture(word, look, over: backdrop, margin: margin)
            let metrics = try bundledFont().metrics(pixelSize: look.textSize)
            let padding = PanelLayout.padding(metrics)
            var (low, high) = (Color(0xffffff), Color(0x000000))
            let left = margin + padding.horizontal + metrics.cellWidth
            for y in (margin + padding.vertical)..<(margin + padding.vertical + metrics.lineHeight)
            {
                for x in left..<(left + 10 * metrics.cellWidth) {
                    let bytes = pixels[x, y]
                    let color = Color(
                        red: Float(bytes.x) / 255, green: Float(bytes.y) / 255,
                        blue: Float(bytes.z) / 255)
                    if color.luminance < low.luminance { low = color }
                    if color.luminance > high.luminance { high = color }
                }
            }
            return (low, high)
        }

        @Test(arguments: Theme.all, [14, 18])
        func lettersReachTheirContrast(theme: Theme, size: Int) throws {
            for backdrop in [SamplePanel.Backdrop.white, .black] {
                for ink in ThemeTests.inks {
                    let look = GridRenderer.Appearance(theme: theme, textSize: size)
                    let (low, high) = try extremes(ink, look, backdrop)
                    let contrast = high.contrast(with: low)
                    // A stem of one pixel is not always full; the rest is in the theme's reserve.
                    #expect(
                        contrast >= 4.3,
                        "\(theme.name), \(size) px, \(backdrop): \(ink) \(contrast)")
                }
            }
        }

        /// With no backing, the outline carries the letters over any picture.
        @Test(arguments: [0, 0.25, 0.5], SamplePanel.Backdrop.allCases)
        func outlinesCarryThinBackings(backing: Double, backdrop: SamplePanel.Backdrop) throws {
            for ink in [Ink.text, .comment, .error, .keyword] {
                let look = GridRenderer.Appearance(textSize: 18, backing: backing)
                let (low, high) = try extremes(ink, look, backdrop)
                #expect(high.contrast(with: low) >= 4.5, "\(ink) over \(backdrop)")
                #expect(low.luminance < 0.05, "no dark line round \(ink) over \(backdrop)")
            }
        }
    }
}
