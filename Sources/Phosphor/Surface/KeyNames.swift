import CGLFW

/// Names of physical keys, after the characters of a US keyboard, as the keymap writes them.
enum KeyNames {
    private static let special: [Int32: String] = [
        GLFW_KEY_ESCAPE: "escape", GLFW_KEY_ENTER: "enter", GLFW_KEY_KP_ENTER: "enter",
        GLFW_KEY_TAB: "tab", GLFW_KEY_BACKSPACE: "backspace", GLFW_KEY_INSERT: "insert",
        GLFW_KEY_DELETE: "delete", GLFW_KEY_LEFT: "left", GLFW_KEY_RIGHT: "right",
        GLFW_KEY_UP: "up",
        GLFW_KEY_DOWN: "down", GLFW_KEY_PAGE_UP: "pageup", GLFW_KEY_PAGE_DOWN: "pagedown",
        GLFW_KEY_HOME: "home", GLFW_KEY_END: "end", GLFW_KEY_SPACE: "space",
        GLFW_KEY_KP_ADD: "plus", GLFW_KEY_KP_SUBTRACT: "minus", GLFW_KEY_KP_0: "0",
        GLFW_KEY_PAUSE: "pause", GLFW_KEY_PRINT_SCREEN: "print", GLFW_KEY_MENU: "menu",
    ]
    private static let punctuation: [Int32: String] = [
        GLFW_KEY_APOSTROPHE: "'", GLFW_KEY_COMMA: ",", GLFW_KEY_MINUS: "minus",
        GLFW_KEY_PERIOD: ".",
        GLFW_KEY_SLASH: "/", GLFW_KEY_SEMICOLON: ";", GLFW_KEY_EQUAL: "=",
        GLFW_KEY_LEFT_BRACKET: "[",
        GLFW_KEY_BACKSLASH: "\\", GLFW_KEY_RIGHT_BRACKET: "]",
    ]

    /// The name of a key that means its place or its function, whatever the layout says.
    static func fixed(_ key: Int32) -> String? {
        if key == GLFW_KEY_GRAVE_ACCENT { return "grave" }
        if key >= GLFW_KEY_F1 && key <= GLFW_KEY_F25 { return "f\(key - GLFW_KEY_F1 + 1)" }
        return special[key]
    }

    /// The name by place on a US keyboard, for layouts without Latin letters and for the digits' row.
    static func byPlace(_ key: Int32) -> String? {
        if key >= GLFW_KEY_A && key <= GLFW_KEY_Z || key >= GLFW_KEY_0 && key <= GLFW_KEY_9 {
            return String(UnicodeScalar(UInt8(key))).lowercased()
        }
        return punctuation[key]
    }

    /// The name of a character that the layout puts on a key.
    static func character(_ value: UInt32) -> String? {
        guard value > 32, value < 0x110000, let scalar = UnicodeScalar(value) else { return nil }
        switch scalar {
        case "+": return "plus"
        case "-": return "minus"
        default: return String(scalar).lowercased()
        }
    }

    /// What one press may be looked up as, best first.
    ///
    /// The key of a letter is where the layout has that letter: Ctrl+Z on a French keyboard is the key marked Z.
    /// Characters that need Shift count as well (Ctrl+/ is Ctrl+Shift+7 in German), then the digits' row by place.
    static func chords(key: Int32, scancode: Int32, modifiers: Int32) -> [String] {
        if let fixed = fixed(key) { return [chord(modifiers, fixed)] }
        var result: [String] = []
        let plain = phosphor_x11_character(scancode, 0)
        let isLatin = plain > 32 && plain < 0x250
        if let name = character(plain), isLatin { result.append(chord(modifiers, name)) }
        if modifiers & GLFW_MOD_SHIFT != 0, isLatin,
            let name = character(phosphor_x11_character(scancode, 1))
        {
            result.append(chord(modifiers & ~GLFW_MOD_SHIFT, name))
        }
        let isDigit = key >= GLFW_KEY_0 && key <= GLFW_KEY_9
        if !isLatin || isDigit, let name = byPlace(key) { result.append(chord(modifiers, name)) }
        var unique: [String] = []
        for chord in result where !unique.contains(chord) { unique.append(chord) }
        return unique
    }

    private static func chord(_ modifiers: Int32, _ name: String) -> String {
        var result = ""
        if modifiers & GLFW_MOD_CONTROL != 0 { result += "ctrl+" }
        if modifiers & GLFW_MOD_SHIFT != 0 { result += "shift+" }
        if modifiers & GLFW_MOD_ALT != 0 { result += "alt+" }
        if modifiers & GLFW_MOD_SUPER != 0 { result += "super+" }
        return result + name
    }

    private static let glslCharacters = Set(
        "+-*/%<>=!&|^~?:;,.()[]{}#\\_0123456789".unicodeScalars.map(\.value))

    /// Whether the layout puts a character that GLSL uses, or a dead key, on the unshifted key.
    static func isNeededForText(scancode: Int32) -> Bool {
        let value = phosphor_x11_character(scancode, 0)
        return value == .max || glslCharacters.contains(value)
            || (value >= 0x61 && value <= 0x7A) || (value >= 0x41 && value <= 0x5A)
    }
}
