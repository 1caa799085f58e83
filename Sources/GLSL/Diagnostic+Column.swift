extension Diagnostic {
    /// The bytes of UTF-8 to underline in the line that this speaks of; nil for nothing certain.
    public func wrongRange(in lineText: String) -> Range<Int>? {
        nil
    }

    /// The same with the column filled in, where it can be found in the line's text.
    public func locate(in lineText: String) -> Diagnostic {
        var found = self
        found.column = wrongRange(in: lineText).map { $0.lowerBound + 1 } ?? column
        return found
    }
}
