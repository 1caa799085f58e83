extension Includes {
    /// The line on which a source's own text first brings in a file, by the name that messages have for that; nil where
    /// none does.
    ///
    /// - Parameter stage: the stage in whose texts to look first.
    public static func place(
        of file: String, in source: SketchSource, stage: Stage?
    ) -> SourcePlace? {
        let parts = source.parts.sorted { a, b in
            (a.key.stage == stage ? 0 : 1, a.key) < (b.key.stage == stage ? 0 : 1, b.key)
        }
        for (part, text) in parts where isIncluding(text.text) {
            let expanded = expand(text, part.stage, source)
            for (run, line) in zip(expanded.runs, expanded.outerLines)
            where run.file == file && line > 0 {
                return SourcePlace(file: text.file, line: line)
            }
        }
        return nil
    }

    /// Whether any text of a source may include others.
    public static func isIncluding(_ source: SketchSource) -> Bool {
        source.parts.values.contains { isIncluding($0.text) }
    }
}
