extension Diagnostic {
    /// The bytes of UTF-8 to underline in the line that this speaks of; nil for the whole line.
    ///
    /// A token that the message names is looked for first, the one nearest to the column where
    /// there is one; then the token in the column. Call it again after the line was edited: the
    /// range follows the token.
    public func wrongRange(in lineText: String) -> Range<Int>? {
        let columns = LineColumns(lineText)
        let hint = column.map { max(1, $0) - 1 }
        if let token, let range = columns.find(token, near: hint) { return range }
        return hint.flatMap { columns.token(at: $0) }
    }

    /// The same for a line given in bytes.
    public func wrongRange(in lineText: [UInt8]) -> Range<Int>? {
        wrongRange(in: String(decoding: lineText, as: UTF8.self))
    }

    /// The same diagnostic with its column filled in, where the line's text tells it.
    public func locate(in lineText: String) -> Diagnostic {
        var found = self
        found.column = wrongRange(in: lineText).map { $0.lowerBound + 1 } ?? column
        return found
    }
}
