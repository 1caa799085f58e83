public import TextGrid
import GLSL

extension EditorController {
    /// How many lines are lexed from the top for one snapshot at most: when nothing else is to be done, about 1.5 ms.
    ///
    /// Behind a key only the few that are missing near the last known line are; where more are, the visible lines'
    /// colours are guessed until later snapshots have got there, for which `isCatchingUp` asks.
    static let lexingLimit = (idle: 4000, behindKey: 64)

    /// The panel as it is to be drawn now: tabs, text, prompt and status line, with ornaments for caret and bars.
    ///
    /// `now` is on the clock of the keys' times and drives the caret's blinking and the calm rule. The text scrolls so
    /// that a caret that has moved is seen.
    public func snapshot(
        columns: Int, rows count: Int, now: Double, focused: Bool, chrome: EditorChrome
    ) -> Grid {
        layout = PanelLayout(
            columns: columns, rows: count, lineCount: buffer.lineCount,
            prompts: find != nil || chrome.question != nil)
        scrollToCaret()
        var grid = rows.take(layout)
        grid.ornaments.removeAll(keepingCapacity: true)
        drawText(into: &grid, now: now, focused: focused && find == nil && chrome.question == nil)
        drawPrompt(into: &grid, chrome: chrome, focused: focused, now: now)
        drawFrame(into: &grid, chrome: chrome)
        rows.keep(grid)
        return grid
    }

    /// Draws tabs and status line, unless they stand there already.
    private func drawFrame(into grid: inout Grid, chrome: EditorChrome) {
        var broken: Set<SketchPart> = []
        for item in tracked where !item.isFaded && item.diagnostic.severity == .error {
            if let part = item.part { broken.insert(part) }
        }
        let key = FrameKey(
            chrome: chrome, layout: layout, active: sketch.active, present: sketch.parts,
            broken: broken)
        if rows.frame != key {
            let first = grid.ornaments.count
            drawTabs(into: &grid, chrome: chrome, broken: broken)
            drawStatus(into: &grid, chrome: chrome)
            rows.frame = key
            rows.frameOrnaments = Array(grid.ornaments[first...])
            rows.frameTabs = layout.tabs
        } else {
            grid.ornaments += rows.frameOrnaments
            layout.tabs = rows.frameTabs
        }
    }

    /// Scrolls as little as brings the caret into view, with a few lines around it where there is room.
    private func scrollToCaret() {
        let document = sketch.activeDocument
        var scroll = document.scroll
        scroll.line = min(max(0, scroll.line), buffer.lineCount - 1)
        if followsCaret {
            followsCaret = false
            let head = selection.head
            let line = buffer.line(at: head)
            let height = layout.text.count
            let margin = min(2, (height - 1) / 2)
            if line < scroll.line + margin { scroll.line = max(0, line - margin) }
            if line > scroll.line + height - 1 - margin {
                let lowest = max(0, buffer.lineCount - height)
                let wanted = line - height + 1 + margin
                scroll.line = max(line - height + 1, min(wanted, max(lowest, 0)))
            }
            let column = buffer.withLine(line) {
                Clusters.column(of: head - buffer.lineStart(line), in: $0)
            }
            let width = layout.textWidth
            let side = min(4, width / 4)
            if column < scroll.column + side { scroll.column = max(0, column - side) }
            if column > scroll.column + width - 1 - side {
                scroll.column = column - width + 1 + side
            }
            // A caret near the line's beginning shows the line from there.
            if column < width - side { scroll.column = 0 }
        }
        document.scroll = scroll
    }

