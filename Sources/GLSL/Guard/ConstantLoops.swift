/// Finds loops that need no counter, since their rounds are known and few.
///
/// The rule. A loop is exempt if it is a `for` in a function's text (or the use of a macro that is such a header) whose header reads
/// `(int i = A; i < B; i++)`: type `int`, `uint` or `float`; A, B and the step numbers, or names of constants or macros
/// that are nothing but a number; any comparison and any constant step that lead to the end; and if nothing in its body
/// writes its variable: no assignment, no `++`, no call that could take it as `out`. Of all exempt loops together an
/// invocation takes at most `limit` rounds, counted by the products over nests and calls; where that is passed, the
/// largest are counted after all.
///
/// Inside a counted loop, and in functions called from one, such a loop is charged: all its rounds are added to the
/// counter as it begins. Only one of at most 64 rounds that nothing leaves early is; others are counted there.
///
/// So an invocation takes no more rounds than `limit` beside those that the counter has, whatever the rest of the text
/// does. That leaves drivers free to unroll such loops.
struct ConstantLoops {
    /// Rounds that all exempt loops of an invocation may take together.
    static let limit = 8192

    private let source: GuardSource
    private let items: [GuardSource.Item]
    private let names: [String]
    private let structure: LoopStructure
    private let constants: GuardConstants
    private var functions: [String: [Range<Int>]] = [:]
    private let macros: Set<String>
    /// The names in macros' bodies that are no parameters.
    private var touched: Set<String> = []
    private var writers: Set<String> = []
    /// For each token the innermost bracket around it.
    private let enclosing: [Int]
    /// Whether a macro may make a parameter one that a call writes.
    private let hidesOutputs: Bool
    /// Macros that write nothing.
    private var pureMacros: Set<String> = []
    /// Rounds by the loop's keyword.
    private var rounds: [Int: Int] = [:]
    /// The headers of those that can be charged at once, by the loop's keyword.
    private var chargeable: [Int: GuardConstants.Header] = [:]
    private var others: [Range<Int>] = []
    /// Whether functions and loops could all be told from the tokens.
    private var isTold = true

    /// What is to be done with the loops whose keywords stand at these places among the code's tokens.
    struct Choice {
        /// Those that need no counter.
        var exempt: Set<Int> = []
        /// Those of them that add all their rounds to the counter as they begin: where, and how many.
        var charges: [(start: Range<Int>, rounds: Int)] = []
        /// Those that end by themselves, counted or not.
        var bounded: Set<Int> = []
        /// Where macros begin that are loops' headers and need no counter in any use.
        var exemptMacros: Set<Int> = []
    }

    /// Chooses the loops that need no counter in their rounds.
    static func choose(
        in source: GuardSource, structure: LoopStructure, isPlain: Bool
    ) -> Choice {
        // Where macros hold loops or parts of blocks, tokens do not tell what lies in what.
        let loops = ConstantLoops(source, structure)
        guard isPlain, loops.isTold, !source.pastes, loops.macros.isDisjoint(with: reliedOn),
            source.macros.allSatisfy({ isHarmless($0) || loops.isHeader($0) })
        else { return Choice(bounded: Set(loops.rounds.keys)) }
        return loops.choose()
    }

    /// Words from which it is told what a text does, beside those that counters need.
    private static let reliedOn: Set<String> = [
        "const", "uint", "float", "void", "main", "in", "out", "inout", "return", "switch",
        "case", "default", "continue", "discard", "struct",
    ]

    private static func isHarmless(_ macro: GuardSource.Macro) -> Bool {
        macro.body.allSatisfy { item in
            switch item.word {
            case .forLoop, .whileLoop, .doLoop: false
            case .openBrace, .closeBrace, .open, .close: item.match >= 0
            default: true
            }
        }
    }

    /// Whether a macro is a loop's header, the only one of its name, and used by no other macro.
    private func isHeader(_ macro: GuardSource.Macro) -> Bool {
        source.loopMacros[macro.name] != nil && !touched.contains(macro.name)
            && !source.undefined.contains(macro.name)
            && source.macros.count { $0.name == macro.name } == 1
    }

