extension Keymap {
    /// The bindings as they are without a file of the user's.
    ///
    /// With no text focused real keys never change text, so undo and rollback are bound in the text alone.
    public static let standard: Keymap = {
        var map = Keymap()
        for (context, lines) in standardLines {
            for (keys, command) in lines {
                for key in keys.split(separator: " ") {
                    // A misspelt key here would be a fault of ours; a test reads the whole table.
                    guard let chord = KeyChord(String(key)) else { continue }
                    map.set(chord, command, context)
                }
            }
        }
        return map
    }()

    static let standardLines: [(KeyContext, [(keys: String, command: String)])] = [
        (
            .any,
            [
                ("grave ctrl+grave", "editor toggle"),
                ("ctrl+tab", "console toggle"),
                ("escape", "escape"),
                ("f1", "help toggle"),
                ("f8", "error next"),
                ("shift+f8", "error previous"),
                ("ctrl+enter f5 ctrl+r", "accept"),
                ("f6", "rewind"),
                ("f7", "pause toggle"),
                ("ctrl+n", "new"),
                ("ctrl+o", "open"),
                ("ctrl+s", "save"),
                ("ctrl+shift+s", "save as"),
                ("ctrl+q", "quit ask"),
                ("ctrl+1", "stage vert"),
                ("ctrl+2", "stage tesc"),
                ("ctrl+3", "stage tese"),
                ("ctrl+4", "stage geom"),
                ("ctrl+5", "stage frag"),
                ("ctrl+6", "stage comp"),
                ("f11", "fullscreen toggle"),
                ("f12", "screenshot"),
                ("shift+escape", "panic"),
                ("ctrl+p", "pin"),
                ("ctrl+plus ctrl+shift+plus ctrl+equal ctrl+kpplus", "textsize +1"),
                ("ctrl+minus ctrl+kpminus", "textsize -1"),
                ("ctrl+0 ctrl+kp0", "textsize reset"),
                (
                    "ctrl+alt+plus ctrl+alt+shift+plus ctrl+alt+equal ctrl+alt+kpplus",
                    "backing +0.1"
                ),
                ("ctrl+alt+minus ctrl+alt+kpminus", "backing -0.1"),
                ("ctrl+alt+0 ctrl+alt+kp0", "backing reset"),
                ("f9", "headset recentre"),
                ("shift+f9", "headset reset"),
                ("f10", "headset call"),
                ("alt+plus alt+shift+plus alt+equal alt+kpplus", "headset scale +0.05"),
                ("alt+minus alt+kpminus", "headset scale -0.05"),
                ("alt+0 alt+kp0", "headset scale auto"),
                ("ctrl+alt+g", "panel grab"),
                ("ctrl+alt+pageup", "panel push 0.1"),
                ("ctrl+alt+pagedown", "panel push -0.1"),
                ("ctrl+alt+insert", "panel scale 1.1"),
                ("ctrl+alt+delete", "panel scale 0.9"),
                ("ctrl+alt+left", "panel move -0.1 0"),
                ("ctrl+alt+right", "panel move 0.1 0"),
                ("ctrl+alt+up", "panel move 0 0.1"),
                ("ctrl+alt+down", "panel move 0 -0.1"),
                ("ctrl+alt+home", "panel reset"),
            ]
        ),
        (
            .picture,
            [
                ("tab", "console toggle"),
                ("w up", "fly forward"),
                ("s down", "fly back"),
                ("a", "fly left"),
                ("d", "fly right"),
                ("r pageup", "fly up"),
                ("f pagedown", "fly down"),
                ("q left", "turn 30"),
                ("e right", "turn -30"),
                ("plus shift+plus equal", "headset world larger"),
                ("minus", "headset world smaller"),
                ("0", "headset world reset"),
            ]
        ),
        (
            .text,
            [
                ("ctrl+z", "undo"),
                ("ctrl+y ctrl+shift+z", "redo"),
                ("f4", "rollback"),
                ("ctrl+f", "edit find"),
                ("f3", "edit find next"),
                ("shift+f3", "edit find previous"),
                ("ctrl+slash ctrl+kpslash", "edit comment"),
                ("tab", "edit indent"),
                ("shift+tab", "edit outdent"),
                ("enter shift+enter kpenter", "edit newline"),
                ("ctrl+shift+k", "edit delete line"),
                ("ctrl+d", "edit duplicate line"),
                ("alt+up", "edit move line-up"),
                ("alt+down", "edit move line-down"),
            ] + lineEditing + [
                ("up", "edit move up"),
                ("down", "edit move down"),
                ("pageup", "edit move page-up"),
                ("pagedown", "edit move page-down"),
                ("ctrl+home", "edit move document-start"),
                ("ctrl+end", "edit move document-end"),
                ("shift+left", "edit select left"),
                ("shift+right", "edit select right"),
                ("shift+up", "edit select up"),
                ("shift+down", "edit select down"),
                ("ctrl+shift+left", "edit select word-left"),
                ("ctrl+shift+right", "edit select word-right"),
                ("shift+home", "edit select line-start"),
                ("shift+end", "edit select line-end"),
                ("shift+pageup", "edit select page-up"),
                ("shift+pagedown", "edit select page-down"),
                ("ctrl+shift+home", "edit select document-start"),
                ("ctrl+shift+end", "edit select document-end"),
            ]
        ),
        (
            .prompt,
            [
                ("enter kpenter", "edit newline"),
                ("shift+enter", "edit find previous"),
                ("f3", "edit find next"),
                ("shift+f3", "edit find previous"),
                ("ctrl+f", "edit find"),
                ("up", "edit move up"),
                ("down", "edit move down"),
                ("pageup", "edit move page-up"),
                ("pagedown", "edit move page-down"),
            ] + lineEditing
        ),
    ]

    /// What the text and a prompt have in common.
    private static let lineEditing: [(keys: String, command: String)] = [
        ("left", "edit move left"),
        ("right", "edit move right"),
        ("ctrl+left", "edit move word-left"),
        ("ctrl+right", "edit move word-right"),
        ("home", "edit move line-start"),
        ("end", "edit move line-end"),
        ("backspace shift+backspace", "edit delete backward"),
        ("delete", "edit delete forward"),
        ("ctrl+backspace", "edit delete word-left"),
        ("ctrl+delete", "edit delete word-right"),
        ("ctrl+a", "edit select all"),
        ("ctrl+c ctrl+insert", "edit copy"),
        ("ctrl+x shift+delete", "edit cut"),
        ("ctrl+v shift+insert", "edit paste"),
    ]
}
