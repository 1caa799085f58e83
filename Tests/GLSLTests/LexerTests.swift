import TestSupport
import Testing

@testable import GLSL

/// The tokens of a source as text and kind, for short tables.
private func lexed(_ source: String) -> [String] {
    let bytes = Array(source.utf8)
    return Lexer.tokens(of: source).map { token in
        "\(token.kind) " + String(decoding: bytes[token.range], as: UTF8.self)
    }
}

/// Lexes as the editor does: line by line, each with the state that the line above left.
private func lexedByLine(_ bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var state = LineState.initial
    var start = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        var own: [Token] = []
        Array(line).withUnsafeBufferPointer {
            state = Lexer.lex(line: $0, state: state, into: &own)
        }
        tokens += own.map {
            Token($0.kind, $0.range.lowerBound + start..<$0.range.upperBound + start)
        }
        start += line.count + 1
    }
    return tokens
}

@Test(arguments: [
    "1", "0", "017", "0x1Fu", "0XaBU", "3u", ".5", "1.", "1.0", "1.f", "1.e-3f", "1e10", "2E+5F",
    "1.lf", "1.5LF", "0.25e2lf",
])
func numbersAreExact(_ number: String) {
    #expect(lexed(number) == ["number " + number])
    #expect(lexed("(" + number + ")").count == 3)
}

@Test(arguments: ["0x", "1abc", "1.0u", "3uu", "1e", "1.5lfx"])
func whatIsStuckToANumberIsInvalid(_ text: String) {
    #expect(lexed(text) == ["invalid " + text])
}

@Test func anExponentNeedsDigits() {
    #expect(lexed("1.e+") == ["invalid 1.e", "operator +"])
    #expect(lexed("1..2") == ["number 1.", "number .2"])
    #expect(lexed("a.5") == ["identifier a", "number .5"])
}

@Test(arguments: [
    "<<=", ">>=", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "^^", "*=", "/=",
    "%=", "+=", "-=", "&=", "^=", "|=", "+", "-", "*", "/", "%", "<", ">", "=", "!", "&", "|",
    "^", "~", "?", ":", ".",
])
func operatorsAreTheLongest(_ text: String) {
    #expect(lexed("a" + text + "b").first { $0.hasPrefix("operator") } == "operator " + text)
    #expect(lexed("a" + text + "b").count == 3)
}

@Test func wordsHaveTheirKinds() {
    #expect(
        lexed("uniform vec3 a = mix(b, iTime, gl_FragCoord.x) + f (mix);") == [
            "keyword uniform", "type vec3", "identifier a", "operator =", "builtinFunction mix",
            "punctuation (", "identifier b", "punctuation ,", "builtinUniform iTime",
            "punctuation ,", "builtinVariable gl_FragCoord", "operator .", "identifier x",
            "punctuation )", "operator +", "function f", "punctuation (", "identifier mix",
            "punctuation )", "punctuation ;",
        ])
}

@Test func aFieldIsNeverAWordOfTheLanguage() {
    #expect(lexed("a.iTime")[2] == "identifier iTime")
    #expect(lexed("a.float")[2] == "identifier float")
    #expect(lexed("a . length()")[2] == "builtinFunction length")
}

@Test func directivesGiveTheirNameAndThenCode() {
    #expect(
        lexed("  #  define PI 3.14 // pi") == [
            "preprocessor #  define", "identifier PI", "number 3.14", "comment // pi",
        ])
    #expect(
        lexed("#include <noise/hash.glsl>") == [
            "preprocessor #include", "string <noise/hash.glsl>",
        ]
    )
    #expect(
        lexed("#error don't do 1abc  // no") == [
            "preprocessor #error", "string don't do 1abc", "comment // no",
        ])
    #expect(lexed("/* a */ #if x")[1] == "preprocessor #if")
    #expect(lexed("a #if x")[1] == "invalid #")
    #expect(lexed("#define C(a,b) a##b").contains("operator ##"))
}

@Test func aBackslashContinuesALine() {
    #expect(lexed("// a \\\nb\nc") == ["comment // a \\\nb", "identifier c"])
    #expect(lexed("fo\\\nr(;;)").first == "keyword fo\\\nr")
    #expect(lexed("fo\\\r\nr(;;)").first == "keyword fo\\\r\nr")
    #expect(
        lexed("#define A \\\n #b\n#if 1") == [
            "preprocessor #define", "identifier A", "operator #", "identifier b",
            "preprocessor #if", "number 1",
        ])
}

