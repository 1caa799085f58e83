import CEpoxy

/// A point in what the GPU was told to do.
public final class GPUFence {
    private let fence: GLsync?

    /// The point behind everything told so far.
    public init() { fence = glFenceSync(GLenum(GL_SYNC_GPU_COMMANDS_COMPLETE), 0) }

    deinit { if let fence { glDeleteSync(fence) } }

    /// Whether the GPU is past it; never waits.
    public var isPassed: Bool { fence.map { Self.isPassed($0) } ?? true }

    static func isPassed(_ fence: GLsync) -> Bool {
        // The flush makes sure that it will be passed one day, whoever draws next.
        glClientWaitSync(fence, GLbitfield(GL_SYNC_FLUSH_COMMANDS_BIT), 0)
            != GLenum(GL_TIMEOUT_EXPIRED)
    }
}
