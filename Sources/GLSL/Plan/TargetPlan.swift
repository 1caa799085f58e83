/// What a pass draws into.
public struct TargetPlan: Codable, Sendable, Hashable {
    /// Its size in pixels; that of the picture unless told otherwise.
    public var size: SizePlan
    /// What its pixels are.
    public var format: PixelFormat
    /// Whether what was drawn in the frame before is still there when the pass begins to draw.
    public var isPersistent: Bool
    /// Whether the pass, or one before it, reads what it drew in the frame before: it has two pictures in turn then.
    public var isDoubled: Bool
    /// Whether smaller copies are made of it after each drawing.
    public var hasMipmaps: Bool

    /// A target; of the picture's size and kind unless told otherwise.
    public init(
        size: SizePlan = .init(), format: PixelFormat = .rgba8, isPersistent: Bool = false,
        isDoubled: Bool = false, hasMipmaps: Bool = false
    ) {
        (self.size, self.format) = (size, format)
        (self.isPersistent, self.isDoubled, self.hasMipmaps) = (isPersistent, isDoubled, hasMipmaps)
    }
}

/// A size in pixels: two expressions over the picture's own, as ISF and `sketch.toml` have them.
public struct SizePlan: Codable, Sendable, Hashable {
    /// Pixels across.
    public var width: SizeExpression
    /// Pixels from bottom to top.
    public var height: SizeExpression

    /// The picture's size.
    public init() { (width, height) = (.pictureWidth, .pictureHeight) }

    /// A size of two expressions.
    public init(width: SizeExpression, height: SizeExpression) {
        (self.width, self.height) = (width, height)
    }

    /// The most pixels a side; what is larger is made so large.
    public static let limit = 8192

    /// The size for a picture's size and the present values, each side from 1 to `limit`.
    public func size(
        width: Int, height: Int, values: (String) -> Double? = { _ in nil }
    ) -> (width: Int, height: Int) {
        func side(_ expression: SizeExpression) -> Int {
            let value = expression.value(
                width: Double(width), height: Double(height), values: values)
            return value.isFinite ? Int(max(1, min(value, Double(Self.limit)))) : 1
        }
        return (side(self.width), side(self.height))
    }
}

/// A parsed expression over a picture's size; it is a tree and never code.
public indirect enum SizeExpression: Codable, Sendable, Hashable {
    case number(Double)
    case pictureWidth
    case pictureHeight
    /// A tweakable value, by its name.
    case value(String)
    case negated(SizeExpression)
    case operation(Operation, SizeExpression, SizeExpression)
    /// One of `floor`, `ceil`, `round`, `abs`, `sqrt`.
    case function(Function, SizeExpression)

    /// What two numbers give.
    public enum Operation: String, Codable, Sendable, CaseIterable {
        case add, subtract, multiply, divide, remainder, power, min, max
    }

    /// What one number gives.
    public enum Function: String, Codable, Sendable, CaseIterable {
        case floor, ceil, round, abs, sqrt
    }

    /// What it comes to; values that nobody knows are 0.
    public func value(
        width: Double, height: Double, values: (String) -> Double? = { _ in nil }
    ) -> Double {
        func of(_ expression: SizeExpression) -> Double {
            expression.value(width: width, height: height, values: values)
        }
        switch self {
        case .number(let number): return number
        case .pictureWidth: return width
        case .pictureHeight: return height
        case .value(let name): return values(name) ?? 0
        case .negated(let inner): return -of(inner)
        case .operation(let operation, let left, let right):
            let (a, b) = (of(left), of(right))
            switch operation {
            case .add: return a + b
            case .subtract: return a - b
            case .multiply: return a * b
            case .divide: return a / b
            case .remainder: return a.truncatingRemainder(dividingBy: b)
            case .power: return a.raised(to: b)
            case .min: return Swift.min(a, b)
            case .max: return Swift.max(a, b)
            }
        case .function(let function, let inner):
            let a = of(inner)
            switch function {
            case .floor: return a.rounded(.down)
            case .ceil: return a.rounded(.up)
            case .round: return a.rounded()
            case .abs: return Swift.abs(a)
            case .sqrt: return a.squareRoot()
            }
        }
    }
}

extension Double {
    /// A power with a whole exponent of at most 64; no other makes a size.
    fileprivate func raised(to exponent: Double) -> Double {
        guard exponent == exponent.rounded(), Swift.abs(exponent) <= 64 else { return .nan }
        let power = (0..<Int(Swift.abs(exponent))).reduce(1.0) { product, _ in product * self }
        return exponent < 0 ? 1 / power : power
    }
}

/// What a pixel of a target, an image or a texture is made of, by the names that GLSL has for image formats.
public enum PixelFormat: String, Codable, Sendable, CaseIterable {
    case rgba8, rgba16f, rgba32f, rg8, rg16f, rg32f, r8, r16f, r32f
    case rgba8ui, rgba32ui, rgba32i, r32ui, r32i

    /// Bytes a pixel.
    public var bytes: Int {
        switch self {
        case .r8: 1
        case .rg8, .r16f: 2
        case .rgba8, .rg16f, .r32f, .rgba8ui, .r32ui, .r32i: 4
        case .rgba16f, .rg32f: 8
        case .rgba32f, .rgba32ui, .rgba32i: 16
        }
    }
}
