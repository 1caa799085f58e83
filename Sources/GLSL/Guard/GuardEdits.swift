/// Insertions into a text, and how they moved what was on their lines.
struct GuardEdits {
    private var edits: [(offset: Int, removed: Int, text: String)] = []

    /// Puts text before the byte at an offset, behind what was put there already.
    mutating func insert(_ text: String, at offset: Int) { edits.append((offset, 0, text)) }

    /// Puts text before the byte at an offset, and before what was put there already.
    mutating func insertFirst(_ text: String, at offset: Int) {
        edits.insert((offset, 0, text), at: 0)
    }

    /// Puts a word in a token's place.
    mutating func replace(_ range: Range<Int>, with text: String) {
        edits.append((range.lowerBound, range.count, text))
    }

    /// The new text, and for the line map what was put where.
    func applied(to source: GuardSource) -> (String, [LineMap.Insertion]) {
        let bytes = source.bytes
        let sorted = edits.enumerated().sorted {
            ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + edits.count * 64)
        var insertions: [LineMap.Insertion] = []
        var position = 0
        var line = 1
        var lineStart = 0
        for (_, edit) in sorted where edit.offset >= position {
            result += bytes[position..<edit.offset]
            position = edit.offset
            let newLine = source.line(of: position)
            if newLine != line {
                line = newLine
                let start = newLine > 1 ? source.newlines[newLine - 2] + 1 : 0
                lineStart = result.count - (position - start)
            }
            insertions.append(
                LineMap.Insertion(
                    textLine: line, offset: result.count - lineStart,
                    length: edit.text.utf8.count,
                    replaced: String(
                        decoding: bytes[position..<position + edit.removed], as: UTF8.self)))
            result += Array(edit.text.utf8)
            position += edit.removed
        }
        result += bytes[position...]
        return (String(decoding: result, as: UTF8.self), insertions)
    }
}
