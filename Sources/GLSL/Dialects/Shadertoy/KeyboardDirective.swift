/// The line `#iKeyboard`, by which an editor gives Shadertoy's sources the keyboard: functions `isKeyDown(Key_A)`,
/// `isKeyPressed`, `isKeyToggled`, `isKeyReleased`, constants for keys, and the sampler `iKeyboard`.
///
/// Known from the Shadertoy extension of Visual Studio Code, and so are `iMouseButton`, of which we know the first, and
/// `iViewMatrix`, which turns nothing until somebody flies (`#iFirstPersonControls`), and nobody does here.
/// Limitations: the keyboard's picture does not tell which keys were let go of in this frame, so that none ever was.
enum KeyboardDirective {
    /// The sampler that reads the keyboard.
    static let sampler = "phosphor_keys"

    /// Whether a text has such a line.
    static func isIn(_ outline: SourceOutline) -> Bool {
        outline.directives.contains { $0.name == "iKeyboard" }
    }

    /// What stands before a text for it; empty where it asks for nothing.
    static func preamble(for part: StagePart) -> String {
        let outline = part.outline
        var text = ""
        if isIn(outline) {
            text = "uniform sampler2D \(sampler);\n"
            if part.interface.uniform("iKeyboard") == nil {
                text += "#define iKeyboard \(sampler)\n"
            }
            for (row, name) in ["isKeyDown", "isKeyPressed", "isKeyToggled"].enumerated()
            where !outline.isDefined(name) {
                // ES 1.00 has no texelFetch; the picture is 256 x 3.
                let read =
                    outline.version?.number == 100
                    ? "texture2D(\(sampler), vec2((float(key) + 0.5) / 256.0, (\(row).0 + 0.5) / 3.0))"
                    : "texelFetch(\(sampler), ivec2(key, \(row)), 0)"
                text += "bool \(name)(int key) { return \(read).x > 0.0; }\n"
            }
            if !outline.isDefined("isKeyReleased") {
                text += "bool isKeyReleased(int key) { return false; }\n"
            }
            for (name, number) in keys where outline.mentions("Key_\(name)") {
                text += "const int Key_\(name) = \(number);\n"
            }
        }
        for (name, value) in values
        where outline.mentions(name) && part.interface.uniform(name) == nil
            && !outline.isDefined(name)
        {
            text += "#define \(name) \(value)\n"
        }
        return text
    }

    /// What has a value in that extension without being declared.
    private static let values = [
        ("iMouseButton", "vec4(iMouse.z > 0.0 ? 1.0 : 0.0, 0.0, 0.0, 0.0)"),
        ("iViewMatrix", "mat4(1.0)"),
    ]

    /// Keys by that extension's names, with the numbers that browsers have for them.
    private static let keys: [(name: String, number: Int)] =
        [
            ("Backspace", 8), ("Tab", 9), ("Enter", 13), ("Shift", 16), ("Ctrl", 17), ("Alt", 18),
            ("Pause", 19), ("Caps", 20), ("Escape", 27), ("Space", 32), ("PageUp", 33),
            ("PageDown", 34), ("End", 35), ("Home", 36), ("LeftArrow", 37), ("UpArrow", 38),
            ("RightArrow", 39), ("DownArrow", 40), ("Insert", 45), ("Delete", 46),
            ("LeftWindow", 91), ("RightWindows", 92), ("Select", 93), ("NumpadMultiply", 106),
            ("NumpadAdd", 107), ("NumpadSubtract", 109), ("NumpadPeriod", 110),
            ("NumpadDivide", 111), ("NumLock", 144), ("ScrollLock", 145), ("SemiColon", 186),
            ("Equal", 187), ("Comma", 188), ("Dash", 189), ("Period", 190), ("ForwardSlash", 191),
            ("GraveAccent", 192), ("OpenBracket", 219), ("BackSlash", 220), ("CloseBraket", 221),
            ("SingleQuote", 222),
        ]
        + (0..<10).map { ("\($0)", 48 + $0) } + (0..<10).map { ("Numpad\($0)", 96 + $0) }
        + (1...12).map { ("F\($0)", 111 + $0) }
        + (0..<26).map { (String(UnicodeScalar(UInt8(65 + $0))), 65 + $0) }
}
