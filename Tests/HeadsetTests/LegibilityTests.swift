import Headset
import Testing

/// The arithmetic of text that can be read.
struct LegibilityTests {
    /// 80 columns by 24 rows of JetBrains Mono, whose columns are 0.6 em.
    private let editor = SIMD2<Float>(80 * 0.6, 24 * Legibility.lineHeight)

    @Test func eightyColumnsByTwentyFourRowsFitTheView() {
        let at1m = editor * Legibility.metres(dmm: Legibility.standard, distance: 1)
        let wide = degrees(Legibility.angle(metres: at1m.x, distance: 1))
        let high = degrees(Legibility.angle(metres: at1m.y, distance: 1))
        #expect(abs(wide - 51.3) < 0.1, "\(wide)")
        #expect(abs(high - 32.1) < 0.1, "\(high)")
    }

    @Test func dmmIsMillimetresAtAMetre() {
        #expect(abs(Legibility.metres(dmm: 20, distance: 1.5) - 0.03) < 1e-6)
        #expect(abs(Legibility.dmm(metres: 0.03, distance: 1.5) - 20) < 1e-4)
        #expect(Legibility.dmm(metres: 1, distance: 0) == 0)
    }

    /// A head of 1344 pixels for 97 degrees: 589 pixels a unit of tangent, so 20 dmm are 11.8 of them.
    @Test func anEmHasAboutTwoTexelsForEachPixelOfTheDisplay() {
        let view = FieldOfView(left: -0.9076, right: 0.7854, up: 0.87, down: -0.87)
        #expect(abs(Legibility.pixelsPerTangent(view, width: 1344) - 589) < 2)
        #expect(Legibility.textPixels(dmm: 20, view: view, width: 1344) == 24)
        #expect(Legibility.textPixels(dmm: 12, view: view, width: 300) == 16, "no smaller")
        #expect(Legibility.textPixels(dmm: 50, view: view, width: 4000) == 96, "no larger")
    }
}
