import TestSupport
import Testing
import TextGrid

@Suite struct GridTests {
    @Test func writesFromAPlaceAndGivesTheColumnAfter() {
        var grid = Grid(columns: 10, rows: 2)
        let end = grid.write("float", column: 2, row: 1, style: Style(.type))
        #expect(end == 7)
        #expect(grid.text == "\n  float")
        #expect(grid[2, 1] == Cell("f", Style(.type)))
        #expect(grid[1, 1] == Cell())
    }

    @Test func clipsAtTheEdgeAndAtALimit() {
        var grid = Grid(columns: 4, rows: 1)
        #expect(grid.write("abcdef", column: 2, row: 0) == 4)
        #expect(grid.text == "  ab")
        #expect(grid.write("xyz", column: 0, row: 0, limit: 1) == 1)
        #expect(grid.text == "x ab")
    }

    @Test func leavesOutAWideClusterThatDoesNotFit() {
        var grid = Grid(columns: 3, rows: 1)
        #expect(grid.write("a漢字", column: 0, row: 0) == 3)
        #expect(grid.text == "a漢")
        #expect(grid[2, 0].isContinuation)
    }

    @Test func writingOutsideDoesNothing() {
        var grid = Grid(columns: 2, rows: 2)
        let before = grid
        grid[-1, 0] = Cell("x")
        grid[0, 2] = Cell("x")
        grid.write("abc", column: 0, row: 5)
        grid.setGround(.bar, columns: 0..<2, row: -1)
        #expect(grid == before)
        #expect(grid[7, 7] == Cell())
    }

    @Test func grounds() {
        var grid = Grid(columns: 4, rows: 1)
        grid.write("ab", column: 0, row: 0, style: Style(.error))
        grid.setGround(.errorLine, columns: 1..<99, row: 0)
        #expect(grid[0, 0].style == Style(.error))
        #expect(grid[1, 0] == Cell("b", Style(.error, on: .errorLine)))
        #expect(grid[3, 0].style.ground == .errorLine)
    }

    @Test func overwritingHalfOfAWideClusterBlanksTheOther() {
        var grid = Grid(columns: 4, rows: 1)
        grid.write("漢字", column: 0, row: 0)
        grid[1, 0] = Cell("x")
        #expect(grid.text == " x字")
        grid[2, 0] = Cell("y")
        #expect(grid.text == " xy")
        #expect(!grid[3, 0].isContinuation)
    }

    @Test func equalityLooksAtTextStyleAndOrnaments() {
        var (a, b) = (Grid(columns: 3, rows: 1), Grid(columns: 3, rows: 1))
        #expect(a == b)
        a.write("x", column: 0, row: 0)
        #expect(a != b)
        b.write("x", column: 0, row: 0, style: Style(.error))
        #expect(a != b)
        b.write("x", column: 0, row: 0)
        #expect(a == b)
        b.ornaments.append(.init(x: 0, y: 0, width: 1, height: 1, ink: .accent))
        #expect(a != b)
        #expect(Grid(columns: 2, rows: 3) != Grid(columns: 3, rows: 2))
    }

    /// Law: writing a text is writing its clusters one after another, whichever way it goes inside.
    @Test(arguments: 0..<100) func writingIsWritingEachCluster(seed: Int) {
        var random = Seeded(seed: seed)
        var grid = Grid(columns: 4 + random.below(9), rows: 1)
        grid.write("漢字漢字漢字", column: random.below(2), row: 0)
        var expected = grid
        let alphabet: [Character] =
            seed % 2 == 0 ? ["a", "b", " ", "~"] : ["a", "é", "字", "\r\n", "\0"]
        let text = String((0..<random.below(9)).map { _ in random.pick(alphabet) })
        let start = random.below(4)
        let end = grid.write(text, column: start, row: 0, style: Style(.type))
        var column = start
        for character in text {
            guard column + character.cellWidth <= expected.columns else { break }
            let cell = Cell(character == "\0" ? " " : character, Style(.type))
            expected[column, 0] = cell
            if character.cellWidth == 2 {
                expected[column + 1, 0] = Cell(" ")
                expected[column + 1, 0] = .continuation(Style(.type))
            }
            column += character.cellWidth
        }
        #expect(grid == expected)
        #expect(end == column)
        grid.checkInvariants()
    }

    @Test func sizesBelowOneAreOne() {
        let grid = Grid(columns: -3, rows: 0)
        #expect(grid.columns == 1 && grid.rows == 1 && grid.cells.count == 1)
    }

    /// Law: whatever is written wherever, no half of a wide cluster stands alone, and each row has
    /// its width.
    @Test(arguments: 0..<200) func randomWritingKeepsTheInvariant(seed: Int) {
        var random = Seeded(seed: seed)
        var grid = Grid(columns: 1 + random.below(9), rows: 1 + random.below(3))
        for _ in 0..<40 {
            let text = String(
                (0..<random.below(6)).map { _ in random.pick(["a", "漢", "é", "🧬", " "]) })
            let (column, row) = (random.below(12) - 2, random.below(5) - 1)
            let end = grid.write(text, column: max(0, column), row: row)
            #expect(end <= max(grid.columns, max(0, column)))
            if random.below(3) == 0 { grid[column, row] = Cell("z") }
            grid.checkInvariants()
            for row in 0..<grid.rows {
                #expect(grid.text(row: row).reduce(0) { $0 + $1.cellWidth } <= grid.columns)
            }
        }
    }
}
