import Glibc

/// How large text must be, by angle: in dmm, where 1 dmm is a millimetre at a metre.
///
/// The arithmetic of an editor of 80 columns by 24 rows with text of 20 dmm: an em is 20 mm at a metre. JetBrains Mono's
/// columns are 0.6 em wide, so 80 of them are 0.96 m at a metre, which is 2 atan(0.48) = 51.3 degrees. 24 rows of 1.2 em
/// are 0.576 m, 2 atan(0.288) = 32.1 degrees; with the 1.45 em of the window they would be 0.696 m and 38.4 degrees,
/// which is more than eyes take in without the neck's help. So a panel in a headset has rows of 1.2 em.
public struct Legibility: Sendable {
    /// What text may measure, in dmm: below, current headsets cannot show it; above, a panel no longer fits the view.
    public static let range: ClosedRange<Float> = 12...50
    /// What text measures unless told otherwise, in dmm.
    public static let standard: Float = 20
    /// A row's height in ems, in a headset.
    public static let lineHeight: Float = 1.2
    /// Texels of a panel's picture to a pixel of the display: the compositor samples it slanted, and half a texel is lost.
    public static let texelsPerPixel: Float = 2

    /// Metres that text of a size in dmm measures at a distance in metres.
    public static func metres(dmm: Float, distance: Float) -> Float { dmm / 1000 * distance }

    /// The size in dmm of what measures so many metres at a distance in metres; 0 where there is no distance.
    public static func dmm(metres: Float, distance: Float) -> Float {
        distance > 1e-6 ? metres / distance * 1000 : 0
    }

    /// The angle in radians that something flat of a size in metres takes up, seen from before its middle.
    public static func angle(metres: Float, distance: Float) -> Float {
        2 * atan2(metres / 2, max(distance, 1e-6))
    }

    /// A picture's size in ems of its text, as `PanelStand` wants it: pixels by the pixels of an em.
    public static func ems(of picture: ImageSize, textPixels: Int) -> SIMD2<Float> {
        SIMD2(Float(picture.width), Float(picture.height)) / Float(max(textPixels, 1))
    }

    /// Pixels of an eye's picture to a unit of tangent, straight ahead, by its width: what one metre at a metre takes.
    public static func pixelsPerTangent(_ view: FieldOfView, width: Int) -> Float {
        let span = tangent(view.right) - tangent(view.left)
        return span > 1e-3 ? Float(width) / span : Float(width)
    }

    /// Pixels that an em of a panel's picture should have, so that it has about two texels a pixel of the display.
    ///
    /// A whole and even number, 16 at least and 96 at most, so that glyphs are few and a panel's picture fits.
    public static func textPixels(
        dmm: Float, view: FieldOfView, width: Int, texelsPerPixel: Float = texelsPerPixel
    ) -> Int {
        let em = dmm / 1000 * pixelsPerTangent(view, width: width) * texelsPerPixel
        guard em.isFinite else { return 32 }
        return min(max(2 * Int((em / 2).rounded(.up)), 16), 96)
    }
}
