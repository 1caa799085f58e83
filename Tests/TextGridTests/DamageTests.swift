import TestSupport
import Testing
import TextGrid

@Suite struct DamageTests {
    @Test("exactly the rows that differ are named, in runs from the top", arguments: 0..<100)
    func rows(seed: Int) {
        var random = Seeded(seed: seed)
        var old = Grid(columns: 5, rows: 8)
        for row in 0..<8 { old.write("abc", column: 0, row: row) }
        old.ornaments = [.init(x: 1, y: 2, width: 0.1, height: 1, ink: .accent)]
        var new = old
        var expected = Set<Int>()
        for _ in 0..<random.below(5) {
            let row = random.below(8)
            new.write("x", column: random.below(5), row: row, style: Style(.error))
            if (0..<5).contains(where: { new[$0, row] != old[$0, row] }) { expected.insert(row) }
        }
        if random.below(2) == 0 {
            let y = random.below(8)
            new.ornaments = [.init(x: 3, y: Float(y), width: 0.1, height: 1, ink: .accent)]
            expected.formUnion([2, y])
        }
        let runs = new.rowsChanged(from: old) ?? []
        #expect(Set(runs.flatMap { Array($0) }) == expected)
        #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        #expect(new.rowsChanged(from: new) == [])
    }

    @Test("another shape has no rows to name")
    func shape() {
        #expect(Grid(columns: 4, rows: 3).rowsChanged(from: Grid(columns: 4, rows: 4)) == nil)
    }
}
