/// What can be told of a glslViewer source before its passes are made.
struct ViewerSource {
    let fragment: StagePart
    let vertex: StagePart?
    let plan: SketchPlan
    /// The uniforms of all stages, each once.
    let uniforms: [SourceOutline.Variable]
    /// What conditions ask for.
    let conditions: Set<String>
    /// The sizes that comments behind declarations of samplers give: `// 512x512`, `// 0.5`.
    let sizes: [String: SizePlan]

    init(fragment: StagePart, vertex: StagePart?, plan: SketchPlan) {
        (self.fragment, self.vertex, self.plan) = (fragment, vertex, plan)
        let outlines = ([fragment] + (vertex.map { [$0] } ?? [])).map(\.outline)
        var seen: Set<String> = []
        uniforms = outlines.flatMap(\.globals).filter {
            $0.qualifiers.contains("uniform") && seen.insert($0.name).inserted
        }
        conditions = outlines.reduce(into: []) { $0.formUnion($1.conditionNames) }
        sizes = outlines.reduce(into: [:]) { result, outline in
            result.merge(outline.samplerSizes) { first, _ in first }
        }
    }

    var parts: [StagePart] { [fragment] + (vertex.map { [$0] } ?? []) }

    var outlines: [SourceOutline] { parts.map(\.outline) }

    /// The names that a pass uses which is compiled with these macros.
    func used(with macros: Set<String>) -> Set<String> {
        outlines.reduce(into: []) { names, outline in
            let hidden = outline.hidden { name in
                if macros.contains(name) { return true }
                let isOurs =
                    ViewerKind.allCases.contains {
                        $0.number(ofMacro: name) != nil || name == $0.rawValue + "_ALGORITHM"
                    }
                    || ["BACKGROUND", "POSTPROCESSING", "FLOOR", "GL_ES"].contains(name)
                return isOurs ? false : nil
            }
            names.formUnion(outline.used(outside: hidden))
        }
    }

    func has(_ uniform: String) -> Bool { uniforms.contains { $0.name == uniform } }

    /// The numbers of a kind's passes, in order.
    ///
    /// The documents speak of the uniform's declaration, glslViewer itself looks for the condition: both count.
    func numbers(of kind: ViewerKind) -> [Int] {
        let asked = conditions.compactMap { kind.number(ofMacro: $0) }
        let declared = uniforms.filter { $0.type == "sampler2D" }
            .compactMap { kind.number(ofUniform: $0.name) }
        return Set(asked + declared).sorted()
    }

    var hasBackground: Bool { conditions.contains("BACKGROUND") }
    var hasPostprocessing: Bool { conditions.contains("POSTPROCESSING") }

    /// The thing that is drawn; nil for a flat picture.
    ///
    /// glslViewer gets it from the command line. Here `sketch.toml` names it; where nothing does, but the source is
    /// for one, a ball stands in.
    var geometry: Geometry? {
        let planned = plan.passes.first { $0.name == "image" || $0.name == "scene" }?
            .drawing.geometry
        if let planned { return planned == .picture ? nil : planned }
        if let mesh = plan.meshes.first { return .mesh(mesh.name) }
        if hasBackground || conditions.contains("FLOOR") { return .sphere(segments: 64) }
        let usesNormal = outlines.contains {
            $0.count(of: "v_normal") > 1 || $0.count(of: "a_normal") > 1
        }
        let projects = vertex.map { part in
            ["u_modelViewProjectionMatrix", "u_projectionMatrix", "u_viewMatrix"].contains {
                part.outline.count(of: $0) > 1
            }
        }
        // A normal that only a condition knows of is for models, but asks for none.
        let isConditional = conditions.contains("MODEL_VERTEX_NORMAL") && vertex == nil
        return (usesNormal && !isConditional) || projects == true ? .sphere(segments: 64) : nil
    }

    /// Whether `sketch.toml` says what is drawn.
    var hasPlannedGeometry: Bool {
        plan.passes.contains { ["image", "scene"].contains($0.name) && $0.drawing.geometry != nil }
            || !plan.meshes.isEmpty
    }
}

extension SourceOutline {
    /// The sizes in comments behind `uniform sampler2D name;`, by name: pixels, or a share of the picture.
    var samplerSizes: [String: SizePlan] {
        var sizes: [String: SizePlan] = [:]
        for index in items.indices
        where item(index, is: "sampler2D") && item(index + 2, is: ";") && index > 0
            && item(index - 1, is: "uniform")
        {
            let start = items[index + 2].range.upperBound
            let rest = bytes[start...].prefix { $0 != Byte.newline }
            let words = String(decoding: rest, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            guard let first = words.first, first.hasPrefix("//") else { continue }
            let number = first == "//" ? words.dropFirst().first : first.dropFirst(2)
            guard let number, let size = Self.size(number) else { continue }
            sizes[text(items[index + 1])] = size
        }
        return sizes
    }

    private static func size(_ word: Substring) -> SizePlan? {
        let sides = word.split(separator: "x", omittingEmptySubsequences: false)
        if sides.count == 2, let width = Double(sides[0]), let height = Double(sides[1]) {
            return SizePlan(width: .number(width), height: .number(height))
        }
        guard sides.count == 1, let scale = Double(sides[0]), scale > 0, scale <= 8 else {
            return nil
        }
        return SizePlan().scaled(by: scale)
    }
}

extension SizePlan {
    /// So many times as large, in whole pixels.
    func scaled(by scale: Double) -> SizePlan {
        SizePlan(
            width: .function(.floor, .operation(.multiply, width, .number(scale))),
            height: .function(.floor, .operation(.multiply, height, .number(scale))))
    }
}
