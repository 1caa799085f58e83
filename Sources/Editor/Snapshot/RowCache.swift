import GLSL
import TextGrid

/// What a row of text was drawn from. A row is drawn anew only where this changed, which is what makes a keystroke
/// cheap: most rows are the same as before.
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

    static func == (a: RowKey, b: RowKey) -> Bool {
        a.line == b.line && a.content == b.content && a.length == b.length && a.state == b.state
            && a.scrollColumn == b.scrollColumn && a.isCurrent == b.isCurrent
            && a.selected == b.selected && a.brackets == b.brackets && a.search == b.search
            && a.messages == b.messages && a.wraps == b.wraps
    }
}

/// The last snapshot and what its rows were drawn from.
struct RowCache {
    private(set) var grid: Grid?
    private var keys: [RowKey?] = []
    private var gutter = 0

    mutating func forget() {
        grid = nil
        keys = []
    }

    /// Hands out the last grid of that shape to be drawn over; a new one otherwise.
    mutating func take(_ layout: PanelLayout) -> Grid {
        defer { grid = nil }
        if let grid, grid.columns == layout.columns, grid.rows == layout.rows,
            gutter == layout.gutter
        {
            return grid
        }
        keys = Array(repeating: nil, count: layout.rows)
        gutter = layout.gutter
        return Grid(columns: layout.columns, rows: layout.rows)
    }

    /// Keeps the finished grid.
    mutating func keep(_ grid: Grid) { self.grid = grid }

    /// Whether a row must be drawn for a key, which then counts as drawn.
    mutating func isStale(_ row: Int, _ key: RowKey) -> Bool {
        if keys[row] == key { return false }
        keys[row] = key
        return true
    }

    /// Tells that something else was drawn over a row.
    mutating func forget(row: Int) { keys[row] = nil }

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
