/// Numbers that a seed determines, so that a failing case can be had again (Steele, Lea, Flood: SplitMix64).
public struct Seeded: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator for one case.
    public init(seed: Int) {
        // Not a multiple of the step below: neighbouring seeds would give the same numbers, one place shifted.
        state = (UInt64(truncatingIfNeeded: seed) &+ 1) &* 0xD134_2543_DE82_EF95
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `limit`, which is at least 1.
    public mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    /// One of some, of which there is at least one.
    public mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[below(choices.count)]
    }
}
