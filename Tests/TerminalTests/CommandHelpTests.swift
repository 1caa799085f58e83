import Terminal
import TestSupport
import Testing

@Suite("Help and completion come from the parser's table")
struct CommandHelpTests {
    @Test("The summary has every command once, in its group")
    func summary() {
        let lines = CommandHelp.summary().split(separator: "\n")
        for name in CommandHelp.names {
            #expect(lines.count { $0.hasPrefix("  \(name) ") } == 1, "\(name)")
        }
        #expect(lines.contains("Picture"))
    }

    @Test("Each command's example is a line that works", arguments: CommandHelp.names)
    func examples(name: String) throws {
        let help = try #require(CommandHelp.help(for: name))
        let example = help.split(separator: "\n").last { $0.contains("Example: ") }
        let line = example.map { String($0.dropFirst(13)) } ?? name
        #expect(try CommandParser.parse(line)?.description.hasPrefix(name) == true)
    }

    @Test("A command's help tells more than its summary")
    func help() {
        #expect(CommandHelp.help(for: "wait")?.contains("60 seconds") == true)
        #expect(CommandHelp.help(for: "nonsense") == nil)
    }

    private func complete(_ line: String, cursor: Int? = nil) -> (Range<Int>, [String]) {
        let files = ["a b.frag", "glow.frag", "sub/"]
        let result = CommandCompletion.complete(line, cursor: cursor ?? line.count) { prefix in
            files.filter { $0.hasPrefix(prefix) }
        }
        return (result.replacementRange, result.candidates)
    }

    @Test(
        "Names, choices, files and topics are offered",
        arguments: [
            ("roll", 0..<4, ["rollback "]),
            ("re", 0..<2, ["replace ", "redo ", "rewind ", "resize "]),
            ("  und", 2..<5, ["undo "]), ("stage te", 6..<8, ["tesc ", "tese "]),
            ("show ", 5..<5, ["live ", "cut "]), ("open g", 5..<6, ["glow.frag "]),
            ("open \"a ", 5..<8, ["\"a b.frag\" "]), ("open a", 5..<6, ["\"a b.frag\" "]),
            ("open s", 5..<6, ["sub/"]), ("help und", 5..<8, ["undo "]),
            ("undo x", 5..<6, []), ("nonsense x", 9..<10, []), ("open a b", 7..<8, []),
            ("wait good ", 10..<10, []),
        ] as [(String, Range<Int>, [String])])
    func completion(line: String, range: Range<Int>, candidates: [String]) {
        let result = complete(line)
        #expect(result.0 == range)
        #expect(result.1 == candidates)
    }

    @Test("Only what stands before the cursor counts")
    func cursor() {
        let (range, candidates) = complete("sta frag", cursor: 3)
        #expect(range == 0..<3)
        #expect(candidates == ["stage ", "status "])
        #expect(CommandCompletion.commonPrefix(candidates) == "sta")
    }

    @Test(
        "The editor's actions are offered whole",
        arguments: [
            ("edit mo", 5..<7, ["move left", "move word-left"]),
            ("edit move w", 5..<11, ["move word-left"]),
            ("edit ", 5..<5, ["move left", "move word-left"]),
        ] as [(String, Range<Int>, [String])])
    func actions(line: String, range: Range<Int>, candidates: [String]) {
        let result = CommandCompletion.complete(
            line, cursor: line.count, actions: ["move left", "move word-left"])
        #expect(result.replacementRange == range)
        #expect(result.candidates == candidates)
    }

    @Test("Any line and cursor give a range within the line", arguments: 0..<200)
    func anyLine(seed: Int) {
        var random = Seeded(seed: seed)
        let line = random.pick(["", "open ", "stage ", "edit "]) + random.text(upTo: 20)
        let (range, _) = complete(line, cursor: random.number(-3...30))
        #expect(range.lowerBound >= 0 && range.upperBound <= line.count)
    }
}
