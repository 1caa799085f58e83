import CSystem
import Editor
import Headset
import Render
import Terminal

/// A place on a panel, in cells from the first one's top left corner.
struct PanelPoint {
    var kind: PanelKind
    var column: Double
    var row: Double
    /// How many rows the panel has.
    var rows: Int

    /// The place of a pixel on the surface that the panel lies on.
    init(_ kind: PanelKind, _ place: PanelLayout, x: Double, y: Double) {
        (column, row) = place.place(atX: x, y: y)
        (self.kind, rows) = (kind, place.rows)
    }

    /// Whether another place is so near that two clicks are a double one.
    fileprivate func isNear(_ other: PanelPoint) -> Bool {
        kind == other.kind && abs(column - other.column) < 0.6 && abs(row - other.row) < 0.6
    }
}

extension Workspace {
    /// The panels that take the pointer, the uppermost first.
    var pointedPanels: [PanelKind] {
        var kinds: [PanelKind] = []
        switch overlay {
        case .help: kinds.append(.help)
        case .chooser: kinds.append(.chooser)
        default: break
        }
        if isConsoleShown { kinds.append(.console) }
        if isEditorShown { kinds.append(.editor) }
        return kinds
    }

    /// The panel under the pointer, if any; overlays come first.
    private var panelUnderPointer: (PanelKind, PanelLayout)? {
        for kind in pointedPanels {
            guard let place = arrangement.places[kind] else { continue }
            if place.contains(x: Int(pointer.x), y: Int(pointer.y)) { return (kind, place) }
        }
        return nil
    }

    func pointerMoved(x: Double, y: Double, now: UInt64) {
        // Far outside any screen is still a number of pixels.
        let (x, y) = (min(max(x, -1e5), 1e5), min(max(y, -1e5), 1e5))
        let before = pointer
        pointer = (x, y)
        if room.isMovingByMouse {
            return room.carryOn(byPixels: SIMD2(Float(x - before.x), Float(y - before.y)))
        }
        if let kind = draggedPanel {
            guard let place = arrangement.places[kind] else { return }
            drag(to: PanelPoint(kind, place, x: x, y: y))
        } else if room.isLooking {
            room.look(byPixels: SIMD2(Float(x - before.x), Float(y - before.y)))
        } else {
            let place = picturePixel(x: x, y: y)
            mouse.move(x: place.x, y: place.y)
        }
        showMouse(now: now)
    }

    /// Has the headset show where the mouse is.
    private func showMouse(now: UInt64) {
        guard room.isShown, draggedPanel == nil else { return }
        room.noteMouse(
            on: panelUnderPointer.map { PanelPoint($0, $1, x: pointer.x, y: pointer.y) },
            at: SIMD2(
                Float(pointer.x) / Float(max(surface.width, 1)),
                1 - Float(pointer.y) / Float(max(surface.height, 1))),
            now: now)
    }

    /// A pixel of the surface in those of the sketch's picture, from the lower left.
    private func picturePixel(x: Double, y: Double) -> SIMD2<Float> {
        let place = SIMD2(Float(x), Float(Double(surface.height) - y))
        guard room.isShown else { return place }
        // The mirror shows another size than is drawn.
        let size = SIMD2(Float(room.eyeSize.width), Float(room.eyeSize.height))
        return place / SIMD2(Float(surface.width), Float(surface.height)) * size
    }

    func pointerButton(_ index: Int, isDown: Bool, isShifted: Bool, now: UInt64) {
        if index > 0, movePanel(index, isDown: isDown) { return }
        if index == 1 { return room.isLooking = isDown && panelUnderPointer == nil }
        guard index == 0 else { return }
        guard isDown else { return releasePointer() }
        showMouse(now: now)
        guard let (kind, place) = panelUnderPointer else {
            let place = picturePixel(x: pointer.x, y: pointer.y)
            return mouse.press(x: place.x, y: place.y)
        }
        press(
            PanelPoint(kind, place, x: pointer.x, y: pointer.y), isShifted: isShifted, now: now)
    }

    func scroll(_ amount: Double) {
        if room.notch(Float(amount)) { return }
        if let kind = panelUnderPointer?.0 { scroll(kind, rows: amount * 3) }
    }

    /// In a headset the middle button takes a panel or a flat sketch's screen along, and the right one has the wheel
    /// resize it; false where there is nothing of the kind to do.
    private func movePanel(_ index: Int, isDown: Bool) -> Bool {
        guard room.isShown else { return false }
        guard isDown else {
            let (hadTaken, panel) = room.letGoByMouse(index)
            if let panel { rememberPlace(panel) } else if hadTaken { rememberScreen() }
            return hadTaken
        }
        guard let kind = panelUnderPointer?.0 else { return room.takeScreenByMouse(button: index) }
        return room.takeByMouse(kind, button: index)
    }

    // MARK: On a panel, by mouse or by hand

    /// Presses at a place of a panel: caret, tab, item.
    func press(_ point: PanelPoint, isShifted: Bool = false, now: UInt64) {
        draggedPanel = point.kind
        let isAgain =
            lastClick.point.map { $0.isNear(point) } == true && now - lastClick.time < 400_000_000
        let count = isAgain ? lastClick.count % 3 + 1 : 1
        lastClick = (now, point, count)
        switch point.kind {
        case .editor:
            focusPanel(.editor)
            sketch.editor.press(
                column: point.column, row: point.row, extend: isShifted, clicks: count)
        case .console: focusPanel(.console)
        case .chooser:
            guard case .chooser(let chooser) = overlay,
                let item = chooser.item(row: Int(point.row), rows: point.rows)
            else { return }
            overlay = .none
            runConsole(.open(item.value))
        // Not every controller has a button of its own for this.
        case .headset: if !room.hasKeyboard { callForKeyboard(now: now) }
        default: return
        }
    }

    /// Goes on with what a press began.
    func drag(to point: PanelPoint) {
        if draggedPanel == .editor, point.kind == .editor {
            sketch.editor.drag(column: point.column, row: point.row)
        }
    }

    /// A release goes to whoever had the press.
    func releasePointer() {
        if draggedPanel == .editor { sketch.editor.release() }
        draggedPanel = nil
        mouse.release()
    }

    /// Scrolls a panel; up where positive.
    func scroll(_ kind: PanelKind, rows: Double) {
        if kind == .editor { return sketch.editor.scroll(rows: -rows) }
        let rows = rows + (scrollRest.kind == kind ? scrollRest.rows : 0)
        let whole = rows.rounded(.towardZero)
        scrollRest = (kind, rows - whole)
        switch kind {
        case .console: console.scroll(rows: Int(whole))
        case .help:
            guard case .help(let scroll) = overlay else { return }
            overlay = .help(scroll: max(0, scroll - Int(whole)))
        default: return
        }
    }

    private func focusPanel(_ other: Focus) {
        guard focus != other else { return }
        focus = other
    }
}
