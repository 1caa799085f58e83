import GLSL

/// How people write and read values.
extension ValuePlan {
    /// The numbers that words of a command mean, as many as this value has.
    func numbers(_ words: [Substring]) throws(SketchValues.Refusal) -> [Double] {
        var numbers: [Double] = []
        for word in words { numbers.append(try number(word)) }
        // Opaque, where only red, green and blue are said.
        if kind == .color, numbers.count == 3 { numbers.append(1) }
        guard numbers.count == kind.count else {
            throw SketchValues.Refusal(
                description: "\(name) is a \(kind.rawValue) and takes \(countWords), "
                    + "not \(numbers.count)")
        }
        switch kind {
        case .int, .bool, .event:
            guard numbers[0] == numbers[0].rounded() else {
                throw SketchValues.Refusal(
                    description: "\(name) takes whole numbers, not \(Self.text(numbers))")
            }
            if kind != .int { numbers[0] = numbers[0] == 0 ? 0 : 1 }
        case .direction:
            let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0, length.isFinite else {
                throw SketchValues.Refusal(
                    description: "\(name) is a direction: \(Self.text(numbers)) points nowhere")
            }
            numbers = numbers.map { $0 / length }
        case .float, .point, .vector, .color: break
        }
        guard isChoice(numbers) else {
            throw SketchValues.Refusal(
                description: "\(name) is one of \(choiceWords), not \(Self.text(numbers))")
        }
        return numbers
    }

    private func number(_ word: Substring) throws(SketchValues.Refusal) -> Double {
        if let number = Double(word), abs(number) <= Double(Float.greatestFiniteMagnitude) {
            return number
        }
        switch (kind, word.lowercased()) {
        case (.bool, "true"), (.bool, "on"), (.event, "on"): return 1
        case (.bool, "false"), (.bool, "off"), (.event, "off"): return 0
        default: break
        }
        if let choice = choices.first(where: { $0.label.lowercased() == word.lowercased() }) {
            return Double(choice.value)
        }
        throw SketchValues.Refusal(
            description: "\(name) takes \(countWords); '\(word)' is not a number")
    }

    private var countWords: String {
        switch kind {
        case .bool, .event: "1 or 0"
        case .float, .int: "1 number"
        case .color: "3 or 4 numbers"
        case .point, .vector, .direction: "\(kind.count) numbers"
        }
    }

    private var choiceWords: String {
        choices.map { choice in
            choice.label == String(choice.value) ? choice.label : "\(choice.value) \(choice.label)"
        }.joined(separator: ", ")
    }

    /// Whether numbers are among the choices, where there are any.
    func isChoice(_ numbers: [Double]) -> Bool {
        choices.isEmpty || choices.contains { numbers == [Double($0.value)] }
    }

    /// Numbers within least and most.
    func clamped(_ numbers: [Double]) -> [Double] {
        numbers.enumerated().map { index, number in
            var number = number
            if index < most.count { number = min(number, most[index]) }
            if index < least.count { number = max(number, least[index]) }
            return number
        }
    }

    /// From where to where it goes, or what there is to choose; nil without limits.
    var range: String? {
        if !choices.isEmpty { return choiceWords }
        if kind == .bool || kind == .event { return "0 or 1" }
        guard !least.isEmpty || !most.isEmpty else { return nil }
        func side(_ numbers: [Double]) -> String {
            guard let first = numbers.first else { return "any" }
            return numbers.allSatisfy { $0 == first } ? Self.text([first]) : Self.text(numbers)
        }
        return "\(side(least)) to \(side(most))"
    }

    /// Numbers as a command takes them.
    static func text(_ numbers: [Double]) -> String {
        numbers.map { number in
            // Rounded to what a float carries; 0.30000001192 is nothing that anybody typed.
            if let whole = Int(exactly: number), abs(whole) < 1_000_000_000 { return String(whole) }
            return Float(number).description
        }.joined(separator: " ")
    }
}
