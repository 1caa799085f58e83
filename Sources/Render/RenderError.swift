import CEpoxy

/// What went wrong while talking to EGL, OpenGL, FreeType or libpng.
public struct RenderError: Error, CustomStringConvertible, Sendable {
    /// What happened, where, and what to do.
    public let description: String
    /// Makes an error with its whole message.
    public init(_ description: String) { self.description = description }

    /// An error that names the call and EGL's own reason (eglGetError).
    static func egl(_ what: String) -> RenderError {
        RenderError("\(what) failed (EGL error 0x\(String(eglGetError(), radix: 16)))")
    }
}
