import GLSL

extension CommandTable {
    static let sketches: [CommandSpec] = [
        CommandSpec(
            "new", .sketch, "[TEMPLATE]", "makes a dated sketch in your sketch folder",
            details:
                "TEMPLATE is a shipped one: 'shadertoy', 'plain' or 'vr', which surrounds you.",
            example: "new shadertoy", arguments: [.choice(["shadertoy", "plain", "vr"])]
        ) { arguments in .new(template: arguments.optionalWord()?.text) },
        CommandSpec(
            "open", .sketch, "[FILE]", "opens a sketch: a file or a folder; without one, asks",
            example: "open glow.frag", arguments: [.file]
        ) { arguments in .open(arguments.optionalWord()?.text) },
        CommandSpec(
            "save", .sketch, "[FILE]", "saves the sketch, here or under another name",
            details: """
                'save as' asks for the name; a file that is called as needs quotes: save "as".
                The text is written to a temporary file first, so that a full disk leaves the old one whole.
                """,
            example: "save glow.frag", arguments: [.file]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            if arguments.take(keyword: "as") { return .saveAs }
            return .save(arguments.optionalWord()?.text)
        },
        CommandSpec(
            "quit", .sketch, "[ask]", "leaves at once; with 'ask', asks where text is unsaved",
            arguments: [.choice(["ask"])]
        ) { arguments in arguments.take(keyword: "ask") ? .quitAsk : .quit },
    ]

    static let text: [CommandSpec] = [
        CommandSpec(
            "stage", .text, "vert|tesc|tese|geom|frag|comp|PART",
            "goes to the text of a stage, or of another part",
            details: """
                Full names work, too: 'stage fragment'. Other parts are 'common', which is put before every stage, \
                Shadertoy's buffers, 'bufferA' to 'bufferD', a stage of any pass, 'stage blur.frag', 'sketch.toml', which \
                says what GLSL cannot, and files that others include, 'noise.glsl'. One that is missing comes with the \
                first text in it. Text commands act on this part.
                """,
            example: "stage frag",
            arguments: [.choice(Stage.allCases.map(\.rawValue) + CommandArguments.partNames)]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .stage(try arguments.part())
        },
        CommandSpec(
            "goto", .text, "LINE[:COLUMN]", "moves the caret; both count from 1",
            example: "goto 12:5", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            let expected = "a line, or line and column, from 1"
            let word = try arguments.word(expected)
            if let line = CommandArguments.count(word.text) { return .goto(line: line, column: 1) }
            guard let place = CommandArguments.pair(word.text, separator: ":") else {
                throw arguments.wrong(word, expected)
            }
            return .goto(line: place.0, column: place.1)
        },
        CommandSpec(
            "type", .text, "\"TEXT\"", "types as keys do: a revision a character, with auto-indent",
            details: "Quoted text knows \\n \\t \\\" \\\\ and \\u{HEX}.",
            example: "type \"float a;\"", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .type(try arguments.text())
        },
        CommandSpec(
            "paste", .text, "\"TEXT\"", "inserts text as it stands, as one revision",
            details: "Quoted text knows \\n \\t \\\" \\\\ and \\u{HEX}.",
            example: "paste \"float a;\\n\"", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .paste(try arguments.text())
        },
        CommandSpec(
            "replace", .text, "FILE", "takes a file's text in place of the part's",
            example: "replace other.frag", arguments: [.file]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .replace(try arguments.word("a file").text)
        },
        plain("text", .text, "prints the part's text", .text),
        CommandSpec(
            "edit", .text, "ACTION", "does one of the editor's actions, as a key would",
            details:
                "Such as 'edit move word-left', 'edit select all', 'edit comment'. F1 lists them.",
            example: "edit move left", arguments: [.action]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .edit(try arguments.rest("an action"))
        },
        plain("undo", .text, "goes back a step: a word or a pause", .undo),
        plain("redo", .text, "goes forward again, along the newest branch", .redo),
        CommandSpec(
            "rollback", .text, "[REVISION]", "brings the last good text back, as one undoable edit",
            details:
                "From a good and shown revision, the good one shown before it; again, one further.",
            example: "rollback 12", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .rollback(try arguments.optionalCount("a revision's number, from 1"))
        },
        plain(
            "history", .text, "lists the good revisions, with time and GPU milliseconds", .history),
    ]
}
