/// An edit as a value: what of a text is kept, what is deleted, what is inserted, from its beginning to its end.
///
/// Deletions carry the deleted bytes, so that a change can be inverted without the text it was made for. A change in
/// normal form has no empty operations, none of the same kind side by side, and deletes before it inserts.
/// Laws: `inverted` undoes `apply`; `inverted.inverted` is the change itself; `a.composed(with: b)` does what `a` and
/// then `b` do; composing is associative in what it does.
public struct ChangeSet: Equatable, Sendable {
    /// A step over the old text.
    public enum Operation: Equatable, Sendable {
        /// That many bytes stay.
        case retain(Int)
        /// These bytes go.
        case delete([UInt8])
        /// These bytes come.
        case insert([UInt8])
    }

    /// The steps, in normal form.
    public private(set) var operations: [Operation] = []
    /// The length of the text that the change applies to, in bytes.
    public private(set) var lengthBefore = 0
    /// The length of the text that it makes, in bytes.
    public private(set) var lengthAfter = 0

    /// A change of the empty text into itself, to which steps are appended.
    public init() {}

    /// The replacement of one range of a text.
    public init(_ buffer: GapBuffer, replace range: Range<Int>, with new: [UInt8]) {
        retain(range.lowerBound)
        delete(buffer.bytes(range))
        insert(new)
        retain(buffer.count - range.upperBound)
    }

    /// Several replacements in one text, in rising order, none overlapping.
    public init(_ buffer: GapBuffer, replacements: [(range: Range<Int>, new: [UInt8])]) {
        var position = 0
        for (range, new) in replacements {
            precondition(range.lowerBound >= position, "replacements overlap or are out of order")
            retain(range.lowerBound - position)
            delete(buffer.bytes(range))
            insert(new)
            position = range.upperBound
        }
        retain(buffer.count - position)
    }

    /// Whether the change leaves the text as it is.
    public var isIdentity: Bool {
        operations.allSatisfy { if case .retain = $0 { true } else { false } }
    }

    /// Appends: that many bytes stay.
    public mutating func retain(_ count: Int) {
        guard count > 0 else { return }
        lengthBefore += count
        lengthAfter += count
        if case .retain(let last)? = operations.last {
            operations[operations.count - 1] = .retain(last + count)
        } else {
            operations.append(.retain(count))
        }
    }

    /// Appends: these bytes go.
    public mutating func delete(_ bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty else { return }
        lengthBefore += bytes.count
        switch operations.last {
        case .delete(let last)?:
            operations[operations.count - 1] = .delete(last + bytes)
        case .insert(let new)?:
            operations.removeLast()
            if case .delete(let last)? = operations.last {
                operations[operations.count - 1] = .delete(last + bytes)
            } else {
                operations.append(.delete(Array(bytes)))
            }
            operations.append(.insert(new))
        default: operations.append(.delete(Array(bytes)))
        }
    }

    /// Appends: these bytes come.
    public mutating func insert(_ bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty else { return }
        lengthAfter += bytes.count
        if case .insert(let last)? = operations.last {
            operations[operations.count - 1] = .insert(last + bytes)
        } else {
            operations.append(.insert(Array(bytes)))
        }
    }

    /// The change that takes this one back.
    public var inverted: ChangeSet {
        var result = ChangeSet()
        for operation in operations {
            switch operation {
            case .retain(let count): result.retain(count)
            case .delete(let bytes): result.insert(bytes)
            case .insert(let bytes): result.delete(bytes)
            }
        }
        return result
    }
}
