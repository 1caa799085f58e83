import Render
import Testing

@Suite struct LayoutTests {
    private func layout(size: Int, columns: Int = 31, rows: Int = 7) throws -> PanelLayout {
        PanelLayout(
            x: 40, y: -9, columns: columns, rows: rows,
            metrics: try bundledFont().metrics(pixelSize: size))
    }

    /// Law: the middle of each cell is found as that cell, and the panel's padding as none.
    @Test(arguments: [12, 17, 40, 72]) func pointsFindTheirCells(size: Int) throws {
        let layout = try layout(size: size)
        let (origin, metrics) = (layout.contentOrigin, layout.metrics)
        for row in 0..<layout.rows {
            for column in 0..<layout.columns {
                let x = origin.x + column * metrics.cellWidth + metrics.cellWidth / 2
                let y = origin.y + row * metrics.lineHeight + metrics.lineHeight / 2
                let found = try #require(layout.cell(atX: x, y: y))
                #expect(found == (column, row))
            }
        }
        #expect(layout.cell(atX: origin.x - 1, y: origin.y) == nil)
        #expect(layout.cell(atX: origin.x + layout.columns * metrics.cellWidth, y: origin.y) == nil)
        #expect(layout.contains(x: layout.x, y: layout.y))
        #expect(!layout.contains(x: layout.x + layout.width, y: layout.y))
    }

    @Test func caretPlacesRoundAndClamp() throws {
        let layout = try layout(size: 20)
        let (origin, width) = (layout.contentOrigin, layout.metrics.cellWidth)
        #expect(
            layout.caretPlace(nearX: origin.x + 3 * width + width / 2 + 1, y: origin.y) == (4, 0))
        #expect(
            layout.caretPlace(nearX: origin.x + 3 * width + width / 2 - 1, y: origin.y) == (3, 0))
        #expect(layout.caretPlace(nearX: -5000, y: -5000) == (0, 0))
        #expect(layout.caretPlace(nearX: 5000, y: 5000) == (31, 6))
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
