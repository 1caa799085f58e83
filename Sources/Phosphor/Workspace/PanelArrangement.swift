import Render

/// Which panel a rectangle belongs to.
enum PanelKind: Hashable { case editor, console, errors, help, chooser, prompt, mark }

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
    }

    /// Puts a mark of one row into the lower right corner.
    mutating func placeMark(columns: Int, metrics: CellMetrics, width: Int, height: Int) {
        var layout = PanelLayout(x: 0, y: 0, columns: columns, rows: 1, metrics: metrics)
        layout.x = max(0, width - layout.width - metrics.cellWidth)
        layout.y = max(0, height - layout.height - metrics.cellWidth)
        places[.mark] = layout
    }
}
