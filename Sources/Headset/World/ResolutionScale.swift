import Glibc

/// How large a share of the full size a sketch is drawn at, a side, so that it keeps to the budget (`scale auto`).
///
/// Sixteen sizes from a quarter to the whole, each about a tenth larger than the one before. At most one change a second:
/// down at once where the time is over the budget, by as many sizes as it takes; up by one where the next size, at a cost
/// that grows with its area, would still leave a tenth. Where going up was followed by going down, it waits longer
/// and longer before it tries again.
public struct ResolutionScale: Sendable, Equatable {
    /// How many sizes there are.
    public static let sizes = 16
    /// From one size to the next: 4 to the power of 1/15.
    public static let step: Float = 1.096_825
    /// The least time between two changes, in seconds.
    public static let pause: Double = 1
    /// The share of the budget that a larger size may take.
    static let margin: Float = 0.9
    /// Frames after a change that were still drawn at the old size, or are slow for being the first.
    static let ignored = 4
    /// How long it waits before it goes up, in seconds, at first.
    static let firstPatience: Double = 4

    /// Whether the scale follows the budget; where not, it is what was set.
    public private(set) var isAutomatic = true
    private var level = sizes - 1
    private var fixed: Float?
    private var changed = -Double.infinity
    private var rose = -Double.infinity
    private var patience = firstPatience
    private var skip = 0
    private var samples = SIMD16<Float>()
    private var count = 0

    /// Automatic, from the full size.
    public init() {}

    /// The share a side, 0.25 to 1.
    public var value: Float { fixed ?? Self.share(level) }

    private static func share(_ level: Int) -> Float {
        level >= sizes - 1 ? 1 : exp2(-2 * Float(sizes - 1 - level) / Float(sizes - 1))
    }

    /// A size in pixels at this scale: whole numbers, at least 16.
    public func applied(to size: ImageSize) -> ImageSize {
        func scaled(_ pixels: Int) -> Int { max(16, Int((Float(pixels) * value).rounded())) }
        return ImageSize(width: scaled(size.width), height: scaled(size.height))
    }

    /// Follows the budget from now on, beginning with the present size.
    public mutating func setAutomatic() {
        if let fixed {
            level = (0..<Self.sizes).last { Self.share($0) <= fixed + 1e-3 } ?? 0
        }
        (fixed, isAutomatic) = (nil, true)
        forget()
    }

    /// Stays at a share, as far as 0.25 to 1 goes.
    public mutating func setFixed(_ share: Float) {
        guard share.isFinite else { return }
        (fixed, isAutomatic) = (share.clamped(to: 0.25...1), false)
    }

    /// Forgets what was measured, as for another sketch; the size stays.
    public mutating func forget() {
        (count, skip, patience) = (0, Self.ignored, Self.firstPatience)
    }

    /// Takes in what a frame cost; whether the scale has changed.
    ///
    /// - Parameters:
    ///   - milliseconds: of the GPU, at the present scale.
    ///   - budget: in milliseconds.
    ///   - now: in seconds, of any clock that goes on evenly.
    @discardableResult
    public mutating func note(milliseconds: Float, budget: Float, now: Double) -> Bool {
        guard isAutomatic, milliseconds.isFinite, milliseconds >= 0, budget > 0 else {
            return false
        }
        guard skip == 0 else {
            skip -= 1
            return false
        }
        samples[count % 16] = milliseconds
        count += 1
        // Eight say enough where it is too slow already; all sixteen are wanted for going up.
        guard count >= 8, now - changed >= Self.pause else { return false }
        let typical = median
        if typical > budget, level > 0 {
            // Going up is what made it too slow: it was no good idea, and will not be one soon.
            if now - rose < patience + 2 { patience = min(patience * 2, 120) }
            let wanted = value * (budget * Self.margin / typical).squareRoot()
            level = min(level - 1, (0..<Self.sizes).last { Self.share($0) <= wanted } ?? 0)
            return change(now)
        }
        if count >= 16, level < Self.sizes - 1, now - changed >= patience || typical < budget / 2 {
            let ratio = Self.share(level + 1) / Self.share(level)
            guard typical * ratio * ratio <= budget * Self.margin else { return false }
            level += 1
            rose = now
            return change(now)
        }
        return false
    }

    private mutating func change(_ now: Double) -> Bool {
        changed = now
        (count, skip) = (0, Self.ignored)
        return true
    }

    /// The middle one of the newest samples: a single hitch says nothing.
    private var median: Float {
        var (sorted, n) = (samples, min(count, 16))
        for index in 1..<n {
            var at = index
            while at > 0, sorted[at - 1] > sorted[at] {
                (sorted[at - 1], sorted[at]) = (sorted[at], sorted[at - 1])
                at -= 1
            }
        }
        n -= 1
        return (sorted[n / 2] + sorted[n - n / 2]) / 2
    }
}
