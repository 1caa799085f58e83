import TextGrid

/// One row of cells on its way into a grid, used again for each row.
///
/// It owns plain memory rather than an array: a row is drawn cell by cell within microseconds, and the array's check
/// for a sole owner at each cell cost a third of that.
final class RowBuffer {
    private var base: UnsafeMutableBufferPointer<Cell>

    init() { base = .allocate(capacity: 0) }

    deinit { free() }

    private func free() {
        base.deinitialize()
        base.deallocate()
    }

    var count: Int { base.count }

    /// Empties the row, with that many blanks.
    func clear(_ count: Int, ground: Ground) {
        let blank = Cell(" ", Style(.text, on: ground))
        if base.count == count {
            base.update(repeating: blank)
        } else {
            free()
            base = .allocate(capacity: count)
            base.initialize(repeating: blank)
        }
    }

    /// Puts a cell into a column; outside the row nothing happens.
    @inline(__always)
    func set(_ column: Int, _ cell: Cell) {
        guard column >= 0, column < base.count else { return }
        base[column] = cell
    }

    /// Gives a cell a ground, keeping its text.
    func setGround(_ ground: Ground, column: Int) {
        guard column >= 0, column < base.count else { return }
        base[column].style.ground = ground
    }

    /// Writes text from a column to the right, as far as there is room.
    func write(_ text: String, column: Int, style: Style) {
        var column = column
        for character in text {
            let width = character.cellWidth
            guard column + width <= base.count else { return }
            set(column, Cell(character, style))
            if width == 2 { set(column + 1, .continuation(style)) }
            column += width
        }
    }

    /// Puts the row into a grid.
    func put(into grid: inout Grid, row: Int) {
        grid.replaceRow(row, with: UnsafeBufferPointer(base))
    }
}
