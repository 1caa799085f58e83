extension EditorController {
    /// Types text as real keys give it, a revision a character, and tells whether the text changed.
    ///
    /// Auto-indent applies: a newline keeps the indentation and deepens it behind `{`, and a `}` typed first on its
    /// line goes back to its partner's. While the find prompt is open, the text is the prompt's.
    @discardableResult
    public func type(_ text: String, at seconds: Double) -> Bool {
        lastKey = seconds
        if find != nil {
            typeInPrompt(text)
            return false
        }
        let revision = sketch.current
        for character in text {
            switch character {
            case "\n", "\r", "\r\n": newline(at: seconds)
            case "\t": indent(at: seconds)
            default: typeCluster(character, at: seconds)
            }
        }
        return sketch.current != revision
    }

    private func typeCluster(_ character: Character, at seconds: Double) {
        // Keys give no control characters; what arrives as one is a chord that nobody has bound.
        if let byte = character.utf8.first, byte < 0x20 || byte == 0x7F { return }
        let range = selection.range
        let bytes = Array(String(character).utf8)
        if character == "}", range.isEmpty, closeBrace(at: seconds) { return }
        let joins = range.isEmpty && isContinuation(character, at: range.lowerBound)
        replace(
            range, with: bytes, .typing(blank: character == " "), at: seconds, joins: joins)
    }

    /// Whether a character melts into the cluster before it, as an accent does that arrives on its own.
    private func isContinuation(_ character: Character, at offset: Int) -> Bool {
        guard offset > 0, !character.isASCII, buffer[offset - 1] != 0x0A else { return false }
        let before = buffer.text(clusterBefore(offset)..<offset)
        return (before + String(character)).count == before.count
    }

    /// Inserts text as it stands in place of the selection; false where that changes nothing.
    @discardableResult
    public func insert(_ text: String, at seconds: Double) -> Bool {
        lastKey = seconds
        return replace(selection.range, with: Array(text.utf8), .command, at: seconds)
    }

    /// Inserts text from the clipboard, cleaned, where the keys go: find prompt or text.
    ///
    /// Gives the cleaner's notice, for the status line; nil where nothing was cleaned.
    @discardableResult
    public func paste(_ text: String, at seconds: Double) -> String? {
        let (clean, notice) = PasteCleaner.clean(text)
        if find != nil { typeInPrompt(clean) } else { insert(clean, at: seconds) }
        return notice
    }

    /// Replaces the active stage's whole text, as one step of undo; false where it is the same.
    @discardableResult
    public func replaceAll(_ text: String, at seconds: Double) -> Bool {
        lastKey = seconds
        goalColumn = nil
        followsCaret = true
        return sketch.setText(text, sketch.active, at: seconds) != nil
    }
}
