import GLSL

/// A text of `sketch.toml` with what it says: read once a text, however often it is asked for.
struct ReadPlan {
    private var text: String?
    private var file = ""
    private var plan = SketchPlan()

    /// What a text says; nothing where there is none.
    mutating func plan(of text: String?, file: String) -> SketchPlan {
        guard self.text != text || self.file != file else { return plan }
        (self.text, self.file) = (text, file)
        plan = text.map { PlanReader.read($0, file: file) } ?? SketchPlan()
        return plan
    }
}

extension SketchSource {
    /// A sketch's texts but its plan's, each with the name that messages have for it.
    init(_ texts: [SketchPart: String], name: String, label: (SketchPart) -> String) {
        var parts: [SketchPart: StageText] = [:]
        for (part, text) in texts where part != .plan {
            parts[part] = StageText(text: text, file: label(part))
        }
        self.init(parts: parts, name: name)
    }
}
