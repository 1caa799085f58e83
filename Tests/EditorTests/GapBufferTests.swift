import TestSupport
import Testing

@testable import Editor

@Suite struct GapBufferTests {
    @Test(arguments: 0..<200) func behavesLikeAString(seed: Int) {
        var random = Seeded(seed: seed)
        let start = randomText(&random)
        var buffer = GapBuffer(start)
        var model = Array(start.utf8)
        for _ in 0..<40 {
            let range = randomRange(buffer, &random)
            let new = Array(randomText(&random, upTo: 4).utf8)
            let newlines = model[range].count { $0 == 0x0A }
            let edit = buffer.replace(range, with: new)
            model.replaceSubrange(range, with: new)
            #expect(edit.removed == newlines)
            #expect(edit.added == new.count { $0 == 0x0A })
            #expect(edit.line == model[..<range.lowerBound].count { $0 == 0x0A })
            #expect(buffer.text == String(decoding: model, as: UTF8.self))
            buffer.checkInvariants()
            let lines = model.split(separator: 0x0A, omittingEmptySubsequences: false)
            #expect(buffer.lineCount == lines.count)
            for (number, line) in lines.enumerated() {
                #expect(buffer.withLine(number) { Array($0) } == Array(line))
            }
            let offset = Int.random(in: 0...buffer.count, using: &random)
            #expect(buffer.line(at: offset) == model[..<offset].count { $0 == 0x0A })
        }
    }

    @Test func growsInTheMiddle() {
        var buffer = GapBuffer("ab\ncd")
        for index in 0..<5000 { buffer.replace((1 + index)..<(1 + index), with: [0x78]) }
        #expect(buffer.count == 5005)
        #expect(buffer.lineRange(1) == 5003..<5005)
        #expect(buffer.text.hasSuffix("xb\ncd"))
    }

    @Test func findsTheStartOfAScalar() {
        let buffer = GapBuffer("aé漢")
        #expect((0...6).map { buffer.scalarStart($0) } == [0, 1, 1, 3, 3, 3, 6])
        #expect(buffer.scalarStart(99) == 6)
        #expect(buffer.scalarStart(-1) == 0)
    }
}
