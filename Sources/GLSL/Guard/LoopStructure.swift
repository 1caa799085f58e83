/// Where the loops of a text end, and which `while` ends which `do`; as far as its tokens tell.
///
/// Statements are read from the text's end to its beginning, so that what lies inside another is known before it: that
/// takes time by the text's length alone, however deep the nesting.
struct LoopStructure {
    private let items: [GuardSource.Item]
    /// By a statement's first token: the token behind its last.
    private var ends: [Int: Int] = [:]
    /// By the `while` of a `do`: the `do`.
    private var dos: [Int: Int] = [:]
    /// Whether every `do` has its `while`.
    private(set) var dosAreKnown = true

    init(_ source: GuardSource) {
        items = source.code
        for index in items.indices.reversed() {
            switch items[index].word {
            case .forLoop, .whileLoop, .switchBranch:
                if let body = header(index), let end = end(of: body, in: index) {
                    ends[index] = end
                }
            case .ifBranch:
                guard let body = header(index), var end = end(of: body, in: index) else { continue }
                if end < items.count, items[end].word == .elseBranch {
                    guard let last = self.end(of: end + 1, in: index) else { continue }
                    end = last
                }
                ends[index] = end
            case .doLoop:
                guard let tail = end(of: index + 1, in: index), tail < items.count,
                    items[tail].word == .whileLoop, let end = header(tail)
                else {
                    dosAreKnown = false
                    continue
                }
                dos[tail] = index
                // Whatever follows it is no body of this `while`.
                ends[tail] = nil
                ends[index] = end + 1
            default: break
            }
        }
    }

    /// The tokens of the loop whose keyword stands at an index; from the `do` for the `while` at its end.
    func extent(of index: Int) -> Range<Int>? {
        let start = dos[index] ?? index
        return ends[start].flatMap { $0 > start ? start..<$0 : nil }
    }

    /// The `do` that a `while` ends.
    func beginning(ofDo index: Int) -> Int? { dos[index] }

    /// The token behind a header's parentheses.
    private func header(_ index: Int) -> Int? {
        guard index + 1 < items.count, items[index + 1].word == .open,
            items[index + 1].match > 0
        else { return nil }
        return Int(items[index + 1].match) + 1
    }

    /// The token behind the statement that begins at an index, in the same branch as the one that it belongs to.
    private func end(of start: Int, in owner: Int) -> Int? {
        guard start < items.count, items[start].context == items[owner].context else { return nil }
        switch items[start].word {
        case .forLoop, .whileLoop, .doLoop, .ifBranch, .switchBranch: return ends[start]
        case .openBrace: return items[start].match > 0 ? Int(items[start].match) + 1 : nil
        default: break
        }
        var index = start
        while index < items.count {
            switch items[index].word {
            case .semicolon:
                return items[index].context == items[owner].context ? index + 1 : nil
            case .open, .openBracket, .openBrace:
                guard items[index].match > 0 else { return nil }
                index = Int(items[index].match)
            case .close, .closeBracket, .closeBrace: return nil
            default: break
            }
            index += 1
        }
        return nil
    }
}
