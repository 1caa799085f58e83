/// What RiftRay's comments say of a source: its textures, and the values that people tweak.
///
///     // @var tex0 tex00.jpg
///     // @var float maxNum 1.1 0.1 4.0 0.0005      begin, least, most, step
///     // @var vec3 sunLight 0.35 0.3 0.6 dir
///     // @var vec3 sunColour 1.0 .8 .7 color
///
/// `title`, `author`, `license` and `url` are for people. Where somebody begins stands in `StartingPlace`.
struct VariableNotes {
    /// The files of the four inputs, by channel.
    var textures: [String: (file: String, line: Int)] = [:]
    /// Values by their names; the last of each counts.
    var values: [String: ValuePlan] = [:]

    init(_ outline: SourceOutline) {
        // Looking is cheaper than lexing, and few texts have one.
        guard FrameBudget.contains(outline.bytes, Array("@var".utf8)) else { return }
        let text = String(decoding: outline.bytes, as: UTF8.self)
        for token in Lexer.tokens(of: text) where token.kind == .comment {
            let words = String(decoding: outline.bytes[token.range], as: UTF8.self)
                .split { $0.isWhitespace || $0 == "," }.map(String.init)
            guard let mark = words.firstIndex(where: { $0.hasSuffix("@var") }),
                words.count > mark + 2
            else { continue }
            let line = outline.bytes[..<token.range.lowerBound].count { $0 == Byte.newline } + 1
            read(Array(words[(mark + 1)...]), line: line)
        }
    }

    private mutating func read(_ words: [String], line: Int) {
        let numbers = words.dropFirst(2).map { StartingPlace.number($0[...]) as Double? }
        let name = words[1]
        switch words[0] {
        case "tex0", "tex1", "tex2", "tex3":
            textures["iChannel" + words[0].suffix(1)] = (name, line)
        case "float", "int", "bool":
            let kind: ValuePlan.Kind =
                words[0] == "float" ? .float : words[0] == "int" ? .int : .bool
            var value = ValuePlan(name: name, kind: kind, initial: [(numbers.first ?? nil) ?? 0])
            if numbers.count > 2, let least = numbers[1], let most = numbers[2], least <= most {
                (value.least, value.most) = ([least], [most])
            }
            values[name] = value
        case "vec2", "vec3", "vec4":
            let suffix = words.last ?? ""
            let kind: ValuePlan.Kind =
                switch (words[0], suffix) {
                case ("vec2", _): .point
                case ("vec4", _), (_, "color"), (_, "colour"): .color
                case (_, "dir"), (_, "direction"): .direction
                default: .vector
                }
            var initial = [Double](repeating: kind == .color ? 1 : 0, count: kind.count)
            for (index, number) in numbers.compactMap(\.self).prefix(kind.count).enumerated() {
                initial[index] = number
            }
            var value = ValuePlan(name: name, kind: kind, initial: initial)
            if kind == .color {
                (value.least, value.most) = ([0, 0, 0, 0], [1, 1, 1, 1])
            }
            values[name] = value
        default: break
        }
    }
}
