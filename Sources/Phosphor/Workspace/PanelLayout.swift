import Render
import TextGrid

/// Which panel a rectangle belongs to.
enum PanelKind: Hashable { case editor, console, errors, help, chooser, mark }

/// Where panels stand on a surface, and what they show.
///
/// The editor keeps its place and size whatever else comes and goes, so that no line moves under the user's eyes:
/// two thirds of the width and most of the height, the console below it, the error layer at its right. A small window
/// gives the editor everything, and the others share its lower part.
struct PanelLayout {
    /// A panel as it is drawn: its top left corner in pixels, and its size in cells.
    struct Place: Equatable {
        var x: Int
        var y: Int
        var columns: Int
        var rows: Int
    }

    var places: [PanelKind: Place] = [:]
    var metrics: CellMetrics?

    init() {}

    /// - Parameters:
    ///   - padding: between a panel's edge and its cells, in pixels.
    init(width: Int, height: Int, metrics: CellMetrics, padding: Int, console: Bool) {
        self.metrics = metrics
        let isSmall = width < 60 * metrics.cellWidth || height < 18 * metrics.lineHeight
        let margin = isSmall ? 4 : min(60, width / 27)
        let gap = isSmall ? 4 : margin / 2
        func place(x: Int, y: Int, width: Int, height: Int) -> Place {
            Place(
                x: x, y: y, columns: max(8, (width - 2 * padding) / metrics.cellWidth),
                rows: max(2, (height - 2 * padding) / metrics.lineHeight))
        }
        let sideWidth = isSmall || width < 100 * metrics.cellWidth ? 0 : (width - 2 * margin) * 30 / 100
        let editorWidth = width - 2 * margin - (sideWidth > 0 ? sideWidth + gap : 0)
        let inner = height - 2 * margin
        let consoleRows = min(8, max(4, inner / metrics.lineHeight / 4))
        let consoleHeight = consoleRows * metrics.lineHeight + 2 * padding
        let editorHeight = inner - consoleHeight - gap
        places[.editor] = place(
            x: margin, y: margin, width: editorWidth,
            height: isSmall && !console ? inner : editorHeight)
        places[.console] = place(
            x: margin, y: margin + editorHeight + gap, width: editorWidth, height: consoleHeight)
        if sideWidth > 0 {
            places[.errors] = place(
                x: margin + editorWidth + gap, y: margin, width: sideWidth, height: editorHeight)
        } else if !console, !isSmall {
            places[.errors] = places[.console]
        }
        let overlayWidth = min(width - 2 * margin, 84 * metrics.cellWidth + 2 * padding)
        places[.help] = place(
            x: (width - overlayWidth) / 2, y: margin, width: overlayWidth, height: inner)
        places[.chooser] = place(
            x: (width - overlayWidth) / 2, y: margin, width: overlayWidth,
            height: min(inner, 20 * metrics.lineHeight))
    }
}
