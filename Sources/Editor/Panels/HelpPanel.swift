public import TextGrid

/// The help that F1 shows: the keys by place, from the keymap that is in force.
public enum HelpPanel {
    /// How many rows the whole help has at that width, for the limits of scrolling.
    public static func height(_ keymap: Keymap, columns: Int) -> Int {
        lines(keymap).count + 1
    }

    /// The help from a row on; a scroll beyond the end shows the end.
    public static func snapshot(
        _ keymap: Keymap, columns: Int, rows: Int, scroll: Int = 0
    ) -> Grid {
        var grid = Grid(columns: columns, rows: rows)
        grid.setGround(.bar, columns: 0..<grid.columns, row: 0)
        grid.write("keys", column: 1, row: 0, style: Style(.accent, on: .bar))
        let lines = lines(keymap)
        let height = max(1, rows - 1)
        let top = min(max(0, scroll), max(0, lines.count - height))
        let note = "\(min(lines.count, top + height)) of \(lines.count)"
        if note.count + 8 < columns {
            grid.write(
                note, column: columns - 1 - note.count, row: 0, style: Style(.secondary, on: .bar))
        }
        let widest =
            lines.map { line in if case .row(let row) = line { row.keys.count } else { 0 } }
            .max() ?? 0
        let indent = min(widest + 4, max(8, columns * 4 / 10))
        for (offset, line) in lines.dropFirst(top).prefix(height).enumerated() {
            switch line {
            case .blank: break
            case .heading(let title):
                grid.write(title, column: 1, row: offset + 1, style: Style(.secondary))
            case .row(let row):
                let keys = LineDrawing.clip(row.keys, to: indent - 3) ?? row.keys
                grid.write(
                    keys, column: 2, row: offset + 1, style: Style(.accent), limit: indent - 1)
                let what = LineDrawing.clip(row.what, to: columns - indent - 1) ?? row.what
                grid.write(what, column: indent, row: offset + 1)
            }
        }
        return grid
    }

    private enum Line { case blank, heading(String), row(Keymap.Row) }

    private static func lines(_ keymap: Keymap) -> [Line] {
        let headings: [KeyContext: String] = [
            .any: "everywhere", .picture: "in the picture", .text: "in the text",
            .prompt: "in find, save as, open", .console: "in the terminal",
        ]
        var lines: [Line] = []
        var context: KeyContext?
        for row in keymap.table() {
            if row.context != context {
                if context != nil { lines.append(.blank) }
                lines.append(.heading(headings[row.context] ?? row.context.rawValue))
                context = row.context
            }
            lines.append(.row(row))
        }
        return lines
    }
}
