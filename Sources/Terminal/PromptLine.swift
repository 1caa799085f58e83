/// A line of text with a caret: what the console's prompt edits.
///
/// Positions count characters (grapheme clusters), so that no key ever parts one.
struct PromptLine: Equatable {
    private(set) var characters: [Character] = []
    private(set) var caret = 0

    var text: String { String(characters) }

    /// Takes a text, caret at its end.
    mutating func set(_ text: String) {
        characters = Array(text)
        caret = characters.count
    }

    /// Inserts at the caret; line ends become spaces, other control characters are dropped.
    mutating func insert(_ text: String) {
        let clean = text.compactMap { character -> Character? in
            if character.isNewline || character == "\t" { return " " }
            let isControl = character.unicodeScalars.first?.properties.generalCategory == .control
            return isControl ? nil : character
        }
        replace(caret..<caret, with: clean)
    }

    /// Puts other characters in a range's place, caret behind them.
    mutating func replace(_ range: Range<Int>, with text: some Sequence<Character>) {
        let range = range.clamped(to: 0..<characters.count)
        // Joined as text: a combining mark that is typed alone belongs to the character before it.
        let head = Array(String(characters[..<range.lowerBound]) + String(Array(text)))
        let whole = Array(String(head) + String(characters[range.upperBound...]))
        characters = whole
        caret = min(head.count, whole.count)
    }

    mutating func move(by step: Int) { caret = max(0, min(characters.count, caret + step)) }
    mutating func moveToStart() { caret = 0 }
    mutating func moveToEnd() { caret = characters.count }
    mutating func moveWordLeft() { caret = wordStart }
    mutating func moveWordRight() { caret = wordEnd }

    mutating func deleteBackward() { if caret > 0 { replace((caret - 1)..<caret, with: []) } }
    mutating func deleteForward() {
        guard caret < characters.count else { return }
        let kept = caret
        replace(caret..<(caret + 1), with: [])
        caret = min(kept, characters.count)
    }
    mutating func deleteWordBackward() { replace(wordStart..<caret, with: []) }
    mutating func deleteToStart() { replace(0..<caret, with: []) }
    mutating func deleteToEnd() { replace(caret..<characters.count, with: []) }

    private var wordStart: Int {
        var index = caret
        while index > 0, characters[index - 1] == " " { index -= 1 }
        while index > 0, characters[index - 1] != " " { index -= 1 }
        return index
    }

    private var wordEnd: Int {
        var index = caret
        while index < characters.count, characters[index] == " " { index += 1 }
        while index < characters.count, characters[index] != " " { index += 1 }
        return index
    }
}
