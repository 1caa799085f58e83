// One loop: whether its header tells how many rounds it takes.
extension ConstantLoops {
    /// The header of the loop whose keyword stands at an index; nil where its rounds are not known.
    func header(of index: Int, _ extent: Range<Int>) -> GuardConstants.Header? {
        // Its body is read for each loop around it: a longer one is counted, whatever it may be.
        guard extent.count <= 4096 else { return nil }
        if items[index].word == .whileLoop { return whileHeader(index, extent) }
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
        guard semicolons.count == 2,
            !mayWrite(header.variable, in: semicolons[0]..<semicolons[1]),
            !mayWrite(header.variable, in: close + 1..<extent.upperBound)
        else { return nil }
        return header
    }

    /// The header that the use of a macro makes: each argument a single token.
    func macroHeader(
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
            !touched.contains(header.variable),
            !mayWrite(header.variable, in: close + 1..<extent.upperBound)
        else { return nil }
        header.start = nil
        return header
    }

    /// Whether a loop's rounds can be added to the counter when it begins: few, and always all of them.
    ///
    /// The languages of ES 1.00 demand a constant where the charge would stand.
    func isChargeable(_ header: GuardConstants.Header, _ extent: Range<Int>) -> Bool {
        header.start != nil && header.certainRounds > 0 && header.rounds <= 64
            && source.version.number != 100
            && !extent.contains {
                items[$0].word == .returns || source.item(items[$0], is: "break")
            }
    }

    /// The header of a `while` that is a `for` written out: `int k = A; while (k > B && …) { … k--; }`.
    ///
    /// The step must end every round, so that nothing in the body may go on with the next one before it.
    private func whileHeader(_ index: Int, _ extent: Range<Int>) -> GuardConstants.Header? {
        guard items[index].kind == .keyword, index + 1 < items.count, items[index + 1].match > 0
        else { return nil }
        let close = Int(items[index + 1].match)
        let end = extent.upperBound - 1
        guard close - index < 40, close + 1 < end, items[close + 1].word == .openBrace,
            Int(items[close + 1].match) == end, items[end - 1].word == .semicolon,
            extent.allSatisfy({ items[$0].context == items[index].context }),
            !extent.contains(where: { source.item(items[$0], is: "continue") }), !hidesContinue,
            let step = lastStatement(from: close + 2, to: end - 1),
            let header = constants.header(
                ofWhile: index, items, names, condition: index + 2..<close, step: step),
            !macros.contains(header.variable), !touched.contains(header.variable)
        else { return nil }
        for place in index + 2..<extent.upperBound
        where names[place] == header.variable && !step.contains(place)
            && (mayWrite(place) || mayDeclare(place))
        { return nil }
        return header
    }

    /// Whether a name could begin to mean another variable here, which the step would then change instead.
    private func mayDeclare(_ place: Int) -> Bool {
        let before = items[place - 1]
        return before.kind == .type || before.word == .name || before.word == .comma
    }

    /// The tokens of the simple statement that ends at a semicolon, not part of another statement.
    private func lastStatement(from start: Int, to semicolon: Int) -> Range<Int>? {
        for index in stride(from: semicolon - 1, through: max(start, semicolon - 4), by: -1) {
            switch items[index].word {
            case .semicolon, .closeBrace: return index + 1..<semicolon
            case .name, .other: continue
            default: return nil
            }
        }
        return semicolon - start <= 4 ? start..<semicolon : nil
    }
}
