/// The names that a terminal has for the sources that are laid over it, which are Shadertoy's otherwise: where the cursor
/// is and was, what has the focus, and the theme's colours.
///
/// Known from Ghostty (`src/renderer/shaders/shadertoy_prefix.glsl`). There is no terminal here, so that the cursor stands
/// where the pointer was pressed, else in the middle, and jumps there each second: what follows it is to be seen.
/// Variables, not macros: some texts have parameters of these names. Limitations: the palette is black.
enum TerminalNames {
    /// What stands before a text for them; empty where it uses none.
    static func preamble(for part: StagePart) -> String {
        let outline = part.outline
        // Looking is cheaper than asking for each name, and few texts have one.
        guard marks.contains(where: { FrameBudget.contains(outline.bytes, $0) }) else { return "" }
        let declared = Set(outline.globals.map(\.name))
        return names.filter { name in
            outline.mentions(name.name) && !declared.contains(name.name)
                && part.interface.uniform(name.name) == nil && !outline.isDefined(name.name)
        }.map { "\($0.type) \($0.name)\($0.value);\n" }.joined()
    }

    private static let marks = ["Cursor", "CURSOR", "Focus", "iPalette", "groundColor"].map {
        Array($0.utf8)
    }

    private typealias Name = (type: String, name: String, value: String)

    private static let size = "iResolution.y * 0.02, iResolution.y * 0.04"

    private static let names: [Name] =
        [
            (
                "vec4", "iCurrentCursor",
                " = vec4(iMouse.x > 0.0 ? iMouse.xy : iResolution.xy * 0.5, \(size))"
            ),
            ("vec4", "iPreviousCursor", " = vec4(iResolution.xy * vec2(0.25, 0.5), \(size))"),
            ("vec4", "iCurrentCursorColor", " = vec4(1.0)"),
            ("vec4", "iPreviousCursorColor", " = vec4(1.0)"),
            ("int", "iCurrentCursorStyle", " = 0"), ("int", "iPreviousCursorStyle", " = 0"),
            ("int", "iCursorVisible", " = 1"), ("float", "iTimeCursorChange", " = floor(iTime)"),
            ("int", "iFocus", " = 1"), ("float", "iTimeFocus", " = 0.0"),
            ("vec3", "iBackgroundColor", " = vec3(0.0)"),
            ("vec3", "iForegroundColor", " = vec3(1.0)"), ("vec3", "iCursorColor", " = vec3(1.0)"),
            ("vec3", "iCursorText", " = vec3(0.0)"),
            ("vec3", "iSelectionForegroundColor", " = vec3(0.0)"),
            ("vec3", "iSelectionBackgroundColor", " = vec3(1.0)"),
            ("uniform vec3", "iPalette", "[256]"),
        ]
        + ["BLOCK", "BLOCK_HOLLOW", "BAR", "UNDERLINE", "LOCK"].enumerated().map {
            ("const int", "CURSORSTYLE_\($0.element)", " = \($0.offset)")
        }
}