    private func drawText(into grid: inout Grid, now: Double, focused: Bool) {
        let document = sketch.activeDocument
        let text = document.buffer
        let scroll = document.scroll
        let selection = document.selection
        let caretLine = text.line(at: selection.head)
        let messages = visibleMessages(now: now)
        let search = find.flatMap { Search($0.query) }
        var lineState = startState(of: scroll.line)
        let brackets = bracketPair(near: selection.head)
        var caretOverlay: [RowKey.Message] = []
        for row in layout.text {
            let line = scroll.line + row - layout.text.lowerBound
            guard line < text.lineCount else {
                if rows.reuse(row, RowKey(), layout: layout, into: &grid) == nil {
                    rows.draw(row, RowKey(), end: 0, into: &grid) {
                        $0.clear(layout.columns, ground: .panel)
                    }
                }
                continue
            }
            let range = text.lineRange(line)
            var key = RowKey()
            key.line = line
            key.length = range.count
            key.state = lineState.rawValue
            key.scrollColumn = scroll.column
            key.isCurrent = line == caretLine
            key.search = search
            key.messages = messages[line] ?? []
            key.selected = selected(selection.range, in: range)
            if let (first, second) = brackets {
                key.brackets.0 = range.contains(first) ? first - range.lowerBound : -1
                key.brackets.1 = range.contains(second) ? second - range.lowerBound : -1
            }
            text.withLine(line) { bytes in
                key.content = RowCache.hash(bytes)
                if line == caretLine, !key.messages.isEmpty {
                    key.wraps = wraps(key.messages, behind: bytes, scroll: scroll.column)
                }
                if key.wraps { caretOverlay = key.messages }
                if let end = rows.reuse(row, key, layout: layout, into: &grid) {
                    lineState = LineState(rawValue: end)
                    return
                }
                tokens.removeAll(keepingCapacity: true)
                if bytes.count <= LineStates.longestLine {
                    lineState = Lexer.lex(line: bytes, state: lineState, into: &tokens)
                }
                let drawing = LineDrawing(layout: layout, key: key, tokens: tokens)
                rows.draw(row, key, end: lineState.rawValue, into: &grid) {
                    drawing.draw(bytes, into: $0)
                }
            }
        }
        drawOverlay(caretOverlay, below: caretLine - scroll.line, into: &grid)
        drawCaret(
            selection.head, line: caretLine, scroll: scroll, into: &grid, now: now,
            focused: focused)
    }

    /// The lexer's state before the first visible line; a guess where lexing from the top has not come so far.
    private func startState(of line: Int) -> LineState {
        let document = sketch.activeDocument
        let isBehindKey = lexedRevision != sketch.current
        let isNear = document.states.missing(before: line) <= Self.lexingLimit.behindKey
        let known = document.states.state(
            before: line, in: document.buffer, tokens: &tokens,
            limit: isBehindKey && !isNear ? 0 : Self.lexingLimit.idle)
        isCatchingUp = known == nil
        lexedRevision = sketch.current
        return known ?? document.part.firstState
    }

    /// The bytes of a line that are selected; one more than it has where its newline is selected, too.
    private func selected(_ selection: Range<Int>, in line: Range<Int>) -> Range<Int>? {
        guard !selection.isEmpty, selection.lowerBound <= line.upperBound,
            selection.upperBound > line.lowerBound
        else { return nil }
        let low = max(0, selection.lowerBound - line.lowerBound)
        return low..<min(line.count + 1, selection.upperBound - line.lowerBound)
    }

    /// The messages to be shown, by line.
    private func visibleMessages(now: Double) -> [Int: [RowKey.Message]] {
        var result: [Int: [RowKey.Message]] = [:]
        for index in reveal(now: now) {
            let item = tracked[index]
            let start = item.line.lowerBound
            let low = max(start, item.token.lowerBound)
            result[buffer.line(at: start), default: []].append(
                RowKey.Message(
                    text: item.diagnostic.message.split(whereSeparator: \.isNewline)
                        .joined(separator: " "),
                    severity: item.diagnostic.severity,
                    token: (low - start)..<max(low - start, item.token.upperBound - start)))
        }
        return result
    }

    /// The bracket beside the caret and its partner, both as offsets.
    private func bracketPair(near head: Int) -> (Int, Int)? {
        let document = sketch.activeDocument
        let text = document.buffer
        // The bracket behind the caret comes first, then the one just typed.
        for offset in [head, head - 1]
        where offset >= 0 && offset < text.count && Brackets.isBracket(text[offset]) {
            let partner = Brackets.match(at: offset, in: text, lines: layout.text.count) { line in
                // Never lexed for this alone: where a state is not known yet, the line is taken for code.
                guard let state = document.states.knownState(before: line), state != .initial else {
                    return false
                }
                _ = LineStates.lex(line, in: text, state: state, into: &tokens)
                return tokens.first.map { $0.kind == .comment && $0.range.lowerBound == 0 } ?? true
            }
            if let partner { return (offset, partner) }
        }
        return nil
    }
}
