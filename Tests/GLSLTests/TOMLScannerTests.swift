import TestSupport
import Testing

@testable import GLSL

/// The tokens of each line, with the state that the line above left.
private func lexed(_ lines: [[UInt8]]) -> [[Token]] {
    var state = LineState.toml
    return lines.map { line in
        var tokens: [Token] = []
        line.withUnsafeBufferPointer { state = Lexer.lex(line: $0, state: state, into: &tokens) }
        #expect(state.isTOML)
        return tokens
    }
}

/// The tokens of a text as kind and text, for short tables.
private func lexed(_ text: String) -> [String] {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    return zip(lines, lexed(lines)).flatMap { line, tokens in
        tokens.map { "\($0.kind) " + String(decoding: line[$0.range], as: UTF8.self) }
    }
}

@Test func tomlHasItsColours() {
    #expect(
        lexed("[pass.bufferA] # which") == [
            "punctuation [", "preprocessor pass", "punctuation .", "preprocessor bufferA",
            "punctuation ]", "comment # which",
        ])
    #expect(
        lexed("size = [640, -1.5e3]  # 'a'") == [
            "identifier size", "operator =", "punctuation [", "number 640", "punctuation ,",
            "number -1.5e3", "punctuation ]", "comment # 'a'",
        ])
    #expect(
        lexed("clear.depth = true") == [
            "identifier clear", "punctuation .", "identifier depth", "operator =", "keyword true",
        ])
    #expect(
        lexed("in = { \"a b\" = 'c#', n = 1 }").filter { !$0.hasPrefix("punct") } == [
            "identifier in", "operator =", "identifier \"a b\"", "operator =", "string 'c#'",
            "identifier n", "operator =", "number 1",
        ])
}

@Test func tomlGoesOnOverLines() {
    #expect(
        lexed("a = [\n  'x', 2,\n  [3]\n]").filter { !$0.hasPrefix("punct") } == [
            "identifier a", "operator =", "string 'x'", "number 2", "number 3",
        ])
    #expect(
        lexed("a = \"\"\"one\n# two \\\"\"\"\nthree\"\"\" # c") == [
            "identifier a", "operator =", "string \"\"\"one", "string # two \\\"\"\"",
            "string three\"\"\"", "comment # c",
        ])
    #expect(lexed("a = '''b\n\\''' = 1").last == "number 1")
}

@Test func tomlThatIsWrongIsTold() {
    #expect(lexed("a = yes").last == "invalid yes")
    #expect(lexed("a = \"b").last == "invalid \"b")
    #expect(lexed("a ; b")[1] == "invalid ;")
    #expect(lexed("half") == ["identifier half"])
}

@Test(arguments: 0..<200) func everyByteOfTOMLIsInOneToken(seed: Int) {
    var random = Seeded(seed: seed)
    let marks = Array("[]{}=,.#'\"\\\n\r \tab1-+:é".utf8)
    let text = (0..<Int.random(in: 0...120, using: &random)).map { _ in
        Bool.random(using: &random)
            ? marks.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
    }
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    for (line, tokens) in zip(lines, lexed(lines)) {
        var covered = 0
        for token in tokens {
            #expect(token.range.lowerBound >= covered && !token.range.isEmpty)
            #expect(line[covered..<token.range.lowerBound].allSatisfy(Byte.isBlank))
            covered = token.range.upperBound
        }
        #expect(covered <= line.count && line[covered...].allSatisfy(Byte.isBlank))
    }
}
