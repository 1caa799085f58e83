extension CommandTable {
    static let input: [CommandSpec] = [
        CommandSpec(
            "key", .input, "CHORD", "presses and releases a key, as a real one",
            details: """
                Modifiers ctrl, shift, alt and super, then a letter, a digit or a name: key ctrl+shift+z, key f4,
                key grave (the key under Escape), key enter, key left.
                """,
            example: "key ctrl+z", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .key(try arguments.word("a key").text)
        },
        CommandSpec(
            "mouse", .input, "X Y [down|up]",
            "moves the mouse to a pixel, and presses or releases it",
            details: "Pixels count from the window's top left.", example: "mouse 320 180 down",
            arguments: [.free, .free, .choice(["down", "up"])]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            let x = try arguments.number("two numbers, x and y")
            let y = try arguments.number("two numbers, x and y")
            if arguments.take(keyword: "down") { return .mouse(x: x, y: y, pressed: true) }
            if arguments.take(keyword: "up") { return .mouse(x: x, y: y, pressed: false) }
            if let word = arguments.next { throw arguments.wrong(word, "down or up") }
            return .mouse(x: x, y: y, pressed: nil)
        },
        CommandSpec(
            "resize", .input, "WxH", "gives the picture another size in pixels",
            example: "resize 640x360", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            let expected = "width and height from 1 to 16384"
            let word = try arguments.word(expected)
            guard let size = CommandArguments.pair(word.text, separator: "x"),
                max(size.0, size.1) <= 16384
            else { throw arguments.wrong(word, expected) }
            return .resize(width: size.0, height: size.1)
        },
    ]

    static let scripts: [CommandSpec] = [
        CommandSpec(
            "wait", .script, "STATE [SECONDS]", "waits for a verdict, or until nothing is pending",
            details: """
                STATE is good, error, slow, runaway, hung, crashed or idle. 'wait good' ends when the current
                revision is good and shown, and fails at once on another final verdict. 60 seconds if none are given.
                """,
            example: "wait good 5",
            arguments: [.choice(Command.WaitState.allCases.map(\.rawValue)), .free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .wait(
                try arguments.choice(Command.WaitState.self),
                seconds: try arguments.optionalNumber("seconds from 0", in: 0...86_400))
        },
        CommandSpec(
            "sleep", .script, "SECONDS", "does nothing for a while; rather use wait where you can",
            example: "sleep 0.2", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .sleep(try arguments.number("seconds from 0 to 86400", in: 0...86_400))
        },
        CommandSpec(
            "say", .script, "\"TEXT\"", "prints its text as a reply",
            example: "say \"Now break it.\"", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .say(try arguments.text())
        },
        CommandSpec(
            "drill", .script, "reset|kill|stop host|front|back",
            "a fire drill: see for yourself that the show goes on",
            details: """
                reset: the graphics driver loses the context, of the host's window, or of the guest that draws (front)
                or tries (back). kill: the guest is gone. stop: it stands still. The picture moves on, and no text is
                lost; `kill` and `stop` are for guests only.
                """,
            example: "drill kill front",
            arguments: [.choice(["reset", "kill", "stop"]), .choice(["host", "front", "back"])]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            let actions = ["reset", "kill", "stop"]
            let action = try arguments.word(CommandArguments.list(actions))
            let name = action.text.lowercased()
            guard actions.contains(name) else {
                throw arguments.wrong(
                    action, CommandArguments.list(actions), nearest: actions)
            }
            let targets = name == "reset" ? ["host", "front", "back"] : ["front", "back"]
            let target = try arguments.word(CommandArguments.list(targets))
            guard let drill = Command.Drill(rawValue: "\(name) \(target.text.lowercased())") else {
                throw arguments.wrong(
                    target, CommandArguments.list(targets), nearest: targets)
            }
            return .drill(drill)
        },
        plain("status", .script, "prints the state as one line of JSON", .status),
        plain("errors", .script, "prints all errors as FILE:LINE:COLUMN: MESSAGE", .errors),
        CommandSpec(
            "help", .script, "[COMMAND|on|off|toggle]",
            "lists the commands, explains one, or shows the help panel",
            example: "help rollback", arguments: [.command]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            guard let word = arguments.next else { return .help(topic: nil) }
            if let state = word.keyword.flatMap(Command.Switch.init(rawValue:)) {
                _ = arguments.optionalWord()
                return .helpPanel(state)
            }
            guard let spec = CommandTable.spec(word.text) else {
                throw arguments.wrong(
                    word, "a command's name", nearest: CommandTable.all.map(\.name))
            }
            _ = arguments.optionalWord()
            return .help(topic: spec.name)
        },
    ]
}
