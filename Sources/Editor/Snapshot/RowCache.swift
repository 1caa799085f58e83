import GLSL
import TextGrid

/// What a row of text was drawn from.
///
/// A row is drawn anew only where this changed, which is what makes a keystroke cheap: most rows are as before.
struct RowKey: Equatable {
    /// The line, from 0; -1 behind the text's end.
    var line = -1
    /// A hash of the line's bytes, and their number.
    var content: UInt64 = 0
    var length = 0
    /// The lexer's state before the line.
    var state: UInt8 = 0
    var scrollColumn = 0
    var isCurrent = false
    /// Selected bytes of the line; one more than there are where the newline is selected, too.
    var selected: Range<Int>?
    /// Brackets to mark, as bytes of the line; -1 for none.
    var brackets = (-1, -1)
    var search: Search?
    var messages: [Message] = []
    /// Whether the message of this row hangs below it, since it is the caret's and too long.
    var wraps = false

    /// A diagnostic as it is shown in its line.
    struct Message: Equatable {
        var text: String
        var severity: Diagnostic.Severity
        /// The wrong token, as bytes of the line.
        var token: Range<Int>
    }

    static func == (a: RowKey, b: RowKey) -> Bool { a.line == b.line && a.looksLike(b) }

    /// Whether two rows differ in their numbers at most.
    func looksLike(_ other: RowKey) -> Bool {
        content == other.content && length == other.length && state == other.state
            && (line < 0) == (other.line < 0) && scrollColumn == other.scrollColumn
            && isCurrent == other.isCurrent && selected == other.selected
            && brackets == other.brackets && search == other.search
            && messages == other.messages && wraps == other.wraps
    }
}

/// What tabs and status line are drawn from.
struct FrameKey: Equatable {
    var chrome: EditorChrome
    var layout: PanelLayout
    var active: SketchPart
    var present: [SketchPart]
    var broken: Set<SketchPart>
}

/// A drawn row and what it was drawn from.
struct DrawnRow {
    var key: RowKey
    /// The lexer's state behind the line, which saves lexing it again.
    var end: UInt8
    var cells: RowBuffer
}

/// The last snapshot and its rows, which are used again wherever they stand in the next one: a new line or a scroll
/// moves most rows without changing them.
struct RowCache {
    private(set) var grid: Grid?
    private var drawn: [DrawnRow?] = []
    private var next: [DrawnRow?] = []
    /// Rows of cells that nothing stands in at present.
    private var spare: [RowBuffer] = []
    private var gutter = 0
    /// What tabs and status line were drawn from, and the ornaments and tabs that they made.
    var frame: FrameKey?
    var frameOrnaments: [Grid.Ornament] = []
    var frameTabs: [PanelLayout.Tab] = []

    mutating func forget() {
        grid = nil
        drawn = []
        frame = nil
    }

    /// Hands out the last grid of that shape to be drawn over; a new one otherwise.
    mutating func take(_ layout: PanelLayout) -> Grid {
        next = Array(repeating: nil, count: layout.rows)
        defer { grid = nil }
        if let grid, grid.columns == layout.columns, grid.rows == layout.rows,
            gutter == layout.gutter
        {
            return grid
        }
        drawn = Array(repeating: nil, count: layout.rows)
        gutter = layout.gutter
        frame = nil
        return Grid(columns: layout.columns, rows: layout.rows)
    }

    /// Keeps the finished grid; what is left of the rows before is free for others.
    mutating func keep(_ grid: Grid) {
        for row in drawn { if let row { spare.append(row.cells) } }
        drawn = next
        self.grid = grid
    }

    /// Uses a row of the last snapshot again, wherever it stood, and gives the lexer's state behind it.
    mutating func reuse(_ row: Int, _ key: RowKey, layout: PanelLayout, into grid: inout Grid)
        -> UInt8?
    {
        if let same = drawn[row], same.key == key {
            next[row] = same
            drawn[row] = nil
            return same.end
        }
        guard let found = place(of: key, near: row), var moved = drawn[found] else { return nil }
        drawn[found] = nil
        if moved.key.line != key.line {
            LineDrawing(layout: layout, key: key, tokens: []).drawNumber(into: moved.cells)
        }
        moved.key = key
        moved.cells.put(into: &grid, row: row)
        next[row] = moved
        return moved.end
    }

    /// Where a row of that look stood: one up or down, where most have gone that moved at all, or anywhere.
    private func place(of key: RowKey, near row: Int) -> Int? {
        for near in [row - 1, row + 1] where drawn.indices.contains(near) {
            if looks(near, like: key) { return near }
        }
        return drawn.indices.first { looks($0, like: key) }
    }

    /// Compares the hashes first, since those alone tell most rows apart and cost no reference counting.
    private func looks(_ row: Int, like key: RowKey) -> Bool {
        guard drawn[row]?.key.content == key.content, let other = drawn[row]?.key else {
            return false
        }
        return other.looksLike(key)
    }

    /// Draws a row anew.
    mutating func draw(
        _ row: Int, _ key: RowKey, end: UInt8, into grid: inout Grid, _ body: (RowBuffer) -> Void
    ) {
        let cells = spare.popLast() ?? RowBuffer()
        body(cells)
        cells.put(into: &grid, row: row)
        next[row] = DrawnRow(key: key, end: end, cells: cells)
    }

    /// Tells that something else was drawn over a row, so that it is not taken for its line the next time.
    mutating func forget(row: Int) {
        if let cells = next[row]?.cells { spare.append(cells) }
        next[row] = nil
    }

    /// A hash of a line's bytes, eight at a time (after FNV-1a); equal bytes give equal hashes.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = 0
        while offset + 8 <= raw.count {
            hash ^= raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = (hash &* 0x9E37_79B9_7F4A_7C15) ^ (hash >> 29)
            offset += 8
        }
        while offset < raw.count {
            hash = (hash ^ UInt64(raw[offset])) &* 0x100_0000_01B3
            offset += 1
        }
        return hash
    }
}