    private init(_ source: GuardSource, _ structure: LoopStructure) {
        (self.source, self.structure, items) = (source, structure, source.code)
        names = items.map { $0.word == .name ? source.text($0) : "" }
        constants = GuardConstants(source, names: names)
        macros = Set(source.macros.map(\.name))
        for macro in source.macros {
            for item in macro.body where item.word == .name {
                let name = source.text(item)
                if !macro.parameters.contains(name) { touched.insert(name) }
            }
        }
        enclosing = NameUses.enclosing(items)
        hidesOutputs = source.macros.contains {
            $0.body.contains { source.item($0, is: "out") || source.item($0, is: "inout") }
        }
        findPureMacros()
        isTold = findFunctions()
        for index in items.indices {
            switch items[index].word {
            case .forLoop, .whileLoop, .doLoop:
                if structure.beginning(ofDo: index) != nil { continue }
                guard let extent = structure.extent(of: index) else {
                    isTold = false
                    continue
                }
                if let header = header(of: index, extent) {
                    rounds[index] = header.rounds
                    if isChargeable(header, extent) { chargeable[index] = header }
                } else {
                    others.append(extent)
                }
            default: break
            }
        }
    }

    /// Finds the functions at global scope; false where braces do not tell them.
    private mutating func findFunctions() -> Bool {
        var index = 0
        while index < items.count {
            defer { index += 1 }
            if items[index].word == .closeBrace { return false }
            if items[index].word == .openBrace {
                guard items[index].match > 0 else { return false }
                index = Int(items[index].match)
                continue
            }
            guard items[index].word == .name, index + 1 < items.count,
                items[index + 1].word == .open, items[index + 1].match > 0
            else { continue }
            let close = Int(items[index + 1].match)
            for inner in index + 2..<close
            where source.item(items[inner], is: "out") || source.item(items[inner], is: "inout") {
                writers.insert(names[index])
            }
            guard close + 1 < items.count, items[close + 1].word == .openBrace else { continue }
            guard items[close + 1].match > 0 else { return false }
            functions[names[index], default: []].append(
                close + 1..<Int(items[close + 1].match))
            index = Int(items[close + 1].match)
        }
        return functions["main"] != nil
    }

    // MARK: One loop

    /// The header of the loop whose keyword stands at an index; nil where its rounds are not known.
    private func header(of index: Int, _ extent: Range<Int>) -> GuardConstants.Header? {
        guard items[index].word == .forLoop, items[index + 1].match > 0 else { return nil }
        let close = Int(items[index + 1].match)
        guard close - index < 40,
            items[index...close].allSatisfy({ $0.context == items[index].context })
        else { return nil }
        if items[index].kind != .keyword { return macroHeader(index, close, extent) }
        guard let header = constants.header(items, names, index + 2, close),
            !macros.contains(header.variable), !touched.contains(header.variable)
        else { return nil }
        let semicolons = (index + 2..<close).filter { items[$0].word == .semicolon }
        guard semicolons.count == 2 else { return nil }
        for place in semicolons[0]..<semicolons[1]
        where names[place] == header.variable && mayWrite(place) { return nil }
        for place in close + 1..<extent.upperBound
        where names[place] == header.variable && mayWrite(place) { return nil }
        return header
    }

    /// The header that the use of a macro makes: each argument a single token.
    private func macroHeader(
        _ index: Int, _ close: Int, _ extent: Range<Int>
    ) -> GuardConstants.Header? {
        guard let macro = source.loopMacros[source.text(items[index])] else { return nil }
        let arguments = items[index + 2..<close].split(omittingEmptySubsequences: false) {
            $0.word == .comma
        }
        guard arguments.count == macro.parameters.count,
            arguments.allSatisfy({ $0.count == 1 })
        else { return nil }
        let body = macro.body.map { item -> GuardSource.Item in
            guard item.word == .name,
                let place = macro.parameters.firstIndex(of: source.text(item))
            else { return item }
            return arguments[place].first ?? item
        }
        let spelled = body.map { $0.word == .name ? source.text($0) : "" }
        guard var header = constants.header(body, spelled, 2, body.count - 1),
            header.certainRounds > 0, !macros.contains(header.variable),
            !touched.contains(header.variable)
        else { return nil }
        for place in close + 1..<extent.upperBound
        where names[place] == header.variable && mayWrite(place) { return nil }
        header.start = nil
        return header
    }

    /// Whether a loop's rounds can be added to the counter when it begins: few, and always all of them.
    ///
    /// The languages of ES 1.00 demand a constant where the charge would stand.
    private func isChargeable(_ header: GuardConstants.Header, _ extent: Range<Int>) -> Bool {
        header.start != nil && header.certainRounds > 0 && header.rounds <= 64
            && source.version.number != 100
            && !extent.contains {
                items[$0].word == .returns || source.item(items[$0], is: "break")
            }
    }

    private static let writing: Set<String> = [
        "=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^=", "++", "--",
    ]

