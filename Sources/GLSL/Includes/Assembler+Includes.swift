extension Assembler {
    /// Assembles a source in which texts include others; nil where none does.
    ///
    /// Each text is assembled with what it includes as if it stood there; then every place is taken back to its file.
    static func including(
        _ source: SketchSource
    ) -> Result<AssembledProgram, AssemblyError>? {
        var texts: [String: IncludedText] = [:]
        var whole = source
        var problems: [Diagnostic] = []
        var notices: [Diagnostic] = []
        for (part, text) in source.parts.sorted(by: { $0.key < $1.key })
        where Includes.isIncluding(text.text) {
            // What others include is no text by itself.
            guard part.stage != nil || part == .common else { continue }
            let expanded = Includes.expand(text, part.stage, source)
            guard
                expanded.runs.count > 1 || !expanded.problems.isEmpty || !expanded.notices.isEmpty
            else { continue }
            problems += expanded.problems
            notices += expanded.notices
            texts[text.file] = expanded
            whole.parts[part]?.text = expanded.text
        }
        guard !texts.isEmpty else { return nil }
        guard problems.isEmpty else { return .failure(AssemblyError(diagnostics: problems)) }
        whole.included = [:]
        let way = IncludePlaces(texts: texts)
        return assembleWhole(whole).map { program in
            var program = way.program(program)
            program.notices += notices
            return program
        }.mapError {
            AssemblyError(diagnostics: $0.diagnostics.map(way.diagnostic))
        }
    }
}

/// The way back from places in texts with includes to those of their files.
struct IncludePlaces {
    /// The texts by the files that include.
    let texts: [String: IncludedText]

    func diagnostic(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let file = diagnostic.file, let line = diagnostic.line,
            let place = texts[file]?.place(line)
        else { return diagnostic }
        var diagnostic = diagnostic
        (diagnostic.file, diagnostic.line) = (place.file, place.line)
        return diagnostic
    }

    private func place(_ place: SourcePlace) -> SourcePlace {
        guard let line = place.line, let found = texts[place.file]?.place(line) else {
            return place
        }
        return SourcePlace(file: found.file, line: found.line)
    }

    func program(_ program: AssembledProgram) -> AssembledProgram {
        var program = program
        for pass in program.passes.indices {
            for stage in program.passes[pass].stages.indices {
                let old = program.passes[pass].stages[stage]
                program.passes[pass].stages[stage].lineMap = map(old.lineMap)
                program.passes[pass].stages[stage].unguarded = old.unguarded.map(diagnostic)
            }
        }
        program.notices = program.notices.map(diagnostic)
        for index in program.textures.indices {
            program.textures[index].place = place(program.textures[index].place)
        }
        for index in program.meshes.indices {
            program.meshes[index].place = place(program.meshes[index].place)
        }
        return program
    }

    /// The same map, with runs parted where the files change.
    private func map(_ map: LineMap) -> LineMap {
        var map = map
        // What stands behind the user's text belongs to the text at its end.
        if let text = map.runs.last.flatMap({ texts[$0.file] }) {
            map.endLine = map.endLine.map(text.outerLine)
            map.entryLines = map.entryLines.mapValues(text.outerLine)
        }
        map.endNote = map.endNote.map(diagnostic)
        map.missing = Set(map.runs.map(\.file)).flatMap { texts[$0]?.missing ?? [] }
        map.runs = map.runs.flatMap(parted)
        return map
    }

    private func parted(_ run: LineMap.Run) -> [LineMap.Run] {
        guard let text = texts[run.file] else { return [run] }
        let lines = run.fileLine..<run.fileLine + run.count
        let parts = text.runs.compactMap { part -> LineMap.Run? in
            let shared = lines.clamped(to: part.firstLine..<part.firstLine + part.count)
            guard !shared.isEmpty else { return nil }
            let skipped = shared.lowerBound - run.fileLine
            return LineMap.Run(
                source: run.source, firstLine: run.firstLine + skipped, file: part.file,
                fileLine: part.fileLine + shared.lowerBound - part.firstLine, count: shared.count,
                textLine: run.textLine + skipped)
        }
        return parts.isEmpty ? [run] : parts
    }
}
