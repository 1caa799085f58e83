/// A variable that a stage shares with what is around it: a uniform, an input or an output.
struct InterfaceVariable: Sendable, Equatable {
    /// `uniform`, `in`, `out`, `varying`, `attribute` or `buffer`.
    var storage: String
    /// The other words before the type: `flat`, `highp`, `coherent`.
    var qualifiers: [String]
    /// The text in `layout(…)`; nil for none.
    var layout: String?
    var type: String
    var name: String
    /// What stands in brackets behind type or name, as in `[3]`; nil where it is no array.
    var array: String?
    /// The items of its initialiser; nil for none.
    var initial: Range<Int>?
    /// The line of its name.
    var line: Int
    /// The items of the whole declaration, the semicolon included.
    var items: Range<Int>
    /// Whether nothing else is declared with it.
    var isAlone = true
}

/// A block of inputs, outputs or uniforms.
struct InterfaceBlock: Sendable, Equatable {
    var storage: String
    var layout: String?
    /// The block's own name, by which stages know each other's.
    var name: String
    var members: [InterfaceVariable]
    /// The name by which this stage reaches the members; nil where it reaches them directly.
    var instance: String?
    /// What stands in brackets behind the instance's name; nil for none.
    var array: String?
    var line: Int
}

/// What a stage shares with others, as far as its text is typed.
struct StageInterface: Sendable {
    var variables: [InterfaceVariable] = []
    var blocks: [InterfaceBlock] = []

    /// The variables of a storage, each name once: branches of an `#if` declare one again and again.
    func variables(_ storage: String...) -> [InterfaceVariable] {
        var seen: Set<String> = []
        return variables.filter { storage.contains($0.storage) && seen.insert($0.name).inserted }
    }

    /// The uniforms, each name once, members of blocks among them.
    var uniforms: [InterfaceVariable] {
        let plain = variables("uniform")
        var seen = Set(plain.map(\.name))
        let members = blocks.filter { $0.storage == "uniform" && $0.array == nil }
            .flatMap(\.members)
        return plain + members.filter { seen.insert($0.name).inserted }
    }

    /// The uniform of a name; nil for none.
    func uniform(_ name: String) -> InterfaceVariable? {
        variables.first { $0.name == name && $0.storage == "uniform" }
    }
}

extension SourceOutline {
    /// Reads the declarations at global scope.
    var interface: StageInterface {
        var reader = InterfaceReader(outline: self)
        return reader.read()
    }
}

/// Walks over statements at global scope.
///
/// What it cannot read it leaves out: the text may be half typed.
private struct InterfaceReader {
    let outline: SourceOutline
    private let macros: [String: [SourceOutline.Item]]
    private var result = StageInterface()

    init(outline: SourceOutline) {
        self.outline = outline
        macros = outline.declarationMacros
    }

    mutating func read() -> StageInterface {
        let items = outline.items
        var start = 0
        var index = 0
        while index < items.count {
            let item = items[index]
            if item.kind == .keyword, outline.item(item, is: "uniform"), index > start,
                !isLayout(start..<index)
            {
                // A semicolon is still missing before it.
                declaration(start..<index, end: index)
                start = index
            }
            guard item.kind == .punctuation else {
                index += 1
                continue
            }
            switch outline.bytes[item.range.lowerBound] {
            case 0x3B:  // ;
                declaration(start..<index, end: index + 1)
                index += 1
                start = index
            case 0x7B:  // {
                let close = closingBrace(index)
                var next = close + 1
                if let block = block(start..<index, members: index + 1..<close, after: &next) {
                    result.blocks.append(block)
                }
                index = next
                start = index
            case 0x28:  // (
                index = (outline.closing(index) ?? index) + 1
            default: index += 1
            }
        }
        return result
    }

