extension ChangeSet {
    /// Makes the change in a buffer, and tells `each` replacement's effect on the lines, first to last.
    ///
    /// The buffer must have the length that the change was made for; another length is a fault of the caller and traps.
    public func apply(to buffer: inout GapBuffer, each: (GapBuffer.LineEdit) -> Void = { _ in }) {
        precondition(
            buffer.count == lengthBefore, "the change was made for a text of another length")
        var position = 0
        var pending = 0
        for operation in operations {
            switch operation {
            case .delete(let bytes): pending = bytes.count
            case .insert(let bytes):
                each(buffer.replace(position..<(position + pending), with: bytes))
                position += bytes.count
                pending = 0
            case .retain(let count):
                if pending > 0 {
                    each(buffer.replace(position..<(position + pending), with: []))
                    pending = 0
                }
                position += count
            }
        }
        if pending > 0 { each(buffer.replace(position..<(position + pending), with: [])) }
    }

    /// The text that the change makes of another.
    public func applied(to text: String) -> String {
        var buffer = GapBuffer(text)
        apply(to: &buffer)
        return buffer.text
    }

    /// The shortest single replacement that makes one text into another, on scalars' borders.
    public static func difference(from old: GapBuffer, to new: [UInt8]) -> ChangeSet {
        let limit = min(old.count, new.count)
        var prefix = 0
        while prefix < limit, old[prefix] == new[prefix] { prefix += 1 }
        // A border inside a scalar would leave halves of two characters in the change.
        func inside(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
        while prefix > 0,
            (prefix < old.count && inside(old[prefix]))
                || (prefix < new.count && inside(new[prefix]))
        {
            prefix -= 1
        }
        var suffix = 0
        while suffix < limit - prefix,
            old[old.count - 1 - suffix] == new[new.count - 1 - suffix]
        {
            suffix += 1
        }
        while suffix > 0, inside(old[old.count - suffix]) { suffix -= 1 }
        return ChangeSet(
            old, replace: prefix..<(old.count - suffix),
            with: Array(new[prefix..<(new.count - suffix)]))
    }
}
