/// A stage's text as the guard sees it: tokens of code, tokens of macros' bodies, and which bracket closes which.
///
/// Conditional directives are not evaluated, `#if 0` excepted: every branch counts as code. Brackets match only inside
/// one branch, so that what is put around a bracket's inside is whole whichever branch the preprocessor takes.
struct GuardSource {
    /// What the guard asks of a token.
    enum Word: UInt8 {
        case other, name
        case open, close, openBrace, closeBrace, openBracket, closeBracket, semicolon, comma
        case forLoop, whileLoop, doLoop, ifBranch, elseBranch, switchBranch, discard, returns
    }

    struct Item {
        var word: Word
        var kind: TokenKind
        var range: Range<Int>
        /// The branch of the conditional directives that it lies in; 0 outside all.
        var context: Int32
        /// The index of the bracket that closes or opens this one; -1 for none.
        var match: Int32 = -1
    }

    struct Macro {
        var name: String
        var isFunction: Bool
        var parameters: [String] = []
        var body: [Item] = []
        /// Whether it is defined in a branch.
        var isConditional: Bool
    }

    let bytes: [UInt8]
    private(set) var code: [Item] = []
    private(set) var macros: [Macro] = []
    /// The names that `#undef` takes away.
    private(set) var undefined: Set<String> = []
    private(set) var version = LanguageVersion(number: 110, profile: "")
    /// Where a declaration may stand that is there in every branch: before the code from this offset on.
    private(set) var declarationOffset: Int?
    /// How many tokens of code come before that place.
    private(set) var declarationIndex = 0
    /// A line behind `#version` that could hold a directive of ours: empty, or with a comment alone.
    private(set) var spareOffset: Int?
    /// Whether the text pastes tokens together.
    private(set) var pastes = false
    /// Macros that are nothing but a loop's header, by name: `#define EACH(i) for (int i = 0; i < 4; i++)`.
    private(set) var loopMacros: [String: Macro] = [:]
    /// Where lines end.
    private(set) var newlines: [Int] = []

    // The state of the scan.
    private var conditionals: [(saved: Int, afterFirst: Int?, context: Int32, wasSkipping: Bool)] =
        []
    private var brackets = BracketMatcher()
    private var context: Int32 = 0
    private var nextContext: Int32 = 1
    private var isSkipping = false
    private var hasVersion = false

    init(_ text: String) {
        bytes = Array(text.utf8)
        bytes.withUnsafeBufferPointer { scan($0) }
    }

    /// The token's text, without the line ends that a backslash takes out of it.
    func text(_ item: Item) -> String {
        let slice = bytes[item.range]
        guard slice.contains(Byte.backslash) else { return String(decoding: slice, as: UTF8.self) }
        return String(
            decoding: slice.filter {
                $0 != Byte.backslash && $0 != Byte.newline && $0 != Byte.carriageReturn
            }, as: UTF8.self)
    }

