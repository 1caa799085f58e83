/// A line by which an editor has Shadertoy's sources declare values: `#iUniform float speed = 1.0 in { 0.0, 5.0 }`.
///
/// Known from the Shadertoy extension of Visual Studio Code, with the types `float int vec2 vec3 vec4 color3 color4`, a
/// range and a step, each of which may be missing. The line becomes a declaration with a comment that has the range, as
/// RiftRay's sources write it (`VariableNotes`).
enum UniformDirective {
    /// The text with declarations in place of such lines; each stays on its line.
    static func declaring(_ text: String) -> String {
        guard text.contains("#iUniform") else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { declaration($0) ?? String($0) }
            .joined(separator: "\n")
    }

    private static func declaration(_ line: Substring) -> String? {
        var rest = line.drop { $0.isWhitespace }
        guard rest.hasPrefix("#iUniform") else { return nil }
        rest = rest.dropFirst("#iUniform".count)
        if let comment = rest.firstRange(of: "//") { rest = rest[..<comment.lowerBound] }
        let tokens = rest.split { $0.isWhitespace }
        guard tokens.count >= 2 else { return nil }
        let kind = String(tokens[0])
        let isColor = kind.hasPrefix("color")
        let type = isColor ? "vec" + kind.dropFirst("color".count) : kind
        guard ["float", "int", "vec2", "vec3", "vec4"].contains(type) else { return nil }
        let name = tokens[1].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard !name.isEmpty else { return nil }

        var begin = "", range: Substring = ""
        if let equals = rest.firstIndex(of: "=") {
            let behind = rest[rest.index(after: equals)...]
            let brace = behind.firstIndex(of: "{")
            let end = brace.flatMap { valueEnd(behind[..<$0]) }
            let value = behind[
                ..<(end ?? behind.firstRange(of: " step ")?.lowerBound ?? behind.endIndex)]
            // Some end the line as a declaration ends.
            begin = String(value.trimmingBlanks().prefix { $0 != ";" })
            if let brace { range = behind[brace...].dropFirst().prefix { $0 != "}" } }
        }
        if isColor { begin = begin.replacing(kind + "(", with: type + "(") }
        var text = "uniform \(type) \(name)" + (begin.isEmpty ? ";" : " = \(begin);")
        let numbers = numbers(of: begin, count: Int(type.suffix(1)) ?? 1)
        let limits = range.split(separator: ",").map { $0.trimmingBlanks() }
        if isColor {
            text += " // @var \(type) \(name) \(numbers) color"
        } else if type == "float" || type == "int", limits.count == 2 {
            text += " // @var \(type) \(name) \(numbers) \(limits[0]) \(limits[1])"
        }
        return text
    }

    /// Where the value ends before the `in` of a range, with or without blanks: `1.0 in {`, `1.in{`.
    private static func valueEnd(_ head: Substring) -> Substring.Index? {
        var rest = head
        while rest.last?.isWhitespace == true { rest.removeLast() }
        guard rest.hasSuffix("in") else { return nil }
        rest.removeLast(2)
        guard let last = rest.last, !last.isLetter, last != "_" else { return nil }
        return rest.endIndex
    }

    /// The numbers of `1.0`, `vec3(1.0)` or `color3(1, 0.5, 0)`, with blanks between; as many as there are to be.
    private static func numbers(of text: String, count: Int) -> String {
        let inner = text.split(separator: "(").last.map { $0.prefix { $0 != ")" } } ?? ""
        let given = inner.split(separator: ",").map { $0.trimmingBlanks() }
        let all = given.count == 1 ? [String](repeating: given[0], count: count) : given
        return all.isEmpty ? "0" : all.joined(separator: " ")
    }
}

extension Substring {
    fileprivate func trimmingBlanks() -> String {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
