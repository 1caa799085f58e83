import Testing

@testable import Editor

@Suite struct KeymapTests {
    @Test(arguments: [
        ("ctrl+shift+z", "ctrl+shift+z"), ("Shift+Ctrl+Z", "ctrl+shift+z"), ("f4", "f4"),
        ("ctrl++", "ctrl+plus"), ("+", "plus"), ("Ctrl+/", "ctrl+slash"), ("esc", "escape"),
        ("ctrl+alt+minus", "ctrl+alt+minus"), ("grave", "grave"), ("ö", "ö"),
        ("super+1", "super+1"),
    ])
    func chordsAreReadAndWritten(text: String, canonical: String) {
        #expect(KeyChord(text)?.description == canonical)
        #expect(KeyChord(canonical) == KeyChord(text))
    }

    @Test(arguments: ["", "ctrl+", "hyper+x", "ctrl+fly", "f99", "ctrl+shift"])
    func nonsenseIsNoChord(text: String) {
        #expect(KeyChord(text) == nil)
    }

    @Test func theReasonIsSaid() {
        #expect(throws: KeymapError.self) { try KeyChord(parsing: "hyper+x") }
        let text = KeymapError.badChord("hyper+x", reason: "r").description
        #expect(text.contains("hyper+x"))
    }

    @Test func everyStandardBindingIsSound() {
        for (context, lines) in Keymap.standardLines {
            for (keys, command) in lines {
                for key in keys.split(separator: " ") {
                    let chord = KeyChord(String(key))
                    #expect(chord != nil, "\(key)")
                    guard let chord else { continue }
                    #expect(chord.description == key, "\(key) is not written as it is printed")
                    #expect(Keymap.isCommand(command), "\(command)")
                    #expect(Keymap.standard.command(for: [chord], in: context) == command)
                    var map = Keymap()
                    #expect(throws: Never.self) { try map.bind(chord, command, context) }
                }
            }
        }
    }

    @Test(arguments: [
        ("grave", KeyContext.picture, "editor toggle"), ("ctrl+grave", .text, "editor toggle"),
        ("tab", .picture, "console toggle"), ("tab", .text, "edit indent"),
        ("ctrl+tab", .text, "console toggle"), ("escape", .prompt, "escape"),
        ("f1", .any, "help toggle"),
        ("f8", .text, "error next"), ("shift+f8", .text, "error previous"),
        ("ctrl+enter", .text, "accept"), ("f5", .picture, "accept"), ("ctrl+r", .text, "accept"),
        ("ctrl+z", .text, "undo"), ("ctrl+y", .text, "redo"), ("ctrl+shift+z", .text, "redo"),
        ("f4", .text, "rollback"), ("f6", .picture, "rewind"), ("f7", .text, "pause toggle"),
        ("ctrl+n", .text, "new"), ("ctrl+o", .picture, "open"), ("ctrl+s", .text, "save"),
        ("ctrl+shift+s", .text, "save as"), ("ctrl+q", .console, "quit ask"),
        ("ctrl+1", .text, "stage vert"), ("ctrl+6", .text, "stage comp"),
        ("ctrl+f", .text, "edit find"), ("ctrl+slash", .text, "edit comment"),
        ("f11", .picture, "fullscreen toggle"), ("f12", .text, "screenshot"),
        ("shift+escape", .console, "panic"), ("ctrl+p", .text, "pin"),
        ("ctrl+plus", .text, "textsize +1"),
        ("ctrl+minus", .text, "textsize -1"), ("ctrl+0", .text, "textsize reset"),
        ("ctrl+alt+plus", .text, "backing +0.1"), ("ctrl+alt+0", .picture, "backing reset"),
    ])
    func theDesignsTableHolds(key: String, context: KeyContext, command: String) throws {
        let chord = try KeyChord(parsing: key)
        #expect(Keymap.standard.command(for: [chord], in: context) == command)
    }

    @Test func withNoTextFocusedNoKeyChangesText() {
        for binding in Keymap.standard.bindings where [.any, .picture].contains(binding.context) {
            let command = binding.command ?? ""
            #expect(!command.hasPrefix("edit ") && command != "undo" && command != "redo")
            #expect(command != "rollback")
        }
    }

    @Test func noKeyTakesACharacterFromTheText() {
        for binding in Keymap.standard.bindings where binding.context != .picture {
            #expect(!binding.chord.typesText, "\(binding.chord)")
        }
        var map = Keymap()
        let a = KeyChord([], "a")
        #expect(throws: KeymapError.typesText(a, .text)) { try map.bind(a, "undo", .text) }
        #expect(throws: Never.self) { try map.bind(a, "rewind", .picture) }
    }

    @Test func bindingsAreReplacedHiddenAndTriedInOrder() throws {
        var map = Keymap.standard
        let save = KeyChord(.ctrl, "s")
        try map.bind(save, "screenshot")
        #expect(map.command(for: [save], in: .text) == "screenshot")
        try map.bind(save, nil, .text)
        #expect(map.command(for: [save], in: .text) == nil)
        #expect(map.command(for: [save], in: .picture) == "screenshot")
        let unbound = KeyChord(.ctrl, "j")
        #expect(map.command(for: [unbound, KeyChord([], "f1")], in: .text) == "help toggle")
        // The command language's words are its own to know: whoever binds has parsed the line.
        for command in ["theme light", "mouse 1 2", "resize 80x60", "say \"a\"", "errors"] {
            #expect(throws: Never.self) { try map.bind(unbound, command) }
        }
        #expect(throws: KeymapError.badCommand(" ")) { try map.bind(unbound, " ") }
        #expect(throws: KeymapError.badCommand("edit fly")) { try map.bind(unbound, "edit fly") }
        #expect(throws: KeymapError.self) { try map.bind(KeyChord(.ctrl, "nokey"), "undo") }
    }

    @Test func helpListsAllKeysOfACommandInARow() {
        let table = Keymap.standard.table()
        #expect(
            table.contains(Keymap.Row(context: .text, keys: "Ctrl+Y, Ctrl+Shift+Z", what: "redo")))
        #expect(table.contains { $0.keys.hasPrefix("Key under Escape") })
        #expect(Set(table.map(\.what)).count > 40)
    }
}
