import CEpoxy

/// One of the three programs of panels, with its uniforms' places.
struct PanelProgram {
    private let program: ShaderProgram
    private let surface, origin, opacity, linear, size, radius, reach: GLint

    init(label: String, vertex: String, fragment: String) throws {
        program = try ShaderProgram(label: label, vertex: vertex, fragment: fragment)
        surface = program.location("uSurface")
        origin = program.location("uOrigin")
        opacity = program.location("uOpacity")
        linear = program.location("uLinear")
        size = program.location("uSize")
        radius = program.location("uRadius")
        reach = program.location("uReach")
    }

    /// What changes from panel to panel.
    struct Frame {
        var surface: (width: Int, height: Int)
        var origin: (x: Int, y: Int)
        var size: (width: Int, height: Int)
        var radius: Int
        var opacity: Double
        var linear: Bool
    }

    func use(_ frame: Frame) {
        program.use()
        glUniform2f(surface, Float(frame.surface.width), Float(frame.surface.height))
        glUniform2f(origin, Float(frame.origin.x), Float(frame.origin.y))
        glUniform1f(opacity, Float(min(max(frame.opacity, 0), 1)))
        glUniform1i(linear, frame.linear ? 1 : 0)
        glUniform2f(size, Float(frame.size.width), Float(frame.size.height))
        glUniform1f(radius, Float(frame.radius))
        glUniform1f(reach, Float(PanelBuilder.shadowReach))
    }
}
