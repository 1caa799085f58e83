extension ChangeSet {
    /// The change that does what this one and then another do; the other must fit the text that this one makes.
    public func composed(with next: ChangeSet) -> ChangeSet {
        precondition(lengthAfter == next.lengthBefore, "the changes do not follow each other")
        var result = ChangeSet()
        var first = OperationReader(operations)
        var second = OperationReader(next.operations)
        while true {
            if case .delete(let bytes)? = first.head {
                result.delete(bytes)
                first.drop()
                continue
            }
            if case .insert(let bytes)? = second.head {
                result.insert(bytes)
                second.drop()
                continue
            }
            guard let made = first.head, let used = second.head else { break }
            let count = min(made.count, used.count)
            switch (made, used) {
            case (.retain, .retain): result.retain(count)
            case (.retain, .delete(let bytes)): result.delete(bytes.prefix(count))
            case (.insert(let bytes), .retain): result.insert(bytes.prefix(count))
            default: break  // What the first inserts and the second deletes was never there.
            }
            first.take(count)
            second.take(count)
        }
        return result
    }
}

extension ChangeSet.Operation {
    /// The bytes that the step goes over or brings.
    fileprivate var count: Int {
        switch self {
        case .retain(let count): count
        case .delete(let bytes), .insert(let bytes): bytes.count
        }
    }
}

/// Reads operations piece by piece, splitting them where the other side's end earlier.
private struct OperationReader {
    private var rest: ArraySlice<ChangeSet.Operation>
    private(set) var head: ChangeSet.Operation?

    init(_ operations: [ChangeSet.Operation]) {
        rest = operations[...]
        head = rest.popFirst()
    }

    mutating func drop() { head = rest.popFirst() }

    /// Goes on by some bytes of the head.
    mutating func take(_ count: Int) {
        guard let now = head, count < now.count else { return drop() }
        switch now {
        case .retain(let all): head = .retain(all - count)
        case .delete(let bytes): head = .delete(Array(bytes.dropFirst(count)))
        case .insert(let bytes): head = .insert(Array(bytes.dropFirst(count)))
        }
    }
}
