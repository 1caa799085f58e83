import Editor
import GLSL

// What the rows' bytes hold. Numbers are positive but for parents that are not there, which are 0.

extension SketchTree.Edit {
    /// All but stage and number, which are columns.
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

    init?(stage: Stage, node: Int, encoded bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let joins = reader.unsigned() else { return nil }
        var numbers: [Int] = []
        for _ in 0..<8 {
            guard let number = reader.number() else { return nil }
            numbers.append(number)
        }
        guard let change = ChangeSet(encoded: reader.rest) else { return nil }
        self.init(
            stage: stage, node: node, parent: numbers[0], change: change,
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
        writer.write(states)
        return writer.bytes
    }

    init?(number: Int, encoded bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let parent = reader.number(), let states = reader.states() else { return nil }
        self.init(
            id: RevisionID(number), states: states, parent: parent == 0 ? nil : RevisionID(parent))
    }
}

extension SketchTree.Place {
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(current.number)
        writer.write(saved)
        writer.write(active.order)
        for selection in selections {
            writer.write(selection.anchor)
            writer.write(selection.head)
        }
        return writer.bytes
    }

    init?(encoded bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let current = reader.number(), let saved = reader.states(),
            let order = reader.number(), let active = Stage(order: order)
        else { return nil }
        var selections: [Selection] = []
        while let anchor = reader.number(), let head = reader.number() {
            selections.append(Selection(anchor: anchor, head: head))
        }
        self.init(
            current: RevisionID(current), saved: saved, active: active, selections: selections)
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ states: StageStates) {
        for stage in Stage.allCases { write(Int(states[stage.order])) }
    }
}

extension ByteReader {
    fileprivate mutating func states() -> StageStates? {
        var states = StageStates()
        for stage in Stage.allCases {
            guard let number = number(), let state = Int32(exactly: number) else { return nil }
            states[stage.order] = state
        }
        return states
    }
}

extension Stage {
    init?(order: Int) {
        guard let stage = Stage.allCases.first(where: { $0.order == order }) else { return nil }
        self = stage
    }
}
