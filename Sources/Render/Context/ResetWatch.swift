import CEpoxy

/// Whether the driver has reset a context, after which nothing drawn with it is to be seen.
///
/// A GPU that hangs is reset by its driver, and takes the contexts of all programs that use it with it. Only a robust
/// context is told; a look costs about a microsecond.
public struct ResetWatch {
    /// Whether the driver tells of resets at all.
    public let isNotified: Bool

    /// A watch for the current context.
    public init() {
        var strategy: GLint = 0
        glGetIntegerv(GLenum(GL_RESET_NOTIFICATION_STRATEGY), &strategy)
        // A driver that does not know the question leaves an error, which nobody else must find.
        _ = glGetError()
        isNotified = strategy == GL_LOSE_CONTEXT_ON_RESET
    }

    /// Whether the current context was reset (glGetGraphicsResetStatus).
    public var hasReset: Bool { isNotified && glGetGraphicsResetStatus() != GLenum(GL_NO_ERROR) }
}
