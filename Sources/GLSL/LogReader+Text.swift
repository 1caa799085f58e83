extension LogReader {
    /// Reads the log of a stage whose text is at hand, and so finds true columns.
    ///
    /// Mesa counts columns after its preprocessor, for which a comment and any number of blanks are
    /// one blank; others give no column at all. Both are mended here from the user's own line.
    public static func read(_ log: String, of stage: AssembledStage) -> [Diagnostic] {
        let texts = UserLines(stage)
        return read(log, stage: stage.stage, map: stage.lineMap).map { diagnostic in
            // An end note was written here and speaks of no driver's column.
            guard diagnostic.line != nil else { return diagnostic }
            return texts.mend(diagnostic)
        }
    }

    /// Reads a linker's log, and finds the lines of the names that it speaks of.
    ///
    /// A linker names stages and variables, hardly ever lines. The first line of the stage that
    /// holds the name as a token is taken.
    public static func read(_ log: String, of pass: AssembledPass) -> [Diagnostic] {
        let written = pass.stages.filter { !$0.isGenerated }.map(UserLines.init)
        let maps = Dictionary(
            pass.stages.map { ($0.stage, $0.lineMap) }, uniquingKeysWith: { first, _ in first })
        return read(log, maps: maps).map { diagnostic in
            let named = written.filter { $0.stage.stage == diagnostic.stage }
            if diagnostic.line != nil {
                return named.first?.mend(diagnostic) ?? diagnostic
            }
            var found = diagnostic
            let candidates = named + written.filter { $0.stage.stage != diagnostic.stage }
            if let token = diagnostic.token {
                for lines in candidates {
                    guard let place = lines.find(token) else { continue }
                    found.stage = lines.stage.stage
                    (found.file, found.line, found.column) = (place.file, place.line, place.column)
                    found.message = namingBothStages(found, token, written, pass)
                    return found
                }
            }
            found.stage = candidates.first?.stage.stage ?? diagnostic.stage
            found.file = candidates.first?.stage.lineMap.runs.first?.file
            return found
        }
    }

    /// The message of a linker's error with the other stage that it is about, and where that one has the name.
    private static func namingBothStages(
        _ found: Diagnostic, _ token: String, _ written: [UserLines], _ pass: AssembledPass
    ) -> String {
        guard let stage = found.stage else { return found.message }
        var message = found.message
        if let before = pass.stages.last(where: { $0.stage < stage }) {
            message = message.replacing(
                "the previous stage", with: "the \(before.stage.name) stage")
        }
        let words = message.lowercased()
        // What else linkers say, of missing functions for instance, is about one stage.
        let isShared = ["input", "output", "varying", "uniform", "declared", "mismatch"]
            .contains { words.contains($0) }
        guard isShared else { return message }
        let others = written.compactMap { lines in
            lines.stage.stage == stage || lines.stage.stage == .compute
                ? nil : lines.find(token).map { (stage: lines.stage.stage, place: $0) }
        }.filter { $0.place.file != found.file || $0.place.line != found.line }
        guard let other = others.last(where: { $0.stage < stage }) ?? others.first else {
            return message
        }
        return message + " (\(other.stage.name) stage: \(other.place.file):\(other.place.line))"
    }
}

/// The user's lines inside an assembled text.
private struct UserLines {
    let stage: AssembledStage
    private let lines: [Substring.UTF8View.SubSequence]

    init(_ stage: AssembledStage) {
        self.stage = stage
        lines = stage.text.utf8.split(
            separator: Byte.newline, omittingEmptySubsequences: false)
    }

    /// The text of a user's line, as the user wrote it; nil where it is none of this stage's.
    private func text(file: String?, line: Int) -> String? {
        guarded(file: file, line: line).map { unguarded($0.text, textLine: $0.textLine) }
    }

    /// The text of a user's line as the driver got it, and its place in the assembled text.
    private func guarded(file: String?, line: Int) -> (text: String, textLine: Int)? {
        for run in stage.lineMap.runs where run.file == file || file == nil {
            let offset = line - run.fileLine
            let index = run.textLine - 1 + offset
            guard offset >= 0, offset < run.count, lines.indices.contains(index) else { continue }
            return (String(decoding: lines[index], as: UTF8.self), index + 1)
        }
        return nil
    }

    /// A line without what the loop guard put into it.
    private func unguarded(_ text: String, textLine: Int) -> String {
        let insertions = stage.lineMap.insertions(in: textLine)
        guard !insertions.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        for insertion in insertions {
            result += bytes[position..<min(bytes.count, insertion.offset)]
            result += Array(insertion.replaced.utf8)
            position = min(bytes.count, insertion.offset + insertion.length)
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    /// The diagnostic with the column that the user's editor would count.
    func mend(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let line = diagnostic.line, let guarded = guarded(file: diagnostic.file, line: line)
        else { return diagnostic }
        let text = unguarded(guarded.text, textLine: guarded.textLine)
        var found = diagnostic
        var token = diagnostic.token
        if let name = token, let ours = stage.lineMap.renamed.first(where: { $0.value == name }),
            !text.contains(name)
        {
            token = ours.key
        }
        let columns = LineColumns(text)
        let driver = LineColumns(guarded.text)
        let hint = diagnostic.column.map {
            stage.lineMap.unguarded(
                offset: driver.original(ofCollapsed: $0), textLine: guarded.textLine)
        }
        if let token, let range = columns.find(token, near: hint ?? nil) {
            found.column = range.lowerBound + 1
        } else if let hint {
            found.column = hint + 1
        }
        // Said of a loop's condition, beside which the guard put its own.
        if stage.lineMap.guardPrefix != nil,
            found.message.contains("of `&&' must be scalar boolean"),
            !text.contains("&&")
        {
            found.message = "loop condition must be scalar boolean"
            found.token = nil
        }
        if let line = missingEnd(before: found, text) {
            found.message += " (is a ';' missing at the end of line \(line)?)"
        }
        return found
    }

    /// The line before, where a parser wanted a semicolon and met the first token of the next statement instead.
    private func missingEnd(before diagnostic: Diagnostic, _ text: String) -> Int? {
        guard diagnostic.message.hasPrefix("syntax error"), diagnostic.message.contains("';'"),
            let line = diagnostic.line, let column = diagnostic.column, column <= text.utf8.count,
            text.utf8.prefix(column - 1).allSatisfy(Byte.isBlank)
        else { return nil }
        for above in stride(from: line - 1, to: max(0, line - 20), by: -1) {
            guard let text = self.text(file: diagnostic.file, line: above) else { return nil }
            let code = Lexer.tokens(of: text).filter { $0.kind != .comment }
            guard let last = code.last else { continue }
            guard last.kind != .preprocessor else { return nil }
            let end = Array(text.utf8)[last.range.upperBound - 1]
            return [UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}")].contains(end)
                ? nil : above
        }
        return nil
    }

    /// The first line and column that hold a name as a token.
    func find(_ token: String) -> (file: String, line: Int, column: Int)? {
        for run in stage.lineMap.runs {
            for offset in 0..<run.count {
                let index = run.textLine - 1 + offset
                guard lines.indices.contains(index) else { break }
                let line = String(decoding: lines[index], as: UTF8.self)
                let columns = LineColumns(unguarded(line, textLine: index + 1))
                if let range = columns.find(token, near: nil) {
                    return (run.file, run.fileLine + offset, range.lowerBound + 1)
                }
            }
        }
        return nil
    }
}
