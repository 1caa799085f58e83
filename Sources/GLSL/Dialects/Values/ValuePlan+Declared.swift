extension ValuePlan {
    /// The value that a uniform is which nobody else fills; nil where it can be none.
    ///
    /// `float`, `int`, `uint`, `bool`, `vec2`, `vec3` and `vec4` can; three or four numbers are a colour where the name
    /// says so, four always. It begins with the uniform's initialiser; one that is more than numbers is left to the
    /// driver, and the uniform is no value then.
    ///
    /// - Parameter range: least and most of single numbers, where the dialect says so.
    static func declared(
        _ uniform: InterfaceVariable, in outline: SourceOutline, range: ClosedRange<Double>? = nil
    ) -> ValuePlan? {
        // Our own names are filled by the guest itself.
        guard uniform.array == nil, !uniform.name.hasPrefix("phosphor_"), let kind = kind(uniform)
        else { return nil }
        let count = kind.count
        // A colour of black, or a factor of 0, leaves little to see.
        let start: Double = kind == .color || isFactor(uniform) ? 1 : 0
        var initial = [Double](repeating: start, count: count)
        if let items = uniform.initial {
            guard let numbers = numbers(items, in: outline) else { return nil }
            if numbers.count == 1 {
                let written = Self.width(uniform.type)
                for index in 0..<min(written, count) { initial[index] = numbers[0] }
            } else {
                for (index, number) in numbers.prefix(count).enumerated() {
                    initial[index] = number
                }
            }
        }
        var value = ValuePlan(name: uniform.name, kind: kind, initial: initial)
        if kind == .color {
            value.least = [Double](repeating: 0, count: count)
            value.most = [Double](repeating: 1, count: count)
        } else if let range, kind == .float {
            (value.least, value.most) = ([range.lowerBound], [range.upperBound])
        }
        return value
    }

    private static func kind(_ uniform: InterfaceVariable) -> Kind? {
        let name = uniform.name.lowercased()
        let isColor = name.contains("color") || name.contains("colour")
        switch uniform.type {
        case "float": return .float
        case "int", "uint": return .int
        case "bool": return .bool
        case "vec2": return .point
        case "vec3": return isColor ? .color : .vector
        case "vec4": return .color
        default: return nil
        }
    }

    /// Whether a name is that of something by which others are multiplied or divided.
    private static func isFactor(_ uniform: InterfaceVariable) -> Bool {
        let name = uniform.name.lowercased()
        return ["float", "vec2", "vec3"].contains(uniform.type)
            && [
                "scale", "zoom", "speed", "size", "intensity", "opacity", "alpha", "gain",
                "brightness", "contrast", "strength", "gamma", "exposure", "frequency",
            ].contains { name.contains($0) }
    }

    private static func width(_ type: String) -> Int {
        switch type {
        case "vec2": 2
        case "vec3": 3
        case "vec4": 4
        default: 1
        }
    }

    /// The numbers of an initialiser such as `0.5`, `-1`, `true` or `vec3(1.0, 0.5, 0.2)`; nil for any other.
    static func numbers(_ items: Range<Int>, in outline: SourceOutline) -> [Double]? {
        var numbers: [Double] = []
        var sign = 1.0
        // `1.0 - 2.0` is an expression: a number must not follow another one but behind a comma.
        var isBehindNumber = false
        for index in items {
            let item = outline.items[index]
            let text = outline.text(item)
            switch item.kind {
            case .number:
                guard !isBehindNumber, let number = number(text) else { return nil }
                numbers.append(sign * number)
                sign = 1
                isBehindNumber = true
            case .type where index == items.lowerBound: continue
            case .punctuation where text == "," || text == "(": isBehindNumber = false
            case .punctuation where text == ")": continue
            case .operator where text == "-": sign = -sign
            case .operator where text == "+": continue
            case .keyword where text == "true" || text == "false":
                numbers.append(text == "true" ? 1 : 0)
            default: return nil
            }
        }
        return numbers.isEmpty ? nil : numbers
    }

    private static func number(_ text: String) -> Double? {
        var text = text[...]
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            return Int(text.dropFirst(2).prefix { $0.isHexDigit }, radix: 16).map(Double.init)
        }
        while let last = text.last, "fFuUlL".contains(last) { text.removeLast() }
        return Double(text)
    }
}