    /// Whether a loop's variable could be written where it is named.
    private func mayWrite(_ place: Int) -> Bool {
        if mayWrite(from: place, to: place) { return true }
        // What a macro makes of its arguments may end or begin with them.
        var around = enclosing[place]
        var depth = 0
        while around > 0 {
            depth += 1
            guard depth < 64 else { return true }
            // A macro that is a loop's header has no name among `names`.
            let callee = source.text(items[around - 1])
            if items[around].word == .open, macros.contains(callee),
                !pureMacros.contains(callee)
                    || mayWrite(from: around - 1, to: Int(items[around].match))
            {
                return true
            }
            around = enclosing[around]
        }
        return false
    }

    /// Whether something is written that stands from one token to another.
    private func mayWrite(from first: Int, to end: Int) -> Bool {
        guard first > 0, end + 1 < items.count else { return true }
        let (last, next) = (first - 1, end + 1)
        if items[next].kind == .operator, Self.writing.contains(source.text(items[next])) {
            return true
        }
        if items[last].kind == .operator, ["++", "--"].contains(source.text(items[last])) {
            return true
        }
        // Numbers have components, too, in some versions.
        if source.item(items[next], is: ".") { return true }
        if macros.contains(names[last]) || macros.contains(names[next]) { return true }
        if items[last].word == .close {
            let open = Int(items[last].match)
            if open <= 0 || macros.contains(names[open - 1]) { return true }
        }
        // Only a name that is an argument by itself can be written by a call.
        guard items[last].word == .open || items[last].word == .comma,
            items[next].word == .close || items[next].word == .comma
        else { return false }
        let open = enclosing[first]
        guard open > 0, items[open].word == .open else { return true }
        let callee = items[open - 1]
        if callee.kind == .type { return false }
        guard callee.word == .name, !hidesOutputs else { return true }
        let name = names[open - 1]
        if macros.contains(name) { return !pureMacros.contains(name) }
        guard functions[name] != nil || callee.kind == .builtinFunction else { return true }
        return writers.contains(name)
            || ["modf", "frexp", "uaddCarry", "usubBorrow", "umulExtended", "imulExtended"]
                .contains(name)
    }

    /// Finds the macros that are expressions of operators, numbers, built-in functions and one another alone.
    private mutating func findPureMacros() {
        // Of longer chains nothing is said: each turn takes time by the text's length.
        for _ in 0..<8 {
            var changed = false
            for (name, all) in Dictionary(grouping: source.macros, by: \.name)
            where !pureMacros.contains(name) && all.allSatisfy(isPure) {
                pureMacros.insert(name)
                changed = true
            }
            if !changed { break }
        }
    }

    private func isPure(_ macro: GuardSource.Macro) -> Bool {
        macro.body.indices.allSatisfy { index in
            let item = macro.body[index]
            switch item.kind {
            case .operator: return !Self.writing.contains(source.text(item))
            case .number: return true
            case .punctuation:
                return [.open, .close, .comma, .openBracket, .closeBracket].contains(item.word)
            case .type:
                return index + 1 < macro.body.count && macro.body[index + 1].word == .open
            case .builtinFunction:
                return !macros.contains(source.text(item))
                    && ![
                        "modf", "frexp", "uaddCarry", "usubBorrow", "umulExtended", "imulExtended",
                    ]
                    .contains(source.text(item))
            default:
                let name = source.text(item)
                return item.word == .name
                    && (macro.parameters.contains(name)
                        ? index + 1 == macro.body.count || macro.body[index + 1].word != .open
                        : pureMacros.contains(name))
            }
        }
    }

    // MARK: All loops

    /// The loops that may go uncounted together.
    private func choose() -> Choice {
        var counted: Set<Int> = []
        var charged: Set<Int> = []
        // Each turn takes time by the text's length.
        for _ in 0..<16 {
            spread(&counted, &charged)
            var weights: [String: Int] = [:]
            for name in functions.keys { _ = weight(of: name, counted, &weights, depth: 0) }
            let heavy = Set(weights.filter { $0.value > 0 }.keys)
            guard !hidesCalls(of: heavy), let total = weights["main"] else { break }
            if total <= Self.limit {
                let exempt = Set(rounds.keys).subtracting(counted)
                return Choice(
                    exempt: exempt,
                    charges: charged.subtracting(counted).sorted().compactMap { index in
                        chargeable[index].flatMap { header in
                            header.start.map { ($0, header.certainRounds) }
                        }
                    }, bounded: Set(rounds.keys), exemptMacros: exemptMacros(exempt))
            }
            // The largest first: what is inside it is counted with it.
            let sizes = outermost(rounds.keys.filter { !counted.contains($0) }).map { extent in
                (extent.lowerBound, weigh(extent, counted) { weights[$0] ?? 0 })
            }
            guard let largest = sizes.max(by: { $0.1 < $1.1 }) else { break }
            counted.insert(largest.0)
        }
        return Choice(bounded: Set(rounds.keys))
    }

