import Render
import Testing

@Suite struct LayoutTests {
    private func layout(size: Int, columns: Int = 31, rows: Int = 7) throws -> PanelLayout {
        PanelLayout(
            x: 40, y: -9, columns: columns, rows: rows,
            metrics: try bundledFont().metrics(pixelSize: size))
    }

    /// Law: the middle of each cell is found there, and the panel's padding beside all cells.
    @Test(arguments: [12, 17, 40, 72]) func pointsFindTheirCells(size: Int) throws {
        let layout = try layout(size: size)
        let (origin, metrics) = (layout.contentOrigin, layout.metrics)
        for row in 0..<layout.rows {
            for column in 0..<layout.columns {
                let x = origin.x + column * metrics.cellWidth + metrics.cellWidth / 2
                let y = origin.y + row * metrics.lineHeight + metrics.lineHeight / 2
                let found = layout.place(atX: Double(x), y: Double(y))
                #expect(found.column.rounded(.down) == Double(column))
                #expect(found.row.rounded(.down) == Double(row))
            }
        }
        #expect(layout.place(atX: Double(origin.x), y: Double(origin.y)) == (0, 0))
        #expect(layout.place(atX: Double(origin.x - 1), y: Double(origin.y - 1)) < (0, 0))
        let end = origin.x + layout.columns * metrics.cellWidth
        #expect(layout.place(atX: Double(end), y: 0).column == Double(layout.columns))
        #expect(layout.contains(x: layout.x, y: layout.y))
        #expect(!layout.contains(x: layout.x + layout.width, y: layout.y))
    }

    /// Law: as many cells as fit, and not one more.
    @Test(arguments: [12, 18, 35]) func cellsFit(size: Int) throws {
        let metrics = try bundledFont().metrics(pixelSize: size)
        for width in stride(from: 200, through: 900, by: 37) {
            let cells = PanelLayout.cells(fitting: (width, width / 2), metrics: metrics)
            let layout = PanelLayout(
                x: 0, y: 0, columns: cells.columns, rows: cells.rows, metrics: metrics)
            #expect(layout.width <= width && layout.height <= width / 2)
            #expect(layout.width + metrics.cellWidth > width)
            #expect(layout.height + metrics.lineHeight > width / 2)
        }
        #expect(PanelLayout.cells(fitting: (1, 1), metrics: metrics) == (1, 1))
    }
}
