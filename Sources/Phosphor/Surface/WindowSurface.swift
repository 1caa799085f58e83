import CEpoxy
import CGLFW
import CSystem
import Glibc
import Render

/// A window on an X display, through GLFW and GLX.
final class WindowSurface: Surface {
    private var window: OpaquePointer
    private var title: String
    private var resetWatch: ResetWatch
    private(set) var width: Int
    private(set) var height: Int
    private(set) var refreshRate: Double
    private(set) var waitsForDisplay = false
    private var isMirror = false
    private var events: ((InputEvent) -> Bool)?
    /// The text that a key makes comes in an event of its own, right behind the key's: dropped if the key was taken.
    private var dropsText = false
    private var windowed: (x: Int32, y: Int32, width: Int32, height: Int32)?
    private var pastes: [ClipboardReader] = []
    private var isShifted = false

    var isInteractive: Bool { true }
    var descriptor: Int32 { phosphor_x11_descriptor() }
    var hasPendingInput: Bool { phosphor_x11_pending() > 0 }

    /// Opens a window of this size; the error says why there is none.
    init(width: Int, height: Int, title: String) throws {
        phosphor_glfw_prefer_x11()
        guard glfwInit() == GLFW_TRUE else {
            throw RenderError(Self.lastError("No window can be opened"))
        }
        window = try Self.makeWindow(width: Int32(width), height: Int32(height), title: title)
        self.title = title
        glfwMakeContextCurrent(window)
        resetWatch = ResetWatch()
        (self.width, self.height) = (width, height)
        refreshRate = 60
        adoptWindow()
    }

