/// A generator of numbers that a seed determines (SplitMix64), so that a failing case can be run again.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    // Not a multiple of the step below: neighbouring seeds would give the same numbers, one place shifted.
    init(seed: Int) { state = (UInt64(truncatingIfNeeded: seed) &+ 1) &* 0xD134_2543_DE82_EF95 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[number(0...(choices.count - 1))]
    }

    /// Text of up to so many characters, awkward ones among them.
    mutating func text(upTo count: Int = 12, from minimum: Int = 0) -> String {
        let alphabet: [Character] = [
            "a", "Z", "0", " ", " ", "\t", "\n", "\r\n", "\\", "\"", "#", ";", "{",
            "}", "é", "e\u{301}", "日", "🙂", "\u{0}", "\u{7F}", "\u{85}", "\u{200B}", "\u{2028}",
            "\u{FEFF}", "\u{A0}", "/", ".",
        ]
        return String((0..<number(minimum...max(minimum, count))).map { _ in pick(alphabet) })
    }

    mutating func finite() -> Double {
        switch number(0...3) {
        case 0: Double(number(-1000...1000))
        case 1: Double(number(-1000...1000)) / 8
        case 2: Double.random(in: -1e6...1e6, using: &self)
        default: Double.random(in: -1...1, using: &self) * 1e-9
        }
    }
}
