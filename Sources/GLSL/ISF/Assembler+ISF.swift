extension Assembler {
    /// Assembles a source in the Interactive Shader Format: one text, one program for each of its passes.
    static func isf(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        let parts = source.stages.map {
            StagePart(stage: $0.key, text: $0.value, common: source.parts[.common])
        }.sorted { $0.stage < $1.stage }
        let problems = parts.flatMap(\.problems)
        guard problems.isEmpty else { return .failure(AssemblyError(diagnostics: problems)) }
        guard let fragment = parts.first(where: { $0.stage == .fragment }),
            let own = source.stages[.fragment].map({ SourceOutline($0.text) })
        else {
            return .failure(
                AssemblyError(diagnostics: [
                    Diagnostic(
                        stage: .fragment, file: source.name,
                        message: "an ISF needs a fragment stage, which begins with its JSON")
                ]))
        }
        guard let range = own.leadingComment else {
            let message =
                "an ISF begins with a comment that holds JSON: /*{ \"ISFVSN\": \"2\", \"INPUTS\": [] }*/"
            return .failure(
                AssemblyError(diagnostics: [
                    Diagnostic(stage: .fragment, file: fragment.file, line: 1, message: message)
                ]))
        }
        let reading = JSONReader.read(
            own.bytes[range], firstPlace: own.place(of: range.lowerBound))
        var notices = reading.mistakes.filter(\.isHarmless).map { fragment.diagnostic($0) }
        guard let value = reading.value else {
            return .failure(
                AssemblyError(
                    diagnostics: reading.mistakes.suffix(1).map { fragment.diagnostic($0) }))
        }
        let reader = ISFReader(value)
        guard reader.errors.isEmpty else {
            return .failure(
                AssemblyError(diagnostics: reader.errors.map { fragment.diagnostic($0) }))
        }
        notices += reader.notices.map { fragment.diagnostic($0) }
        for part in parts where part.stage != .fragment && part.stage != .vertex {
            notices.append(
                Diagnostic(
                    .warning, stage: part.stage, file: part.file, line: 1,
                    message: "an ISF has no \(part.stage.name) stage: it is left out"))
        }
        let vertex = parts.first { $0.stage == .vertex && !$0.isEmpty }
        var builder = ISFBuilder(
            header: reader.header, fragment: fragment, vertex: vertex, source: source)
        var program = builder.program()
        program.notices = notices + builder.notices + program.notices
        return .success(program)
    }
}

extension StagePart {
    /// A mistake in JSON that this text holds.
    func diagnostic(_ mistake: JSONMistake) -> Diagnostic {
        Diagnostic(
            mistake.isHarmless ? .warning : .error, stage: stage, file: file,
            line: mistake.place.line, column: mistake.place.column, message: mistake.message)
    }
}

extension SourceOutline {
    /// The line on which a name stands first; 1 where it does not.
    func line(of name: String) -> Int { items.first { text($0) == name }?.line ?? 1 }

    /// Line and column of a byte.
    func place(of offset: Int) -> JSONPlace {
        var place = JSONPlace(line: 1, column: 1)
        for byte in bytes[..<offset] {
            if byte == Byte.newline {
                place = JSONPlace(line: place.line + 1, column: 1)
            } else {
                place.column += 1
            }
        }
        return place
    }
}
