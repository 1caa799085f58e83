extension SketchSource {
    /// The same with each text that holds several stages parted into them, and what is wrong with how it says so.
    ///
    /// A line `#pragma stage NAME` begins a stage, whatever the file is called; so do other people's `#shader NAME` and
    /// `#type NAME`. What stands before the first such line belongs to each. Every stage keeps its lines' numbers: in place of the others' text it has blank lines.
    ///
    /// Limitations: a stage cannot begin inside a condition, whose end would be in another stage.
    public var parted: (source: SketchSource, problems: [Diagnostic]) {
        var result = self
        var problems: [Diagnostic] = []
        for (part, text) in parts.sorted(by: { $0.key < $1.key }) {
            guard let stage = part.stage else { continue }
            let found = StageSheet(text, stage: stage)
            // Some of RetroArch's say it both ways, a line inside a condition.
            let isConditional = found.map { !$0.problems.isEmpty } ?? true
            let texts = isConditional ? ConditionalStages.texts(text) : nil
            guard texts == nil, let sheet = found else {
                guard let texts else { continue }
                // Its own stage always; others as far as no file is theirs.
                if texts[stage] == nil { result.parts[part] = nil }
                for (stage, text) in texts {
                    let own = SketchPart(stage, pass: part.pass)
                    if own == part || parts[own] == nil { result.parts[own] = text }
                }
                continue
            }
            problems += sheet.problems
            result.parts[part] = nil
            for section in sheet.sections {
                let own = SketchPart(section.stage, pass: part.pass)
                if let other = result.parts[own], !SourceOutline(other.text).isEmpty {
                    problems.append(
                        sheet.problem(
                            section.line, section.word,
                            "the \(section.stage.name) stage is in \(other.file), too: keep one of them"
                        ))
                } else if let text = sheet.text(of: section) {
                    result.parts[own] = text
                }
            }
        }
        return (result, problems)
    }
}

/// A text that holds several stages.
struct StageSheet {
    /// The lines of one stage.
    struct Section {
        var stage: Stage
        /// The stage's name as the text has it.
        var word: String
        /// The line that begins it, from 1.
        var line: Int
        /// The stage's own lines, from 1.
        var own: Range<Int>
    }

    private(set) var sections: [Section] = []
    private(set) var problems: [Diagnostic] = []
    private let file: String
    private let stage: Stage
    private let lines: [ArraySlice<UInt8>]
    /// The line on which the first stage begins.
    private let firstLine: Int

    /// Nil where nothing in the text begins a stage; `stage` is the one that its file's name tells.
    init?(_ text: StageText, stage: Stage) {
        // Looking is cheaper than lexing, and few texts have one.
        let bytes = Array(text.text.utf8)
        guard Self.marks.contains(where: { FrameBudget.contains(bytes, $0) }) else { return nil }
        let outline = SourceOutline(text.text)
        let begins = outline.directives.filter { directive in
            directive.name == "shader" || directive.name == "type"
                || (directive.name == "pragma" && directive.items.count > 1
                    && outline.item(directive.items[1], is: "stage"))
        }
        guard let first = begins.first else { return nil }
        (file, self.stage, firstLine) = (text.file, stage, first.line)
        lines = outline.bytes.split(separator: Byte.newline, omittingEmptySubsequences: false)
        for (index, directive) in begins.enumerated() {
            let start = directive.line + directive.lineCount
            let end = index + 1 < begins.count ? begins[index + 1].line : lines.count + 1
            add(directive, own: start..<max(start, end), outline)
        }
    }

    private mutating func add(
        _ directive: SourceOutline.Directive, own: Range<Int>, _ outline: SourceOutline
    ) {
        let line = directive.line
        let words = directive.items.dropFirst(directive.name == "pragma" ? 2 : 1)
            .map { outline.text($0) }
        guard words.count == 1, let word = words.first else {
            let token = directive.name == "pragma" ? "stage" : directive.name
            problems.append(problem(line, token, "say which stage begins: \(Self.names)"))
            return
        }
        let others = directive.name == "pragma" ? nil : Stage.others[word.lowercased()]
        guard let stage = Stage(writtenAs: word) ?? others else {
            problems.append(
                problem(line, word, "there is no stage '\(word)': the names are \(Self.names)"))
            return
        }
        if directive.depth > 0 {
            problems.append(
                problem(
                    line, word,
                    "a stage cannot begin inside a condition: end the condition with #endif first"))
        } else if let other = sections.first(where: { $0.stage == stage }) {
            problems.append(
                problem(
                    line, word,
                    "the \(stage.name) stage began in line \(other.line) already: keep one of them")
            )
        } else {
            sections.append(Section(stage: stage, word: word, line: line, own: own))
        }
    }

    /// What a stage's compiler gets; nil for one in which nothing is written yet.
    func text(of section: Section) -> StageText? {
        let own = lines[section.own.lowerBound - 1..<section.own.upperBound - 1]
        let outline = SourceOutline(Self.joined(own))
        // What is left open, or no text at all, is for the assembler to tell.
        guard
            !outline.isEmpty || outline.openCommentLine != nil || outline.nulLine != nil
                || !outline.openConditionals.isEmpty
        else { return nil }
        let blank = repeatElement(
            ArraySlice<UInt8>(), count: section.own.lowerBound - firstLine)
        return StageText(text: Self.joined(lines[..<(firstLine - 1)] + blank + own), file: file)
    }

    private static func joined(_ lines: some Sequence<ArraySlice<UInt8>>) -> String {
        String(decoding: Array(lines.joined(separator: [Byte.newline])), as: UTF8.self)
    }

    /// An error on a line of this text.
    func problem(_ line: Int, _ token: String, _ message: String) -> Diagnostic {
        Diagnostic(stage: stage, file: file, line: line, token: token, message: message)
    }

    private static let marks = ["pragma", "#shader", "#type"].map { Array($0.utf8) }

    private static let names = "vert, tesc, tese, geom, frag, comp"
}

extension Stage {
    /// The stage that a word names, short or in full: `vert`, `vertex`.
    init?(writtenAs word: String) {
        let found = Stage.allCases.first { $0.rawValue == word || $0.name == word }
        guard let found else { return nil }
        self = found
    }

    /// What others call them, besides, in lower case.
    fileprivate static let others: [String: Stage] = [
        "vertex": .vertex, "fragment": .fragment, "pixel": .fragment, "geometry": .geometry,
        "compute": .compute, "tesscontrol": .tessellationControl,
        "tess_control": .tessellationControl, "tessellation_control": .tessellationControl,
        "tessevaluation": .tessellationEvaluation, "tess_evaluation": .tessellationEvaluation,
        "tesseval": .tessellationEvaluation, "tess_eval": .tessellationEvaluation,
        "tessellation_evaluation": .tessellationEvaluation,
    ]
}
