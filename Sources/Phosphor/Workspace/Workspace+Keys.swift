import CGLFW
import CSystem
import Editor
import Terminal

extension Workspace {
    /// Takes what the user did; true where a key was taken for a command, so that its text is dropped.
    func handle(_ event: InputEvent, now: UInt64) -> Bool {
        switch event {
        case .key(let press): return handle(press, now: now)
        case .text(let text): handleText(text, now: now)
        case .pointer(let x, let y): pointerMoved(x: x, y: y, now: now)
        case .button(let index, let isDown, let isShifted):
            pointerButton(index, isDown: isDown, isShifted: isShifted, now: now)
        case .scroll(let amount): scroll(amount)
        case .focus(let has):
            room.hasKeyboard = has
            if !has { releaseAll() }
        case .close: _ = askToQuit()
        case .dropped(let paths):
            if let first = paths.first { runConsole(.open(first)) }
        }
        return false
    }

    /// Lets go of every key and button that is held, as their release will go to somebody else.
    func releaseAll() {
        keyOwners.removeAll()
        pictureKeys.releaseAll()
        room.heldKeys.removeAll()
        room.isLooking = false
        mouse.release()
        draggedPanel = nil
    }

    /// Lets go of what hands hold in a headset that goes; keys and mouse are still the user's.
    func releaseHands() {
        guard room.pressing != nil else { return }
        room.pressing = nil
        releasePointer()
    }

    private var context: KeyContext {
        switch overlay {
        case .none: break
        default: return .prompt
        }
        if focus == .editor, sketch.editor.find != nil { return .prompt }
        return switch focus {
        case .editor: .text
        case .console: .console
        case .picture: .picture
        }
    }

    private func handle(_ press: KeyPress, now: UInt64) -> Bool {
        guard press.action != .release else {
            keyOwners[press.key] = nil
            pictureKeys.release(press.key)
            room.heldKeys[press.key] = nil
            return false
        }
        if press.action == .press {
            keyOwners[press.key] = focus
            if context == .picture { pictureKeys.press(press) }
        }
        // A key held over a toggle goes on for nobody: not as a command, not as text.
        if press.action == .again, keyOwners[press.key] != focus { return true }
        var chords = press.chords
        // Where the plain key is needed for writing, only Ctrl with it is the toggle.
        if press.isNeededForText { chords.removeAll { $0 == "grave" } }
        if let heading = heading(of: chords) {
            // As long as it is down: a flight begins and ends softly.
            if press.action == .press { room.heldKeys[press.key] = heading }
            return true
        }
        return take(chords, isRepeat: press.action == .again, now: now)
    }

    /// Where a key flies to; nil for one that does something else.
    private func heading(of chords: [String]) -> Command.Heading? {
        let line = settings.keymap.command(
            for: chords.compactMap { KeyChord($0) }, in: context)
        guard let line, line.hasPrefix("fly "),
            case .fly(let heading)? = try? CommandParser.parse(line)
        else { return nil }
        return heading
    }

    /// Does what a press stands for; false where it stands for nothing but its text.
    func take(_ chords: [String], isRepeat: Bool, now: UInt64) -> Bool {
        let candidates = chords.compactMap { KeyChord($0) }
        // What the prompt knows goes before what holds everywhere: Ctrl+N is its history there.
        if context == .console,
            !candidates.contains(where: { settings.keymap.binds($0, in: .console) }),
            chords.contains(where: { takeInConsole($0, now: now) })
        {
            return true
        }
        guard let line = settings.keymap.command(for: candidates, in: context) else {
            return false
        }
        // A key held down repeats an edit; it must not flicker a panel.
        let repeats = [
            "edit ", "undo", "redo", "textsize", "backing", "error ", "panel ", "headset scale",
        ].contains {
            line.hasPrefix($0)
        }
        if !isRepeat || repeats {
            if let chord = candidates.first { noteChord(chord, line, now: now) }
            run(line: line, now: now)
        }
        return true
    }

    /// Does a command line that a key is bound to; a failure is a notice.
    func run(line: String, now: UInt64) {
        do throws(CommandError) {
            guard let command = try CommandParser.parse(line) else { return }
            runConsole(command)
        } catch {
            notify("\(line): \(error.message)", now: now)
        }
    }

