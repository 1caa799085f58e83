extension EditorController {
    /// The lines that the selection touches; one that it only ends before is not among them.
    var selectedLines: ClosedRange<Int> {
        let range = selection.range
        let first = buffer.line(at: range.lowerBound)
        var last = buffer.line(at: range.upperBound)
        if last > first, buffer.lineStart(last) == range.upperBound { last -= 1 }
        return first...last
    }

    /// Lines with the newline behind them; at the text's end with the one before.
    func wholeLines(_ lines: ClosedRange<Int>) -> Range<Int> {
        let start = buffer.lineStart(lines.lowerBound)
        if lines.upperBound + 1 < buffer.lineCount {
            return start..<buffer.lineStart(lines.upperBound + 1)
        }
        return max(0, start - 1)..<buffer.count
    }

    /// Replaces a piece of each line, as one step; the pieces are given by bytes of the line.
    func editLines(
        _ lines: ClosedRange<Int>, at seconds: Double,
        _ piece: (_ line: Int) -> (range: Range<Int>, new: [UInt8])?
    ) {
        var replacements: [(range: Range<Int>, new: [UInt8])] = []
        for line in lines {
            guard let (range, new) = piece(line) else { continue }
            let start = buffer.lineStart(line)
            replacements.append(((start + range.lowerBound)..<(start + range.upperBound), new))
        }
        let change = ChangeSet(buffer, replacements: replacements)
        let old = selection
        let after: Selection
        if old.isEmpty {
            after = Selection(change.map(old.head, .after))
        } else {
            // A selection from a line's beginning goes on holding the whole line.
            let low = change.map(old.range.lowerBound, .before)
            let high = change.map(old.range.upperBound, .after)
            after =
                old.head < old.anchor
                ? Selection(anchor: high, head: low) : Selection(anchor: low, head: high)
        }
        commit(change, after, .command, at: seconds)
    }

    /// Deletes the selected lines; the caret stays in its column.
    func deleteLines(at seconds: Double) {
        let lines = selectedLines
        let start = buffer.lineStart(lines.lowerBound)
        let column = buffer.withLine(lines.lowerBound) {
            Clusters.column(of: min(selection.range.lowerBound - start, $0.count), in: $0)
        }
        let range = wholeLines(lines)
        guard replace(range, with: [], .command, at: seconds) else { return }
        let line = buffer.line(at: min(start, buffer.count))
        selection = Selection(offset(line: line, column: column))
    }

    /// Puts a copy of the selected lines below them, and goes there.
    func duplicateLines(at seconds: Double) {
        let lines = selectedLines
        let start = buffer.lineStart(lines.lowerBound)
        let end = buffer.lineRange(lines.upperBound).upperBound
        let copy = [0x0A] + buffer.bytes(start..<end)
        let old = selection
        commit(
            ChangeSet(buffer, replace: end..<end, with: copy),
            Selection(anchor: old.anchor + copy.count, head: old.head + copy.count), .command,
            at: seconds)
    }

    /// Exchanges the selected lines with the one above or below, and goes with them.
    func moveLines(up: Bool, at seconds: Double) {
        let lines = selectedLines
        let neighbour = up ? lines.lowerBound - 1 : lines.upperBound + 1
        guard neighbour >= 0, neighbour < buffer.lineCount else { return }
        let start = buffer.lineStart(lines.lowerBound)
        let end = buffer.lineRange(lines.upperBound).upperBound
        let moved = buffer.bytes(start..<end)
        let range = buffer.lineRange(neighbour)
        let other = buffer.bytes(range)
        let old = selection
        let shift = up ? -(other.count + 1) : other.count + 1
        let all = up ? range.lowerBound..<end : start..<range.upperBound
        let text = up ? moved + [0x0A] + other : other + [0x0A] + moved
        let limit = buffer.count
        func shifted(_ offset: Int) -> Int { min(max(0, offset + shift), limit) }
        commit(
            ChangeSet(buffer, replace: all, with: text),
            Selection(anchor: shifted(old.anchor), head: shifted(old.head)), .command, at: seconds)
    }

    /// Deletes the selection, or what the action names beside the caret.
    func delete(_ action: EditAction, at seconds: Double) {
        let old = selection
        guard old.isEmpty else {
            replace(old.range, with: [], .command, at: seconds)
            return
        }
        let caret = old.head
        switch action {
        case .deleteBackward:
            let start = backwardStart(caret)
            guard start < caret else { return }
            let blank = WordBoundaries.kind(buffer[start]) == .blank
            replace(start..<caret, with: [], .deletingBackward(blank: blank), at: seconds)
        case .deleteForward:
            replace(caret..<clusterAfter(caret), with: [], .deletingForward, at: seconds)
        case .deleteWordBackward:
            let start = WordBoundaries.left(of: caret, in: buffer)
            replace(start..<caret, with: [], .command, at: seconds)
        default:
            let end = WordBoundaries.right(of: caret, in: buffer)
            replace(caret..<end, with: [], .command, at: seconds)
        }
    }

    /// Where backspace deletes from: within an indentation of spaces the stop before, elsewhere the cluster before.
    private func backwardStart(_ caret: Int) -> Int {
        let start = buffer.lineStart(buffer.line(at: caret))
        let local = caret - start
        guard local > 1, buffer.withBytes(start..<caret, { $0.allSatisfy { $0 == 0x20 } }) else {
            return clusterBefore(caret)
        }
        return start + (local - 1) / Self.indentWidth * Self.indentWidth
    }
}
