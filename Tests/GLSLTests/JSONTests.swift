import GLSL
import TestSupport
import Testing

private func first(_ text: String) -> JSONMistake? { JSONReader.read(text).mistakes.first }

@Test func jsonKeepsThePlaceOfEveryKeyAndValue() throws {
    let value = try #require(
        JSONReader.read("{ \"a\": [1, true,\n   null],\n  \"é\": {\"b\": \"x\"} }").value)
    let members = try #require(value.members)
    #expect(members.map(\.key) == ["a", "é"])
    #expect(members[0].keyPlace == JSONPlace(line: 1, column: 3))
    #expect(members[0].value.place == JSONPlace(line: 1, column: 8))
    let list = try #require(value["a"]?.values)
    #expect(list.map(\.content) == [.number(1), .bool(true), .null])
    #expect(list[2].place == JSONPlace(line: 2, column: 4))
    #expect(members[1].keyPlace == JSONPlace(line: 3, column: 3))
    // Columns count bytes, as drivers do: é has two.
    #expect(value["é"]?["b"]?.place == JSONPlace(line: 3, column: 15))
    #expect(value["é"]?["b"]?.string == "x")
}

@Test(arguments: [
    ("\"\\u00e9\\n\\t\\\"\\\\\\/\"", "é\n\t\"\\/"), ("\"\\ud83d\\ude00\"", "😀"),
    ("\"\\ud83d!\"", "\u{FFFD}!"), ("\"\\u0000\"", "\0"), ("\"ü😀\"", "ü😀"),
])
func jsonReadsEscapes(_ text: String, _ meant: String) {
    #expect(JSONReader.read(text).value?.string == meant)
}

@Test(arguments: [
    ("0", 0.0), ("-0.5", -0.5), ("1e3", 1000), ("1.25E-2", 0.0125), (".5", 0.5), ("1.", 1),
    ("+2", 2),
    ("007", 7), ("1.0f", 1),
])
func jsonReadsNumbers(_ text: String, _ meant: Double) {
    #expect(JSONReader.read(text).value?.number == meant)
}

/// What has one meaning only is read, and told.
@Test(arguments: [
    ("[1, 2,]", 1, 6), ("{\"a\": 1,\n}", 1, 8), ("// no\n1", 1, 1), ("{\"a\": 1, \"a\": 2}", 1, 10),
    ("[True]", 1, 2), ("[.5]", 1, 2), ("\"a\nb\"", 1, 1), ("[\"\\q\"]", 1, 3),
])
func jsonTellsOfHarmlessMistakes(_ text: String, _ line: Int, _ column: Int) {
    let reading = JSONReader.read(text)
    #expect(reading.value != nil)
    #expect(reading.mistakes.count == 1)
    #expect(reading.mistakes.first?.isHarmless == true)
    #expect(reading.mistakes.first?.place == JSONPlace(line: line, column: column))
}

@Test(arguments: [
    ("", 1, 1), ("{", 1, 2), ("[1\n 2]", 2, 2), ("{\"a\" 1}", 1, 6), ("{a: 1}", 1, 2),
    ("[1] x", 1, 5), ("\"abc", 1, 1), ("[\n  tru\n]", 2, 3), ("[1e]", 1, 2), ("[1x]", 1, 2),
    ("\"\\u12g4\"", 1, 2), ("[1e999]", 1, 2), ("{\"a\": }", 1, 7), ("['a']", 1, 2), ("[-]", 1, 2),
    ("{,}", 1, 2), ("[1,,2]", 1, 4), ("]", 1, 1),
])
func jsonTellsWhereItCannotBeRead(_ text: String, _ line: Int, _ column: Int) {
    let reading = JSONReader.read(text)
    #expect(reading.value == nil)
    #expect(reading.mistakes.last?.isHarmless == false)
    #expect(reading.mistakes.last?.place == JSONPlace(line: line, column: column))
    #expect(reading.mistakes.last?.message.isEmpty == false)
}

@Test func jsonHasLimits() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(first(deep)?.message.contains("64 brackets") == true)
    let closed = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(JSONReader.read(closed).value != nil)
    let many = "[" + String(repeating: "1,", count: 1_000_001) + "1]"
    #expect(JSONReader.read(many).value == nil)
    let large = "\"" + String(repeating: "a", count: 17 << 20) + "\""
    #expect(first(large)?.message.contains("16 MB") == true)
}

/// Text by chance, of what JSON is made of and what it is not: it is read or told of, and never the end of us.
@Test(arguments: 0..<200) func jsonReadsWhateverComes(_ seed: Int) {
    var random = Seeded(seed: seed)
    let bits = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "1", "-", ".", "e", "5e3", "true",
        "null",
        "\n", "\r\n", "\t", " ", "//", "/*", "\u{0}", "é", "\\u12", "\\ud800", "\"k\":", "[1,",
        "{\"b\":",
        "'", "f", "\u{FEFF}", "\u{A0}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0..<120, using: &random) {
        text += bits.randomElement(using: &random) ?? ""
    }
    let reading = JSONReader.read(text)
    if reading.value == nil {
        #expect(reading.mistakes.last?.isHarmless == false, "\(text)")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    for mistake in reading.mistakes {
        #expect(mistake.place.line >= 1 && mistake.place.column >= 1)
        #expect(mistake.place.line <= lines + text.utf8.count { $0 == 13 })
    }
}

/// What was written by chance is read back, and stays the same where blanks are put in.
@Test(arguments: 0..<100) func jsonReadsBackWhatWasWritten(_ seed: Int) {
    var random = Seeded(seed: seed)
    func value(_ depth: Int) -> JSONValue.Content {
        let place = JSONPlace(line: 1, column: 1)
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(Double(Int.random(in: -1000..<1000, using: &random)) / 8)
        case 3: return .string(["", "a\"b", "ü\n", "\\", "😀"].randomElement(using: &random) ?? "")
        case 4:
            return .array(
                (0..<Int.random(in: 0..<4, using: &random)).map { _ in
                    JSONValue(value(depth - 1), at: place)
                })
        default:
            return .object(
                (0..<Int.random(in: 0..<4, using: &random)).map {
                    JSONMember(
                        key: "k\($0)", keyPlace: place,
                        value: JSONValue(value(depth - 1), at: place))
                })
        }
    }
    func write(_ content: JSONValue.Content, _ blank: String) -> String {
        switch content {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let number): "\(number)"
        case .string(let text):
            "\""
                + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
                    "\n", with: "\\n") + "\""
        case .array(let list):
            "[" + list.map { blank + write($0.content, blank) + blank }.joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map {
                    "\(blank)\"\($0.key)\"\(blank):\(blank)" + write($0.value.content, blank)
                }
                .joined(separator: ",") + "\(blank)}"
        }
    }
    func bare(_ content: JSONValue.Content) -> String { write(content, "") }
    let written = value(4)
    for blank in ["", " ", "\n\t", "\r\n"] {
        let reading = JSONReader.read(write(written, blank))
        #expect(reading.mistakes.isEmpty)
        #expect(reading.value.map { bare($0.content) } == bare(written))
    }
}
