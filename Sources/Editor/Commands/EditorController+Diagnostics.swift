public import GLSL

extension EditorController {
    /// What the last verdict said, with lines and columns as edits have moved them since.
    ///
    /// Setting it takes the places as those of the present text; where the verdict is of an older revision, use
    /// `setDiagnostics(_:of:)`.
    public var diagnostics: [Diagnostic] {
        get { tracked.map(moved) }
        set { setDiagnostics(newValue, of: sketch.current) }
    }

    /// Takes a verdict's diagnostics with the revision that they speak of, and moves them along to the present text.
    public func setDiagnostics(_ diagnostics: [Diagnostic], of revision: RevisionID) {
        let old = tracked
        let record = sketch.record(revision)
        tracked = diagnostics.map { diagnostic in
            guard let part = part(of: diagnostic) else {
                return TrackedDiagnostic(diagnostic, part: nil, in: buffer)
            }
            let document = sketch.document(part)
            let node = record.map { Int($0.states[sketch.number(of: part)]) } ?? document.position
            guard node != document.position else {
                return TrackedDiagnostic(diagnostic, part: part, in: document.buffer)
            }
            var text = document.buffer(at: node)
            var result = TrackedDiagnostic(diagnostic, part: part, in: text)
            for change in document.path(from: node, to: document.position) {
                change.apply(to: &text)
                result.follow(change, to: text)
            }
            return result
        }
        // The same message in the same place was read already: it must not blink out and in again.
        for index in tracked.indices where !tracked[index].isFaded {
            let new = tracked[index]
            tracked[index].isRevealed = old.contains {
                $0.isRevealed && !$0.isFaded && $0.part == new.part && $0.line == new.line
                    && $0.diagnostic.message == new.diagnostic.message
            }
        }
    }

    /// The parts that the last verdict had errors in.
    public var brokenParts: Set<SketchPart> {
        Set(tracked.lazy.filter { $0.diagnostic.severity == .error }.compactMap(\.home))
    }

    /// The part in whose text a diagnostic lies; nil where it means none.
    ///
    /// Its file says it, since one file may hold several stages; then its stage, then that there is one part only.
    public func part(of diagnostic: Diagnostic) -> SketchPart? {
        if let part = diagnostic.file.flatMap(partOfFile) { return part }
        let present = sketch.parts
        if let stage = diagnostic.stage, present.contains(SketchPart(stage)) || present.count != 1 {
            return SketchPart(stage)
        }
        return present.count == 1 ? present.first : nil
    }

    /// The active part's diagnostics that may be shown in their lines now, after the calm rule.
    ///
    /// One on the caret's own line waits until `calmSeconds` have gone by without a key or the caret has left; one whose line
    /// was edited is not shown any more.
    public func inlineDiagnostics(now: Double) -> [Diagnostic] {
        reveal(now: now).map { moved(tracked[$0]) }
    }

    /// The caret's line and the next one that is not blank.
    ///
    /// A compiler finds an unfinished statement at the first token behind it: what it says there is about the line
    /// that is being typed.
    private var linesBeingTyped: ClosedRange<Int> {
        let caret = buffer.line(at: selection.head)
        for line in (caret + 1)..<(caret + 20) where line < buffer.lineCount {
            let isBlank = buffer.withLine(line) { $0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
            if !isBlank { return caret...line }
        }
        return caret...caret
    }

    /// Indices into `tracked` of what may be shown; marks them as seen.
    func reveal(now: Double) -> [Int] {
        guard !tracked.isEmpty else { return [] }
        let lines = linesBeingTyped
        let isCalm = now - lastKey >= calmSeconds
        return tracked.indices.filter { index in
            let item = tracked[index]
            guard item.part == sketch.active, !item.isFaded else { return false }
            guard
                item.isRevealed || isCalm || !lines.contains(buffer.line(at: item.line.lowerBound))
            else { return false }
            tracked[index].isRevealed = true
            return true
        }
    }

    func follow(_ change: ChangeSet, in part: SketchPart) {
        if part == sketch.active {
            followsCaret = true
            goalColumn = nil
        }
        guard !tracked.isEmpty else { return }
        let text = sketch.document(part).buffer
        for index in tracked.indices where tracked[index].part == part {
            tracked[index].follow(change, to: text)
        }
    }

    private func moved(_ item: TrackedDiagnostic) -> Diagnostic {
        guard let part = item.part else { return item.diagnostic }
        var result = item.diagnostic
        result.line = sketch.document(part).buffer.line(at: item.line.lowerBound) + 1
        if item.isFaded, result.column != nil {
            result.column = max(0, item.token.lowerBound - item.line.lowerBound) + 1
        }
        return result
    }

    /// Goes to the next or previous diagnostic, in another part if need be; gives its message.
    func goToError(forward: Bool) -> String? {
        let placed =
            tracked
            .compactMap { item in
                item.part.map { (part: $0, offset: item.token.lowerBound, item: item) }
            }
            .sorted { ($0.part, $0.offset) < ($1.part, $1.offset) }
        guard !placed.isEmpty else {
            return tracked.first?.diagnostic.message ?? "no errors to go to"
        }
        let here = (sketch.active, selection.head)
        let target =
            forward
            ? placed.first { ($0.part, $0.offset) > here } ?? placed.first
            : placed.last { ($0.part, $0.offset) < here } ?? placed.last
        guard let target else { return nil }
        sketch.active = target.part
        selection = Selection(target.offset)
        goalColumn = nil
        return target.item.diagnostic.message
    }
}

extension EditorController {
    /// A moment for `snapshot` in mid-blink, at which no message waits and the caret is lit: for a picture of held time.
    public var restingTime: Double {
        (lastKey.isFinite ? lastKey : 0) + 20.5 * Self.blinkSeconds
    }
}
