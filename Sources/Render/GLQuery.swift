import CEpoxy

/// What the current context says of itself.
public enum GLQuery {
    /// Who made the driver (GL_VENDOR).
    public static var vendor: String { string(GL_VENDOR) }
    /// The device, or the software that stands for one (GL_RENDERER).
    public static var renderer: String { string(GL_RENDERER) }
    /// The GL version and, on most drivers, the driver's own (GL_VERSION).
    public static var version: String { string(GL_VERSION) }

    /// Whether the processor draws: Mesa's llvmpipe or softpipe, or the like.
    ///
    /// Deadlines and budgets are others there.
    public static var isSoftware: Bool { isSoftware(renderer: renderer) }

    static func isSoftware(renderer: String) -> Bool {
        let name = renderer.lowercased()
        return ["llvmpipe", "softpipe", "swrast", "swr ", "software rasterizer", "swiftshader"]
            .contains { name.contains($0) }
    }

    /// Whether the context has an extension, by its full name such as `GL_ARB_robustness`.
    public static func hasExtension(_ name: String) -> Bool {
        var count: GLint = 0
        glGetIntegerv(GLenum(GL_NUM_EXTENSIONS), &count)
        for index in 0..<GLuint(max(0, count)) {
            guard let text = glGetStringi(GLenum(GL_EXTENSIONS), index) else { continue }
            if String(cString: text) == name { return true }
        }
        return false
    }

    /// One of the context's limits (glGetIntegerv), such as `GL_MAX_TEXTURE_SIZE`.
    public static func integer(_ name: Int32) -> Int {
        var value: GLint = 0
        glGetIntegerv(GLenum(name), &value)
        return Int(value)
    }

    private static func string(_ name: Int32) -> String {
        guard let text = glGetString(GLenum(name)) else { return "unknown" }
        return String(cString: text)
    }
}
