import CSystem
import Editor
import Glibc
import GLSL
import Render
import Terminal

extension Workspace {
    /// Commands that move panels and what they look like.
    func performPanelCommand(_ command: Command, now: UInt64) -> Outcome {
        switch command {
        case .editor(let to): showEditor(to.applied(to: isEditorShown))
        case .console(let to): showConsole(to.applied(to: isConsoleShown))
        case .helpPanel(let to): toggleHelp(to)
        case .escape: escape()
        case .error(let direction):
            showEditor(true)
            _ = sketch.editor.perform(
                direction == .next ? .nextError : .previousError, at: seconds(now))
        case .edit(let name): return edit(name, now: now)
        case .fullscreen: surface.toggleFullScreen()
        case .textSize(let change):
            let size = change.applied(to: Double(memory.textSize), standard: 18)
            memory.textSize = Int(min(max(size.isNaN ? 18 : size, 12), 72).rounded())
            remember()
        case .backing(let change):
            let value = change.applied(to: memory.backing, standard: 0.92)
            memory.backing = min(max((value * 100).rounded() / 100, 0), 1)
            remember()
        case .theme(let name):
            guard Theme.named(name) != nil else {
                return .failed("there is no theme '\(name)': there are dark, contrast and light")
            }
            settings.theme = name
        case .mouse(let x, let y, let isDown):
            pointerMoved(x: x, y: y, now: now)
            if let isDown { pointerButton(0, isDown: isDown, isShifted: false, now: now) }
        case .resize(let width, let height):
            do { try surface.resize(width: width, height: height) } catch {
                return .failed("\(error)")
            }
        default: return .failed("this command has no meaning here")
        }
        return .done()
    }

    private func toggleHelp(_ to: Command.Switch) {
        if case .help = overlay {
            if to != .on { overlay = .none }
        } else if to != .off {
            overlay = .help(scroll: 0)
        }
    }

    private func edit(_ name: String, now: UInt64) -> Outcome {
        guard let action = EditAction(name: name) else {
            return .failed("there is no edit '\(name)'; `help edit` lists them")
        }
        if editOverlay(action) { return .done() }
        let result = sketch.editor.perform(action, at: seconds(now))
        if let copied = result.copied { surface.copy(copied) }
        if result.wantsPaste { requestPaste() }
        if let text = result.notice { notify(text, now: now, seconds: 3) }
        if result.changedText { isSubmissionDue = true }
        return .done()
    }

    /// Gives an edit to what stands over the panels; false where nothing does.
    private func editOverlay(_ action: EditAction) -> Bool {
        switch overlay {
        case .saveAs(var prompt):
            let outcome = prompt.perform(action)
            overlay = .saveAs(prompt)
            switch outcome {
            case .editing: break
            case .accepted(let path):
                overlay = .none
                runConsole(.save(path))
            case .copied(let text): surface.copy(text)
            case .wantsPaste: requestPaste()
            }
            return true
        case .chooser(var chooser):
            let outcome = chooser.perform(action)
            overlay = .chooser(chooser)
            switch outcome {
            case .editing: break
            case .chosen(let item):
                overlay = .none
                runConsole(.open(item.value))
            case .copied(let text): surface.copy(text)
            case .wantsPaste: requestPaste()
            }
            return true
        case .help(let scroll):
            let steps: [EditAction: Int] = [
                .moveUp: -1, .moveDown: 1, .movePageUp: -10, .movePageDown: 10,
                .moveLineStart: -10_000,
            ]
            overlay = .help(scroll: max(0, scroll + (steps[action] ?? 0)))
            return true
        case .question: return true
        case .none: return false
        }
    }

    /// Fetches the clipboard's text and gives it to whoever has the keys by then.
    private func requestPaste() {
        surface.requestPaste { [unowned self] text in
            let now = phosphor_now()
            guard let text else { return notify("the clipboard's owner does not answer", now: now) }
            switch overlay {
            case .saveAs, .chooser: handleText(text, now: now)
            default:
                if focus == .console {
                    console.type(text)
                } else {
                    _ = perform(.paste(text), now: now)
                }
            }
        }
    }

    // MARK: The pointer

    /// The panel under the pointer, if any; overlays come first.
    private var panelUnderPointer: (PanelKind, PanelLayout)? {
        var kinds: [PanelKind] = []
        switch overlay {
        case .help: kinds.append(.help)
        case .chooser: kinds.append(.chooser)
        default: break
        }
        if isConsoleShown { kinds.append(.console) }
        if isEditorShown { kinds += [.editor] }
        for kind in kinds {
            guard let place = arrangement.places[kind] else { continue }
            if place.contains(x: Int(pointer.x), y: Int(pointer.y)) { return (kind, place) }
        }
        return nil
    }

    func pointerMoved(x: Double, y: Double, now: UInt64) {
        // Far outside any screen is still a number of pixels.
        let (x, y) = (min(max(x, -1e5), 1e5), min(max(y, -1e5), 1e5))
        pointer = (x, y)
        if draggedPanel == .editor, let place = arrangement.places[.editor] {
            let cell = place.position(x: x, y: y)
            sketch.editor.drag(column: cell.column, row: cell.row)
        } else if draggedPanel == nil {
            mouse.move(x: Float(x), y: Float(Double(surface.height) - y))
        }
    }

    func pointerButton(_ index: Int, isDown: Bool, isShifted: Bool, now: UInt64) {
        guard index == 0 else { return }
        guard isDown else {
            // A release goes to whoever had the press.
            if draggedPanel == .editor { sketch.editor.release() }
            draggedPanel = nil
            mouse.release()
            return
        }
        guard let (kind, place) = panelUnderPointer else {
            return mouse.press(x: Float(pointer.x), y: Float(Double(surface.height) - pointer.y))
        }
        let cell = place.position(x: pointer.x, y: pointer.y)
        draggedPanel = kind
        let isClose = abs(pointer.x - lastClick.x) < 5 && abs(pointer.y - lastClick.y) < 5
        let count = isClose && now - lastClick.time < 400_000_000 ? lastClick.count % 3 + 1 : 1
        lastClick = (now, pointer.x, pointer.y, count)
        switch kind {
        case .editor:
            focusPanel(.editor)
            sketch.editor.press(
                column: cell.column, row: cell.row, extend: isShifted, clicks: count)
        case .console: focusPanel(.console)
        case .chooser:
            guard case .chooser(let chooser) = overlay,
                let item = chooser.item(row: Int(cell.row), rows: place.rows)
            else { return }
            overlay = .none
            runConsole(.open(item.value))
        default: return
        }
    }

    private func focusPanel(_ other: Focus) {
        guard focus != other else { return }
        focus = other
    }

    func scroll(_ amount: Double) {
        switch panelUnderPointer?.0 {
        case .editor: sketch.editor.scroll(rows: -amount * 3)
        case .console: console.scroll(rows: Int(amount * 3))
        case .help:
            guard case .help(let scroll) = overlay else { return }
            overlay = .help(scroll: max(0, scroll - Int(amount * 3)))
        default: return
        }
    }
}

extension PanelLayout {
    /// A pixel's place in cells from the first one's top left corner.
    fileprivate func position(x: Double, y: Double) -> (column: Double, row: Double) {
        let origin = contentOrigin
        return (
            (x - Double(origin.x)) / Double(metrics.cellWidth),
            (y - Double(origin.y)) / Double(metrics.lineHeight)
        )
    }
}
