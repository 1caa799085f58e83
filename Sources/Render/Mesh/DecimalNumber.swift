import Glibc

/// Numbers as text files have them: with a point, whatever the machine's language has.
enum DecimalNumber {
    /// A finite number: `1`, `-.5`, `2.`, `1e-3`; nil for anything else.
    static func read(_ text: ArraySlice<UInt8>) -> Float? {
        var rest = text
        let isNegative = sign(&rest)
        // Digits beyond what a double holds only move its point.
        var (mantissa, exponent, digits) = (0.0, 0, 0)
        func digit() -> Double? {
            rest.first.flatMap { (48...57).contains($0) ? Double($0 - 48) : nil }
        }
        while let value = digit() {
            if mantissa < 1e17 { mantissa = mantissa * 10 + value } else { exponent += 1 }
            digits += 1
            rest = rest.dropFirst()
        }
        if rest.first == 46 {
            rest = rest.dropFirst()
            while let value = digit() {
                if mantissa < 1e17 {
                    mantissa = mantissa * 10 + value
                    exponent -= 1
                }
                digits += 1
                rest = rest.dropFirst()
            }
        }
        guard digits > 0 else { return nil }
        if rest.first == 101 || rest.first == 69 {
            guard let more = readInteger(rest.dropFirst()), abs(more) <= 1000 else { return nil }
            exponent += more
            rest = []
        }
        guard rest.isEmpty else { return nil }
        guard mantissa > 0 else { return 0 }
        let value =
            exponent < 0 && exponent > -300
            ? mantissa / pow(10, Double(-exponent))
            : mantissa * pow(10, Double(exponent))
        let number = Float(isNegative ? -value : value)
        return number.isFinite ? number : nil
    }

    /// A whole number of at most nine digits.
    static func readInteger(_ text: ArraySlice<UInt8>) -> Int? {
        var rest = text
        let isNegative = sign(&rest)
        guard (1...9).contains(rest.count), rest.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        let value = rest.reduce(0) { $0 * 10 + Int($1 - 48) }
        return isNegative ? -value : value
    }

    private static func sign(_ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == 45 || rest.first == 43 else { return false }
        return rest.removeFirst() == 45
    }
}
