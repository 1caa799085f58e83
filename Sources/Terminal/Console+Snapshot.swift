public import TextGrid

extension Console {
    /// A row of the panel: characters with their styles.
    struct Row {
        var cells: [(character: Character, style: Style)] = []
        var width = 0
        /// The column of the prompt's caret, where it is in this row.
        var caret: Int?
    }

    static let sign = "› "

    /// The panel's picture: lines, prompt and caret.
    ///
    /// Few lines hang from the top, as on a fresh sheet; when the panel is full the prompt stays in its last row. `now`
    /// are seconds of any clock, by which the caret blinks; it stays lit for a moment after each key.
    public func snapshot(columns: Int, rows: Int, now: Double, focused: Bool) -> Grid {
        var grid = Grid(columns: columns, rows: rows)
        (lastColumns, lastRows) = (grid.columns, grid.rows)
        if scrollOffset > 0 { scroll(rows: 0) }  // clamps to the panel's new size
        if restartsBlink {
            blinkStart = now
            restartsBlink = false
        }

        // From the end upwards, as far as the panel reaches: a long scrollback costs nothing.
        var groups = [promptRows()]
        var count = groups[0].count
        for line in lines.reversed() {
            guard count < grid.rows + scrollOffset else { break }
            groups.append(rowsOf(line))
            count += groups[groups.count - 1].count
        }
        var visible = Array(groups.reversed().joined())
        visible.removeLast(min(scrollOffset, visible.count))
        for (row, content) in visible.suffix(grid.rows).enumerated() {
            draw(content, row: row, on: &grid)
            if let caret = content.caret {
                addCaret(column: caret, row: row, now: now, focused: focused, to: &grid)
            }
        }
        if scrollOffset > 0 { drawScrollMark(on: &grid) }
        return grid
    }

    private var margin: Int { lastColumns >= 20 ? 1 : 0 }
    private var textWidth: Int { max(1, lastColumns - 2 * margin) }

    func height(of lines: ArraySlice<Line>) -> Int {
        lines.reduce(0) { sum, line in
            // Most lines are short plain text: count without laying them out.
            let room = textWidth - (line.kind == .command ? Self.sign.count : 0)
            if line.text.utf8.count <= room, line.text.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) {
                return sum + 1
            }
            return sum + rowsOf(line).count
        }
    }

    func rowsOf(_ line: Line) -> [Row] {
        switch line.kind {
        case .command:
            return wrap(sign() + line.text.map { ($0, Style(.text)) }, indent: Self.sign.count)
        case .reply: return wrap(ConsoleInks.styled(line.text, .secondary), indent: 0)
        case .error: return wrap(("▲ " + line.text).map { ($0, Style(.error)) }, indent: 2)
        case .notice: return wrap(line.text.map { ($0, Style(.builtin)) }, indent: 0)
        }
    }

    func promptRows() -> [Row] {
        let cells = sign() + prompt.characters.map { ($0, Style(.text)) }
        return wrap(cells, indent: Self.sign.count, caret: Self.sign.count + prompt.caret)
    }

    private func sign() -> [(Character, Style)] {
        Self.sign.map { ($0, Style(.accent)) }
    }

    /// Breaks styled text into rows of the panel's width; later rows are indented, where there is room for that.
    private func wrap(_ cells: [(Character, Style)], indent: Int, caret: Int? = nil) -> [Row] {
        let indent = textWidth >= 3 * indent + 2 ? indent : 0
        var rows = [Row()]
        func add(_ character: Character, _ style: Style) {
            let width = character.cellWidth
            if rows[rows.count - 1].width + width > textWidth, rows[rows.count - 1].width > 0 {
                rows.append(Row())
                for _ in 0..<indent { place(" ", Style(), 1) }
            }
            place(character, style, width)
        }
        func place(_ character: Character, _ style: Style, _ width: Int) {
            rows[rows.count - 1].cells.append((character, style))
            rows[rows.count - 1].width += width
        }
        for (index, cell) in cells.enumerated() {
            if cell.0 == "\t" {
                let column = rows[rows.count - 1].width
                for _ in 0..<(4 - column % 4) { add(" ", cell.1) }
            } else {
                add(Self.visible(cell.0), cell.1)
            }
            if index == caret {
                let width = cell.0.cellWidth
                rows[rows.count - 1].caret = max(0, rows[rows.count - 1].width - width)
            }
        }
        if let caret, caret >= cells.count {
            // Behind a full row the caret stands at the begin of the next.
            if rows[rows.count - 1].width >= textWidth {
                rows.append(Row())
                for _ in 0..<indent { place(" ", Style(), 1) }
            }
            rows[rows.count - 1].caret = rows[rows.count - 1].width
        }
        return rows
    }

    /// Control characters are shown as their pictures (U+2400), so that no reply can hide what it holds.
    private static func visible(_ character: Character) -> Character {
        guard let scalar = character.unicodeScalars.first else { return " " }
        switch scalar.value {
        case 0..<32: return Character(Unicode.Scalar(0x2400 + scalar.value) ?? "␀")
        case 0x7F: return "␡"
        case 0x80..<0xA0, 0x2028, 0x2029: return "�"
        default: return character
        }
    }

    private func draw(_ content: Row, row: Int, on grid: inout Grid) {
        var column = margin
        for (character, style) in content.cells {
            column = grid.write(String(character), column: column, row: row, style: style)
        }
    }

    private func addCaret(
        column: Int, row: Int, now: Double, focused: Bool, to grid: inout Grid
    ) {
        let (x, y) = (Float(margin + column), Float(row))
        func add(_ dx: Float, _ dy: Float, _ width: Float, _ height: Float) {
            grid.ornaments.append(
                Grid.Ornament(x: x + dx, y: y + dy, width: width, height: height, ink: .accent))
        }
        guard focused else {
            // Hollow: what is typed now goes elsewhere.
            add(0, 0.08, 1, 0.04)
            add(0, 0.88, 1, 0.04)
            add(0, 0.08, 0.08, 0.84)
            add(0.92, 0.08, 0.08, 0.84)
            return
        }
        let elapsed = now - blinkStart
        // 530 ms, the half period to which desktops have accustomed people.
        guard elapsed.isFinite, elapsed.truncatingRemainder(dividingBy: 1.06) < 0.53 else { return }
        add(0, 0.08, 0.12, 0.84)
    }

    private func drawScrollMark(on grid: inout Grid) {
        let text = " ↓ \(scrollOffset) more "
        guard text.count + 2 < grid.columns else { return }
        grid.write(
            text, column: grid.columns - text.count - 1, row: grid.rows - 1,
            style: Style(.secondary, on: .bar))
    }
}

/// Gives verdicts in replies the ink that the status line gives them.
enum ConsoleInks {
    static func styled(_ text: String, _ ink: Ink) -> [(Character, Style)] {
        var result: [(Character, Style)] = []
        result.reserveCapacity(text.utf8.count)
        var word = ""
        func flush() {
            let style = Style(verdicts[word] ?? ink)
            result.append(contentsOf: word.map { ($0, style) })
            word = ""
        }
        for character in text {
            if character.isLetter {
                word.append(character)
            } else {
                flush()
                result.append((character, Style(ink)))
            }
        }
        flush()
        return result
    }

    private static let verdicts: [String: Ink] = [
        "good": .good, "error": .error, "slow": .slow, "runaway": .error, "hung": .error,
        "crashed": .error, "trying": .trying, "superseded": .secondary,
    ]
}
