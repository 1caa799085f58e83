/// Reads what compilers and linkers print into diagnostics on the user's lines.
///
/// Known are the logs of Mesa, NVIDIA, AMD, Intel, ANGLE, Apple, Mali and of glslang; see `LogLine`.
/// Headers and summaries are dropped, continued messages joined, repetitions dropped. A line in no
/// known format is an error without a place: so read the logs of failures, and of successes keep
/// only the warnings.
public enum LogReader {
    /// How many diagnostics a log may give; a compiler in despair can print thousands.
    static let limit = 200

    /// What to say where a driver stumbles over what the loop guard put in.
    static let guardMessage =
        "the loop guard does not fit this text: `guard off` runs the sketch without it"

    /// Reads a compiler's log into diagnostics, in its order.
    ///
    /// `stage` goes into each, unless a header in the log names another. Without `map` the driver's
    /// own line numbers stand. Columns are the driver's: with the text at hand,
    /// `read(_:of:)` gives true ones.
    public static func read(_ log: String, stage: Stage?, map: LineMap?) -> [Diagnostic] {
        read(log, stage: stage) { _ in map }
    }

    /// The same for a linker's log, which may speak of every stage.
    public static func read(_ log: String, maps: [Stage: LineMap]) -> [Diagnostic] {
        read(log, stage: nil) { $0.flatMap { maps[$0] } }
    }

    static func read(
        _ log: String, stage: Stage?, map: (Stage?) -> LineMap?
    ) -> [Diagnostic] {
        var collector = LogCollector(stage: stage)
        for line in log.utf8.split(whereSeparator: { $0 == Byte.newline || $0 == 0 }) {
            collector.add(LogLine(line), map: map)
            if collector.isFull { break }
        }
        return collector.diagnostics
    }
}

/// Puts the lines of a log together.
private struct LogCollector {
    private let givenStage: Stage?
    private var headerStage: Stage?
    private var seen: Set<Diagnostic> = []
    private var list: [Diagnostic] = []
    /// The place of the last line as the driver gave it: candidates are printed with it again.
    private var lastPlace: LogLine.Place?
    private var lastCount = 0

    init(stage: Stage?) {
        givenStage = stage
    }

    var isFull: Bool { list.count >= LogReader.limit }

    /// What was read so far, with the tokens found in the messages.
    var diagnostics: [Diagnostic] {
        list.filter { !$0.message.isEmpty }
    }

    mutating func add(_ line: LogLine, map: (Stage?) -> LineMap?) {
        switch line.kind {
        case .blank, .summary:
            lastPlace = nil
        case .header(let stage):
            headerStage = stage
            lastPlace = nil
        case .text(let text):
            guard !list.isEmpty else {
                return append(Diagnostic(stage: headerStage ?? givenStage, message: text))
            }
            join(text)
        case .message(let severity, let place, let text):
            // Mesa repeats place and severity before each candidate, and indents the candidate.
            if line.isIndented, place != nil, place == lastPlace, !list.isEmpty {
                return join(text)
            }
            lastPlace = place
            let stage = headerStage ?? givenStage ?? Stage(namedIn: text)
            append(
                diagnostic(
                    severity, stage: stage, place: place, text: text,
                    map: map(headerStage ?? givenStage ?? stage)))
        }
    }

    private mutating func append(_ diagnostic: Diagnostic) {
        lastCount = 0
        guard seen.insert(diagnostic).inserted else { return }
        list.append(diagnostic)
    }

    /// Adds a line to the message before it; of a long list of candidates only the first three.
    private mutating func join(_ text: String) {
        lastCount += 1
        let last = list.count - 1
        guard lastCount <= 3 else {
            if lastCount == 4 { list[last].message += ", …" }
            return
        }
        let isFirst = lastCount == 1
        let endsOpen = list[last].message.last.map { ":,".contains($0) } ?? true
        list[last].message += isFirst || endsOpen ? " " + text : ", " + text
    }

    private func diagnostic(
        _ severity: Diagnostic.Severity, stage: Stage?, place: LogLine.Place?, text: String,
        map: LineMap?
    ) -> Diagnostic {
        var result = Diagnostic(
            severity, stage: stage, line: place?.line, column: place?.column,
            token: LogMessage.token(in: text), message: PlainWords.plain(text))
        // Some say 0 for a place that they do not know.
        if let line = result.line, line < 1 { (result.line, result.column) = (nil, nil) }
        if let column = result.column, column < 1 { result.column = nil }
        if let map, !map.renamed.isEmpty {
            result.message = PlainWords.plain(LogMessage.restore(map.renamed, in: text))
            result.token = result.token.map { map.renamed[$0] ?? $0 }
        }
        if let prefix = map?.guardPrefix, result.message.contains(prefix) {
            // A name that the user never wrote tells nothing.
            result.message = LogReader.guardMessage
            result.token = nil
        }
        guard let place, let map else {
            if case .file(let name)? = place?.source { result.file = name }
            return result
        }
        let found =
            switch place.source {
            case .number(let number): map.locate(source: number, line: place.line)
            case .file(let name):
                map.locate(file: name, line: place.line) ?? map.locate(source: 0, line: place.line)
            }
        (result.file, result.line) = (found?.file, found?.line)
        if severity == .error,
            var note = map.missing.first(where: {
                $0.file == result.file && $0.line == result.line && result.line != nil
            })
        {
            note.stage = stage ?? note.stage
            return note
        }
        guard let found, !found.isExact else {
            if found == nil { result.column = nil }
            return result
        }
        // The text around the user's own has no columns that they could know.
        (result.column, result.token) = (nil, nil)
        guard found.isBehind else { return result }
        if var note = map.endNote {
            note.stage = stage ?? note.stage
            return note
        }
        let named = map.entryLines.first { text.contains($0.key) }
        result.line = named?.value ?? map.endLine ?? found.line
        return result
    }
}

extension Stage {
    /// The stage that a linker's message names first; nil for none.
    init?(namedIn message: String) {
        let words = message.lowercased()
        var best: (place: String.Index, stage: Stage)?
        for stage in Stage.allCases {
            guard let place = words.firstRange(of: stage.name + " shader")?.lowerBound else {
                continue
            }
            if best.map({ place < $0.place }) ?? true { best = (place, stage) }
        }
        guard let best else { return nil }
        self = best.stage
    }
}
