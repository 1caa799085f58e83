import Render

/// Which panel a rectangle belongs to.
enum PanelKind: Int, CaseIterable, Hashable {
    case editor, console, errors, help, chooser, prompt, mark
    /// What a headset has to say: chord, scale, rate, a lost keyboard.
    case headset
}

/// Where panels stand on a surface.
///
/// The editor has two thirds of the width and, until the console opens below it, the whole height; the error layer
/// stands at its right. Nothing moves because a message comes or goes: where there is no room at the right, the lower
/// strip is kept free for the error layer and the console, and a small window gives the editor everything.
struct PanelArrangement {
    private(set) var places: [PanelKind: PanelLayout] = [:]

    init() {}

    /// Arranges panels on a surface of this size in pixels, with text of these metrics.
    init(width: Int, height: Int, metrics: CellMetrics, console: Bool) {
        let isSmall = width < 64 * metrics.cellWidth || height < 18 * metrics.lineHeight
        let margin = isSmall ? 4 : min(60, width / 27)
        let gap = isSmall ? 4 : margin / 2
        func place(x: Int, y: Int, width: Int, height: Int) -> PanelLayout {
            let cells = PanelLayout.cells(fitting: (width, height), metrics: metrics)
            return PanelLayout(
                x: x, y: y, columns: max(8, cells.columns), rows: max(3, cells.rows),
                metrics: metrics)
        }
        let hasSide = !isSmall && width >= 100 * metrics.cellWidth
        let sideWidth = hasSide ? (width - 2 * margin) * 30 / 100 : 0
        let editorWidth = width - 2 * margin - (hasSide ? sideWidth + gap : 0)
        let inner = height - 2 * margin
        let consoleRows = min(8, max(4, inner / metrics.lineHeight / 4))
        let consoleHeight = min(
            inner / 2, consoleRows * metrics.lineHeight + 2 * PanelLayout.padding(metrics).vertical)
        let editorHeight = inner - consoleHeight - gap
        let isWhole = !console && (isSmall || hasSide)
        places[.editor] = place(
            x: margin, y: margin, width: editorWidth, height: isWhole ? inner : editorHeight)
        places[.console] = place(
            x: margin, y: margin + editorHeight + gap, width: editorWidth, height: consoleHeight)
        if hasSide {
            places[.errors] = place(
                x: margin + editorWidth + gap, y: margin, width: sideWidth, height: editorHeight)
        } else if !console, !isSmall {
            places[.errors] = places[.console]
        }
        let overlayWidth = min(
            width - 2 * margin, 84 * metrics.cellWidth + 2 * PanelLayout.padding(metrics).horizontal
        )
        let overlayX = (width - overlayWidth) / 2
        places[.help] = place(x: overlayX, y: margin, width: overlayWidth, height: inner)
        places[.chooser] = place(
            x: overlayX, y: margin, width: overlayWidth, height: min(inner, 20 * metrics.lineHeight)
        )
        places[.prompt] = PanelLayout(
            x: overlayX, y: margin, columns: places[.chooser]?.columns ?? 8, rows: 1,
            metrics: metrics)
        places[.mark] = PanelLayout(
            x: 0, y: 0, columns: max(8, width / metrics.cellWidth - 6), rows: 1, metrics: metrics)
    }

    /// Arranges the panels of a headset on the window that mirrors it: as many cells as there, so that both show the same
    /// text, and as large as they fit.
    ///
    /// - Parameter metrics: those of a text size in pixels, of which the largest that fits is taken, up to `textSize`.
    init(
        mirroring cells: [PanelKind: (columns: Int, rows: Int)], width: Int, height: Int,
        textSize: Int, console: Bool, metrics: (Int) -> CellMetrics
    ) {
        var size = max(6, textSize)
        func layout(_ kind: PanelKind, x: Int = 0, y: Int = 0) -> PanelLayout {
            let cells = cells[kind] ?? (8, 1)
            return PanelLayout(
                x: x, y: y, columns: cells.columns, rows: cells.rows, metrics: metrics(size))
        }
        func extent() -> (width: Int, height: Int) {
            let column = [PanelKind.editor, .headset] + (console ? [.console] : [])
            return (
                layout(.editor).width + layout(.errors).width,
                column.reduce(8 * column.count) { $0 + layout($1).height }
            )
        }
        while size > 6, extent().width > width - 24 || extent().height > height - 8 { size -= 1 }
        var y = 8
        for kind in [PanelKind.editor, .headset, .console] {
            let place = layout(kind, x: 8, y: y)
            places[kind] = place
            y += place.height + 8
        }
        places[.errors] = layout(.errors, x: 16 + layout(.editor).width, y: 8)
        for kind in [PanelKind.help, .chooser, .prompt] {
            var place = layout(kind, y: 8)
            place.x = max(0, (width - place.width) / 2)
            places[kind] = place
        }
        places[.mark] = layout(.mark)
    }

    /// Puts a mark of one row into the lower right corner.
    mutating func placeMark(columns: Int, width: Int, height: Int) {
        guard var layout = places[.mark] else { return }
        let metrics = layout.metrics
        layout.columns = columns
        layout.x = max(0, width - layout.width - metrics.cellWidth)
        layout.y = max(0, height - layout.height - metrics.cellWidth)
        places[.mark] = layout
    }
}
