extension EditorController {
    /// Takes a press of the mouse at a place of the last snapshot, in cells from its top left.
    ///
    /// On a tab it goes to that part, on text it places the caret; `extend` keeps the selection's other end. Two
    /// clicks select a word, three a line. Gives false where there is nothing to press.
    @discardableResult
    public func press(column: Double, row: Double, extend: Bool = false, clicks: Int = 1) -> Bool {
        let cell = (column: Int(column.rounded(.down)), row: Int(row.rounded(.down)))
        if cell.row == layout.tabsRow {
            guard let tab = layout.tabs.first(where: { $0.columns.contains(cell.column) }) else {
                return false
            }
            sketch.active = tab.part
            goalColumn = nil
            return true
        }
        guard layout.text.contains(cell.row) else { return false }
        let offset = offset(column: column, row: row)
        goalColumn = nil
        dragUnit = clicks >= 3 ? .line : clicks == 2 ? .word : .cluster
        if extend {
            let old = selection
            dragOrigin = old.anchor..<old.anchor
            dragUnit = .cluster
            selection = Selection(anchor: old.anchor, head: offset)
            return true
        }
        let unit = unit(around: offset, clickedCell: cell.column)
        dragOrigin = unit
        selection = Selection(anchor: unit.lowerBound, head: unit.upperBound)
        return true
    }

    /// Extends the selection to a place, after a press; beyond the text's edge the text scrolls by a line.
    public func drag(column: Double, row: Double) {
        guard let origin = dragOrigin else { return }
        let unit = unit(around: offset(column: column, row: row), clickedCell: Int(column))
        selection =
            unit.lowerBound < origin.lowerBound
            ? Selection(anchor: origin.upperBound, head: unit.lowerBound)
            : Selection(anchor: origin.lowerBound, head: max(origin.upperBound, unit.upperBound))
    }

    /// Ends a drag.
    public func release() { dragOrigin = nil }

    /// Scrolls by rows, down where positive, and by columns; parts of a row are saved up.
    public func scroll(rows: Double, columns: Double = 0) {
        scrollRest += rows
        let whole = Int(scrollRest.rounded(.towardZero))
        scrollRest -= Double(whole)
        var scroll = sketch.scroll
        scroll.line = min(max(0, scroll.line + whole), max(0, buffer.lineCount - 1))
        scroll.column = max(0, scroll.column + Int(columns.rounded()))
        sketch.scroll = scroll
        followsCaret = false
    }

    private func unit(around offset: Int, clickedCell: Int) -> Range<Int> {
        switch dragUnit {
        case .cluster: offset..<offset
        case .word: WordBoundaries.around(offset, in: buffer)
        case .line: wholeLine(at: offset)
        }
    }

    private func wholeLine(at offset: Int) -> Range<Int> {
        let range = buffer.lineRange(buffer.line(at: offset))
        return range.lowerBound..<min(buffer.count, range.upperBound + 1)
    }

    /// The offset nearest to a place of the panel; rows outside the text count on in lines.
    private func offset(column: Double, row: Double) -> Int {
        let row = Int(row.rounded(.down)) - layout.text.lowerBound
        let line = min(max(0, sketch.scroll.line + row), buffer.lineCount - 1)
        let cell = column - Double(layout.gutter) + Double(sketch.scroll.column)
        // A word is picked by the cell under the pointer, a caret by the nearer border.
        let shift = dragUnit == .word ? 0 : 0.5
        return self.offset(line: line, column: max(0, Int((cell + shift).rounded(.down))))
    }
}
