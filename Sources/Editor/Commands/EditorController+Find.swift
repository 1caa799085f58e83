extension EditorController {
    /// Opens the find prompt with the selected text, or with what was searched for last.
    public func openFind() {
        if find != nil {
            find?.prompt.perform(.selectAll)
            return
        }
        let selected = buffer.text(selection.range)
        let isLine = !selected.isEmpty && selected.count < 200 && !selected.contains("\n")
        find = FindState(
            prompt: LinePrompt(
                label: "find", text: isLine ? selected : lastQuery, selected: true),
            origin: selection)
    }

    /// Closes the find prompt; the match stays selected and the text has the keys again.
    public func closeFind() {
        if let query = find?.query, !query.isEmpty { lastQuery = query }
        find = nil
    }

    func typeInPrompt(_ text: String) {
        // A script's newline is Enter, as a real key's is.
        for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 { step(forward: true) }
            if !part.isEmpty {
                find?.prompt.type(String(part))
                searchAsTyped()
            }
        }
    }

    /// Does an action in the prompt; nil where the action is the text's even so.
    func performInPrompt(_ action: EditAction) -> EditResult? {
        guard var state = find else { return nil }
        var result = EditResult()
        switch action {
        case .newline, .findNext, .moveDown:
            step(forward: true)
            result.changedSelection = true
        case .findPrevious, .moveUp:
            step(forward: false)
            result.changedSelection = true
        case .find: find?.prompt.perform(.selectAll)
        case .undo, .redo, .nextError, .previousError: return nil
        default:
            let query = state.query
            switch state.prompt.perform(action) {
            case .copied(let text): result.copied = text
            case .wantsPaste: result.wantsPaste = true
            case .accepted, .editing: break
            }
            find = state
            if state.query != query {
                searchAsTyped()
                result.changedSelection = true
            }
        }
        return result
    }

    /// Searches on, with the notice in the prompt.
    private func step(forward: Bool) {
        let notice = findAgain(forward: forward)
        find?.notice = notice
    }

    private func searchAsTyped() {
        guard let state = find else { return }
        find?.notice = nil
        guard let search = Search(state.query) else {
            selection = state.origin
            return
        }
        lastQuery = state.query
        let from = state.origin.range.lowerBound
        if let match = search.first(in: buffer, from: from) ?? search.first(in: buffer, from: 0) {
            selection = Selection(anchor: match.lowerBound, head: match.upperBound)
        } else {
            selection = state.origin
            find?.notice = "no match"
        }
    }

    /// Goes to the next or previous match, over the text's end if need be; gives a notice of that.
    func findAgain(forward: Bool) -> String? {
        let query = find?.query ?? lastQuery
        guard let search = Search(query) else {
            return "nothing to search for: open the find prompt and type"
        }
        lastQuery = query
        let range = selection.range
        let near =
            forward
            ? search.first(in: buffer, from: range.upperBound)
            : search.last(in: buffer, before: range.lowerBound)
        let match =
            near
            ?? (forward
                ? search.first(in: buffer, from: 0)
                : search.last(in: buffer, before: buffer.count))
        guard let match else { return "no match for \u{201C}\(query)\u{201D}" }
        selection = Selection(anchor: match.lowerBound, head: match.upperBound)
        goalColumn = nil
        if near != nil { return nil }
        return forward ? "went on from the top" : "went on from the end"
    }
}
