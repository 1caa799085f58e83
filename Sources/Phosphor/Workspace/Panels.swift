import CEpoxy
import CSystem
import Editor
import GLSL
import Guest
import Render
import Terminal
import TextGrid

/// Draws a frame: the guest's picture, then the panels over it, from what the workspace says.
final class Panels {
    private let grids: GridRenderer
    private let picture: PictureRenderer
    private var caches: [PanelKind: PanelCache] = [:]
    private var texture: Texture?
    private var still: (trial: Int, texture: Texture)?
    /// The revision's trial whose picture is in the texture; nil before the first.
    private(set) var trialInTexture: Int?
    private var sequence: UInt64 = 0

    init(font: Font) throws {
        grids = try GridRenderer(font: font)
        picture = try PictureRenderer()
    }

    /// Takes the newest picture out of the ring, if there is one that was not taken yet.
    func upload(from workspace: Workspace) {
        guard workspace.supervisor.pictureSequence != sequence,
            let newest = workspace.supervisor.picture
        else { return }
        sequence = newest.sequence
        // Of two eyes side by side, a window shows the left one.
        let width = newest.state.views.count > 1 ? newest.width / 2 : newest.width
        if texture?.width != width || texture?.height != newest.height {
            texture = Texture(width: width, height: newest.height)
        }
        texture?.upload(
            width: width, height: newest.height, rowLength: newest.width, pixels: newest.pixels)
        trialInTexture = newest.revision
        workspace.pictureArrived(newest)
        workspace.supervisor.releasePicture()
    }

    /// The pinned picture as a texture, which is made when it is first needed.
    private func texture(of pin: Pin) -> Texture {
        if let still, still.trial == pin.trial { return still.texture }
        let texture = Texture(width: pin.still.width, height: pin.still.height)
        pin.still.bytes.withUnsafeBytes { bytes in
            guard let pixels = bytes.baseAddress else { return }
            texture.upload(width: pin.still.width, height: pin.still.height, pixels: pixels)
        }
        still = (pin.trial, texture)
        return texture
    }

    private func arrangement(
        _ workspace: Workspace, _ surface: (width: Int, height: Int)
    ) -> PanelArrangement {
        let size = workspace.memory.textSize
        if workspace.room.isShown {
            return PanelArrangement(
                mirroring: HeadsetRoom.cells, width: surface.width, height: surface.height,
                textSize: size, console: workspace.isConsoleShown
            ) { grids.metrics(textSize: $0) }
        }
        return PanelArrangement(
            width: surface.width, height: surface.height, metrics: grids.metrics(textSize: size),
            console: workspace.isConsoleShown)
    }

