extension SourceOutline {
    /// Whether the text begins with ISF's comment: a block comment that holds a JSON object.
    var isISF: Bool { false }
}
