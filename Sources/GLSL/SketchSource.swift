/// What goes to the assembler: the texts of a sketch, and how to read them.
///
/// A stage whose text holds nothing but blanks and comments counts as missing, so that an empty
/// tab in the editor does not break a program.
public struct SketchSource: Sendable, Equatable {
    /// The texts that the sketch has.
    public var parts: [SketchPart: StageText]
    /// The texts of files that stages include, by the path by which `Includes` asks for them.
    public var included: [String: String] = [:]
    /// What the sketch's `sketch.toml` says.
    public var plan = SketchPlan()
    /// Whether mistakes in the plan are worth saying only: what could be read of it holds.
    public var toleratesPlan = false
    /// The sketch's name, for messages that belong to no file.
    public var name: String
    /// The dialect to follow; nil to recognise it from the texts.
    public var dialect: Dialect?

    /// Makes a source.
    public init(stages: [Stage: StageText], name: String, dialect: Dialect? = nil) {
        parts = Dictionary(
            uniqueKeysWithValues: stages.map { (SketchPart($0.key), $0.value) })
        self.name = name
        self.dialect = dialect
    }

    /// Makes a source of several passes.
    public init(parts: [SketchPart: StageText], name: String, dialect: Dialect? = nil) {
        (self.parts, self.name, self.dialect) = (parts, name, dialect)
    }

    /// The stages of the pass that is shown.
    public var stages: [Stage: StageText] {
        Dictionary(
            uniqueKeysWithValues: Stage.allCases.compactMap { stage in
                parts[SketchPart(stage)].map { (stage, $0) }
            })
    }
}

/// The text of one stage, and the file that it came from.
public struct StageText: Sendable, Equatable {
    /// The text, with any kind of line end.
    public var text: String
    /// The file as the user named it; it goes into messages.
    public var file: String

    /// Makes a stage's text.
    public init(text: String, file: String) {
        self.text = text
        self.file = file
    }
}