    /// Draws everything into the bound surface.
    func draw(_ workspace: Workspace, now: UInt64) {
        let surface = (width: workspace.surface.width, height: workspace.surface.height)
        if workspace.isBlack {
            glClearColor(0, 0, 0, 1)
            glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
        } else if let pin = workspace.panicStill {
            picture.draw(texture(of: pin), surface: surface)
        } else if let texture, workspace.supervisor.shownRevision != nil {
            picture.draw(texture, surface: surface)
        } else {
            picture.drawIdle(time: workspace.clock.time, surface: surface)
        }
        workspace.arrangement = arrangement(workspace, surface)
        let size =
            workspace.arrangement.places[.editor]?.metrics.pixelSize ?? workspace.memory.textSize
        let appearance = GridRenderer.Appearance(
            theme: workspace.theme, textSize: size, backing: workspace.memory.backing,
            opacity: workspace.panelOpacity(now: now))
        let places = workspace.arrangement.places
        let shown =
            workspace.room.isShown
            ? workspace.headsetGrids(places, now: now) : workspace.grids(places, now: now)
        for (kind, grid) in shown {
            if kind == .mark {
                workspace.arrangement.placeMark(
                    columns: grid.columns, width: surface.width, height: surface.height)
            }
            guard let place = workspace.arrangement.places[kind] else { continue }
            let cache = caches[kind] ?? PanelCache()
            caches[kind] = cache
            var appearance = appearance
            // What lies over other panels must not have their text shine through its own.
            if kind == .help || kind == .chooser || kind == .prompt {
                appearance.backing = max(appearance.backing, 0.98)
            }
            grids.draw(
                grid, x: place.x, y: place.y, surface: surface, appearance: appearance, cache: cache
            )
        }
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
    func grids(_ places: [PanelKind: PanelLayout], now: UInt64) -> [(PanelKind, Grid)] {
        var result: [(PanelKind, Grid)] = []
        // Held time holds the caret's blinking, and lets no message wait.
        let editorTime = clock.held == nil ? seconds(now) : sketch.editor.restingTime
        let errors = sketch.editor.inlineDiagnostics(now: editorTime)
        if isEditorShown, let place = places[.editor] {
            result.append(
                (
                    .editor,
                    sketch.editor.snapshot(
                        columns: place.columns, rows: place.rows, now: editorTime,
                        focused: focus == .editor, chrome: chrome(now: now))
                ))
            if !errors.isEmpty, let place = places[.errors] {
                errorList.update(errors)
                result.append(
                    (.errors, errorList.snapshot(columns: place.columns, rows: place.rows).trimmed))
            }
        } else if let place = places[.mark], let mark = cornerMark(columns: place.columns, now: now)
        {
            result.append((.mark, mark))
        }
        if isConsoleShown, let place = places[.console] {
            result.append(
                (
                    .console,
                    console.snapshot(
                        columns: place.columns, rows: place.rows, now: editorTime,
                        focused: focus == .console)
                ))
        }
        appendOverlay(to: &result, places)
        return result
    }

    private func appendOverlay(
        to result: inout [(PanelKind, Grid)], _ places: [PanelKind: PanelLayout]
    ) {
        switch overlay {
        case .help(let scroll):
            guard let place = places[.help] else { return }
            result.append(
                (
                    .help,
                    HelpPanel.snapshot(
                        settings.keymap, columns: place.columns, rows: place.rows, scroll: scroll)
                ))
        case .chooser(var chooser):
            guard let place = places[.chooser] else { return }
            result.append((.chooser, chooser.snapshot(columns: place.columns, rows: place.rows)))
            overlay = .chooser(chooser)
        case .saveAs(let prompt):
            guard let place = places[.prompt] else { return }
            var grid = Grid(columns: place.columns, rows: 1)
            prompt.draw(into: &grid, row: 0, ground: .panel, note: "Enter saves · Esc")
            result.append((.prompt, grid))
        case .question(let question):
            // With the editor open its own line above the status asks.
            guard !isEditorShown, let place = places[.prompt] else { return }
            var grid = Grid(columns: place.columns, rows: 1)
            grid.write(question.text, column: 0, row: 0, style: Style(.slow))
            result.append((.prompt, grid))
        case .none: return
        }
    }

    /// With the editor hidden: a word in the corner where what is shown is not what is typed.
    private func cornerMark(columns: Int, now: UInt64) -> Grid? {
        var text: String
        var ink: Ink
        if let notice, notice.until > now {
            (text, ink) = (notice.text, .secondary)
        } else if clock.isPaused {
            (text, ink) = ("paused", .secondary)
        } else if let reason = sketch.heldReason {
            (text, ink) = ("\(reason): Ctrl+Enter runs it", .error)
        } else if let verdict = sketch.current?.verdict, sketch.shown != sketch.text.current {
            guard word(sketch.current) != "superseded" else { return nil }
            if isPanicking { return nil }
            ink = .error
            text = "\(word(sketch.current)) · what is shown is not what is typed"
            if case .slow = verdict {
                (text, ink) = ("\(verdict.words) · Ctrl+Enter shows it", .slow)
            }
            if case .good = verdict { (text, ink) = ("ready · Ctrl+Enter shows it", .good) }
        } else {
            return nil
        }
        text = "● " + text
        var grid = Grid(columns: min(text.count, columns), rows: 1)
        grid.write(text, column: 0, row: 0, style: Style(ink))
        return grid
    }
}
