extension KnownUniform {
    /// What RetroArch's shaders in GLSL are given besides what their names tell: one picture is filtered onto another.
    ///
    /// The square that they place fills the picture.
    static let libretro: [KnownUniform] =
        all(
            "MVPMatrix", ["mat4"],
            .constant([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]))
        + all("FrameDirection", ["int", "float"], .constant([1]))

    /// Whether the names of sizes are RetroArch's.
    static func areLibretro(_ source: SketchSource) -> Bool {
        source.stages.values.contains { text in
            let bytes = Array(text.text.utf8)
            return ["TextureSize", "InputSize", "OutputSize"].allSatisfy {
                FrameBudget.contains(bytes, Array($0.utf8))
            }
        }
    }
}

/// What RetroArch's lines say of values.
///
///     #pragma parameter gain "How much" 1.0 0.0 2.0 0.05      begin, least, most, step
enum ParameterPragma {
    /// The macro by which texts ask whether there are uniforms for them.
    static let macro = "PARAMETER_UNIFORM"

    /// Values by their names; the last of each counts.
    static func values(_ outline: SourceOutline) -> [String: ValuePlan] {
        var values: [String: ValuePlan] = [:]
        for directive in outline.directives where directive.name == "pragma" {
            let items = directive.items
            guard items.count > 4, outline.item(items[1], is: "parameter"),
                items[3].kind == .string
            else { continue }
            let numbers = numbers(items[4...], outline)
            guard let begin = numbers.first else { continue }
            let name = outline.text(items[2])
            let label = outline.text(items[3]).filter { $0 != "\"" }
            var value = ValuePlan(
                name: name, label: label.isEmpty ? nil : label, kind: .float, initial: [begin])
            if numbers.count > 2, numbers[1] <= numbers[2] {
                (value.least, value.most) = ([numbers[1]], [numbers[2]])
            }
            values[name] = value
        }
        return values
    }

    private static func numbers(
        _ items: ArraySlice<SourceOutline.Item>, _ outline: SourceOutline
    ) -> [Double] {
        var numbers: [Double] = []
        var sign = 1.0
        for item in items {
            if outline.item(item, is: "-") { sign = -1 }
            guard item.kind == .number,
                let number = StartingPlace.number(outline.text(item)[...]) as Double?
            else { continue }
            numbers.append(sign * number)
            sign = 1
        }
        return numbers
    }
}
