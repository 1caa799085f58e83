import Editor
import GLSL

// What the rows' bytes hold. Numbers are positive but for parents that are not there, which are 0.

extension SketchTree.Edit {
    /// All but the part's number and its own, which are columns.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt64(joins ? 1 : 0))
        for number in [
            parent, original, revision.number, restore?.number ?? 0, before.anchor, before.head,
            after.anchor, after.head,
        ] { writer.write(number) }
        writer.write(change.encoded)
        return writer.bytes
    }

    init?(part: Int, node: Int, encoded bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let joins = reader.unsigned() else { return nil }
        var numbers: [Int] = []
        for _ in 0..<8 {
            guard let number = reader.number() else { return nil }
            numbers.append(number)
        }
        guard let change = ChangeSet(encoded: reader.rest) else { return nil }
        self.init(
            part: part, node: node, parent: numbers[0], change: change,
            before: Selection(anchor: numbers[4], head: numbers[5]),
            after: Selection(anchor: numbers[6], head: numbers[7]), joins: joins == 1,
            original: numbers[1], revision: RevisionID(numbers[2]),
            restore: numbers[3] == 0 ? nil : RevisionID(numbers[3]))
    }
}

extension SketchTree.Revision {
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(parent?.number ?? 0)
        writer.write(states, of: 0..<max(stageCount, states.count))
        return writer.bytes
    }

    init?(number: Int, encoded bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let parent = reader.number(), let numbers = reader.numbers(),
            numbers.count >= stageCount, let states = PartStates(numbers)
        else { return nil }
        self.init(
            id: RevisionID(number), states: states, parent: parent == 0 ? nil : RevisionID(parent))
    }
}

extension SketchTree.Place {
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(current.number)
        writer.write(saved, of: 0..<stageCount)
        writer.write(active)
        for selection in selections {
            writer.write(selection.anchor)
            writer.write(selection.head)
        }
        writer.write(saved, of: stageCount..<max(stageCount, selections.count))
        return writer.bytes
    }

    init?(encoded bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let numbers = reader.numbers(), numbers.count > stageCount + 2 else { return nil }
        let rest = numbers.dropFirst(stageCount + 2)
        // Two numbers for each part's selection, then one for what is saved of each but the stages.
        let count = (rest.count + stageCount) / 3
        let selections = rest.prefix(2 * count)
        guard
            let saved = PartStates(
                Array(numbers[1...stageCount] + rest.dropFirst(2 * count)))
        else { return nil }
        self.init(
            current: RevisionID(numbers[0]), saved: saved, active: numbers[stageCount + 1],
            selections: (0..<selections.count / 2).map { part in
                let index = selections.startIndex + 2 * part
                return Selection(anchor: selections[index], head: selections[index + 1])
            })
    }
}

/// How many parts every sketch has, missing or not: their states are in every row.
private let stageCount = SketchPart.stages.count

extension PartStates {
    /// States from the first part's on; nil for numbers that none can be.
    fileprivate init?(_ numbers: [Int]) {
        self.init()
        for (part, number) in numbers.enumerated() {
            guard let state = Int32(exactly: number) else { return nil }
            self[part] = state
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ states: PartStates, of parts: Range<Int>) {
        for part in parts { write(Int(states[part])) }
    }
}

extension ByteReader {
    /// All numbers that are left; nil where the bytes end within one.
    fileprivate mutating func numbers() -> [Int]? {
        var numbers: [Int] = []
        while !isAtEnd {
            guard let number = number() else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}
