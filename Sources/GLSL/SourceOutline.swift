/// What can be told of a stage's text from its tokens: directives, code, and where things end.
///
/// It is a reading of text that may be half typed. So it looks for patterns of a few tokens and
/// never needs the whole to be well formed. Conditional directives are not evaluated: both sides
/// of an `#if` count as code.
struct SourceOutline: Sendable {
    /// A token of code, outside comments.
    struct Item: Sendable {
        var kind: TokenKind
        var range: Range<Int>
        var line: Int
    }

    /// A preprocessor directive.
    struct Directive: Sendable {
        /// The word behind `#`; empty where there is none.
        var name: String
        /// The line on which it begins, from 1.
        var line: Int
        /// How many lines it spans: more than one where a backslash continues it.
        var lineCount = 1
        /// Its tokens, the first being `#` and the name; no comments.
        var items: [Item]
        /// In how many `#if`s it lies.
        var depth: Int
    }

    /// The text's UTF-8, with blanks in place of a byte order mark.
    let bytes: [UInt8]
    /// The code's tokens, without directives and comments.
    private(set) var items: [Item] = []
    /// The directives, in order.
    private(set) var directives: [Directive] = []
    /// How many lines the text has; at least 1.
    private(set) var lineCount = 0
    /// The line on which the block comment begins that the text's end leaves open.
    private(set) var openCommentLine: Int?
    /// The lines of the `#if`s that are open at the end, outermost first.
    private(set) var openConditionals: [Int] = []
    /// The first line that holds a NUL byte.
    private(set) var nulLine: Int?

    init(_ text: String) {
        var bytes = Array(text.utf8)
        // A byte order mark, which drivers refuse, gives way to blanks: columns stay.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes.replaceSubrange(0..<3, with: repeatElement(Byte.space, count: 3))
        }
        self.bytes = bytes
        bytes.withUnsafeBufferPointer { scan($0) }
    }

    /// The text of a token.
    func text(_ item: Item) -> String {
        String(decoding: bytes[item.range], as: UTF8.self)
    }

    /// Whether a token reads so.
    func item(_ index: Int, is text: StaticString) -> Bool {
        guard items.indices.contains(index) else { return false }
        return self.item(items[index], is: text)
    }

    /// Whether a token reads so.
    func item(_ item: Item, is text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[item.range].elementsEqual($0) }
    }

    /// Whether the text holds nothing that could be compiled.
    var isEmpty: Bool {
        items.isEmpty
            && directives.allSatisfy {
                ["version", "line", "extension", "pragma", ""].contains($0.name)
            }
    }

    // MARK: Scanning

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        var tokens: [Token] = []
        var state = LineState.initial
        var commentStart = 1
        var start = 0
        while start <= bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != Byte.newline { end += 1 }
            lineCount += 1
            let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
            if nulLine == nil, line.contains(0) { nulLine = lineCount }
            tokens.removeAll(keepingCapacity: true)
            let before = state
            state = Lexer.lex(line: line, state: state, into: &tokens)
            if state.isInBlockComment, !before.isInBlockComment || tokens.count > 1 {
                commentStart = lineCount
            }
            add(tokens, from: start, inDirective: before.isInDirective)
            start = end + 1
        }
        if state.isInBlockComment { openCommentLine = commentStart }
    }

    private mutating func add(_ tokens: [Token], from start: Int, inDirective: Bool) {
        var isDirective = inDirective
        if inDirective, !directives.isEmpty {
            let last = directives.count - 1
            directives[last].lineCount = lineCount - directives[last].line + 1
        }
        for token in tokens where token.kind != .comment {
            let range = token.range.lowerBound + start..<token.range.upperBound + start
            let item = Item(kind: token.kind, range: range, line: lineCount)
            if token.kind == .preprocessor {
                isDirective = true
                begin(item)
            } else if isDirective, !directives.isEmpty {
                directives[directives.count - 1].items.append(item)
            } else {
                items.append(item)
            }
        }
    }

    private mutating func begin(_ item: Item) {
        let name = text(item).drop { !$0.isLetter }
        switch name {
        case "endif": _ = openConditionals.popLast()
        default: break
        }
        directives.append(
            Directive(
                name: String(name), line: item.line, items: [item], depth: openConditionals.count))
        if ["if", "ifdef", "ifndef"].contains(name) { openConditionals.append(item.line) }
    }
}
