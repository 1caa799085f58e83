extension SourceOutline {
    /// A variable that is declared at global scope.
    struct Variable: Sendable {
        var name: String
        var type: String
        /// The words before the type: `uniform`, `flat`, `in`.
        var qualifiers: [String]
        /// The text in `layout(…)`; nil for none.
        var layout: String?
        var isArray: Bool
    }

    /// Whether the text defines a function of that name that returns nothing.
    ///
    /// Depth does not matter, since functions do not nest: so a brace that is missing further up
    /// hides nothing. A prototype is none; a list of parameters that is still being typed is one.
    /// What lies in `hidden` bytes is not looked at.
    func defines(_ name: String, outside hidden: [Range<Int>] = []) -> Bool {
        definitionLine(of: name, outside: hidden) != nil
    }

    /// The line on which a function of that name that returns nothing is defined, by a macro perhaps.
    func definitionLine(of name: String, outside hidden: [Range<Int>] = []) -> Int? {
        definition(of: name, returning: "void", outside: hidden).map { items[$0].line }
            ?? macroLine(defining: name, outside: hidden)
    }

    /// The index of a function's name where it is defined.
    func definition(
        of name: String, returning type: StaticString, outside hidden: [Range<Int>] = []
    ) -> Int? {
        items.indices.dropFirst().first { index in
            guard item(index - 1, is: type), item(index + 1, is: "("), text(items[index]) == name,
                !hidden.contains(where: { $0.contains(items[index].range.lowerBound) })
            else { return false }
            guard let close = closing(index + 1) else { return true }
            return !item(close + 1, is: ";")
        }
    }

    /// The line of a macro whose body defines a function of that name, and which the text uses:
    /// `#define Main void mainImage(out vec4 color, in vec2 pixel)`.
    func macroLine(defining name: String, outside hidden: [Range<Int>]) -> Int? {
        directives.first { directive in
            guard directive.name == "define", let first = directive.items.first,
                !hidden.contains(where: { $0.contains(first.range.lowerBound) })
            else { return false }
            let body = directive.items.dropFirst(2)
            return zip(body, zip(body.dropFirst(), body.dropFirst(2))).contains {
                item($0, is: "void") && text($1.0) == name && item($1.1, is: "(")
            } && items.contains { text($0) == text(directive.items[1]) }
        }?.line
    }

    /// Whether the text has a macro of that name.
    func hasMacro(_ name: String) -> Bool {
        directives.contains {
            $0.name == "define" && $0.items.count > 1 && text($0.items[1]) == name
        }
    }

    /// The types of the parameters of a function that is defined at an index, as far as they are typed.
    func parameterTypes(_ index: Int) -> [String] {
        let end = closing(index + 1) ?? min(items.count, index + 64)
        var types: [String] = []
        for place in (index + 1)..<max(index + 1, end) where items[place].kind == .type {
            types.append(text(items[place]))
        }
        return types
    }

    /// Whether the code or a directive names this identifier.
    func mentions(_ name: String) -> Bool {
        let wanted = Array(name.utf8)
        return items.contains { bytes[$0.range].elementsEqual(wanted) }
            || directives.contains { directive in
                directive.items.contains { bytes[$0.range].elementsEqual(wanted) }
            }
    }

    /// The variables declared at global scope, those of interface blocks without a name included.
    var globals: [Variable] { globals(outside: []) }

    /// The same without what lies in some bytes.
    func globals(outside hidden: [Range<Int>]) -> [Variable] {
        var reader = GlobalReader(outline: self)
        return reader.read(hidden)
    }

    /// The index of the parenthesis that closes the one at `open`; nil where none does nearby.
    ///
    /// No list of parameters is as long as the limit; without one, a text of nothing but opening
    /// parentheses would take time by the square of its length.
    func closing(_ open: Int) -> Int? {
        var depth = 0
        for index in open..<min(items.count, open + 2048) where items[index].kind == .punctuation {
            if item(index, is: "(") { depth += 1 }
            if item(index, is: ")") { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// The lines of the braces and parentheses that the text's end leaves open, outermost first.
    ///
    /// Nil where a directive holds braces: then only the preprocessor could count them.
    var openBrackets: [(text: String, line: Int)]? {
        let inDirectives = directives.contains { directive in
            directive.items.contains { item($0, is: "{") || item($0, is: "}") }
        }
        guard !inDirectives else { return nil }
        var open: [(text: String, line: Int)] = []
        for item in items where item.kind == .punctuation {
            let text = text(item)
            switch text {
            case "{", "(", "[": open.append((text, item.line))
            case "}":
                // A brace closes what is open inside it, too: `f( }` is one mistake, not two.
                while let last = open.popLast(), last.text != "{" {}
            case ")", "]":
                if open.last?.text == (text == ")" ? "(" : "[") { open.removeLast() }
            default: break
            }
        }
        return open
    }
}

/// Walks over the code at global scope and picks the declarations of variables out of it.
private struct GlobalReader {
    let outline: SourceOutline
    private let macros: [String: [SourceOutline.Item]]
    private var variables: [SourceOutline.Variable] = []
    private var statement = 0
    private var braces = 0
    private var parentheses = 0
    /// Where the members of the interface block that is being read begin in `variables`.
    private var blockStart: Int?

    init(outline: SourceOutline) {
        self.outline = outline
        macros = outline.declarationMacros
    }

    mutating func read(_ hidden: [Range<Int>]) -> [SourceOutline.Variable] {
        for index in outline.items.indices {
            let item = outline.items[index]
            if hidden.contains(where: { $0.contains(item.range.lowerBound) }) { continue }
            if item.kind == .punctuation {
                step(over: index)
            } else if isGlobal, isDeclared(index) {
                if let variable = variable(at: index) { variables.append(variable) }
            }
        }
        return variables
    }

    private var isGlobal: Bool {
        parentheses == 0 && (braces == 0 || (braces == 1 && blockStart != nil))
    }

    private mutating func step(over index: Int) {
        switch outline.bytes[outline.items[index].range.lowerBound] {
        case 0x7B:  // {
            if braces == 0, isBlock(index) { blockStart = variables.count }
            braces += 1
            parentheses = 0
            statement = index + 1
        case 0x7D:  // }
            braces = max(0, braces - 1)
            parentheses = 0
            if braces == 0, let start = blockStart {
                // With a name behind it, the members are reached through that name only.
                let next = index + 1
                if outline.items.indices.contains(next), outline.items[next].kind != .punctuation {
                    variables.removeSubrange(start...)
                }
                blockStart = nil
            }
            statement = index + 1
        case 0x28, 0x5B: parentheses += 1
        case 0x29, 0x5D: parentheses = max(0, parentheses - 1)
        case 0x3B: if isGlobal { statement = index + 1 }
        default: break
        }
    }

    /// Whether the statement up to here opens an interface block: `uniform Name {`.
    private func isBlock(_ index: Int) -> Bool {
        guard statement < index else { return false }
        return outline.items[statement..<index].contains { item in
            ["uniform", "buffer", "in", "out"].contains { outline.text(item) == $0 }
        } && !outline.item(index - 1, is: ")")
    }

    /// Whether the name at an index is what a declaration declares.
    private func isDeclared(_ index: Int) -> Bool {
        let kind = outline.items[index].kind
        guard kind != .keyword, kind != .number, kind != .operator, index > statement else {
            return false
        }
        let previous = outline.items[index - 1]
        let isFirst = [.type, .identifier, .function].contains(previous.kind)
        let isNext = outline.item(previous, is: ",") || outline.item(previous, is: "]")
        guard isFirst || isNext else { return false }
        return outline.item(index + 1, is: ";") || outline.item(index + 1, is: ",")
            || outline.item(index + 1, is: "=") || outline.item(index + 1, is: "[")
    }

    private func variable(at index: Int) -> SourceOutline.Variable? {
        var qualifiers: [String] = []
        var layout: String?
        var cursor = statement
        while cursor < index {
            let item = outline.items[cursor]
            if outline.item(item, is: "layout"), outline.item(cursor + 1, is: "("),
                let close = outline.closing(cursor + 1), close < index
            {
                let inner = outline.items[cursor + 1].range.upperBound
                let end = outline.items[close].range.lowerBound
                layout = String(decoding: outline.bytes[inner..<end], as: UTF8.self)
                cursor = close + 1
            } else if item.kind == .keyword {
                qualifiers.append(outline.text(item))
                cursor += 1
            } else if let words = macros[outline.text(item)],
                !words.contains(where: { $0.kind == .type })
            {
                qualifiers += words.map { outline.text($0) }
                cursor += 1
            } else {
                let words = macros[outline.text(item)] ?? [item]
                qualifiers += words.filter { $0.kind == .keyword }.map { outline.text($0) }
                return SourceOutline.Variable(
                    name: outline.text(outline.items[index]),
                    type: outline.text(words.first { $0.kind == .type } ?? item),
                    qualifiers: qualifiers, layout: layout,
                    isArray: outline.item(index + 1, is: "[")
                        || outline.item(cursor + 1, is: "["))
            }
        }
        return nil
    }
}

extension SourceOutline {
    /// Whether the text defines a macro or declares a function of that name.
    func isDefined(_ name: String) -> Bool {
        directives.contains { directive in
            directive.name == "define" && directive.items.count > 1
                && text(directive.items[1]) == name
        }
            || items.indices.dropFirst().contains { index in
                items[index - 1].kind == .type && item(index + 1, is: "(")
                    && text(items[index]) == name
            }
    }
}
