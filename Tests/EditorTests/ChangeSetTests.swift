import TestSupport
import Testing

@testable import Editor

@Suite struct ChangeSetTests {
    /// Some replacements in rising order.
    private func change(_ buffer: GapBuffer, _ random: inout Seeded) -> ChangeSet {
        var replacements: [(range: Range<Int>, new: [UInt8])] = []
        var position = 0
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let range = randomRange(buffer, &random)
            guard range.lowerBound >= position else { continue }
            replacements.append((range, Array(randomText(&random, upTo: 2).utf8)))
            position = range.upperBound
        }
        return ChangeSet(buffer, replacements: replacements)
    }

    @Test(arguments: 0..<300) func invertingTakesBack(seed: Int) {
        var random = Seeded(seed: seed)
        let text = randomText(&random)
        let change = change(GapBuffer(text), &random)
        #expect(change.inverted.applied(to: change.applied(to: text)) == text)
        #expect(change.inverted.inverted == change)
        #expect(change.lengthBefore == text.utf8.count)
        #expect(change.lengthAfter == change.applied(to: text).utf8.count)
    }

    @Test(arguments: 0..<300) func composingDoesBoth(seed: Int) {
        var random = Seeded(seed: seed)
        let text = randomText(&random)
        let a = change(GapBuffer(text), &random)
        let second = a.applied(to: text)
        let b = change(GapBuffer(second), &random)
        let third = b.applied(to: second)
        let c = change(GapBuffer(third), &random)
        let ab = a.composed(with: b)
        #expect(ab.applied(to: text) == third)
        #expect(ab.inverted.applied(to: third) == text)
        let left = ab.composed(with: c)
        let right = a.composed(with: b.composed(with: c))
        #expect(left.applied(to: text) == c.applied(to: third))
        #expect(right.applied(to: text) == c.applied(to: third))
        #expect(a.composed(with: a.inverted).applied(to: text) == text)
    }

    @Test(arguments: 0..<300) func mappingKeepsOrderAndUntouchedText(seed: Int) {
        var random = Seeded(seed: seed)
        let text = randomText(&random)
        let change = change(GapBuffer(text), &random)
        let after = Array(change.applied(to: text).utf8)
        let before = Array(text.utf8)
        for bias in [ChangeSet.Bias.before, .after] {
            let mapped = (0...before.count).map { change.map($0, bias) }
            #expect(mapped == mapped.sorted())
            #expect(mapped.allSatisfy { (0...after.count).contains($0) })
        }
        #expect((0...before.count).allSatisfy { change.map($0, .before) <= change.map($0, .after) })
        var position = 0
        for operation in change.operations {
            switch operation {
            case .retain(let count):
                for offset in position..<(position + count) {
                    #expect(after[change.map(offset, .after)] == before[offset])
                }
                position += count
            case .delete(let bytes): position += bytes.count
            case .insert: break
            }
        }
    }

    @Test(arguments: 0..<200) func differenceMakesTheOtherText(seed: Int) {
        var random = Seeded(seed: seed)
        let (old, new) = (randomText(&random), randomText(&random))
        let change = ChangeSet.difference(from: GapBuffer(old), to: Array(new.utf8))
        #expect(change.applied(to: old) == new)
        for operation in change.operations {
            if case .insert(let bytes) = operation {
                #expect(String(validating: bytes, as: UTF8.self) != nil)
            }
        }
    }

    @Test func differenceTouchesOnlyWhatDiffers() {
        let change = ChangeSet.difference(
            from: GapBuffer("one two three"), to: Array("one 2 three".utf8))
        #expect(
            change.operations == [
                .retain(4), .delete(Array("two".utf8)), .insert(Array("2".utf8)), .retain(6),
            ])
        #expect(change.touched == 4..<7)
    }

    @Test func insertionsGoToTheSideOfTheBias() {
        let change = ChangeSet(GapBuffer("ab"), replace: 1..<1, with: Array("xx".utf8))
        #expect(change.map(1, .before) == 1)
        #expect(change.map(1, .after) == 3)
        #expect(change.map(2, .before) == 4)
    }
}
