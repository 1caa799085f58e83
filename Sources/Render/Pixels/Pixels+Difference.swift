extension Pixels {
    /// How far two pictures are apart, over all bytes but alpha's.
    public struct Difference: Equatable, Sendable {
        /// The mean distance of a byte, 0 to 255.
        public var mean: Double
        /// The largest distance of a byte, 0 to 255.
        public var max: Int
        /// The share of pixels, 0 to 1, of which some byte is farther off than the tolerance.
        public var share: Double
    }

    /// Compares two pictures; nil where their sizes differ.
    ///
    /// - Parameter tolerance: how far a byte may be off before its pixel counts in `share`.
    public func difference(from other: Pixels, tolerance: Int = 8) -> Difference? {
        guard width == other.width, height == other.height else { return nil }
        let count = width * height
        guard count > 0 else { return Difference(mean: 0, max: 0, share: 0) }
        var (sum, largest, over) = (0, 0, 0)
        for pixel in 0..<count {
            var worst = 0
            for channel in 0..<3 {
                let index = 4 * pixel + channel
                let distance = abs(Int(rgba[index]) - Int(other.rgba[index]))
                sum += distance
                worst = Swift.max(worst, distance)
            }
            largest = Swift.max(largest, worst)
            if worst > tolerance { over += 1 }
        }
        return Difference(
            mean: Double(sum) / Double(3 * count), max: largest, share: Double(over) / Double(count)
        )
    }
}
