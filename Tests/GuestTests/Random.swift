/// A small generator that gives the same numbers for the same seed (splitmix64).
struct Random: RandomNumberGenerator {
    private var seed: UInt64

    init(seed: Int) { self.seed = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var z = seed
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
    mutating func bool() -> Bool { next() & 1 == 1 }
    mutating func number() -> Double { Double(Int64(bitPattern: next())) / 65536 }

    mutating func text(_ longest: Int = 40) -> String {
        let letters = ["a", "Z", "9", " ", "\n", "ä", "€", "🙂", "\u{0}", ":"]
        return (0..<below(longest)).map { _ in letters[below(letters.count)] }.joined()
    }

    mutating func bytes(_ longest: Int) -> [UInt8] {
        (0..<below(longest)).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}