    /// Whether items are no more than a layout and qualifiers, so that a storage may follow.
    private func isLayout(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            if outline.items[index].kind == .type || outline.item(index, is: "=") { return false }
            // `layout(binding = 0)` has a sign of equality that assigns nothing.
            index = (outline.item(index, is: "(") ? outline.closing(index) ?? index : index) + 1
        }
        return true
    }

    private func closingBrace(_ open: Int) -> Int {
        var depth = 0
        for index in open..<outline.items.count where outline.items[index].kind == .punctuation {
            if outline.item(index, is: "{") { depth += 1 }
            if outline.item(index, is: "}") { depth -= 1 }
            if depth == 0 { return index }
        }
        return outline.items.count
    }

    // MARK: Declarations

    private mutating func declaration(_ range: Range<Int>, end: Int) {
        guard let head = head(range), let storage = head.storage else { return }
        result.variables += variables(head, storage, range, end: end)
    }

    /// The words up to the type, and where the type is.
    private struct Head {
        var storage: String?
        var qualifiers: [String] = []
        var layout: String?
        var type: Int
        /// The type's name where a macro stands for it.
        var macroType: String?

        mutating func take(_ word: String) {
            // `centroid in`, `patch out`: of two storages there is none.
            if InterfaceReader.storages.contains(word) {
                storage = word
            } else {
                qualifiers.append(word)
            }
        }
    }

    private func head(_ range: Range<Int>) -> Head? {
        var head = Head(type: range.lowerBound)
        var index = range.lowerBound
        while index < range.upperBound {
            let item = outline.items[index]
            let text = outline.text(item)
            if text == "layout", outline.item(index + 1, is: "("),
                let close = outline.closing(index + 1), close < range.upperBound
            {
                let inner = outline.items[index + 1].range.upperBound
                head.layout = String(
                    decoding: outline.bytes[inner..<outline.items[close].range.lowerBound],
                    as: UTF8.self)
                index = close + 1
                continue
            }
            if Self.storages.contains(text) || item.kind == .keyword {
                head.take(text)
            } else if let words = macros[text] {
                for word in words where word.kind == .keyword { head.take(outline.text(word)) }
                if let type = words.first(where: { $0.kind == .type }) {
                    (head.type, head.macroType) = (index, outline.text(type))
                    return head
                }
            } else {
                guard item.kind == .type || item.kind == .identifier else { return nil }
                head.type = index
                return head
            }
            index += 1
        }
        return nil
    }

    private func variables(
        _ head: Head, _ storage: String, _ range: Range<Int>, end: Int
    ) -> [InterfaceVariable] {
        var index = head.type + 1
        let typeArray = brackets(&index, range)
        var found: [InterfaceVariable] = []
        while index < range.upperBound {
            let item = outline.items[index]
            // `uniform float` with nothing behind it yet is followed by another declaration's type.
            guard
                [.identifier, .builtinUniform, .builtinVariable].contains(item.kind)
                    || isName(index, range)
            else { break }
            index += 1
            let array = brackets(&index, range)
            var initial: Range<Int>?
            if index < range.upperBound, outline.item(index, is: "=") {
                let first = index + 1
                index = first
                while index < range.upperBound, !outline.item(index, is: ",") {
                    index =
                        outline.item(index, is: "(")
                        ? (outline.closing(index) ?? index) + 1 : index + 1
                }
                initial = first..<max(first, min(index, range.upperBound))
            }
            found.append(
                InterfaceVariable(
                    storage: storage, qualifiers: head.qualifiers, layout: head.layout,
                    type: head.macroType ?? outline.text(outline.items[head.type]),
                    name: outline.text(item),
                    array: array.map { $0 + (typeArray ?? "") } ?? typeArray, initial: initial,
                    line: item.line,
                    items: range.lowerBound..<end))
            guard index < range.upperBound, outline.item(index, is: ",") else { break }
            index += 1
        }
        if found.count > 1 { for index in found.indices { found[index].isAlone = false } }
        return found
    }

    /// Whether a word that only later versions keep for themselves is a name here: `in vec2 sample;`.
    private func isName(_ index: Int, _ range: Range<Int>) -> Bool {
        guard outline.items[index].kind == .keyword, index + 1 <= outline.items.count - 1,
            LegacyNames.keywords.contains(outline.text(outline.items[index]))
        else { return false }
        return [";", ",", "[", "="].contains { outline.item(index + 1, is: $0) }
    }

    /// The text of brackets at an index, which goes behind them; nil where there are none.
    private func brackets(_ index: inout Int, _ range: Range<Int>) -> String? {
        let start = index
        while index < range.upperBound, outline.item(index, is: "[") {
            while index < range.upperBound, !outline.item(index, is: "]") { index += 1 }
            index = min(index + 1, range.upperBound)
        }
        guard index > start else { return nil }
        return outline.items[start..<index].map { outline.text($0) }.joined()
    }

    private func block(
        _ range: Range<Int>, members: Range<Int>, after next: inout Int
    ) -> InterfaceBlock? {
        guard let head = head(range), let storage = head.storage,
            head.type == range.upperBound - 1, members.upperBound <= outline.items.count
        else { return nil }
        var block = InterfaceBlock(
            storage: storage, layout: head.layout,
            name: outline.text(outline.items[head.type]), members: [],
            line: outline.items[head.type].line)
        var start = members.lowerBound
        for index in members where outline.item(index, is: ";") {
            if let inner = self.head(start..<index) {
                block.members += variables(inner, storage, start..<index, end: index + 1)
            }
            start = index + 1
        }
        if next < outline.items.count, outline.items[next].kind != .punctuation {
            block.instance = outline.text(outline.items[next])
            next += 1
            block.array = brackets(&next, next..<outline.items.count)
        }
        if outline.item(next, is: ";") { next += 1 }
        return block
    }

    fileprivate static let storages: Set<String> = [
        "uniform", "in", "out", "varying", "attribute", "buffer",
    ]
}