    /// A window with the best context that there is, not current yet.
    private static func makeWindow(width: Int32, height: Int32, title: String) throws
        -> OpaquePointer
    {
        glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_API)
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE)
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 4)
        glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE)
        var made: OpaquePointer?
        for (minor, robustness) in [
            (5, GLFW_LOSE_CONTEXT_ON_RESET), (5, GLFW_NO_ROBUSTNESS), (3, GLFW_NO_ROBUSTNESS),
        ]
        where made == nil {
            glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, Int32(minor))
            glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, robustness)
            made = glfwCreateWindow(width, height, title, nil, nil)
        }
        guard let made else {
            throw RenderError(lastError("No OpenGL 4.3 window can be opened"))
        }
        return made
    }

    /// Sets up a new window whose context is current.
    private func adoptWindow() {
        setPace()
        readSize()
        readRefreshRate()
        installCallbacks(on: window)
    }

    /// Software GL has no vertical sync to wait for, and a headset's mirror must never wait: the loop paces itself.
    private func setPace() {
        waitsForDisplay = !GLQuery.isSoftware && !isMirror
        glfwSwapInterval(waitsForDisplay ? 1 : 0)
    }

    func setMirror(_ isMirror: Bool) {
        guard isMirror != self.isMirror else { return }
        self.isMirror = isMirror
        setPace()
    }

    var hasKeyboard: Bool { glfwGetWindowAttrib(window, GLFW_FOCUSED) == GLFW_TRUE }

    /// A window system may refuse to give the focus to who asks for it; then at least it shows that somebody does.
    func callForKeyboard() {
        glfwFocusWindow(window)
        glfwRequestWindowAttention(window)
    }

    deinit { glfwDestroyWindow(window) }

    private static func lastError(_ what: String) -> String {
        var reason: UnsafePointer<CChar>?
        glfwGetError(&reason)
        let detail = reason.map { ": " + String(cString: $0) } ?? ""
        return "\(what)\(detail). Without a display, add --headless."
    }

    private func readSize() {
        var (w, h): (Int32, Int32) = (0, 0)
        glfwGetFramebufferSize(window, &w, &h)
        // A minimised window has no size: the last one stays, so that nothing is made with zero pixels.
        if w > 0, h > 0 { (width, height) = (Int(w), Int(h)) }
    }

    /// The rate of the monitor that the window's middle lies on.
    private func readRefreshRate() {
        guard let monitor = monitorUnderWindow(), let mode = glfwGetVideoMode(monitor),
            mode.pointee.refreshRate > 0
        else { return }
        refreshRate = Double(mode.pointee.refreshRate)
    }

    func poll(handler: (InputEvent) -> Bool) {
        withoutActuallyEscaping(handler) { handler in
            events = handler
            glfwPollEvents()
            events = nil
        }
        if glfwWindowShouldClose(window) == GLFW_TRUE {
            glfwSetWindowShouldClose(window, GLFW_FALSE)
            _ = handler(.close)
        }
    }

    func bind() {
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), 0)
        glViewport(0, 0, GLsizei(width), GLsizei(height))
    }

    func present() { glfwSwapBuffers(window) }

    var isLost: Bool { resetWatch.hasReset }

    /// GLFW ties a window to its context for good, so that a new context is a new window in the old one's place.
    func rebuild(handler: (InputEvent) -> Bool) throws {
        let old = window
        var (x, y, w, h): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        glfwGetWindowPos(old, &x, &y)
        glfwGetWindowSize(old, &w, &h)
        let hadFocus = glfwGetWindowAttrib(old, GLFW_FOCUSED)
        let isMaximized = glfwGetWindowAttrib(old, GLFW_MAXIMIZED) == GLFW_TRUE
        let isIconified = glfwGetWindowAttrib(old, GLFW_ICONIFIED) == GLFW_TRUE
        let place = windowed ?? (x: x, y: y, width: w, height: h)
        // Hidden until it is where it belongs, and it takes the focus only from its predecessor.
        glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE)
        glfwWindowHint(GLFW_FOCUS_ON_SHOW, hadFocus)
        let new = try Self.makeWindow(
            width: max(1, place.width), height: max(1, place.height), title: title)
        glfwSetWindowPos(new, place.x, place.y)
        if windowed != nil {
            fill(new, monitorUnderWindow())
        } else if isMaximized {
            glfwMaximizeWindow(new)
        }
        // Before anybody can type into it.
        installCallbacks(on: new)
        if isIconified { glfwIconifyWindow(new) } else { glfwShowWindow(new) }
        // From here on the new window gets the keys; those that the old one got still go to where they were meant for.
        phosphor_x11_sync()
        poll(handler: handler)
        glfwMakeContextCurrent(new)
        glfwSetWindowUserPointer(old, nil)
        glfwDestroyWindow(old)
        window = new
        dropsText = false
        resetWatch = ResetWatch()
        adoptWindow()
    }

    func resize(width: Int, height: Int) { glfwSetWindowSize(window, Int32(width), Int32(height)) }
    var toggleKeyName: String {
        KeyNames.isNeededForText(scancode: glfwGetKeyScancode(GLFW_KEY_GRAVE_ACCENT))
            ? "Ctrl and the key under Escape" : "the key under Escape"
    }

    func setTitle(_ title: String) {
        self.title = title
        glfwSetWindowTitle(window, title)
    }

    func copy(_ text: String) { glfwSetClipboardString(window, text) }

    func requestPaste(reply: @escaping (String?) -> Void) {
        guard let reader = ClipboardReader(reply: reply) else { return reply(nil) }
        pastes.append(reader)
    }

    var pasteDescriptors: [Int32] { pastes.map(\.descriptor) }

    func pump(now: UInt64) { pastes.removeAll { $0.pump(now: now) } }

    func toggleFullScreen() {
        if let windowed {
            glfwSetWindowMonitor(
                window, nil, windowed.x, windowed.y, windowed.width, windowed.height, GLFW_DONT_CARE
            )
            self.windowed = nil
        } else {
            var place: (x: Int32, y: Int32, width: Int32, height: Int32) = (0, 0, 0, 0)
            glfwGetWindowPos(window, &place.x, &place.y)
            glfwGetWindowSize(window, &place.width, &place.height)
            windowed = place
            guard fill(window, monitorUnderWindow()) else { return windowed = nil }
        }
        readSize()
        readRefreshRate()
    }

    /// Has a window fill a monitor; false where there is none.
    @discardableResult
    private func fill(_ window: OpaquePointer, _ monitor: OpaquePointer?) -> Bool {
        guard let monitor, let mode = glfwGetVideoMode(monitor) else { return false }
        glfwSetWindowMonitor(
            window, monitor, 0, 0, mode.pointee.width, mode.pointee.height,
            mode.pointee.refreshRate)
        return true
    }

    /// The monitor that the window's middle lies on, or the first.
    private func monitorUnderWindow() -> OpaquePointer? {
        var count: Int32 = 0
        guard let monitors = glfwGetMonitors(&count) else { return nil }
        var (x, y): (Int32, Int32) = (0, 0)
        glfwGetWindowPos(window, &x, &y)
        for index in 0..<Int(count) {
            guard let monitor = monitors[index], let mode = glfwGetVideoMode(monitor) else {
                continue
            }
            var (left, top): (Int32, Int32) = (0, 0)
            glfwGetMonitorPos(monitor, &left, &top)
            let (dx, dy) = (x + Int32(width / 2) - left, y + Int32(height / 2) - top)
            if dx >= 0, dx < mode.pointee.width, dy >= 0, dy < mode.pointee.height {
                return monitor
            }
        }
        return glfwGetPrimaryMonitor()
    }
}