    /// Where those macros' loops begin of which every use is exempt.
    private func exemptMacros(_ exempt: Set<Int>) -> Set<Int> {
        var counted: Set<String> = []
        for index in items.indices
        where items[index].word == .forLoop && items[index].kind != .keyword
            && !exempt.contains(index)
        { counted.insert(source.text(items[index])) }
        return Set(
            source.loopMacros.values.filter { !counted.contains($0.name) }.compactMap {
                $0.body.first?.range.lowerBound
            })
    }

    /// Counts what lies in counted loops, and in functions that they call.
    private func spread(_ counted: inout Set<Int>, _ charged: inout Set<Int>) {
        var hot = Self.outermost(others + counted.compactMap { structure.extent(of: $0) })
        var seen: Set<String> = []
        while let extent = hot.popLast() {
            for place in extent {
                if chargeable[place] != nil {
                    charged.insert(place)
                } else if rounds[place] != nil, counted.insert(place).inserted,
                    let extent = structure.extent(of: place)
                {
                    hot.append(extent)
                }
                guard !names[place].isEmpty, !seen.contains(names[place]) else { continue }
                guard let called = functions[names[place]] else { continue }
                seen.insert(names[place])
                hot += called
            }
        }
    }

    /// The extents of those loops that lie in no other of them.
    private func outermost(_ loops: [Int]) -> [Range<Int>] {
        Self.outermost(loops.compactMap { structure.extent(of: $0) })
    }

    private static func outermost(_ extents: [Range<Int>]) -> [Range<Int>] {
        var end = 0
        return extents.sorted { $0.lowerBound < $1.lowerBound }.filter { extent in
            guard extent.upperBound > end else { return false }
            end = extent.upperBound
            return true
        }
    }

    /// The uncounted rounds of a call of a function, at most.
    private func weight(
        of name: String, _ counted: Set<Int>, _ weights: inout [String: Int], depth: Int
    ) -> Int {
        if let known = weights[name] { return known }
        guard let bodies = functions[name] else { return 0 }
        // Deeper than anybody calls; a function that calls itself comes here, too, and no driver takes it.
        guard depth < 64 else { return Self.limit + 1 }
        var most = 0
        for body in bodies {
            most = max(
                most,
                weigh(body, counted) {
                    weight(of: $0, counted, &weights, depth: depth + 1)
                })
        }
        weights[name] = most
        return most
    }

    /// The uncounted rounds in a run of tokens: each loop's own, times those around it.
    private func weigh(
        _ extent: Range<Int>, _ counted: Set<Int>, weight: (String) -> Int
    ) -> Int {
        var total = 0
        var around: [(factor: Int, end: Int)] = []
        let ceiling = Self.limit * 1024
        for place in extent {
            while let last = around.last, last.end <= place { around.removeLast() }
            let factor = around.last?.factor ?? 1
            if let count = rounds[place], !counted.contains(place),
                let loop = structure.extent(of: place)
            {
                let product = min(ceiling, factor * count)
                total = min(ceiling, total + product)
                around.append((product, loop.upperBound))
            } else if !names[place].isEmpty, place + 1 < items.count,
                items[place + 1].word == .open
            {
                let calls = weight(names[place])
                if calls > 0 { total = min(ceiling, total + min(ceiling, factor * calls)) }
            }
        }
        return total
    }

    /// Whether a macro could call a function with loops, or make several calls of one.
    private func hidesCalls(of heavy: Set<String>) -> Bool {
        guard !heavy.isEmpty else { return false }
        for macro in source.macros
        where macro.body.contains(where: { $0.word == .name && heavy.contains(source.text($0)) }) {
            return true
        }
        for place in items.indices
        where !names[place].isEmpty && macros.contains(names[place]) {
            // A macro may stand for a function's name, or take calls and loops as arguments.
            if heavy.contains(names[place]) { return true }
            guard place + 1 < items.count, items[place + 1].word == .open else { continue }
            guard items[place + 1].match > 0 else { return true }
            for inner in place + 2..<Int(items[place + 1].match) {
                if heavy.contains(names[inner]) || rounds[inner] != nil { return true }
            }
        }
        return false
    }
}
