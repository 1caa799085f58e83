import TextGrid

extension EditorController {
    /// Draws the status line; on a narrow panel the less important pieces go.
    func drawStatus(into grid: inout Grid, chrome: EditorChrome) {
        guard let row = layout.statusRow else { return }
        let blank = Cell(" ", Style(.text, on: .bar))
        for column in 0..<grid.columns { grid[column, row] = blank }
        var pieces = [verdict(chrome)]
        if let notice = chrome.notice {
            // One too long for the line would be dropped, after everything less important has gone.
            let room = grid.columns - 2 - pieces[0].width - StatusPiece.gap
            let clipped = notice.count <= room ? notice : notice.prefix(max(0, room - 1)) + "…"
            pieces.append(text(clipped, .text, importance: 90))
        }
        if chrome.isPaused { pieces.append(text("paused", .slow, importance: 80)) }
        if let shown = shown(chrome) { pieces.append(shown) }
        if let gpu = gpu(chrome) { pieces.append(gpu) }
        if let plot = plot(chrome) { pieces.append(plot) }
        if chrome.rate > 0 { pieces.append(rate(chrome)) }
        if chrome.isModified {
            pieces.append(
                StatusPiece(
                    parts: [.text("● ", .slow), .text("unsaved", .secondary)],
                    short: [.text("●", .slow)], importance: 60))
        }
        let clock = chrome.clock.isEmpty ? nil : text(chrome.clock, .secondary, importance: 10)
        let isClockShown = clock.map { StatusPiece.fit(pieces + [$0], into: grid.columns - 2) }
        let hasClock = (isClockShown?.count ?? 0) == pieces.count + 1
        pieces = StatusPiece.fit(
            pieces, into: grid.columns - 2 - (hasClock ? (clock?.width ?? 0) + 3 : 0))
        var column = 1
        for piece in pieces {
            column = piece.draw(into: &grid, column: column, row: row) + StatusPiece.gap
        }
        if hasClock, let clock {
            _ = clock.draw(into: &grid, column: grid.columns - 1 - clock.width, row: row)
        }
    }

    private func text(_ text: String, _ ink: Ink, importance: Int) -> StatusPiece {
        StatusPiece(parts: [.text(text, ink)], importance: importance)
    }

    private func verdict(_ chrome: EditorChrome) -> StatusPiece {
        let (text, ink): (String, Ink) =
            switch chrome.verdict {
            // Most trials are over before anybody has read a number that changes ten times a second.
            case .trying(let seconds):
                (seconds < 0.5 ? "trying" : "trying \(Figures.short(seconds)) s", .trying)
            case .good: ("good", .good)
            case .error(let count): (count == 1 ? "1 error" : "\(count) errors", .error)
            case .slow(let time, let budget):
                ("slow: \(Figures.plain(time)) ms, budget \(Figures.plain(budget))", .slow)
            case .runaway: ("runaway", .error)
            case .hung: ("hung", .error)
            case .crashed: ("crashed", .error)
            case .superseded: ("superseded", .secondary)
            case .idle: ("idle", .secondary)
            }
        return StatusPiece(parts: [.text("● ", ink), .text(text, ink)], importance: 100)
    }

    private func shown(_ chrome: EditorChrome) -> StatusPiece? {
        guard let current = chrome.currentRevision else { return nil }
        guard let shown = chrome.shownRevision else {
            return text("showing nothing yet", .secondary, importance: 70)
        }
        return StatusPiece(
            parts: [
                .text("showing ", .secondary), .text("revision \(shown)", .text),
                .text(" of \(current)", .secondary),
            ],
            short: [.text("\(shown)", .text), .text("/\(current)", .secondary)], importance: 70)
    }

    private func gpu(_ chrome: EditorChrome) -> StatusPiece? {
        guard let time = chrome.gpuMilliseconds else { return nil }
        let figure = Figures.short(time)
        let short: [StatusPiece.Part] = [.text(figure, .text), .text(" ms", .secondary)]
        guard let budget = chrome.budgetMilliseconds, budget > 0 else {
            return StatusPiece(
                parts: [.text("GPU ", .secondary)] + short, short: short, importance: 50)
        }
        // The tick stands at four fifths, so that going over the budget can be seen.
        let bar = StatusPiece.Part.bar(
            cells: 12, fill: min(1, max(0, time / budget * 0.8)), tick: 0.8,
            ink: time > budget ? .slow : .good)
        let figures: [StatusPiece.Part] = [
            .text(figure, time > budget ? .slow : .text),
            .text(" / \(Figures.short(budget)) ms", .secondary),
        ]
        return StatusPiece(
            parts: [.text("GPU ", .secondary)] + figures + [.text(" ", .secondary), bar],
            short: figures, importance: 50)
    }

    private func plot(_ chrome: EditorChrome) -> StatusPiece? {
        let values = chrome.recentGPUMilliseconds.suffix(24)
        guard values.count > 1 else { return nil }
        let budget = chrome.budgetMilliseconds ?? .infinity
        // One long frame must not flatten all others: over twice the budget is over, by whatever it is.
        let top = max(min(values.max() ?? 0, 2 * budget), budget.isFinite ? budget : 0, 0.001)
        return StatusPiece(
            parts: [.plot(cells: 6, values: values.map { $0 / top }, limit: min(1, budget / top))],
            importance: 20)
    }

    private func rate(_ chrome: EditorChrome) -> StatusPiece {
        let late = StatusPiece.Part.text(
            "\(chrome.late) late", chrome.late > 0 ? .slow : .secondary)
        let figure = StatusPiece.Part.text(String(Int(chrome.rate.rounded())), .text)
        return StatusPiece(
            parts: [figure, .text(" Hz, ", .secondary), late],
            short: [figure, .text(" Hz", .secondary)], importance: 40)
    }
}
