/// Finds loops that need no counter, since their rounds are known and few.
///
/// The rule. A loop is exempt if it is a `for` in a function's text (or the use of a macro that is such a header) whose header reads
/// `(int i = A; i < B; i++)`: type `int`, `uint` or `float`; A, B and the step numbers, or names of constants or macros
/// that are nothing but a number; any comparison and any constant step that lead to the end; and if nothing in its body
/// writes its variable: no assignment, no `++`, no call that could take it as `out`. A `while` is read as such a `for`
/// if the variable's declaration stands right before it and its step is the body's last statement. Of all exempt loops together an
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

    let source: GuardSource
    let items: [GuardSource.Item]
    let names: [String]
    let structure: LoopStructure
    let constants: GuardConstants
    var functions: [String: [Range<Int>]] = [:]
    let macros: Set<String>
    /// The names in macros' bodies that are no parameters.
    var touched: Set<String> = []
    var writers: Set<String> = []
    /// For each token the innermost bracket around it.
    let enclosing: [Int]
    /// Whether a macro may make a parameter one that a call writes.
    let hidesOutputs: Bool
    /// Whether a macro may go on with a loop's next round.
    let hidesContinue: Bool
    /// Macros that write nothing.
    var pureMacros: Set<String> = []
    /// Rounds by the loop's keyword.
    var rounds: [Int: Int] = [:]
    /// The headers of those that can be charged at once, by the loop's keyword.
    var chargeable: [Int: GuardConstants.Header] = [:]
    var others: [Range<Int>] = []
    /// Whether functions and loops could all be told from the tokens.
    var isTold = true

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
    static let reliedOn: Set<String> = [
        "const", "uint", "float", "void", "main", "in", "out", "inout", "return", "switch",
        "case", "default", "continue", "discard", "struct",
    ]

    static func isHarmless(_ macro: GuardSource.Macro) -> Bool {
        macro.body.allSatisfy { item in
            switch item.word {
            case .forLoop, .whileLoop, .doLoop: false
            case .openBrace, .closeBrace, .open, .close: item.match >= 0
            default: true
            }
        }
    }

    /// Whether a macro is a loop's header, the only one of its name, and used by no other macro.
    func isHeader(_ macro: GuardSource.Macro) -> Bool {
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
        hidesContinue = source.macros.contains {
            $0.body.contains { source.item($0, is: "continue") }
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
    mutating func findFunctions() -> Bool {
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

    /// The loops that may go uncounted together.
    func choose() -> Choice {
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
    func exemptMacros(_ exempt: Set<Int>) -> Set<Int> {
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
    func spread(_ counted: inout Set<Int>, _ charged: inout Set<Int>) {
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

    /// Whether a macro could call a function with loops, or make several calls of one.
    func hidesCalls(of heavy: Set<String>) -> Bool {
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
