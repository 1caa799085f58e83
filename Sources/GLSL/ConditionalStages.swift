/// The stages of a text that is every stage's, where macros say which one it is: `#if defined VERTEX_SHADER`.
///
/// A stage's text has the conditions decided, and blanks for what is another's: all lines keep their numbers.
enum ConditionalStages {
    /// The texts by stage; nil where nothing in the text asks for stages.
    static func texts(_ text: StageText) -> [Stage: StageText]? {
        // Looking is cheaper than lexing, and few texts have one.
        let bytes = Array(text.text.utf8)
        guard FrameBudget.contains(bytes, Array("VERT".utf8)),
            FrameBudget.contains(bytes, Array("FRAG".utf8))
                || FrameBudget.contains(bytes, Array("PIXEL".utf8))
        else { return nil }
        let outline = SourceOutline(text.text)
        var stages: Set<Stage> = []
        for directive in outline.directives {
            let words = directive.items.dropFirst().map { outline.text($0) }
            // Who defines it has chosen.
            if directive.name == "define", let word = words.first, stage(of: word) != nil {
                return nil
            }
            guard conditions.contains(directive.name) else { continue }
            stages.formUnion(words.compactMap(stage))
        }
        guard stages.isSuperset(of: [.vertex, .fragment]), outline.count(of: "main") > 1,
            !outline.defines("mainImage")
        else { return nil }
        var result: [Stage: StageText] = [:]
        for stage in stages {
            result[stage] = StageText(text: Self.text(of: stage, outline), file: text.file)
        }
        return result
    }

    private static let conditions: Set<String> = ["if", "ifdef", "ifndef", "elif"]

    /// The stage that a macro stands for; nil for any other.
    private static func stage(of macro: String) -> Stage? {
        guard macro.first?.isUppercase == true || macro.first == "_" else { return nil }
        var words = macro.split(separator: "_")
        words.removeAll { ["SHADER", "STAGE", "PROGRAM"].contains($0) }
        return switch words.joined() {
        case "VERTEX", "VERT", "VERTEXSHADER": .vertex
        case "FRAGMENT", "FRAG", "PIXEL", "FRAGMENTSHADER", "PIXELSHADER": .fragment
        case "GEOMETRY", "GEOM": .geometry
        case "TESSCONTROL", "TESSELLATIONCONTROL": .tessellationControl
        case "TESSEVALUATION", "TESSEVAL", "TESSELLATIONEVALUATION": .tessellationEvaluation
        case "COMPUTE": .compute
        default: nil
        }
    }

    private static func text(of stage: Stage, _ outline: SourceOutline) -> String {
        let hidden = outline.hidden { Self.stage(of: $0).map { $0 == stage } }
        func isHidden(_ item: SourceOutline.Item) -> Bool {
            hidden.contains { $0.contains(item.range.lowerBound) }
        }
        var patches = TextPatches()
        for item in outline.items where isHidden(item) { patches.blank(item.range) }
        for directive in outline.directives {
            if conditions.contains(directive.name) {
                decide(directive, stage, outline, &patches)
            } else if !["else", "endif"].contains(directive.name), isHidden(directive.items[0]) {
                directive.items.forEach { patches.blank($0.range) }
            }
        }
        return patches.apply(to: outline.bytes)
    }

    /// Puts the truth in the place of each macro that stands for a stage.
    private static func decide(
        _ directive: SourceOutline.Directive, _ stage: Stage, _ outline: SourceOutline,
        _ patches: inout TextPatches
    ) {
        let items = directive.items
        for (index, item) in items.enumerated().dropFirst() {
            guard let own = Self.stage(of: outline.text(item)) else { continue }
            let isIt = own == stage
            if directive.name == "ifdef" || directive.name == "ifndef" {
                patches.replace(items[0].range, with: "#if")
                patches.replace(
                    item.range, with: isIt == (directive.name == "ifdef") ? " 1" : " 0")
                return
            }
            patches.replace(item.range, with: isIt ? " 1" : " 0")
            if outline.item(items[index - 1], is: "defined") {
                patches.blank(items[index - 1].range)
            } else if index > 1, outline.item(items[index - 1], is: "("),
                outline.item(items[index - 2], is: "defined")
            {
                patches.blank(items[index - 2].range)
            }
        }
    }
}
