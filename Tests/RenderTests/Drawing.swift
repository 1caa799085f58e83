import CEpoxy
import Render
import Testing
import TextGrid

import struct Foundation.URL

/// All tests that draw: one after another, each in a context of its own.
@Suite(.serialized) enum Drawing {}

/// The folder with the fonts that ship.
let fontFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fonts").path

/// The font that ships.
func bundledFont() throws -> Font { try Font.bundled(searching: ["/nowhere", fontFolder]) }

/// The font's own file, for a font without bold and fallbacks.
func bundledPath() -> String { fontFolder + "/JetBrainsMono-Regular.ttf" }

/// A framebuffer of a size with everything that panels need, in a context of its own without
/// display.
struct Stage {
    let target: Framebuffer
    let renderer: GridRenderer
    var size: (width: Int, height: Int) { (target.color.width, target.color.height) }

    /// Runs `body` on a stage.
    ///
    /// The context outlives all that `body` makes: GL objects cannot be deleted without one.
    static func with<Result>(
        width: Int, height: Int, atlasSize: Int = 512, atlasLimit: Int = 4096,
        _ body: (Stage) throws -> Result
    ) throws -> Result {
        // Held by hand, and the body kept a call of its own: the optimiser may put releases in
        // another order.
        let context = Unmanaged.passRetained(try Render.EGLContext())
        defer { context.release() }
        return try run(width, height, atlasSize, atlasLimit, body)
    }

    @inline(never) private static func run<Result>(
        _ width: Int, _ height: Int, _ atlasSize: Int, _ atlasLimit: Int,
        _ body: (Stage) throws -> Result
    ) throws -> Result {
        let stage = try Stage(
            target: Framebuffer(width: width, height: height),
            renderer: GridRenderer(
                font: bundledFont(), atlasSize: atlasSize, atlasLimit: atlasLimit))
        stage.target.bind()
        return try body(stage)
    }

    func clear(_ red: Float, _ green: Float, _ blue: Float, _ alpha: Float = 1) {
        target.bind()
        glClearColor(red, green, blue, alpha)
        glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
    }

    func pixels() -> Pixels {
        target.bind()
        return Pixels.read(width: size.width, height: size.height)
    }

    /// A panel over a backdrop, a margin around it.
    static func picture(
        _ grid: Grid, _ appearance: GridRenderer.Appearance, over backdrop: SamplePanel.Backdrop,
        margin: Int = 16
    ) throws -> Pixels {
        let layout = PanelLayout(
            x: margin, y: margin, columns: grid.columns, rows: grid.rows,
            metrics: try bundledFont().metrics(pixelSize: appearance.textSize))
        return try with(width: layout.width + 2 * margin, height: layout.height + 2 * margin) {
            stage in
            try PictureRenderer().draw(
                backdrop.texture(width: stage.size.width, height: stage.size.height),
                surface: stage.size)
            stage.renderer.draw(
                grid, x: margin, y: margin, surface: stage.size, appearance: appearance)
            return stage.pixels()
        }
    }
}
