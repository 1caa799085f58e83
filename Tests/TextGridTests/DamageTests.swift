import TestSupport
import Testing
import TextGrid

@Suite struct DamageTests {
    @Test("areas hold exactly the rows that differ, and in them all that does", arguments: 0..<100)
    func areas(seed: Int) {
        var random = Seeded(seed: seed)
        var old = Grid(columns: 40, rows: 8)
        for row in 0..<8 { old.write("abc", column: 0, row: row) }
        old.ornaments = [.init(x: 1, y: 2, width: 0.1, height: 1, ink: .accent)]
        var new = old
        var expected = Set<[Int]>()
        for _ in 0..<random.below(5) {
            let (column, row) = (random.below(40), random.below(8))
            new.write("x", column: column, row: row, style: Style(.error))
            if new[column, row] != old[column, row] { expected.insert([column, row]) }
        }
        if random.below(2) == 0 {
            let y = random.below(8)
            new.ornaments = [.init(x: 3, y: Float(y), width: 0.1, height: 1, ink: .accent)]
            expected.formUnion([[1, 2], [3, y]])
        }
        let areas = new.areasChanged(from: old) ?? []
        #expect(Set(areas.flatMap { Array($0.rows) }) == Set(expected.map { $0[1] }))
        for area in areas {
            // Each is as small as it can be.
            let inside = expected.filter {
                area.rows.contains($0[1]) && area.columns.contains($0[0])
            }
            let columns = inside.map { $0[0] }
            #expect(area.columns.lowerBound == columns.min())
            #expect(area.columns.upperBound == columns.max().map { $0 + 1 })
            expected.subtract(inside)
        }
        #expect(expected.isEmpty)
        for (index, area) in areas.enumerated() {
            for other in areas[..<index] {
                // What reaches beyond one by a cell does not reach into another.
                let isApart =
                    other.rows == area.rows
                    ? other.columns.upperBound + 2 < area.columns.lowerBound
                    : other.rows.upperBound < area.rows.lowerBound
                #expect(isApart)
            }
        }
        #expect(new.areasChanged(from: new) == [])
    }

    @Test("another shape has no areas to name")
    func shape() {
        #expect(Grid(columns: 4, rows: 3).areasChanged(from: Grid(columns: 4, rows: 4)) == nil)
    }
}