    /// Begins a command of the user's own; what it prints goes to the console, a failure is a notice, too.
    func runConsole(_ command: Command, echo: Bool = false) {
        let session = CommandSession(
            [.init(command: command, line: 1)],
            reply: { [unowned self] text in console.append(reply: text) },
            failed: { [unowned self] _, message in
                if echo {
                    console.append(error: message)
                } else {
                    notify(message, now: phosphor_now())
                }
            })
        session.advance(now: phosphor_now()) { perform($0, now: phosphor_now()) }
        if !session.isFinished { consoleSessions.append(session) }
    }

    func handleText(_ text: String, now: UInt64) {
        switch overlay {
        case .help: return
        case .chooser(var chooser):
            chooser.type(text)
            overlay = .chooser(chooser)
        case .saveAs(var prompt):
            prompt.type(text)
            overlay = .saveAs(prompt)
        case .question(let question):
            guard let answer = text.lowercased().first, let action = question.answers[answer] else {
                return
            }
            overlay = .none
            action()
        case .none:
            switch focus {
            case .picture: return
            case .console: console.type(text)
            case .editor:
                changeText { sketch.editor.type(text, at: seconds(now)) }
            }
        }
    }

    private func takeInConsole(_ chord: String, now: UInt64) -> Bool {
        guard Console.handles(chord) else { return false }
        switch console.key(chord) {
        case .none: return true
        case .submit(let line):
            do throws(CommandError) {
                if let command = try CommandParser.parse(line) { runConsole(command, echo: true) }
            } catch {
                console.append(error: error.message)
            }
            return true
        }
    }

    /// The command `key`: what a press of that key would do, its text included.
    func key(_ name: String, now: UInt64) -> Outcome {
        guard let chord = KeyChord(name) else {
            return .failed("there is no key '\(name)'; write it as ctrl+shift+z, f4, escape or a")
        }
        if context == .picture { pictureKeys.strike(chord.description) }
        if take([chord.description], isRepeat: false, now: now) { return .done() }
        if chord.typesText { handleText(chord.text, now: now) }
        return .done()
    }

    /// Takes away one level, as Escape does, and never quits.
    func escape() {
        switch overlay {
        case .none: break
        default: return overlay = .none
        }
        if confirmation != nil { return confirmation = nil }
        if focus == .editor, sketch.editor.find != nil {
            sketch.editor.closeFind()
        } else if focus == .console {
            showConsole(false)
        } else if isEditorShown {
            showEditor(false)
        } else if isConsoleShown {
            showConsole(false)
        }
    }

    func showEditor(_ on: Bool) {
        guard on != isEditorShown || (on && focus != .editor) else { return }
        isEditorShown = on
        panelOpened = phosphor_now()
        move(focusTo: on ? .editor : isConsoleShown && focus == .console ? .console : .picture)
        if !on {
            // A question that nobody sees any more must not be answered by a key meant for something else.
            confirmation = nil
            remember()
        }
    }

    func showConsole(_ on: Bool) {
        isConsoleShown = on
        if on { listFilesForConsole() }
        panelOpened = phosphor_now()
        move(focusTo: on ? .console : isEditorShown ? .editor : .picture)
    }

    private func move(focusTo other: Focus) {
        if other != focus { releaseAll() }
        focus = other
    }
}

extension KeyChord {
    /// The text that a chord that types would give on a US keyboard.
    fileprivate var text: String {
        let names = [
            "space": " ", "plus": "+", "minus": "-", "equal": "=", "slash": "/", "backslash": "\\",
            "comma": ",",
            "period": ".", "semicolon": ";", "apostrophe": "'", "leftbracket": "[",
            "rightbracket": "]",
        ]
        let text = names[key] ?? key
        return modifiers.contains(.shift) ? text.uppercased() : text
    }
}

extension Keymap {
    /// Whether a chord has a binding of its own in a context, and not only one that holds everywhere.
    fileprivate func binds(_ chord: KeyChord, in context: KeyContext) -> Bool {
        bindings.contains { $0.chord == chord && $0.context == context }
    }
}
