/// A colour in sRGB, as a theme gives it; components from 0 to 1, alpha not multiplied in.
public struct Color: Hashable, Sendable {
    /// Red, sRGB-encoded.
    public var red: Float
    /// Green, sRGB-encoded.
    public var green: Float
    /// Blue, sRGB-encoded.
    public var blue: Float
    /// From 0 (not seen) to 1.
    public var alpha: Float

    /// Makes a colour from components between 0 and 1.
    public init(red: Float, green: Float, blue: Float, alpha: Float = 1) {
        (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    }

    /// Makes a colour from 0xRRGGBB.
    public init(_ hex: UInt32, alpha: Float = 1) {
        self.init(
            red: Float(hex >> 16 & 255) / 255, green: Float(hex >> 8 & 255) / 255,
            blue: Float(hex & 255) / 255, alpha: alpha)
    }

    /// The same colour with its alpha multiplied.
    public func faded(_ factor: Float) -> Color {
        var result = self
        result.alpha *= factor
        return result
    }

    /// The colour a share of the way towards another one; alpha stays.
    func mixed(with other: Color, _ share: Float) -> Color {
        Color(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share,
            blue: blue + (other.blue - blue) * share, alpha: alpha)
    }

    /// What is seen where it lies over an opaque colour, blended in sRGB bytes as the window does.
    public func over(_ below: Color) -> Color {
        Color(
            red: red * alpha + below.red * (1 - alpha),
            green: green * alpha + below.green * (1 - alpha),
            blue: blue * alpha + below.blue * (1 - alpha))
    }

    /// Relative luminance, from 0 to 1 (WCAG 2.2); alpha is not looked at.
    public var luminance: Float {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// Contrast between two opaque colours, from 1 to 21 (WCAG 2.2).
    public func contrast(with other: Color) -> Float {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// One component from sRGB to linear light (IEC 61966-2-1).
    static func linear(_ value: Float) -> Float {
        value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4)
    }

    /// The bytes R, G, B, A in memory order, as a vertex attribute takes them.
    var bytes: UInt32 {
        func byte(_ value: Float) -> UInt32 { UInt32(min(max(value, 0), 1) * 255 + 0.5) }
        return byte(red) | byte(green) << 8 | byte(blue) << 16 | byte(alpha) << 24
    }
}
