/// What is to be done to one stage's text, and the doing of it.
struct StageGuard {
    /// A loop that is to count.
    struct Site {
        enum Form {
            /// A statement goes behind the header, at this offset; the loop's body becomes its `else`.
            case body(Int)
            /// A condition goes before the loop's own, which lies between these offsets.
            case condition(Int, Int)
            /// The same for a macro that brings its own parentheses: from its beginning to its end.
            case macroCondition(Int, Int)
        }

        var form: Form
        /// Where the loop's keyword begins.
        var offset: Int
        /// The keyword's place among the tokens of code; nil in a macro.
        var index: Int?
    }

    let stage: AssembledStage
    let source: GuardSource
    private(set) var sites: [Site] = []
    private(set) var unguarded: [Diagnostic] = []
    /// Loops that are known to end, and count because there is much of them.
    private var bounded: Set<Int> = []
    private var charges: [(start: Range<Int>, rounds: Int)] = []
    /// Object-like macros that stand for a loop's keyword alone.
    private var aliases: [String: GuardSource.Word] = [:]
    private let structure: LoopStructure

    init(_ stage: AssembledStage) {
        self.stage = stage
        source = GuardSource(stage.text)
        structure = LoopStructure(source)
        let isES = source.version.isES
        if let macro = source.macros.first(where: {
            Self.needed.contains($0.name) || isES && $0.name == "highp"
        }) {
            refuse(at: nil, "the macro \(macro.name) gives a word of the language another meaning")
            return
        }
        for macro in source.macros where !macro.isFunction && macro.body.count == 1 {
            let word = macro.body[0].word
            if word == .forLoop || word == .whileLoop { aliases[macro.name] = word }
        }
        collect(source.code, isCode: true)
        for macro in source.macros { collect(macro.body, isCode: false) }
        findPasted()
        guard !sites.isEmpty else { return }
        let choice = ConstantLoops.choose(
            in: source, structure: structure, isPlain: unguarded.isEmpty && aliases.isEmpty)
        sites.removeAll { site in
            guard let index = site.index else { return choice.exemptMacros.contains(site.offset) }
            return choice.exempt.contains(index)
        }
        bounded = choice.bounded
        charges = choice.charges
        mendDoLines()
    }

    /// Words that counters are made of; what only a report needs is the writer's.
    private static let needed: Set<String> = ["if", "else", "break", "for", "while", "do", "int"]

    private mutating func refuse(at offset: Int?, _ reason: String) {
        let place = offset.flatMap(place(of:))
        unguarded.append(
            Diagnostic(
                .note, stage: stage.stage, file: place?.file ?? stage.lineMap.runs.first?.file,
                line: place?.line, message: "runs unguarded: \(reason)"))
    }

    /// The user's file and line of a place in the text.
    private func place(of offset: Int) -> (file: String, line: Int)? {
        let line = source.line(of: offset)
        guard
            let run = stage.lineMap.runs.last(where: { $0.textLine <= line })
                ?? stage.lineMap.runs.first
        else { return nil }
        return (run.file, run.fileLine + min(max(0, line - run.textLine), run.count - 1))
    }

    // MARK: Finding loops

    private mutating func collect(_ items: [GuardSource.Item], isCode: Bool) {
        for index in items.indices {
            var word = items[index].word
            if word == .name, !aliases.isEmpty {
                word = aliases[source.text(items[index])] ?? word
            }
            guard word == .forLoop || word == .whileLoop else { continue }
            // The use of a macro that counts in its own text.
            if items[index].kind != .keyword, aliases[source.text(items[index])] == nil { continue }
            // An alias's own definition: the loop is where the alias is used.
            if !isCode, items.count == 1 { continue }
            let offset = items[index].range.lowerBound
            guard let form = form(of: word, items, index, isCode: isCode) else {
                refuse(at: offset, "the parentheses behind this loop's keyword are not closed here")
                continue
            }
            guard let form else { continue }
            sites.append(Site(form: form, offset: offset, index: isCode ? index : nil))
        }
    }

    /// How a loop is to be rewritten; nil inside for one that needs nothing, nil for one that cannot be.
    private func form(
        of word: GuardSource.Word, _ items: [GuardSource.Item], _ index: Int, isCode: Bool
    ) -> Site.Form?? {
        let next = index + 1
        guard next < items.count else { return nil }
        if items[next].word == .open {
            let close = Int(items[next].match)
            guard close > 0 else { return nil }
            let end = items[close].range.upperBound
            guard word == .whileLoop else { return .body(end) }
            // Without a condition it does not compile; a guard would make it.
            guard close > next + 1 else { return .some(nil) }
            let inside = items[(next + 1)..<close]
            if inside.contains(where: { $0.word == .semicolon }) { return .some(nil) }
            if declares(inside) || (isCode && isLoop(index)) { return .body(end) }
            return .condition(items[next].range.upperBound, items[close].range.lowerBound)
        }
        guard items[next].word == .name, let macro = parenthesised(source.text(items[next])) else {
            return nil
        }
        var last = next
        if macro.isFunction {
            guard next + 1 < items.count, items[next + 1].word == .open,
                items[next + 1].match > 0
            else { return nil }
            last = Int(items[next + 1].match)
        }
        let end = items[last].range.upperBound
        if word == .forLoop || declares(macro.body.dropFirst()) { return .body(end) }
        return .macroCondition(items[next].range.lowerBound, end)
    }

