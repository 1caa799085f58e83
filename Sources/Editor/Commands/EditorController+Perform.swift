extension EditorController {
    /// Does an action, and tells what changed and what is wanted of the clipboard.
    ///
    /// While the find prompt is open the actions that a line of text knows are the prompt's.
    @discardableResult
    public func perform(_ action: EditAction, at seconds: Double) -> EditResult {
        lastKey = seconds
        if find != nil, let result = performInPrompt(action) { return result }
        let (revision, selection, stage) = (sketch.current, sketch.selection, sketch.active)
        var result = EditResult()
        if let (motion, extends) = action.motion {
            move(motion, extending: extends)
        } else {
            result = act(action, at: seconds)
        }
        result.changedText = sketch.current != revision
        result.changedSelection = sketch.selection != selection || sketch.active != stage
        return result
    }

    private func act(_ action: EditAction, at seconds: Double) -> EditResult {
        var result = EditResult()
        switch action {
        case .selectAll:
            sketch.selection = Selection(anchor: 0, head: buffer.count)
        case .deleteBackward, .deleteForward, .deleteWordBackward, .deleteWordForward:
            delete(action, at: seconds)
        case .deleteLine: deleteLines(at: seconds)
        case .duplicateLine: duplicateLines(at: seconds)
        case .moveLineUp: moveLines(up: true, at: seconds)
        case .moveLineDown: moveLines(up: false, at: seconds)
        case .newline: newline(at: seconds)
        case .tab: indent(at: seconds)
        case .outdent: outdent(at: seconds)
        case .toggleComment: toggleComment(at: seconds)
        case .copy, .cut: result.copied = copy(cutting: action == .cut, at: seconds)
        case .paste: result.wantsPaste = true
        case .undo:
            followsCaret = true
            if !sketch.undo() { result.notice = "nothing to undo in this stage" }
        case .redo:
            followsCaret = true
            if !sketch.redo() { result.notice = "nothing to redo in this stage" }
        case .find: openFind()
        case .findNext: result.notice = findAgain(forward: true)
        case .findPrevious: result.notice = findAgain(forward: false)
        case .nextError: result.notice = goToError(forward: true)
        case .previousError: result.notice = goToError(forward: false)
        default: break
        }
        return result
    }

    /// The selected text, or the caret's whole line where nothing is selected.
    private func copy(cutting: Bool, at seconds: Double) -> String {
        var range = selection.range
        var text = buffer.text(range)
        if range.isEmpty {
            let line = buffer.line(at: range.lowerBound)
            text = buffer.text(buffer.lineRange(line)) + "\n"
            range = wholeLines(line...line)
        }
        if cutting { replace(range, with: [], .command, at: seconds) }
        return text
    }
}
