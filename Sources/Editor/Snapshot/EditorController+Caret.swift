import TextGrid

extension EditorController {
    /// The caret is lit and dark for this long each; a key lights it anew.
    static let blinkSeconds = 0.53

    func drawCaret(
        _ head: Int, line: Int, scroll: ScrollPosition, into grid: inout Grid, now: Double,
        focused: Bool
    ) {
        let row = layout.text.lowerBound + line - scroll.line
        guard layout.text.contains(row) else { return }
        let start = buffer.lineStart(line)
        let column =
            buffer.withLine(line) { Clusters.column(of: head - start, in: $0) } - scroll.column
        guard column >= 0, column < layout.textWidth else { return }
        let x = layout.gutter + column
        guard focused else {
            grid.ornaments += Self.hollowCaret(column: x, row: row)
            return
        }
        guard isCaretLit(now: now) else { return }
        grid.ornaments.append(.caret(column: x, row: row))
    }

    func isCaretLit(now: Double) -> Bool {
        let since = lastKey.isFinite ? max(0, now - lastKey) : max(0, now)
        return Int(since / Self.blinkSeconds) % 2 == 0
    }

    /// The outline of a cell: here the caret will be when the panel has the keys again.
    private static func hollowCaret(column: Int, row: Int) -> [Grid.Ornament] {
        let (x, y) = (Float(column), Float(row))
        func line(_ x: Float, _ y: Float, _ width: Float, _ height: Float) -> Grid.Ornament {
            Grid.Ornament(x: x, y: y, width: width, height: height, ink: .accent, opacity: 0.6)
        }
        return [
            line(x, y, 1, 0.05), line(x, y + 0.95, 1, 0.05),
            line(x, y, 0.08, 1), line(x + 0.92, y, 0.08, 1),
        ]
    }

    /// Whether the caret's line leaves too little room for its message.
    func wraps(
        _ messages: [RowKey.Message], behind line: UnsafeBufferPointer<UInt8>, scroll: Int
    ) -> Bool {
        let end = layout.gutter + max(0, Clusters.width(line) - scroll)
        let room = layout.columns - 1 - end - LineDrawing.messageGap
        return LineDrawing.clip(LineDrawing.full(messages), to: room)
            != LineDrawing.full(messages)
    }

    /// Hangs a long message below the caret's line (above it at the panel's bottom), over the lines there.
    func drawOverlay(_ messages: [RowKey.Message], below line: Int, into grid: inout Grid) {
        guard let first = messages.first else { return }
        let caretRow = layout.text.lowerBound + line
        guard layout.text.contains(caretRow) else { return }
        let left = min(max(1, layout.gutter), layout.columns - 1)
        let width = max(1, layout.columns - left - 1)
        let lines = TextWrap.wrap(LineDrawing.full(messages), width: width, limit: 3)
        let below = layout.text.upperBound - caretRow - 1
        let above = caretRow - layout.text.lowerBound
        let isBelow = below >= lines.count || below >= above
        let start = isBelow ? caretRow + 1 : max(layout.text.lowerBound, caretRow - lines.count)
        for (index, text) in lines.enumerated() {
            let row = start + index
            guard layout.text.contains(row), row != caretRow else { break }
            for column in 0..<grid.columns { grid[column, row] = Cell() }
            grid.write(text, column: left, row: row, style: Style(first.severity.ink))
            rows.forget(row: row)
        }
    }
}
