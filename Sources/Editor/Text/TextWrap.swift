import TextGrid

/// Breaks a sentence into rows between words.
enum TextWrap {
    /// Rows no wider than `width` columns, `limit` of them at most; the last ends in an ellipsis where more was to say.
    static func wrap(_ text: String, width: Int, limit: Int) -> [String] {
        var rows: [String] = []
        var row = ""
        var used = 0
        for word in text.split(separator: " ") {
            var word = word
            var length = word.reduce(0) { $0 + $1.cellWidth }
            if used > 0, used + 1 + length > width {
                rows.append(row)
                (row, used) = ("", 0)
            }
            // A word wider than a row is broken where the row ends.
            while length > width {
                var (piece, taken) = ("", 0)
                while let next = word.first, taken + next.cellWidth <= max(width, 2) {
                    piece.append(word.removeFirst())
                    taken += next.cellWidth
                }
                rows.append(piece)
                length -= taken
            }
            row += used > 0 ? " " + word : String(word)
            used += (used > 0 ? 1 : 0) + length
        }
        if !row.isEmpty { rows.append(row) }
        guard rows.count > limit else { return rows }
        rows = Array(rows.prefix(limit))
        let last = rows.removeLast()
        rows.append(LineDrawing.clip(last + " …", to: width) ?? "…")
        return rows
    }
}
