import GLSL

/// Good shaders with one to four things wrong.
enum Mutation {
    private static let names = ["deletion", "duplication", "swap", "number", "splice", "name"]

    private static let numbers = [
        "0", "-1", "1e38", "-1e38", "1e-45", "2147483647", "-2147483648", "4294967295u", "1000000",
        "65535", "0.0", "1.0/0.0", "999999999999", "0x7fffffff",
    ]

    /// A mutant of one of the shaders, and what was done to it last.
    static func make(of shaders: [String], _ random: inout SplitMix) -> (
        kind: String, text: String
    ) {
        var text = shaders[random.below(shaders.count)]
        var kind = names[0]
        for _ in 0..<(1 + random.below(4)) {
            kind = names[random.below(names.count)]
            text = mutate(text, kind, shaders, &random)
        }
        return (kind, text)
    }

    private static func mutate(
        _ text: String, _ kind: String, _ shaders: [String], _ random: inout SplitMix
    ) -> String {
        let bytes = Array(text.utf8)
        let tokens = Lexer.tokens(of: text).map(\.range)
        guard tokens.count > 8 else { return text }
        let (first, second) = (random.below(tokens.count - 1), random.below(tokens.count - 1))
        let one = tokens[first]
        // A run of tokens, as a slip of the hand with a selection takes away.
        let run =
            one.lowerBound..<tokens[min(tokens.count - 1, first + random.below(12))].upperBound
        var result = bytes
        switch kind {
        case "deletion": result.removeSubrange(run)
        case "duplication":
            result.insert(contentsOf: [32] + bytes[run], at: tokens[second].lowerBound)
        case "swap":
            let (a, b) = (tokens[min(first, second)], tokens[max(first, second)])
            guard a.upperBound <= b.lowerBound else { return text }
            result.replaceSubrange(b, with: bytes[a])
            result.replaceSubrange(a, with: bytes[b])
        case "number":
            let digits = tokens.filter { (48...57).contains(bytes[$0.lowerBound]) }
            guard !digits.isEmpty else { return text }
            let number = numbers[random.below(numbers.count)]
            result.replaceSubrange(digits[random.below(digits.count)], with: Array(number.utf8))
        case "splice":
            let other = Array(shaders[random.below(shaders.count)].utf8)
            let cut = random.below(other.count)
            result = Array(bytes[..<one.lowerBound]) + other[cut...]
        default: result.replaceSubrange(one, with: bytes[tokens[second]])
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension SplitMix {
    /// A number from 0 up to, not including, `count`, which is at least 1.
    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
}
