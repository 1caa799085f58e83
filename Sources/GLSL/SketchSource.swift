/// What goes to the assembler: the texts of a sketch's stages, and how to read them.
///
/// A stage whose text holds nothing but blanks and comments counts as missing, so that an empty
/// tab in the editor does not break a program.
public struct SketchSource: Sendable, Equatable {
    /// The text of each stage that the sketch has.
    public var stages: [Stage: StageText]
    /// The sketch's name, for messages that belong to no file.
    public var name: String
    /// The dialect to follow; nil to recognise it from the texts.
    public var dialect: Dialect?

    /// Makes a source.
    public init(stages: [Stage: StageText], name: String, dialect: Dialect? = nil) {
        self.stages = stages
        self.name = name
        self.dialect = dialect
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
