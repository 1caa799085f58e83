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
        case .editor(let to):
            if to != .off, isEditorShown, room.isOutOfReach(.editor) {
                // It is open, but behind the user: who asks for it wants it here.
                room.bringUp(.editor)
                showEditor(true)
            } else {
                showEditor(to.applied(to: isEditorShown))
            }
        case .console(let to): showConsole(to.applied(to: isConsoleShown))
        case .helpPanel(let to): toggleHelp(to)
        case .escape: escape()
        case .error(let direction):
            showEditor(true)
            _ = sketch.editor.perform(
                direction == .next ? .nextError : .previousError, at: seconds(now))
        case .edit(let name): return edit(name, now: now)
        case .fullscreen: surface.toggleFullScreen()
        case .textSize(let change) where room.isShown: setHeadsetText(change, now: now)
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
        default: return performHeadsetCommand(command, now: now)
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
}
