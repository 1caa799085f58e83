import Testing
import TextGrid

@Suite struct DamageTests {
    @Test("exactly the rows that differ are named, in runs from the top", arguments: 0..<100)
    func rows(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        var old = Grid(columns: 5, rows: 8)
        for row in 0..<8 { old.write("abc", column: 0, row: row) }
        old.ornaments = [.init(x: 1, y: 2, width: 0.1, height: 1, ink: .accent)]
        var new = old
        var expected = Set<Int>()
        for _ in 0..<next(5) {
            let row = next(8)
            new.write("x", column: next(5), row: row, style: Style(.error))
            if (0..<5).contains(where: { new[$0, row] != old[$0, row] }) { expected.insert(row) }
        }
        if next(2) == 0 {
            let y = next(8)
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