@Test func aCommentSpansLines() {
    #expect(
        lexed("a /* b\nc */ d") == ["identifier a", "comment /* b", "comment c */", "identifier d"])
    #expect(lexed("/*/ a */ b") == ["comment /*/ a */", "identifier b"])
    #expect(lexed("#define A /* x\n y */ #b")[4] == "operator #")
}

@Test func statesTellWhatALineInherits() {
    func state(after line: String, from state: LineState = .initial) -> LineState {
        var tokens: [Token] = []
        return Array(line.utf8).withUnsafeBufferPointer {
            Lexer.lex(line: $0, state: state, into: &tokens)
        }
    }
    #expect(state(after: "a /* b").isInBlockComment)
    #expect(state(after: "*/ a", from: state(after: "/* b")) == .initial)
    #expect(state(after: "// b \\").isInLineComment)
    #expect(state(after: "#define A \\").isInDirective)
    #expect(state(after: "#define A") == .initial)
    #expect(state(after: "float a = 1.0;") == .initial)
}

@Test func bytesThatGLSLLacksAreInvalidAndWhole() {
    #expect(
        lexed("é @ 'a'") == [
            "invalid é", "invalid @", "invalid '", "identifier a", "invalid '",
        ])
}

/// Sources made of pieces that have given lexers trouble.
private func randomSource(_ seed: Int, continued: Bool) -> [UInt8] {
    var random = Seeded(seed: seed)
    var pieces = [
        "/*", "*/", "//", "/", "*", "\n", "\n", "#", "define", "error", "include", "<", ">", "\"",
        " ", "\t", "\r", "1.e-3f", "0x", ".5", "é", "for", "(", ")", "{", "}", "iTime", "a", ".",
        "<<=", "'", "\u{0}",
    ]
    if continued { pieces += ["\\\n", "\\", "\\\r\n"] }
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...80, using: &random) {
        bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
        if seed % 4 == 0 { bytes.append(UInt8.random(in: 0...255, using: &random)) }
    }
    return continued ? bytes : bytes.filter { $0 != 0x5C }
}

@Test(arguments: 0..<400)
func lineByLineEqualsTheWhole(seed: Int) {
    let bytes = randomSource(seed, continued: false)
    #expect(bytes.withUnsafeBufferPointer { Lexer.tokens(of: $0) } == lexedByLine(bytes))
}

@Test(arguments: 0..<400)
func tokensAndBlanksCoverEverything(seed: Int) {
    let bytes = randomSource(seed, continued: true)
    for tokens in [bytes.withUnsafeBufferPointer { Lexer.tokens(of: $0) }, lexedByLine(bytes)] {
        var covered = bytes.map { Byte.isBlank($0) || $0 == Byte.backslash }
        var end = 0
        for token in tokens {
            #expect(token.range.lowerBound >= end && !token.range.isEmpty)
            end = token.range.upperBound
            for index in token.range { covered[index] = true }
        }
        #expect(end <= bytes.count)
        #expect(covered.allSatisfy { $0 })
    }
}

@Test(arguments: 0..<40)
func noBytesTrapTheLexer(seed: Int) {
    var random = Seeded(seed: seed)
    let bytes = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let state = LineState(rawValue: UInt8.random(in: 0...255, using: &random))
    var tokens: [Token] = []
    _ = bytes.withUnsafeBufferPointer { Lexer.lex(line: $0, state: state, into: &tokens) }
    #expect(tokens.allSatisfy { $0.range.upperBound <= bytes.count })
}

@Test func longLinesAreLexedWhole() {
    let name = String(repeating: "a", count: 10_000)
    #expect(lexed(name) == ["identifier " + name])
    #expect(lexed(String(repeating: "1+", count: 10_000)).count == 20_000)
    #expect(lexed("/*" + String(repeating: "*", count: 10_000)).count == 1)
}

@Test func everyListedWordIsFoundWithItsKind() {
    for (kind, list) in [
        (TokenKind.keyword, Words.keywords), (.type, Words.types),
        (.builtinFunction, Words.functions), (.builtinVariable, Words.variables),
    ] {
        for word in list.split(whereSeparator: \.isWhitespace) {
            #expect(Words.kind(of: String(word)) == kind, "\(word)")
        }
    }
    #expect(Words.kind(of: "phosphor") == nil)
    #expect(Words.kind(of: "") == nil)
}
