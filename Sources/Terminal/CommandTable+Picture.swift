extension CommandTable {
    static let picture: [CommandSpec] = [
        CommandSpec(
            "show", .picture, "live|cut", "shows each good revision, or only those you accept",
            example: "show cut",
            arguments: [.choice(Command.ShowMode.allCases.map(\.rawValue))]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .show(try arguments.choice(Command.ShowMode.self))
        },
        plain(
            "accept", .picture, "shows the current revision now, or does what a question asks",
            details:
                "With `show cut` a good revision waits for it; so does a file that would be overwritten.",
            .accept
        ),
        plain(
            "panic", .picture, "goes black within two frames, or to the pinned revision",
            details: "Again brings back what was shown, or what has become good since.", .panic),
        plain(
            "pin", .picture, "keeps what is shown as safe, for a panic",
            details: "The guests keep its program ready, and the host its picture.", .pin),
        plain("unpin", .picture, "lets go of the pinned revision: a panic is black again", .unpin),
        plain("rewind", .picture, "sets time and frame to 0 and clears kept state", .rewind),
        toggle("pause", .picture, "stops the sketch's time, or lets it go on") { .pause($0) },
        CommandSpec(
            "time", .picture, "SECONDS|run", "freezes time, frame, caret and figures at a moment",
            details: "So that pictures can be compared. 'time run' lets go.", example: "time 1.5",
            arguments: [.choice(["run"])]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            if arguments.take(keyword: "run") { return .timeRun }
            return .time(try arguments.number("seconds from 0, or run", in: 0...1e9))
        },
        CommandSpec(
            "set", .picture, "NAME [NUMBER…]", "sets one of the sketch's values",
            details: """
                Without numbers it is again as the text has it. Values are uniforms that nothing else fills; what was set
                stays as long as name and kind do.
                """,
            example: "set uSpeed 0.5", arguments: [.free, .free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            let name = try arguments.word("a value's name")
            guard arguments.next != nil else { return .set(name: name.text, value: nil) }
            return .set(name: name.text, value: try arguments.rest("numbers after the name"))
        },
        plain(
            "values", .picture, "lists the sketch's values: kind, present value, range", .values),
        CommandSpec(
            "buffer", .picture, "NAME [from N] [rows N]",
            "shows rows of a storage buffer or of a capture, as they are now",
            details: """
                A row is an element of the block's largest array, or a vertex of a capture. They count from 0; 16 are
                shown unless told otherwise, 256 at most.
                """,
            example: "buffer Motes from 100 rows 4", arguments: [.free, .choice(["from", "rows"])]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            let name = try arguments.word("a buffer's name").text
            var (from, rows): (Int?, Int?)
            while arguments.next != nil {
                if from == nil, arguments.take(keyword: "from") {
                    from = try arguments.whole(
                        "the first row's number, from 0", in: 0...1_000_000_000)
                } else if rows == nil, arguments.take(keyword: "rows") {
                    rows = try arguments.whole("how many rows, 1 to 256", in: 1...256)
                } else {
                    break
                }
            }
            return .buffer(name: name, from: from, rows: rows)
        },
        CommandSpec(
            "budget", .picture, "MILLISECONDS|off|auto", "sets the GPU time that a frame may take",
            details: """
                A new program over it is slow and not shown; `accept` shows it and raises the budget. 'auto' leaves it to
                a comment in the sketch such as // @budget 12, then to the settings, then to the machine.
                """,
            example: "budget 8", arguments: [.choice(["off", "auto"])]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            if arguments.take(keyword: "off") { return .budget(nil) }
            if arguments.take(keyword: "auto") { return .budgetAuto }
            return .budget(
                try arguments.number("milliseconds above 0, off or auto", in: 0.001...100_000))
        },
        CommandSpec(
            "guard", .picture, "[on|off|toggle]",
            "counts this sketch's loops and ends those without end, or lets them be",
            details: "Alone it says how things stand, and which loops are not counted.",
            example: "guard off",
            arguments: [.choice(Command.Switch.allCases.map(\.rawValue))]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            guard arguments.next != nil else { return .loopGuard(nil) }
            return .loopGuard(try arguments.choice(Command.Switch.self))
        },
        CommandSpec(
            "screenshot", .picture, "[FILE.png]", "writes the next composed frame, panels included",
            details: "Without a file, a dated one in your pictures folder.",
            example: "screenshot glow.png", arguments: [.file]
        ) { arguments in .screenshot(arguments.optionalWord()?.text) },
    ]

    static let panels: [CommandSpec] = [
        toggle("editor", .panel, "shows or hides the editor") { .editor($0) },
        toggle("console", .panel, "shows or hides the console") { .console($0) },
        plain("escape", .panel, "pops out one level: prompt, help, panel; never quits", .escape),
        CommandSpec(
            "error", .panel, "next|previous", "goes to the next or previous error",
            example: "error next",
            arguments: [.choice(Command.Direction.allCases.map(\.rawValue))]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .error(try arguments.choice(Command.Direction.self, default: .next))
        },
        CommandSpec(
            "textsize", .panel, "+N|-N|=N|reset", "changes the text's size in pixels, 12 to 72",
            example: "textsize +1", arguments: [.choice(["+1", "-1", "reset"])]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .textSize(try arguments.adjustment())
        },
        CommandSpec(
            "backing", .panel, "+N|-N|=N|reset", "changes how dark the panels' glass is, 0 to 1",
            details: "At 0 there is none, and the glyphs are outlined.", example: "backing -0.1",
            arguments: [.choice(["+0.1", "-0.1", "reset"])]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .backing(try arguments.adjustment())
        },
        CommandSpec(
            "theme", .panel, "NAME", "takes another set of colours: dark, light or contrast",
            example: "theme light", arguments: [.choice(["dark", "light", "contrast"])]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .theme(try arguments.word("a theme's name").text)
        },
        toggle("fullscreen", .panel, "fills the screen, or goes back to a window") {
            .fullscreen($0)
        },
    ]
}
