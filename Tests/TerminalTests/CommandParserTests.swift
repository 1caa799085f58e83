import GLSL
import Terminal
import TestSupport
import Testing

@Suite("Lines become commands")
struct CommandParserTests {
    @Test("A printed command reads back as itself", arguments: 0..<300)
    func roundTrip(seed: Int) throws {
        var random = Seeded(seed: seed)
        for _ in 0..<20 {
            let command = random.command()
            let line = command.description
            #expect(!line.unicodeScalars.contains("\n"))
            #expect(try CommandParser.parse(line) == command, "\(line)")
        }
    }

    @Test("Random lines never trap, and an error points into the line", arguments: 0..<300)
    func randomLines(seed: Int) {
        var random = Seeded(seed: seed)
        for _ in 0..<20 {
            let bytes = (0..<random.number(0...40)).map { _ in UInt8(random.number(0...255)) }
            var line = String(decoding: bytes, as: UTF8.self)
            if random.chance(70) {
                line = random.pick(CommandHelp.names) + random.pick([" ", " \"", " +", ""]) + line
            }
            do { _ = try CommandParser.parse(line) } catch {
                #expect(error.column >= 1 && error.column <= line.unicodeScalars.count + 1)
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test(
        "Blank lines and comments say nothing", arguments: ["", "  ", "\t", "# undo", "  #", "\r"])
    func nothing(line: String) throws {
        #expect(try CommandParser.parse(line) == nil)
    }

    @Test(
        "Lines as people write them",
        arguments: [
            ("new", .new(template: nil)), ("new shadertoy", .new(template: "shadertoy")),
            ("open", .open(nil)), ("open \"my glow.frag\"", .open("my glow.frag")),
            ("save as", .saveAs), ("save \"as\"", .save("as")), ("quit ask", .quitAsk),
            ("stage FRAG", .stage(.fragment)), ("stage fragment", .stage(.fragment)),
            ("stage \"tessellation control\"", .stage(.tessellationControl)),
            ("stage tessellationcontrol", .stage(.tessellationControl)),
            ("goto 12", .goto(line: 12, column: 1)), ("goto 12:5", .goto(line: 12, column: 5)),
            ("type word", .type("word")), ("type \"a\\n\\t\\\"\\\\\\u{e9}\"", .type("a\n\t\"\\é")),
            ("edit  select   all", .edit("select all")), ("rollback 7", .rollback(7)),
            ("pause", .pause(.toggle)), ("Pause ON", .pause(.on)), ("time 1.5", .time(1.5)),
            ("time run", .timeRun), ("set uColor 1 0.5 0", .set(name: "uColor", value: "1 0.5 0")),
            ("set uColor", .set(name: "uColor", value: nil)), ("values", .values),
            ("budget off", .budget(nil)), ("budget auto", .budgetAuto), ("budget 8", .budget(8)),
            ("error", .error(.next)),
            ("textsize +1", .textSize(.by(1))), ("textsize 16", .textSize(.to(16))),
            ("backing =-0.1", .backing(.to(-0.1))), ("backing reset", .backing(.reset)),
            ("help toggle", .helpPanel(.toggle)), ("help undo", .help(topic: "undo")),
            ("mouse 1 2 up", .mouse(x: 1, y: 2, pressed: false)),
            ("resize 640x360", .resize(width: 640, height: 360)),
            ("wait idle", .wait(.idle, seconds: nil)),
            ("wait good 2.5", .wait(.good, seconds: 2.5)),
            ("sleep 0.2", .sleep(0.2)), ("say \"\"", .say("")), ("screenshot", .screenshot(nil)),
            ("fullscreen toggle\r", .fullscreen(.toggle)),
        ] as [(String, Command)])
    func lines(line: String, command: Command) throws {
        #expect(try CommandParser.parse(line) == command)
    }

    @Test(
        "A bad line says what is wrong, where, and what would do",
        arguments: [
            ("rolback", 1, "unknown command 'rolback'; did you mean 'rollback'?"),
            ("screen", 1, "unknown command 'screen'; did you mean 'screenshot'?"),
            ("  frobnicate", 3, "unknown command 'frobnicate'; 'help' lists all commands"),
            ("\"undo\"", 1, "unknown command 'undo'; did you mean 'undo'?"),
            ("undo 3", 6, "'undo' takes no argument, but '3' follows"),
            ("undo # why", 6, "a comment needs a line of its own"),
            ("open a b", 8, "'open [FILE]' has one word too many: 'b'"),
            ("goto", 5, "'goto' needs a line, or line and column, from 1, as in 'goto 12:5'"),
            (
                "goto 0:5", 6,
                "'goto' cannot take '0:5': expected a line, or line and column, from 1, "
                    + "as in 'goto 12:5'"
            ),
            (
                "stage frog", 7,
                "'stage' cannot take 'frog': expected vert, tesc, tese, geom, frag or comp; "
                    + "did you mean 'frag'?"
            ),
            (
                "show off", 6,
                "'show' cannot take 'off': expected live or cut, as in 'show cut'"
            ),
            ("type a b", 8, "text with spaces needs quotes, as in 'type \"float a;\"'"),
            ("type \"a", 6, "the quoted text has no closing quote"),
            ("type \"a\\", 8, "the quoted text has no closing quote"),
            (
                "type \"\\q\"", 7,
                "unknown escape '\\q'; quoted text knows \\n \\t \\\" \\\\ and \\u{HEX}"
            ),
            ("type \"\\u{D800}\"", 7, "'\\u{D800}' is not a Unicode character"),
            (
                "type \"a\"b", 9,
                "a space is missing after the closing quote; for a quote inside text write \\\""
            ),
            (
                "time inf", 6,
                "'time' cannot take 'inf': expected seconds from 0, or run, as in 'time 1.5'"
            ),
            (
                "wait godo", 6,
                "'wait' cannot take 'godo': expected good, error, slow, runaway, hung, crashed "
                    + "or idle; did you mean 'good'?"
            ),
            (
                "resize 0x9", 8,
                "'resize' cannot take '0x9': expected width and height from 1 to 16384, "
                    + "as in 'resize 640x360'"
            ),
            (
                "rollback -1", 10,
                "'rollback' cannot take '-1': expected a revision's number, from 1, "
                    + "as in 'rollback 12'"
            ),
            (
                "help rolback", 6,
                "'help' cannot take 'rolback': expected a command's name; "
                    + "did you mean 'rollback'?"
            ),
            (
                "textsize +-1", 10,
                "'textsize' cannot take '+-1': expected +N, -N, =N or reset, as in 'textsize +1'"
            ),
            (
                "mouse 1 2 in", 11,
                "'mouse' cannot take 'in': expected down or up, as in 'mouse 320 180 down'"
            ),
        ] as [(String, Int, String)])
    func badLines(line: String, column: Int, message: String) {
        #expect(throws: CommandError(message, column: column)) { try CommandParser.parse(line) }
    }

    @Test("Switches and adjustments apply")
    func values() {
        #expect(Command.Switch.toggle.applied(to: true) == false)
        #expect(Command.Switch.on.applied(to: false))
        #expect(Command.Adjustment.by(-2).applied(to: 20, standard: 16) == 18)
        #expect(Command.Adjustment.to(30).applied(to: 20, standard: 16) == 30)
        #expect(Command.Adjustment.reset.applied(to: 20, standard: 16) == 16)
    }
}
