import GLSL

extension EditorController {
    /// Breaks the line, with the indentation of the old one, and one step more behind an opening brace.
    func newline(at seconds: Double) {
        let range = selection.range
        let line = buffer.line(at: range.lowerBound)
        let start = buffer.lineStart(line)
        let head = buffer.bytes(start..<range.lowerBound)
        let indent = Array(head.prefix { $0 == 0x20 || $0 == 0x09 })
        let last = head.last { $0 != 0x20 && $0 != 0x09 }
        var text: [UInt8] = [0x0A] + indent
        guard last == 0x7B else {
            replace(range, with: text, .newline, at: seconds)
            return
        }
        let end = buffer.lineRange(buffer.line(at: range.upperBound)).upperBound
        let tail = buffer.bytes(range.upperBound..<end).first { $0 != 0x20 && $0 != 0x09 }
        text += Self.indentStep
        let caret = Selection(range.lowerBound + text.count)
        // Between two braces the closing one gets a line of its own.
        if tail == 0x7D { text += [0x0A] + indent }
        commit(
            ChangeSet(buffer, replace: range, with: text), caret, .newline, at: seconds)
    }

    private static let indentStep = [UInt8](repeating: 0x20, count: indentWidth)

    /// Types a `}` that is first on its line at the indentation of its partner's line; false where it is not first.
    func closeBrace(at seconds: Double) -> Bool {
        let caret = selection.head
        let line = buffer.line(at: caret)
        let start = buffer.lineStart(line)
        guard caret > start, start + indentation(of: line) >= caret else { return false }
        var indent = Array(buffer.bytes(start..<caret).dropLast(Self.indentWidth))
        if let opening = openBrace(before: start) {
            let home = buffer.line(at: opening)
            let begin = buffer.lineStart(home)
            indent = buffer.bytes(begin..<(begin + indentation(of: home)))
        }
        return replace(
            start..<caret, with: indent + [0x7D], .typing(blank: false), at: seconds)
    }

    /// The nearest open brace before an offset; comments are not looked into, which at worst indents a line too little.
    private func openBrace(before offset: Int) -> Int? {
        var depth = 0
        let first = buffer.lineStart(max(0, buffer.line(at: offset) - Brackets.reach))
        return buffer.withBytes(first..<offset) { bytes in
            for index in bytes.indices.reversed() {
                switch bytes[index] {
                case 0x7D: depth += 1
                case 0x7B where depth == 0: return first + index
                case 0x7B: depth -= 1
                default: break
                }
            }
            return nil
        }
    }

    /// Indents the selected lines by a step; without a selection over lines, inserts spaces to the next stop.
    func indent(at seconds: Double) {
        let range = selection.range
        let lines = selectedLines
        if lines.count > 1 {
            editLines(lines, at: seconds) { line in
                self.buffer.lineRange(line).isEmpty ? nil : (0..<0, Self.indentStep)
            }
            return
        }
        let line = buffer.line(at: range.lowerBound)
        let local = range.lowerBound - buffer.lineStart(line)
        let column = buffer.withLine(line) { Clusters.column(of: local, in: $0) }
        let count = Self.indentWidth - column % Self.indentWidth
        replace(
            range, with: Array(repeating: 0x20, count: count), .typing(blank: true), at: seconds)
    }

    /// Takes a step of indentation from the selected lines, or from the caret's.
    func outdent(at seconds: Double) {
        editLines(selectedLines, at: seconds) { line in
            let count = self.buffer.withLine(line) { bytes in
                bytes.first == 0x09
                    ? 1 : bytes.prefix(Self.indentWidth).prefix { $0 == 0x20 }.count
            }
            return count == 0 ? nil : (0..<count, [])
        }
    }

    /// Comments the selected lines out at their common indentation, or in where all of them are commented.
    func toggleComment(at seconds: Double) {
        let lines = selectedLines.filter { line in
            indentation(of: line) < buffer.lineRange(line).count
        }
        guard let first = lines.first, let last = lines.last else { return }
        // TOML has another sign for it.
        let sign: [UInt8] = sketch.active == .plan ? [0x23] : [0x2F, 0x2F]
        func isCommented(_ line: Int) -> Bool {
            buffer.withLine(line) { $0.dropFirst(indentation(of: line)).starts(with: sign) }
        }
        if lines.allSatisfy(isCommented) {
            editLines(first...last, at: seconds) { line in
                guard lines.contains(line) else { return nil }
                let start = self.indentation(of: line)
                let blank = self.buffer.withLine(line) {
                    $0.count > start + sign.count && $0[start + sign.count] == 0x20
                }
                return (start..<(start + sign.count + (blank ? 1 : 0)), [])
            }
        } else {
            let column = lines.map(indentation(of:)).min() ?? 0
            editLines(first...last, at: seconds) { line in
                lines.contains(line) ? (column..<column, sign + [0x20]) : nil
            }
        }
    }
}
