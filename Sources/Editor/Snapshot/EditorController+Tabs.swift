import GLSL
import TextGrid

extension EditorController {
    /// Draws the parts' tabs, and at the right the file and its dialect where there is room.
    func drawTabs(into grid: inout Grid, chrome: EditorChrome, broken: Set<SketchPart>) {
        guard let row = layout.tabsRow else { return }
        let blank = Cell(" ", Style(.text, on: .bar))
        for column in 0..<grid.columns { grid[column, row] = blank }
        let present = sketch.parts
        func state(_ part: SketchPart) -> EditorChrome.TabState {
            if let state = chrome.tabs[part] { return state }
            guard present.contains(part) else { return .missing }
            return broken.contains(part) ? .broken : .present
        }
        let parts = shownTabs(present, state)
        // Wide tabs where file and dialect still find room beside them.
        let title = [chrome.fileTitle, chrome.dialect].reduce(5) { $0 + $1.count }
        let padding =
            parts.reduce(title) { $0 + $1.title.count + 4 } <= layout.columns
            ? 2 : layout.columns >= 40 ? 1 : 0
        var column = layout.columns >= 40 ? 0 : 1
        for part in parts {
            let width = part.title.count + max(1, padding * 2)
            guard column + width <= grid.columns else { break }
            let range = column..<(column + width)
            layout.tabs.append(PanelLayout.Tab(part: part, columns: range))
            drawTab(part, state(part), range, padding: padding, row: row, into: &grid)
            column = range.upperBound
        }
        drawTitle(from: column, row: row, into: &grid, chrome: chrome)
    }

    /// All six stages and the other parts where they fit, else those present, else as many around the active one as do.
    private func shownTabs(
        _ present: [SketchPart], _ state: (SketchPart) -> EditorChrome.TabState
    ) -> [SketchPart] {
        func width(_ parts: some Collection<SketchPart>) -> Int {
            let space = layout.columns >= 40 ? 2 : 1
            return parts.reduce(1) { $0 + $1.title.count + space }
        }
        let all = Set(SketchPart.stages + present + [sketch.active]).sorted()
        if width(all) <= layout.columns { return all }
        let known = all.filter { $0 == sketch.active || state($0) != .missing }
        if width(known) <= layout.columns { return known }
        guard let active = known.firstIndex(of: sketch.active) else { return [] }
        var shown = active...active
        while true {
            let before = max(0, shown.lowerBound - 1)...shown.upperBound
            let after = shown.lowerBound...min(known.count - 1, shown.upperBound + 1)
            if before != shown, width(known[before]) <= layout.columns {
                shown = before
            } else if after != shown, width(known[after]) <= layout.columns {
                shown = after
            } else {
                return Array(known[shown])
            }
        }
    }

    private func drawTab(
        _ part: SketchPart, _ state: EditorChrome.TabState, _ range: Range<Int>, padding: Int,
        row: Int,
        into grid: inout Grid
    ) {
        let isActive = part == sketch.active
        var style = Style(.text, on: isActive ? .activeTab : .bar)
        switch state {
        case .missing:
            style.ink = .secondary
            style.traits = .dim
        case .present: style.ink = isActive ? .accent : .text
        case .broken: style.ink = .error
        }
        if isActive { style.traits.insert(.bold) }
        grid.setGround(style.ground, columns: range, row: row)
        grid.write(
            part.title, column: range.lowerBound + padding, row: row, style: style)
        // Colour is never the only sign: a broken part has a mark as well.
        if state == .broken, padding > 0 {
            let place = range.lowerBound + padding + part.title.count
            grid.write("▲", column: place, row: row, style: style)
        }
        guard isActive else { return }
        grid.ornaments.append(
            Grid.Ornament(
                x: Float(range.lowerBound), y: Float(row) + 0.92,
                width: Float(range.count - (padding == 0 ? 1 : 0)), height: 0.08, ink: .accent))
    }

    private func drawTitle(
        from column: Int, row: Int, into grid: inout Grid, chrome: EditorChrome
    ) {
        let room = grid.columns - 2 - column
        let both = [chrome.fileTitle, chrome.dialect].filter { !$0.isEmpty }
            .joined(separator: " · ")
        for text in [both, chrome.fileTitle] where !text.isEmpty {
            let width = text.reduce(0) { $0 + $1.cellWidth }
            guard width <= room else { continue }
            grid.write(
                text, column: grid.columns - 1 - width, row: row,
                style: Style(.secondary, on: .bar))
            return
        }
    }

    /// Draws the row above the status line: a question that waits for a key, or the find prompt.
    func drawPrompt(into grid: inout Grid, chrome: EditorChrome, focused: Bool, now: Double) {
        guard let row = layout.promptRow else { return }
        let blank = Cell(" ", Style(.text, on: .bar))
        for column in 0..<grid.columns { grid[column, row] = blank }
        if let question = chrome.question {
            let text = LineDrawing.clip(question, to: grid.columns - 2) ?? question
            grid.write(text, column: 1, row: row, style: Style(.accent, on: .bar))
        } else if let find {
            find.prompt.draw(
                into: &grid, row: row, note: find.notice,
                caret: focused && isCaretLit(now: now))
        }
    }
}
