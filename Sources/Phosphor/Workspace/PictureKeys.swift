import CGLFW
import Guest

/// The keyboard as sketches read it: keys that go to the picture, by the numbers that browsers have for them.
struct PictureKeys {
    private(set) var state = KeyboardState()
    /// The numbers of physical keys that are down: a layout may change while one is.
    private var down: [Int32: Int] = [:]

    /// A key went down while no text had the focus.
    mutating func press(_ press: KeyPress) {
        guard let number = Self.modifiers[press.key] ?? press.chords.first.flatMap(Self.number(of:))
        else { return }
        down[press.key] = number
        state.held.set(number)
        strike(number)
    }

    /// A key goes down and up again at once, as a command says.
    mutating func strike(_ chord: String) {
        if let number = Self.number(of: chord) { strike(number) }
    }

    private mutating func strike(_ number: Int) {
        state.pressed.set(number)
        state.toggled.set(number, !state.toggled.contains(number))
    }

    /// A key went up, whoever has the focus now.
    mutating func release(_ key: Int32) {
        guard let number = down.removeValue(forKey: key) else { return }
        // Two physical keys may be one: both Shifts, both Enters.
        if !down.values.contains(number) { state.held.set(number, false) }
    }

    /// All keys count as up: what becomes of them goes to somebody else.
    mutating func releaseAll() {
        down.removeAll(keepingCapacity: true)
        state.held = .init()
    }

    /// The state for a picture that is asked for now: each press is in one of them.
    mutating func take() -> KeyboardState {
        defer { state.pressed = .init() }
        return state
    }

    // MARK: Numbers (KeyboardEvent.keyCode)

    private static func number(of chord: String) -> Int? {
        let parts = chord.split(separator: "+")
        // What Ctrl or Alt goes with is a command.
        guard let name = parts.last, !parts.contains("ctrl"), !parts.contains("alt") else {
            return nil
        }
        if name.utf8.count == 1, let byte = name.utf8.first,
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        {
            return Int(byte >= 0x61 ? byte - 0x20 : byte)
        }
        if name.first == "f", let number = Int(name.dropFirst()), (1...24).contains(number) {
            return 111 + number
        }
        return named[String(name)]
    }

    private static let named: [String: Int] = [
        "backspace": 8, "tab": 9, "enter": 13, "pause": 19, "escape": 27, "space": 32,
        "pageup": 33, "pagedown": 34, "end": 35, "home": 36, "left": 37, "up": 38, "right": 39,
        "down": 40, "insert": 45, "delete": 46, ";": 186, "plus": 187, "=": 187, ",": 188,
        "minus": 189, ".": 190, "/": 191, "grave": 192, "[": 219, "\\": 220, "]": 221, "'": 222,
    ]

    private static let modifiers: [Int32: Int] = [
        GLFW_KEY_LEFT_SHIFT: 16, GLFW_KEY_RIGHT_SHIFT: 16, GLFW_KEY_LEFT_CONTROL: 17,
        GLFW_KEY_RIGHT_CONTROL: 17, GLFW_KEY_LEFT_ALT: 18, GLFW_KEY_RIGHT_ALT: 18,
    ]
}
