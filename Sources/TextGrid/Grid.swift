/// A panel's text as a rectangle of cells: what the editor and the terminal produce and the
/// renderer draws.
///
/// A grid is a value: a snapshot that is handed from the state to the picture and changes no more.
/// Positions count cells from the top left. What does not sit on cells (a caret between two, a bar,
/// a tab's line) is an `Ornament`.
public struct Grid: Equatable, Sendable {
    /// A rectangle of one ink, in cells and parts of cells.
    public struct Ornament: Hashable, Sendable {
        /// Whether it lies under the text or over it.
        public enum Layer: Hashable, Sendable { case behind, front }
        /// Left edge, in columns.
        public var x: Float
        /// Top edge, in rows.
        public var y: Float
        /// Width, in columns.
        public var width: Float
        /// Height, in rows.
        public var height: Float
        /// Its colour, as a text of this meaning would have.
        public var ink: Ink
        /// From 0 (not seen) to 1.
        public var opacity: Float
        /// Under the text or over it.
        public var layer: Layer

        /// Makes an ornament; sizes in cells.
        public init(
            x: Float, y: Float, width: Float, height: Float, ink: Ink, opacity: Float = 1,
            layer: Layer = .front
        ) {
            (self.x, self.y, self.width, self.height) = (x, y, width, height)
            (self.ink, self.opacity, self.layer) = (ink, opacity, layer)
        }
    }

    /// Cells in a row.
    public let columns: Int
    /// Rows from top to bottom.
    public let rows: Int
    /// All cells, row after row.
    public private(set) var cells: [Cell]
    /// What lies beside the cells.
    public var ornaments: [Ornament] = []

    /// A grid of blanks; sizes below 1 are taken as 1.
    public init(columns: Int, rows: Int, fill: Cell = Cell()) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        cells = Array(repeating: fill, count: self.columns * self.rows)
    }

    /// The cell at a place; a blank outside the grid, and writing there does nothing.
    public subscript(column: Int, row: Int) -> Cell {
        get {
            guard contains(column, row) else { return Cell() }
            return cells[row * columns + column]
        }
        set {
            guard contains(column, row) else { return }
            let index = row * columns + column
            // Half of a wide cluster cannot stand alone: where one half is overwritten, the other
            // becomes a blank.
            if cells[index].isContinuation, !newValue.isContinuation, column > 0 {
                cells[index - 1].text = " "
            }
            if column + 1 < columns, cells[index + 1].isContinuation, !newValue.isContinuation {
                cells[index + 1].text = " "
            }
            cells[index] = newValue
        }
    }

    private func contains(_ column: Int, _ row: Int) -> Bool {
        column >= 0 && column < columns && row >= 0 && row < rows
    }

    /// Writes text from a place to the right, clipped at `limit` (or the grid's edge), and gives
    /// the column after it.
    @discardableResult
    public mutating func write(
        _ text: some StringProtocol, column: Int, row: Int, style: Style = Style(),
        limit: Int? = nil
    ) -> Int {
        let end = min(limit ?? columns, columns)
        if column >= 0, row >= 0, row < rows,
            let written = text.utf8.withContiguousStorageIfAvailable({
                writeASCII($0, column: column, row: row, style: style, end: end)
            }), let next = written
        {
            return next
        }
        var column = column
        for character in text {
            let width = character.cellWidth
            guard column + width <= end else { break }
            self[column, row] = Cell(character.utf8.first == 0 ? " " : character, style)
            if width == 2 {
                // What stood there may itself begin a wide cluster: blank it first, so that its
                // other half goes, too.
                self[column + 1, row] = Cell(" ", style)
                self[column + 1, row] = .continuation(style)
            }
            column += width
        }
        return column
    }

    /// Writes bytes a cell each, without breaking them into clusters; nil, and nothing written, for
    /// text that is not ASCII.
    ///
    /// Nearly all of a shader is ASCII, and a keystroke may write a whole screen.
    private mutating func writeASCII(
        _ bytes: UnsafeBufferPointer<UInt8>, column: Int, row: Int, style: Style, end: Int
    ) -> Int? {
        // A carriage return with its line feed is one cluster: leave that to the general way, too.
        guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) else { return nil }
        let count = min(bytes.count, end - column)
        guard count > 0 else { return column }
        let first = row * columns + column
        // Through the setter, which takes care of wide clusters cut at either end.
        self[column, row] = Cell(" ", style)
        self[column + count - 1, row] = Cell(" ", style)
        cells.withUnsafeMutableBufferPointer { cells in
            for offset in 0..<count {
                // A NUL would be taken for the second half of a wide cluster.
                cells[first + offset] = Cell(
                    ascii: bytes[offset] == 0 ? 0x20 : bytes[offset], style)
            }
        }
        return column + count
    }

    /// Replaces a whole row by as many cells, in which wide clusters must be whole; another number does nothing.
    public mutating func replaceRow(_ row: Int, with new: UnsafeBufferPointer<Cell>) {
        guard row >= 0, row < rows, new.count == columns else { return }
        cells.withUnsafeMutableBufferPointer { all in
            guard let to = all.baseAddress, let from = new.baseAddress else { return }
            (to + row * columns).update(from: from, count: columns)
        }
    }

    /// Gives every cell of a row's range a ground, keeping its text.
    public mutating func setGround(_ ground: Ground, columns range: Range<Int>, row: Int) {
        guard row >= 0, row < rows else { return }
        for column in range.clamped(to: 0..<columns) {
            cells[row * columns + column].style.ground = ground
        }
    }

    /// A row's text without the blanks at its end, as tests and the headset's checks read it.
    public func text(row: Int) -> String {
        guard row >= 0, row < rows else { return "" }
        var result = String(
            cells[(row * columns)..<((row + 1) * columns)].filter { !$0.isContinuation }.map(\.text)
        )
        while result.last == " " { result.removeLast() }
        return result
    }

    /// Traps in debug builds where half of a wide cluster stands without the other.
    public func checkInvariants() {
        for row in 0..<rows {
            for column in 0..<columns where self[column, row].isContinuation {
                assert(
                    column > 0 && self[column - 1, row].text.cellWidth == 2,
                    "the cell at \(column), \(row) continues nothing")
            }
        }
    }

    /// The grid without the rows at its end that hold neither text nor an ornament.
    public var trimmed: Grid {
        let lowest = ornaments.map { Int(($0.y + $0.height).rounded(.up)) }.max() ?? 0
        let written = cells.lastIndex { !$0.isBlank }.map { $0 / columns + 1 } ?? 0
        let kept = min(max(1, lowest, written), rows)
        guard kept < rows else { return self }
        var grid = Grid(columns: columns, rows: kept)
        grid.cells = Array(cells[..<(kept * columns)])
        grid.ornaments = ornaments
        return grid
    }

    /// All rows' text, joined by newlines.
    public var text: String { (0..<rows).map { text(row: $0) }.joined(separator: "\n") }
}
