import CEpoxy
import Render

/// Frames in memory, with no display at all: EGL's surfaceless platform and a framebuffer of our own.
final class HeadlessSurface: Surface {
    /// Nil only where a new one could not be made after a reset.
    private var context: Render.EGLContext?
    /// Nil there, too, and at the very end: it must go before its context, and Swift promises no order.
    private var framebuffer: Framebuffer?
    private var resetWatch: ResetWatch
    private(set) var width: Int
    private(set) var height: Int
    private var clipboard = ""
    let refreshRate: Double

    private let isRobust: Bool

    /// - Parameter isShared: whether a headset's runtime may make a context of its own that shares this one's textures.
    ///   Runtimes ask for one without notice of resets, and both must be of one kind; so resets are not noticed then.
    init(width: Int, height: Int, refreshRate: Double = 60, isShared: Bool = false) throws {
        isRobust = !isShared
        context = try Render.EGLContext(robust: isRobust)
        resetWatch = ResetWatch()
        framebuffer = try Framebuffer(width: width, height: height)
        (self.width, self.height, self.refreshRate) = (width, height, refreshRate)
    }

    deinit { framebuffer = nil }

    var waitsForDisplay: Bool { false }
    var isInteractive: Bool { false }
    var descriptor: Int32 { -1 }
    var hasPendingInput: Bool { false }

    func poll(handler: (InputEvent) -> Bool) {}
    func bind() { framebuffer?.bind() }

    /// Ends the frame as a buffer swap would: everything drawn before the next frame begins.
    func present() { glFinish() }

    var isLost: Bool { resetWatch.hasReset }

    func rebuild(handler: (InputEvent) -> Bool) throws {
        framebuffer = nil
        // The old one first: its end leaves no context current.
        context = nil
        context = try Render.EGLContext(robust: isRobust)
        resetWatch = ResetWatch()
        framebuffer = try Framebuffer(width: width, height: height)
    }

    func resize(width: Int, height: Int) throws {
        if context != nil { framebuffer = try Framebuffer(width: width, height: height) }
        (self.width, self.height) = (width, height)
    }

    func setTitle(_ title: String) {}
    func toggleFullScreen() {}
    func copy(_ text: String) { clipboard = text }
    func requestPaste(reply: @escaping (String?) -> Void) { reply(clipboard) }
}
