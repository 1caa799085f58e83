import GLSL

/// A diagnostic with its place in the present text, which follows edits until the next verdict.
struct TrackedDiagnostic {
    var diagnostic: Diagnostic
    /// The part that it is about; nil for the program as a whole.
    let home: SketchPart?
    /// The part whose text it lies in; nil where it has no place.
    var part: SketchPart?
    /// Its line, from the line's beginning to before the newline.
    var line = 0..<0
    /// The token that is wrong; empty where none was named.
    var token = 0..<0
    /// Whether its line has been edited since, so that it may be wrong by now.
    var isFaded = false
    /// Whether it has been on screen; what is seen does not hide again because a key comes.
    var isRevealed = false

    /// Places a diagnostic in the text that it was made for.
    init(_ diagnostic: Diagnostic, part: SketchPart?, in buffer: GapBuffer) {
        self.diagnostic = diagnostic
        home = part
        guard let part, let number = diagnostic.line, number >= 1 else { return }
        self.part = part
        // A driver may name a line behind the last one, as for a missing brace.
        let index = min(number, buffer.lineCount) - 1
        line = buffer.lineRange(index)
        let start = line.lowerBound
        token = buffer.withLine(index) { bytes in
            let local = Self.token(of: diagnostic, in: bytes)
            return (start + local.lowerBound)..<(start + local.upperBound)
        }
    }

    /// The token that is wrong; nothing where neither a column nor a name tells it: the line's ground says enough then.
    private static func token(
        of diagnostic: Diagnostic, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Range<Int> {
        guard bytes.count <= LineStates.longestLine else { return 0..<0 }
        return diagnostic.wrongRange(in: Array(bytes)) ?? 0..<0
    }

    /// Goes along with a change that was made; `buffer` is the text after it.
    mutating func follow(_ change: ChangeSet, to buffer: GapBuffer) {
        let low = change.map(line.lowerBound, .after)
        let high = change.map(line.upperBound, .before)
        let isWhole =
            high - low == line.count
            && (low == 0 || buffer[low - 1] == 0x0A)
            && (high == buffer.count || buffer[high] == 0x0A)
        if !isWhole || change.touchesInside(line) { isFaded = true }
        line = low..<max(low, high)
        let start = change.map(token.lowerBound, .after)
        token = start..<max(start, change.map(token.upperBound, .before))
    }
}

extension ChangeSet {
    /// Whether a change lies within a range of the old text, not only at its ends.
    func touchesInside(_ range: Range<Int>) -> Bool {
        var position = 0
        for operation in operations {
            switch operation {
            case .retain(let count): position += count
            case .delete(let bytes):
                if position < range.upperBound, position + bytes.count > range.lowerBound {
                    return true
                }
                position += bytes.count
            case .insert:
                if position > range.lowerBound, position < range.upperBound { return true }
            }
        }
        return false
    }
}
