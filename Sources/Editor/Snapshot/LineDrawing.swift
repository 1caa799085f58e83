import GLSL
import TextGrid

extension TokenKind {
    /// The ink that a token's meaning has.
    var ink: Ink {
        switch self {
        case .identifier, .punctuation: .text
        case .keyword: .keyword
        case .type: .type
        case .builtinFunction, .function: .function
        case .builtinVariable, .builtinUniform: .builtin
        case .number: .number
        case .operator: .operator
        case .preprocessor: .preprocessor
        case .comment: .comment
        case .string: .string
        case .invalid: .error
        }
    }
}

extension Diagnostic.Severity {
    /// The ink of a message and of its line's number.
    var ink: Ink {
        switch self {
        case .error: .error
        case .warning: .slow
        case .note: .secondary
        }
    }

    /// What lies behind the line that is meant.
    var ground: Ground? {
        switch self {
        case .error: .errorLine
        case .warning: .slowLine
        case .note: nil
        }
    }
}

/// Draws one line of code into a row: number, text with its inks, selection, matches, and a message behind the code.
struct LineDrawing {
    let layout: PanelLayout
    let key: RowKey
    let tokens: [Token]

    /// Space between the code and a message behind it.
    static let messageGap = 4

    private static let ascii: [Character] = (0..<128 as Range<UInt32>).map { byte in
        // Control characters are drawn as their pictures, and a tab as blanks.
        let scalar: UInt32 =
            byte == 9 ? 0x20 : byte < 0x20 ? 0x2400 + byte : byte == 0x7F ? 0x2421 : byte
        return Unicode.Scalar(scalar).map(Character.init) ?? " "
    }

    private var ground: Ground {
        key.messages.first?.severity.ground ?? (key.isCurrent ? .currentLine : .panel)
    }

    /// Draws the line.
    func draw(_ line: UnsafeBufferPointer<UInt8>, into cells: RowBuffer) {
        cells.clear(layout.columns, ground: ground)
        drawNumber(into: cells)
        let end = drawCode(line, into: cells)
        if let message = key.messages.first, !key.wraps {
            drawMessage(message, behind: end, into: cells)
        }
    }

    /// Draws the line's number over what stands in the gutter.
    func drawNumber(into cells: RowBuffer) {
        guard layout.gutter > 0 else { return }
        // What stands between number and code is a message's sign, which a line keeps where it moves.
        for column in 0...layout.numberColumn {
            cells.set(column, Cell(" ", Style(.text, on: ground)))
        }
        let ink = key.messages.first?.severity.ink ?? (key.isCurrent ? .secondary : .lineNumber)
        let style = Style(ink, on: ground)
        var column = layout.numberColumn
        var number = key.line + 1
        repeat {
            cells.set(column, Cell(Self.ascii[0x30 + number % 10], style))
            number /= 10
            column -= 1
        } while number > 0
    }

    /// Draws the code and gives the column behind it.
    private func drawCode(_ line: UnsafeBufferPointer<UInt8>, into cells: RowBuffer) -> Int {
        let matches = key.search?.matches(in: line) ?? []
        let width = layout.textWidth
        var index = 0
        var match = 0
        var end = 0
        Clusters.walk(line) { cluster in
            let column = cluster.column - key.scrollColumn
            guard column < width else {
                end = width
                return false
            }
            end = min(width, column + cluster.width)
            guard column + cluster.width > 0 else { return true }
            let at = cluster.range.lowerBound
            while index < tokens.count, tokens[index].range.upperBound <= at { index += 1 }
            while match < matches.count, matches[match].upperBound <= at { match += 1 }
            var style = Style(.text, on: ground)
            if index < tokens.count, tokens[index].range.contains(at) {
                style.ink = tokens[index].kind.ink
            }
            if match < matches.count, matches[match].contains(at) { style.ground = .match }
            if let selected = key.selected, selected.contains(at) { style.ground = .selection }
            if key.messages.contains(where: { $0.token.contains(at) }) {
                style.traits.insert(.errorUnderline)
            }
            if at == key.brackets.0 || at == key.brackets.1 {
                style.ink = .accent
                style.traits.formUnion([.bold, .underline])
            }
            put(cluster, at: column, line, style, into: cells)
            return true
        }
        if let selected = key.selected, selected.upperBound > line.count, end >= 0, end < width {
            cells.setGround(.selection, column: layout.gutter + end)
        }
        return layout.gutter + max(0, end)
    }

    private func put(
        _ cluster: Clusters.Cluster, at column: Int, _ line: UnsafeBufferPointer<UInt8>,
        _ style: Style, into cells: RowBuffer
    ) {
        var style = style
        let text: Character
        var isWide = false
        if let character = cluster.text, !character.isASCII {
            // What the eye cannot see and the compiler trips over is made visible.
            let isInvisible = Self.isInvisible(character)
            text = isInvisible ? "·" : character
            if isInvisible { style.ink = .error }
            isWide = cluster.width == 2
        } else {
            let byte = Int(line[cluster.range.lowerBound])
            text = Self.ascii[byte & 0x7F]
            if byte < 0x20, byte != 9 { style.ink = .error }
        }
        let first = layout.gutter + column
        if cluster.width == 1 {
            cells.set(first, Cell(text, style))
            return
        }
        // A wide character or a tab that is cut by an edge shows its ground only.
        let fits = column >= 0 && column + cluster.width <= layout.textWidth
        for offset in 0..<cluster.width where column + offset >= 0 {
            guard column + offset < layout.textWidth else { break }
            if fits, offset == 0 {
                cells.set(first, Cell(text, style))
            } else {
                cells.set(first + offset, fits && isWide ? .continuation(style) : Cell(" ", style))
            }
        }
    }

    private static func isInvisible(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        switch scalar.properties.generalCategory {
        case .format, .lineSeparator, .paragraphSeparator, .control: return true
        case .spaceSeparator: return scalar != " "
        default: return false
        }
    }

    private func drawMessage(
        _ message: RowKey.Message, behind end: Int, into cells: RowBuffer
    ) {
        let start = end + Self.messageGap
        let room = layout.columns - 1 - start
        let style = Style(message.severity.ink, on: ground)
        if let text = Self.clip(Self.full(key.messages), to: room) {
            cells.write(text, column: start, style: style)
        } else if end + 2 <= layout.columns {
            cells.set(layout.columns - 1, Cell(Self.sign, style))
        } else if layout.gutter > 0 {
            cells.set(layout.numberColumn + 1, Cell(Self.sign, style))
        }
    }

    /// Before each message, and alone where there is no room for one.
    static let sign: Character = "▲"

    /// The message as it is shown: with its sign, and with the number of further ones on the line.
    static func full(_ messages: [RowKey.Message]) -> String {
        guard let first = messages.first else { return "" }
        let more = messages.count > 1 ? " (and \(messages.count - 1) more)" : ""
        return "\(sign) \(first.text)\(more)"
    }

    /// A text cut to a width, with an ellipsis; nil where too little would be left to read.
    static func clip(_ text: String, to room: Int) -> String? {
        var width = 0
        for character in text { width += character.cellWidth }
        if width <= room { return text }
        guard room >= 6 else { return nil }
        var (result, used) = ("", 0)
        for character in text {
            used += character.cellWidth
            if used > room - 1 { break }
            result.append(character)
        }
        return result + "…"
    }
}
