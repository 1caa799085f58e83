import CEpoxy
import CSystem
import Editor
import GLSL
import Render
import Terminal
import TextGrid

/// Draws a frame: the guest's picture, then the panels over it, from what the workspace says.
final class Panels {
    private let grids: GridRenderer
    private let picture: PictureRenderer
    private var texture: Texture?
    /// The revision's trial whose picture is in the texture; nil before the first.
    private(set) var trialInTexture: Int?
    private var sequence: UInt64 = 0

    init(font: Font) throws {
        grids = try GridRenderer(font: font)
        picture = try PictureRenderer()
    }

    /// Takes the newest picture out of the ring, if there is one that was not taken yet.
    func upload(from workspace: Workspace) {
        guard workspace.supervisor.pictureSequence != sequence, let newest = workspace.supervisor.picture
        else { return }
        sequence = newest.sequence
        if texture?.width != newest.width || texture?.height != newest.height {
            texture = Texture(width: newest.width, height: newest.height)
        }
        texture?.upload(width: newest.width, height: newest.height, pixels: newest.pixels)
        trialInTexture = newest.revision
        workspace.pictureArrived(newest)
        workspace.supervisor.releasePicture()
    }

    /// Draws everything into the bound surface.
    func draw(_ workspace: Workspace, now: UInt64) {
        let surface = (width: workspace.surface.width, height: workspace.surface.height)
        if workspace.isBlack {
            glClearColor(0, 0, 0, 1)
            glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
        } else if let texture {
            picture.draw(texture, surface: surface)
        } else {
            picture.drawIdle(seconds: workspace.clock.time, surface: surface)
        }
        let size = workspace.memory.textSize
        let metrics = grids.metrics(textSize: size)
        let layout = PanelLayout(
            width: surface.width, height: surface.height, metrics: metrics,
            padding: grids.padding(textSize: size), console: workspace.isConsoleShown)
        workspace.layout = layout
        for (kind, grid) in workspace.grids(in: layout, now: now) {
            guard let place = workspace.layout.places[kind] else { continue }
            grids.draw(
                grid, x: place.x, y: place.y, surface: surface,
                appearance: .init(
                    theme: workspace.theme, textSize: size, backing: workspace.memory.backing,
                    opacity: workspace.panelOpacity(now: now)),
                key: kind)
        }
    }

    /// The cell under a pixel of a panel, in columns and rows and parts of them.
    func cell(x: Double, y: Double, in place: PanelLayout.Place, textSize: Int) -> (column: Int, row: Int) {
        let metrics = grids.metrics(textSize: textSize)
        let padding = Double(grids.padding(textSize: textSize))
        let column = (x - Double(place.x) - padding) / Double(metrics.cellWidth)
        let row = (y - Double(place.y) - padding) / Double(metrics.lineHeight)
        // A caret goes to the nearer side of a character.
        return (Int((column + 0.35).rounded(.down)), Int(row.rounded(.down)))
    }

    /// Whether a pixel lies on a panel.
    func contains(x: Double, y: Double, place: PanelLayout.Place, textSize: Int) -> Bool {
        let metrics = grids.metrics(textSize: textSize)
        let padding = 2 * grids.padding(textSize: textSize)
        return x >= Double(place.x) && y >= Double(place.y)
            && x < Double(place.x + place.columns * metrics.cellWidth + padding)
            && y < Double(place.y + place.rows * metrics.lineHeight + padding)
    }
}

extension Workspace {
    var theme: Theme { Theme.named(settings.theme) ?? .dark }

    /// Panels open in 120 ms; where time is held, or nobody watches, they are there at once.
    func panelOpacity(now: UInt64) -> Double {
        guard surface.isInteractive, clock.held == nil else { return 1 }
        return min(1, Double(now - min(now, panelOpened)) / 120e6 + 0.1)
    }

    /// The panels to draw, the lowest first.
    func grids(in layout: PanelLayout, now: UInt64) -> [(PanelKind, Grid)] {
        var result: [(PanelKind, Grid)] = []
        // Held time holds the caret's blinking, and lets no message wait.
        let editorTime = clock.held == nil ? seconds(now) : .infinity
        let errors = sketch.editor.inlineDiagnostics(now: editorTime)
        if isEditorShown, let place = layout.places[.editor] {
            result.append(
                (
                    .editor,
                    sketch.editor.snapshot(
                        columns: place.columns, rows: place.rows, now: editorTime,
                        focused: focus == .editor, chrome: chrome(now: now))
                ))
            if !errors.isEmpty, let place = layout.places[.errors] {
                let list = ErrorList(diagnostics: errors, selected: sketch.editor.selectedDiagnostic)
                let rows = min(place.rows, list.rows(columns: place.columns))
                result.append((.errors, list.snapshot(columns: place.columns, rows: rows)))
            }
        } else if let mark = cornerMark(now: now) {
            result.append((.mark, mark))
        }
        if isConsoleShown, let place = layout.places[.console] {
            result.append(
                (
                    .console,
                    console.snapshot(
                        columns: place.columns, rows: place.rows, now: editorTime,
                        focused: focus == .console)
                ))
        }
        appendOverlay(to: &result, layout)
        return result
    }

    private func appendOverlay(to result: inout [(PanelKind, Grid)], _ layout: PanelLayout) {
        switch overlay {
        case .help(let scroll):
            guard let place = layout.places[.help] else { return }
            result.append(
                (
                    .help,
                    HelpPanel.snapshot(
                        keymap: settings.keymap, columns: place.columns, rows: place.rows, scroll: scroll)
                ))
        case .chooser(let chooser, _):
            guard let place = layout.places[.chooser] else { return }
            result.append((.chooser, chooser.snapshot(columns: place.columns, rows: place.rows)))
        case .saveAs, .question, .none: return
        }
    }

    /// With the editor hidden: a word in the corner where what is shown is not what is typed.
    private func cornerMark(now: UInt64) -> Grid? {
        var text: String
        var ink: Ink
        if let notice, notice.until > now {
            (text, ink) = (notice.text, .secondary)
        } else if clock.isPaused {
            (text, ink) = ("paused", .secondary)
        } else if let verdict = sketch.current?.verdict, sketch.shown != sketch.text.current {
            guard word(sketch.current) != "superseded" else { return nil }
            ink = .error
            text = "\(word(sketch.current)) · what is shown is not what is typed"
            if case .good = verdict { (text, ink) = ("ready · Ctrl+Enter shows it", .good) }
        } else {
            return nil
        }
        guard let metrics = layout.metrics else { return nil }
        text = "● " + text
        let columns = min(text.count, max(8, surface.width / metrics.cellWidth - 6))
        var grid = Grid(columns: columns, rows: 1)
        grid.write(text, column: 0, row: 0, style: Style(ink))
        let size = (columns + 2) * metrics.cellWidth
        layout.places[.mark] = PanelLayout.Place(
            x: surface.width - size - 24, y: surface.height - 2 * metrics.lineHeight - 16, columns: columns, rows: 1)
        return grid
    }
}
