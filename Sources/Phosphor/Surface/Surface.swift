import CEpoxy
import CGLFW

/// What the user did, as a surface reports it.
enum InputEvent {
    /// A physical key went down, up, or repeats.
    case key(KeyPress)
    /// Text that the layout made of keys, a composed character included.
    case text(String)
    /// The pointer, in pixels from the top left.
    case pointer(x: Double, y: Double)
    case button(index: Int, isDown: Bool, isShifted: Bool)
    case scroll(Double)
    case focus(Bool)
    /// The window's own close button.
    case close
    case dropped([String])
}

/// One event of one physical key.
struct KeyPress {
    enum Action { case press, again, release }
    /// The physical key, by GLFW's number for the same place on a US keyboard.
    var key: Int32
    var scancode: Int32
    var action: Action
    var modifiers: Int32
    /// What may be looked up in a keymap for it, best first: by the layout's character, then by place.
    var chords: [String]
    /// Whether the layout puts a character that GLSL uses, or a dead key, on this key.
    var isNeededForText: Bool
}

/// Where the host's frames go: a window, or memory.
///
/// Lifecycle: made once, its context current on the main thread for good; then, each frame, `poll`, `bind`, draw,
/// `present`. The size may change at any poll.
protocol Surface: AnyObject {
    /// In pixels.
    var width: Int { get }
    var height: Int { get }
    /// Frames a second that this surface shows.
    var refreshRate: Double { get }
    /// Whether `present` itself waits for the display.
    var waitsForDisplay: Bool { get }
    /// Whether somebody can see it.
    var isInteractive: Bool { get }
    /// Readable when there is input; -1 for none.
    var descriptor: Int32 { get }
    /// Whether input was already read into memory, which the descriptor no longer announces.
    var hasPendingInput: Bool { get }

    /// Hands what the user did to `handler`, one event after the other, before the next one is looked at: a key that
    /// moves the focus must not be too late for the letter behind it. The handler says whether it took a key for a
    /// command; its text is then dropped, and so is a half-composed character.
    func poll(handler: (InputEvent) -> Bool)
    /// Makes the surface the target of drawing, with a viewport of its whole size.
    func bind()
    func present() throws
    /// Whether the driver has reset the context; asked once a frame.
    var isLost: Bool { get }
    /// Takes a new context in the place of a lost one, and makes it current; size, title, place and focus stay. All GL
    /// objects of the old one must have been let go of. Input that came until then goes to `handler`, none is lost.
    /// Where it throws, it may be called again.
    func rebuild(handler: (InputEvent) -> Bool) throws
    func resize(width: Int, height: Int) throws
    /// How the user gets at the editor, in words.
    var toggleKeyName: String { get }

    /// Whether it only mirrors what a headset shows: then it never waits for its own display.
    func setMirror(_ isMirror: Bool)
    /// Whether keys come here now; later changes are events.
    var hasKeyboard: Bool { get }
    /// Asks the desktop for the keyboard.
    func callForKeyboard()
    func setTitle(_ title: String)
    func toggleFullScreen()
    func copy(_ text: String)
    /// Begins to read the clipboard; the answer comes to `reply`, nil if its owner does not answer.
    func requestPaste(reply: @escaping (String?) -> Void)
    /// Descriptors of requests under way.
    var pasteDescriptors: [Int32] { get }
    func pump(now: UInt64)
}

extension Surface {
    var pasteDescriptors: [Int32] { [] }
    var hasKeyboard: Bool { true }
    var toggleKeyName: String { "the key under Escape" }
    func pump(now: UInt64) {}
    func setMirror(_ isMirror: Bool) {}
    func callForKeyboard() {}
}