    /// Whether a token reads so.
    func item(_ item: Item, is text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[item.range].elementsEqual($0) }
    }

    /// The line of an offset, from 1.
    func line(of offset: Int) -> Int {
        var (low, high) = (0, newlines.count)
        while low < high {
            let middle = (low + high) / 2
            if newlines[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low + 1
    }

    // MARK: Scanning

    private mutating func scan(_ source: UnsafeBufferPointer<UInt8>) {
        for index in source.indices where source[index] == Byte.newline { newlines.append(index) }
        let tokens = Lexer.tokens(of: source)
        code.reserveCapacity(tokens.count)
        var index = 0
        var isCommentOpen = false
        var end = 0
        while index < tokens.count {
            let token = tokens[index]
            let isFirst = startsLine(token.range.lowerBound, after: end)
            if token.kind == .comment {
                let body = bytes[token.range]
                if !isCommentOpen, isFirst { spare(token, body) }
                isCommentOpen =
                    isCommentOpen
                    ? !body.reversed().starts(with: [Byte.slash, Byte.star])
                    : body.starts(with: [Byte.slash, Byte.star])
                        && (body.count < 4
                            || !body.reversed().starts(with: [Byte.slash, Byte.star]))
                end = token.range.upperBound
                index += 1
                continue
            }
            if !isCommentOpen, isFirst { emptyLine(from: end, to: token.range.lowerBound) }
            if token.kind == .preprocessor {
                let stop = directiveEnd(from: token.range.upperBound)
                var last = index + 1
                while last < tokens.count, tokens[last].range.lowerBound < stop { last += 1 }
                directive(tokens[index..<last].filter { $0.kind != .comment })
                index = last
                end = stop
            } else {
                if !isSkipping { append(token) }
                end = token.range.upperBound
                index += 1
            }
        }
    }

    /// Where the line ends on which a directive ends: continued lines and comments in it belong to it.
    private func directiveEnd(from start: Int) -> Int {
        var index = start
        var (inLine, inBlock) = (false, false)
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if byte == Byte.backslash, next == Byte.newline {
                index += 2
                continue
            }
            if byte == Byte.backslash, next == Byte.carriageReturn, index + 2 < bytes.count,
                bytes[index + 2] == Byte.newline
            {
                index += 3
                continue
            }
            if inBlock {
                if byte == Byte.star, next == Byte.slash {
                    inBlock = false
                    index += 1
                }
            } else if byte == Byte.newline {
                return index
            } else if !inLine, byte == Byte.slash {
                if next == Byte.slash { inLine = true }
                if next == Byte.star {
                    inBlock = true
                    index += 1
                }
            }
            index += 1
        }
        return index
    }

    private mutating func append(_ token: Token) {
        var item = classify(token)
        if item.word == .name, !loopMacros.isEmpty, loopMacros[text(item)] != nil {
            item.word = .forLoop
        }
        if declarationOffset == nil, context == 0, brackets.top < 0, mayDeclare(before: item) {
            declarationOffset = token.range.lowerBound
            declarationIndex = code.count
        }
        code.append(item)
        brackets.take(&code, code.count - 1)
    }

    /// Whether a declaration of ours may stand before a token outside all brackets.
    private func mayDeclare(before item: Item) -> Bool {
        guard let last = code.last else { return true }
        if last.word == .semicolon { return true }
        return last.word == .closeBrace && (item.kind == .keyword || item.kind == .type)
    }

    private func classify(_ token: Token) -> Item {
        var word = Word.other
        switch token.kind {
        case .punctuation:
            switch bytes[token.range.lowerBound] {
            case 0x28: word = .open
            case 0x29: word = .close
            case 0x7B: word = .openBrace
            case 0x7D: word = .closeBrace
            case 0x5B: word = .openBracket
            case 0x5D: word = .closeBracket
            case 0x3B: word = .semicolon
            default: word = .comma
            }
        case .keyword:
            word =
                Self.keywords[
                    text(Item(word: .other, kind: .keyword, range: token.range, context: 0))]
                ?? .other
        case .identifier, .function, .builtinFunction, .builtinVariable, .builtinUniform:
            word = .name
        default: break
        }
        return Item(word: word, kind: token.kind, range: token.range, context: context)
    }

    private static let keywords: [String: Word] = [
        "for": .forLoop, "while": .whileLoop, "do": .doLoop, "if": .ifBranch,
        "else": .elseBranch, "switch": .switchBranch, "discard": .discard, "return": .returns,
    ]

    // MARK: Directives

    private mutating func directive(_ tokens: [Token]) {
        let name = text(
            Item(word: .other, kind: .preprocessor, range: tokens[0].range, context: 0)
        ).drop { $0 == "#" || $0.isWhitespace }
        switch name {
        case "if", "ifdef", "ifndef":
            conditionals.append((brackets.top, nil, context, isSkipping))
            enterBranch()
            if name == "if", tokens.count == 2, bytes[tokens[1].range].elementsEqual([Byte.zero]) {
                isSkipping = true
            }
        case "else", "elif":
            guard let last = conditionals.indices.last else { return }
            if conditionals[last].afterFirst == nil { conditionals[last].afterFirst = brackets.top }
            brackets.top = conditionals[last].saved
            isSkipping = conditionals[last].wasSkipping
            enterBranch()
        case "endif":
            guard let last = conditionals.popLast() else { return }
            brackets.top = last.afterFirst ?? brackets.top
            (context, isSkipping) = (last.context, last.wasSkipping)
        case "version":
            guard !hasVersion else { return }
            hasVersion = true
            let words = tokens.dropFirst().map { String(decoding: bytes[$0.range], as: UTF8.self) }
            version = LanguageVersion(
                number: words.first.flatMap { Int($0) } ?? 0, profile: words.dropFirst().first ?? ""
            )
        case "define": if !isSkipping { define(tokens) }
        case "undef":
            if tokens.count > 1 { undefined.insert(spelling(tokens[1])) }
        default: break
        }
    }

    private func spelling(_ token: Token) -> String {
        text(Item(word: .name, kind: token.kind, range: token.range, context: 0))
    }

    private mutating func enterBranch() {
        context = nextContext
        nextContext += 1
    }

    private mutating func define(_ tokens: [Token]) {
        guard tokens.count > 1 else { return }
        var macro = Macro(
            name: spelling(tokens[1]), isFunction: false, isConditional: context != 0)
        var first = 2
        if tokens.count > 2, tokens[2].range.lowerBound == tokens[1].range.upperBound,
            bytes[tokens[2].range.lowerBound] == Byte.openParenthesis
        {
            macro.isFunction = true
            first = 3
            while first < tokens.count,
                bytes[tokens[first].range.lowerBound] != Byte.closeParenthesis
            {
                if tokens[first].kind != .punctuation {
                    macro.parameters.append(spelling(tokens[first]))
                }
                first += 1
            }
            first += 1
        }
        var brackets = BracketMatcher()
        var body: [Item] = []
        for token in tokens.dropFirst(first) {
            if token.kind == .operator, bytes[token.range].elementsEqual([Byte.hash, Byte.hash]) {
                pastes = true
            }
            body.append(classify(token))
            brackets.take(&body, body.count - 1)
        }
        macro.body = body
        if macro.isFunction, body.count > 2, body[0].word == .forLoop, body[1].word == .open,
            Int(body[1].match) == body.count - 1
        {
            loopMacros[macro.name] = macro
        }
        macros.append(macro)
    }

    // MARK: Lines for directives of ours

    /// Whether a token is the first on its line.
    private func startsLine(_ start: Int, after end: Int) -> Bool {
        code.isEmpty && bytes[end..<start].contains(Byte.newline)
    }

    private mutating func spare(_ token: Token, _ body: ArraySlice<UInt8>) {
        guard hasVersion, context == 0, code.isEmpty, spareOffset == nil else { return }
        if body.starts(with: [Byte.slash, Byte.star]) {
            guard body.count >= 4, body.reversed().starts(with: [Byte.slash, Byte.star]),
                bytes[token.range.upperBound...].first(where: { $0 != Byte.space })
                    .map({ $0 == Byte.newline }) ?? true
            else { return }
        }
        spareOffset = token.range.lowerBound
    }

    private mutating func emptyLine(from end: Int, to start: Int) {
        guard hasVersion, context == 0, code.isEmpty, spareOffset == nil else { return }
        let gap = bytes[end..<start]
        guard !gap.contains(Byte.backslash), let first = gap.firstIndex(of: Byte.newline),
            gap[(first + 1)...].contains(Byte.newline)
        else { return }
        spareOffset = first + 1
    }
}