// MARK: - Callbacks

extension WindowSurface {
    private static func of(_ window: OpaquePointer?) -> WindowSurface? {
        guard let window, let pointer = glfwGetWindowUserPointer(window) else { return nil }
        return Unmanaged<WindowSurface>.fromOpaque(pointer).takeUnretainedValue()
    }

    private func installCallbacks(on window: OpaquePointer) {
        glfwSetWindowUserPointer(window, Unmanaged.passUnretained(self).toOpaque())
        glfwSetInputMode(window, GLFW_LOCK_KEY_MODS, 0)
        _ = glfwSetKeyCallback(window) { window, key, scancode, action, modifiers in
            WindowSurface.of(window)?.key(key, scancode, action, modifiers)
        }
        _ = glfwSetCharCallback(window) { window, codepoint in
            guard let self = WindowSurface.of(window), !self.dropsText,
                let scalar = UnicodeScalar(codepoint)
            else { return }
            _ = self.events?(.text(String(Character(scalar))))
        }
        _ = glfwSetCursorPosCallback(window) { window, x, y in
            guard let self = WindowSurface.of(window) else { return }
            let scale = self.pixelsPerUnit
            _ = self.events?(.pointer(x: x * scale, y: y * scale))
        }
        _ = glfwSetMouseButtonCallback(window) { window, button, action, modifiers in
            guard let self = WindowSurface.of(window) else { return }
            let isShifted = modifiers & GLFW_MOD_SHIFT != 0
            _ = self.events?(
                .button(index: Int(button), isDown: action == GLFW_PRESS, isShifted: isShifted))
        }
        _ = glfwSetScrollCallback(window) { window, _, y in
            _ = WindowSurface.of(window)?.events?(.scroll(y))
        }
        _ = glfwSetFramebufferSizeCallback(window) { window, _, _ in
            WindowSurface.of(window)?.readSize()
        }
        _ = glfwSetWindowPosCallback(window) { window, _, _ in
            WindowSurface.of(window)?.readRefreshRate()
        }
        _ = glfwSetWindowFocusCallback(window) { window, focused in
            _ = WindowSurface.of(window)?.events?(.focus(focused == GLFW_TRUE))
        }
        _ = glfwSetDropCallback(window) { window, count, paths in
            guard let self = WindowSurface.of(window), let paths else { return }
            let files = (0..<Int(count)).compactMap { paths[$0].map { String(cString: $0) } }
            _ = self.events?(.dropped(files))
        }
    }

    private func key(_ key: Int32, _ scancode: Int32, _ action: Int32, _ modifiers: Int32) {
        let press = KeyPress(
            key: key, scancode: scancode,
            action: action == GLFW_PRESS ? .press : action == GLFW_REPEAT ? .again : .release,
            modifiers: modifiers,
            chords: action == GLFW_RELEASE
                ? [] : KeyNames.chords(key: key, scancode: scancode, modifiers: modifiers),
            isNeededForText: KeyNames.isNeededForText(scancode: scancode))
        let wasTaken = events?(.key(press)) ?? false
        guard action != GLFW_RELEASE else { return }
        dropsText = wasTaken
        if wasTaken { phosphor_x11_reset_compose(window) }
    }

    /// Pixels of the framebuffer a unit of window coordinates, for displays that scale.
    private var pixelsPerUnit: Double {
        var (w, h): (Int32, Int32) = (0, 0)
        glfwGetWindowSize(window, &w, &h)
        return w > 0 ? Double(width) / Double(w) : 1
    }
}
