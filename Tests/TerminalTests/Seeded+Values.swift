import TestSupport

extension Seeded {
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

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
