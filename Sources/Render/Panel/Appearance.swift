extension GridRenderer {
    /// How a panel looks, apart from its text.
    public struct Appearance: Hashable, Sendable {
        /// The colours.
        public var theme: Theme
        /// Pixels an em, 12 to 72 on the desktop.
        public var textSize: Int
        /// How much of the theme's backing lies between text and picture, 0 to 1.
        ///
        /// Towards 0 the glyphs get an outline, and of the grounds only selection, errors and the
        /// like stay, faintly.
        public var backing: Double
        /// Of the whole panel, 0 to 1, while it opens.
        ///
        /// Changing it costs nothing.
        public var opacity: Double
        /// Radius of the corners in pixels.
        public var cornerRadius: Int
        /// A line of the accent at 17 % along the edge.
        public var hairline: Bool
        /// A soft shadow on the picture around the panel.
        ///
        /// Not for a panel that fills its own texture.
        public var shadow: Bool
        /// A row's height in em.
        public var lineHeight = 1.45

        /// LOOK's defaults.
        public init(
            theme: Theme = .dark, textSize: Int = 18, backing: Double = 0.92, opacity: Double = 1,
            cornerRadius: Int = 10, hairline: Bool = true, shadow: Bool = true
        ) {
            (self.theme, self.textSize, self.backing) = (theme, textSize, backing)
            (self.opacity, self.cornerRadius) = (opacity, cornerRadius)
            (self.hairline, self.shadow) = (hairline, shadow)
        }

        /// How strong the outline round glyphs is: full up to half a backing, none from 0.85 on.
        ///
        /// Half a backing over a white picture is a middle gray, on which light text alone cannot
        /// be read.
        var outlineStrength: Float { Float(min(max((0.85 - backing) / 0.35, 0), 1)) }

        /// Whether two appearances differ in nothing that is baked into a panel's rectangles.
        func isBuiltLike(_ other: Appearance) -> Bool {
            var copy = other
            copy.opacity = opacity
            return self == copy
        }
    }
}
