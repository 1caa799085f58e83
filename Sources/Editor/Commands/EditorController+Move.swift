extension EditorController {
    /// Moves the caret; with `extending` the selection's other end stays.
    func move(_ motion: Motion, extending: Bool) {
        let old = selection
        let isVertical =
            switch motion {
            case .up, .down, .pageUp, .pageDown: true
            default: false
            }
        if !isVertical { goalColumn = nil }
        let head: Int
        if !extending, !old.isEmpty, motion == .left {
            head = old.range.lowerBound
        } else if !extending, !old.isEmpty, motion == .right {
            head = old.range.upperBound
        } else {
            head = target(of: motion, from: old.head)
        }
        selection = extending ? Selection(anchor: old.anchor, head: head) : Selection(head)
    }

    private func target(of motion: Motion, from head: Int) -> Int {
        let line = buffer.line(at: head)
        let range = buffer.lineRange(line)
        switch motion {
        case .left: return clusterBefore(head)
        case .right: return clusterAfter(head)
        case .wordLeft: return WordBoundaries.left(of: head, in: buffer)
        case .wordRight: return WordBoundaries.right(of: head, in: buffer)
        case .lineStart:
            let text = range.lowerBound + indentation(of: line)
            return head == text ? range.lowerBound : text
        case .lineEnd: return range.upperBound
        case .documentStart: return 0
        case .documentEnd: return buffer.count
        case .up: return vertical(by: -1, from: head, line: line)
        case .down: return vertical(by: 1, from: head, line: line)
        case .pageUp: return vertical(by: -page, from: head, line: line)
        case .pageDown: return vertical(by: page, from: head, line: line)
        }
    }

    /// A page is what one sees less a line, which keeps the eye's hold.
    private var page: Int { max(1, layout.text.count - 1) }

    private func vertical(by lines: Int, from head: Int, line: Int) -> Int {
        let start = buffer.lineStart(line)
        let column =
            goalColumn ?? buffer.withLine(line) { Clusters.column(of: head - start, in: $0) }
        goalColumn = column
        let target = line + lines
        if target < 0 { return lines == -1 || line == 0 ? 0 : offset(line: 0, column: column) }
        if target >= buffer.lineCount {
            let last = buffer.lineCount - 1
            return lines == 1 || line == last ? buffer.count : offset(line: last, column: column)
        }
        return offset(line: target, column: column)
    }

    /// The cluster border nearest to a column of a line.
    func offset(line: Int, column: Int) -> Int {
        buffer.lineStart(line)
            + buffer.withLine(line) { Clusters.offset(atColumn: column, in: $0) }
    }

    /// The cluster border before an offset, over the line's beginning if need be.
    func clusterBefore(_ offset: Int) -> Int {
        let line = buffer.line(at: offset)
        let start = buffer.lineStart(line)
        guard offset > start else { return max(0, offset - 1) }
        return start
            + buffer.withLine(line) { Clusters.previous(before: offset - start, in: $0) }
    }

    /// The cluster border after an offset, over the line's end if need be.
    func clusterAfter(_ offset: Int) -> Int {
        let line = buffer.line(at: offset)
        let range = buffer.lineRange(line)
        guard offset < range.upperBound else { return min(buffer.count, offset + 1) }
        return range.lowerBound
            + buffer.withLine(line) { Clusters.next(after: offset - range.lowerBound, in: $0) }
    }

    /// How many bytes of blanks a line begins with.
    func indentation(of line: Int) -> Int {
        buffer.withLine(line) { bytes in
            bytes.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.count
        }
    }
}