    /// Whether a `while` of the code is certainly not the end of a `do`.
    ///
    /// The statement is the better guard: a driver sees two plain ways out of the loop.
    private func isLoop(_ index: Int) -> Bool {
        structure.beginning(ofDo: index) == nil
            && structure.extent(of: index) != nil && hasOnlyPlainDos
    }

    /// Whether every `do` is known with its `while`.
    private var hasOnlyPlainDos: Bool {
        !source.macros.contains { $0.body.contains { $0.word == .doLoop } }
            && structure.dosAreKnown
    }

    /// The macro of a name, if each definition is one pair of parentheses.
    private func parenthesised(_ name: String) -> GuardSource.Macro? {
        let all = source.macros.filter { $0.name == name }
        guard let first = all.first,
            all.allSatisfy({
                $0.isFunction == first.isFunction && $0.body.first?.word == .open
                    && Int($0.body[0].match) == $0.body.count - 1
            })
        else { return nil }
        return first
    }

    /// Whether a condition declares a variable: `bool b = f()`.
    private func declares(_ items: ArraySlice<GuardSource.Item>) -> Bool {
        guard let first = items.first, let second = items.dropFirst().first else { return false }
        if first.kind == .keyword { return true }
        return (first.kind == .type || first.word == .name) && second.word == .name
    }

    /// Says where `##` may make a loop's keyword.
    private mutating func findPasted() {
        guard source.pastes else { return }
        let beginnings: Set<String> = ["fo", "wh", "whi", "whil"]
        for item in source.code + source.macros.flatMap(\.body)
        where item.word == .name && beginnings.contains(source.text(item)) {
            refuse(at: item.range.lowerBound, "## may make a loop's keyword out of this")
        }
    }

    /// Puts the loops that a `while` ends on the line of their `do`.
    private mutating func mendDoLines() {
        for index in sites.indices {
            guard let item = sites[index].index, let start = structure.beginning(ofDo: item) else {
                continue
            }
            sites[index].offset = source.code[start].range.lowerBound
        }
    }

    // MARK: Rewriting

    /// The stage with its loops counted.
    func applied(names: GuardNames, limit: Int) -> AssembledStage {
        var result = stage
        result.unguarded = unguarded
        guard !sites.isEmpty else { return result }
        guard let offset = source.declarationOffset, isBeforeLoops(source.declarationIndex) else {
            result.unguarded.append(
                Diagnostic(
                    .note, stage: stage.stage, file: stage.lineMap.runs.first?.file,
                    message: "runs unguarded: every declaration lies in an #if"))
            return result
        }
        var writer = GuardWriter(source: source, stage: stage.stage, names: names, limit: limit)
        for (index, site) in sites.enumerated() {
            writer.count(
                site.form, number: min(index + 1, 65_535),
                isBounded: site.index.map(bounded.contains) ?? false)
        }
        for charge in charges { writer.charge(charge.rounds, before: charge.start) }
        writer.chooseChannel()
        writer.declare(at: offset)
        let (text, insertions) = writer.edits.applied(to: source)
        result.text = text
        result.lineMap.insertions = insertions
        result.lineMap.guardPrefix = names.prefix
        if writer.renamesMain { result.lineMap.renamed[names.main] = "main" }
        result.loopGuard = GuardReport(
            channel: writer.channel, limit: limit, loops: loops())
        return result
    }

    private func isBeforeLoops(_ index: Int) -> Bool {
        guard !sites.contains(where: { $0.index == nil }) else {
            return !source.code[..<index].contains { $0.word == .openBrace }
        }
        return sites.allSatisfy { ($0.index ?? 0) >= index }
    }

    /// The loops as the report has them: with those around each by their numbers.
    private func loops() -> [GuardedLoop] {
        var result = sites.prefix(65_535).map { site in
            let place = place(of: site.offset)
            return GuardedLoop(
                stage: stage.stage, file: place?.file ?? "", line: place?.line ?? 1)
        }
        let extents = sites.indices.compactMap { index in
            sites[index].index.flatMap(structure.extent(of:)).map { (index, $0) }
        }.sorted { $0.1.lowerBound < $1.1.lowerBound }
        var around: [(index: Int, end: Int)] = []
        for (index, extent) in extents where result.indices.contains(index) {
            while let last = around.last, last.end <= extent.lowerBound { around.removeLast() }
            // A nest deeper than this is told by its innermost loops alone.
            result[index].enclosing = around.suffix(16).reversed().map { $0.index + 1 }
            around.append((index, extent.upperBound))
        }
        return result
    }
}
