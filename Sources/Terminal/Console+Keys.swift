/// What came of a key that the console was given.
public enum ConsoleResult: Equatable, Sendable {
    /// Nothing to do for the caller.
    case none
    /// A line to run; its replies are to be appended.
    case submit(String)
}

extension Console {
    /// The chords that `key` knows; all others may go elsewhere.
    public static func handles(_ chord: String) -> Bool {
        known.contains(chord)
    }

    private static let known: Set<String> = [
        "enter", "left", "right", "ctrl+b", "ctrl+f", "home", "end", "ctrl+a", "ctrl+e",
        "ctrl+left", "ctrl+right", "backspace", "shift+backspace", "delete", "ctrl+d",
        "ctrl+backspace", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+l", "up", "down", "ctrl+p",
        "ctrl+n", "pageup", "pagedown", "shift+pageup", "shift+pagedown", "shift+up",
        "shift+down", "tab",
    ]

    /// Presses a key by its chord's name, as `left`, `ctrl+w` or `tab`; unknown ones do nothing.
    public func key(_ chord: String) -> ConsoleResult {
        switch chord {
        case "enter": return .submit(submit())
        case "up", "ctrl+p": recall(-1)
        case "down", "ctrl+n": recall(1)
        case "tab": complete()
        case "ctrl+l": clear()
        case "pageup", "shift+pageup": scroll(rows: max(1, lastRows - 2))
        case "pagedown", "shift+pagedown": scroll(rows: -max(1, lastRows - 2))
        case "shift+up": scroll(rows: 1)
        case "shift+down": scroll(rows: -1)
        default: edit(chord)
        }
        return .none
    }

    private func edit(_ chord: String) {
        switch chord {
        case "left", "ctrl+b": prompt.move(by: -1)
        case "right", "ctrl+f": prompt.move(by: 1)
        case "home", "ctrl+a": prompt.moveToStart()
        case "end", "ctrl+e": prompt.moveToEnd()
        case "ctrl+left": prompt.moveWordLeft()
        case "ctrl+right": prompt.moveWordRight()
        case "backspace", "shift+backspace": prompt.deleteBackward()
        case "delete", "ctrl+d": prompt.deleteForward()
        case "ctrl+backspace", "ctrl+w": prompt.deleteWordBackward()
        case "ctrl+u": prompt.deleteToStart()
        case "ctrl+k": prompt.deleteToEnd()
        default: return
        }
        touch()
    }

    /// Completes the word at the caret as far as all candidates agree; where that adds nothing, lists them.
    private func complete() {
        touch()
        let (range, candidates) = CommandCompletion.complete(
            prompt.text, cursor: prompt.caret, files: files, actions: actions)
        guard !candidates.isEmpty else { return }
        let common = CommandCompletion.commonPrefix(candidates)
        let written = String(prompt.characters[range])
        if common.count > written.count || candidates.count == 1 {
            prompt.replace(range, with: common)
        } else {
            let names = candidates.map { $0.last == " " ? String($0.dropLast()) : $0 }
            append(names.joined(separator: "  "), .notice)
        }
    }
}
