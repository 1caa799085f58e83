public import TextGrid

/// A line of text that is asked for, such as a file's name, with a cursor.
public struct LinePrompt: Equatable, Sendable {
    /// What became of a key.
    public enum Outcome: Equatable, Sendable {
        /// The key was the prompt's, or nothing.
        case editing
        /// The text is finished.
        case accepted(String)
        /// The text belongs on the clipboard.
        case copied(String)
        /// The clipboard's text is wanted.
        case wantsPaste
    }

    /// What is asked for, shown before the text.
    public var label: String
    private var characters: [Character]
    /// The cursor's place, in characters from 0.
    public private(set) var cursor: Int
    /// Whether the whole text is selected, so that the next key replaces it.
    public private(set) var isSelected: Bool

    /// A prompt with a suggested text, which is selected where `selected` says so.
    public init(label: String, text: String = "", selected: Bool = false) {
        self.label = label
        characters = Array(text)
        cursor = characters.count
        isSelected = selected && !text.isEmpty
    }

    /// The text as it stands.
    public var text: String { String(characters) }

    /// Takes typed or pasted text; line breaks become spaces.
    public mutating func type(_ text: String) {
        if isSelected { erase(0..<characters.count) }
        let line = text.map { $0.isNewline || $0 == "\t" ? " " : $0 }
        // Joined anew, since an accent may melt into the character before it.
        let head = String(characters[..<cursor] + line)
        characters = Array(head + String(characters[cursor...]))
        cursor = min(head.count, characters.count)
    }

    /// Does what an action means in one line of text.
    @discardableResult
    public mutating func perform(_ action: EditAction) -> Outcome {
        let all = isSelected
        isSelected = false
        switch action {
        case .moveLeft, .selectLeft: cursor = all ? 0 : max(0, cursor - 1)
        case .moveRight, .selectRight: cursor = min(characters.count, cursor + 1)
        case .moveWordLeft, .selectWordLeft: cursor = wordLeft
        case .moveWordRight, .selectWordRight: cursor = wordRight
        case .moveLineStart, .selectLineStart, .moveDocumentStart: cursor = 0
        case .moveLineEnd, .selectLineEnd, .moveDocumentEnd: cursor = characters.count
        case .selectAll: isSelected = !characters.isEmpty
        case .deleteBackward: all ? erase(0..<characters.count) : erase(max(0, cursor - 1)..<cursor)
        case .deleteForward:
            all
                ? erase(0..<characters.count)
                : erase(cursor..<min(cursor + 1, characters.count))
        case .deleteWordBackward: erase(all ? 0..<characters.count : wordLeft..<cursor)
        case .deleteWordForward: erase(all ? 0..<characters.count : cursor..<wordRight)
        case .newline: return .accepted(text)
        case .copy:
            isSelected = all
            return .copied(text)
        case .cut:
            let copied = text
            erase(0..<characters.count)
            return .copied(copied)
        case .paste:
            isSelected = all
            return .wantsPaste
        default: isSelected = all
        }
        return .editing
    }

    private mutating func erase(_ range: Range<Int>) {
        isSelected = false
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private var wordLeft: Int {
        var index = cursor
        while index > 0, !isWord(characters[index - 1]) { index -= 1 }
        while index > 0, isWord(characters[index - 1]) { index -= 1 }
        return index
    }

    private var wordRight: Int {
        var index = cursor
        while index < characters.count, !isWord(characters[index]) { index += 1 }
        while index < characters.count, isWord(characters[index]) { index += 1 }
        return index
    }

    /// Draws label, text and cursor into a row; a text that is too long is shown around the cursor.
    public func draw(
        into grid: inout Grid, row: Int, ground: Ground = .bar, note: String? = nil,
        caret: Bool = true
    ) {
        grid.setGround(ground, columns: 0..<grid.columns, row: row)
        var column = grid.write(
            label + " ", column: 1, row: row, style: Style(.accent, on: ground))
        var limit = grid.columns - 1
        if let note, note.count + 2 < (limit - column) / 2 {
            limit -= note.count + 2
            grid.write(note, column: limit + 2, row: row, style: Style(.secondary, on: ground))
        }
        let widths = characters.map(\.cellWidth)
        var first = 0
        while first < cursor, widths[first..<cursor].reduce(0, +) >= max(1, limit - column) {
            first += 1
        }
        let start = column
        let style = Style(.text, on: isSelected ? .selection : ground)
        column = grid.write(
            String(characters[first...]), column: start, row: row, style: style, limit: limit)
        guard caret else { return }
        let x = start + widths[first..<cursor].reduce(0, +)
        grid.ornaments.append(.caret(column: x, row: row))
    }
}

extension Grid.Ornament {
    /// The caret's bar before a cell: an eighth of a cell wide, as the drawing of the look has it.
    static func caret(column: Int, row: Int) -> Grid.Ornament {
        Grid.Ornament(
            x: Float(column), y: Float(row), width: 0.12, height: 1, ink: .accent)
    }
}
