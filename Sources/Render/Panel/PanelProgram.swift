import CEpoxy

/// One of the three programs of panels, with its uniforms' places.
struct PanelProgram {
    private let program: ShaderProgram
    private let surface, origin, opacity, size, radius, reach: GLint

    init(label: String, vertex: String, fragment: String) throws {
        program = try ShaderProgram(label: label, vertex: vertex, fragment: fragment)
        surface = program.location("uSurface")
        origin = program.location("uOrigin")
        opacity = program.location("uOpacity")
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

        init(
            _ layout: PanelLayout, surface: (width: Int, height: Int),
            _ appearance: GridRenderer.Appearance
        ) {
            (self.surface, origin) = (surface, (layout.x, layout.y))
            size = (layout.width, layout.height)
            radius = min(appearance.cornerRadius, layout.width / 2, layout.height / 2)
            opacity = appearance.opacity
        }
    }

    func use(_ frame: Frame) {
        program.use()
        glUniform2f(surface, Float(frame.surface.width), Float(frame.surface.height))
        glUniform2f(origin, Float(frame.origin.x), Float(frame.origin.y))
        glUniform1f(opacity, Float(min(max(frame.opacity, 0), 1)))
        glUniform2f(size, Float(frame.size.width), Float(frame.size.height))
        glUniform1f(radius, Float(frame.radius))
        glUniform1f(reach, Float(PanelBuilder.shadowReach))
    }
}

/// The three programs of panels for one kind of target.
struct PanelPrograms {
    let inner, edge, text: PanelProgram

    init(linear: Bool) throws {
        inner = try PanelProgram(
            label: "panel", vertex: PanelShaders.innerVertex(linear: linear),
            fragment: PanelShaders.innerFragment)
        edge = try PanelProgram(
            label: "panel edge", vertex: PanelShaders.edgeVertex(linear: linear),
            fragment: PanelShaders.edgeFragment)
        text = try PanelProgram(
            label: "text", vertex: PanelShaders.textVertex(linear: linear),
            fragment: PanelShaders.textFragment)
    }
}
