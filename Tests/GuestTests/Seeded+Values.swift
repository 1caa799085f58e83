import TestSupport

extension Seeded {
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
