import CEpoxy

extension GLInfo {
    /// What the current context says of itself.
    static func current() -> GLInfo {
        let renderer = text(GL_RENDERER)
        var size: GLint = 0
        glGetIntegerv(GLenum(GL_MAX_TEXTURE_SIZE), &size)
        var strategy: GLint = 0
        glGetIntegerv(GLenum(GL_RESET_NOTIFICATION_STRATEGY), &strategy)
        // A driver that does not know the question must not leave an error for the first trial to find.
        _ = glGetError()
        return GLInfo(
            vendor: text(GL_VENDOR), renderer: renderer, version: text(GL_VERSION),
            glslVersion: text(GL_SHADING_LANGUAGE_VERSION),
            isSoftware: ["llvmpipe", "softpipe", "SWR", "lavapipe"].contains {
                renderer.contains($0)
            },
            maximumTextureSize: Int(max(size, 1)), isRobust: strategy == GL_LOSE_CONTEXT_ON_RESET)
    }

    private static func text(_ name: Int32) -> String {
        guard let bytes = glGetString(GLenum(name)) else { return "" }
        return String(cString: bytes)
    }
}
