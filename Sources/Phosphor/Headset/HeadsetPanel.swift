import CEpoxy
import CSystem
import Headset
import Render
import TextGrid

/// A panel's picture in the headset: a chain of textures with mipmaps, redrawn where its text has changed.
///
/// The chain's textures take turns, so each is behind by all that changed since it was drawn last: what lies in it is
/// remembered. Holds GL objects; it goes before the headset's driver and before the context.
final class HeadsetPanel {
    private struct Drawn {
        var grid: Grid
        var appearance: GridRenderer.Appearance
        /// A framebuffer for each level.
        var levels: [GLuint]
    }

    let chain: any HeadsetSwapchain
    /// Coarser levels than these are never seen: the text is unreadable long before.
    static let levelCount = 4
    private var drawn: [UInt32: Drawn] = [:]
    private var newest: (grid: Grid, appearance: GridRenderer.Appearance)?
    /// What of the textures shows the panel, in pixels; the panel lies at the upper left.
    private(set) var size = ImageSize(width: 1, height: 1)

    init(_ driver: any HeadsetDriver, _ layout: PanelLayout) throws(HeadsetError) {
        // Multiples of 16, so that four coarser levels are whole texels.
        chain = try driver.makeSwapchain(
            size: ImageSize(
                width: (layout.width + 15) / 16 * 16, height: (layout.height + 15) / 16 * 16),
            mipLevels: Self.levelCount, isStatic: false)
    }

    deinit {
        for (_, drawn) in drawn { Self.release(drawn.levels) }
    }

    /// Whether there is anything to show yet.
    var isDrawn: Bool { newest != nil }

    /// The part of the textures that shows the panel.
    var part: ImagePart {
        ImagePart(swapchain: chain, x: 0, y: chain.size.height - size.height, size: size)
    }

    /// Draws the panel if it shows something else than before; gives the milliseconds that it took, or nil.
    ///
    /// Where the compositor has no image free it stays as it was, to be drawn with the next frame.
    func update(
        _ grid: Grid, _ appearance: GridRenderer.Appearance, _ layout: PanelLayout,
        _ brushes: HeadsetBrushes
    ) throws(HeadsetError) -> Double? {
        if let newest, newest.appearance == appearance, newest.grid == grid { return nil }
        if brushes.finishes { glFinish() }
        let began = phosphor_now()
        var layout = layout
        (layout.columns, layout.rows) = (grid.columns, grid.rows)
        guard let image = try chain.acquire() else { return nil }
        draw(grid, appearance, layout, brushes, into: image.texture)
        if brushes.finishes { glFinish() }
        _ = consume image
        newest = (grid, appearance)
        size = ImageSize(
            width: min(layout.width, chain.size.width),
            height: min(layout.height, chain.size.height))
        return Double(phosphor_now() - began) / 1e6
    }

    private func draw(
        _ grid: Grid, _ appearance: GridRenderer.Appearance, _ layout: PanelLayout,
        _ brushes: HeadsetBrushes, into texture: UInt32
    ) {
        let whole = (width: chain.size.width, height: chain.size.height)
        var areas = [PixelArea(columns: 0..<whole.width, rows: 0..<whole.height)]
        if let old = drawn[texture], old.appearance == appearance,
            let changed = grid.areasChanged(from: old.grid)
        {
            // A key changes a bit of its own line and of the status at the bottom. On software GL each pixel counts:
            // blending in an sRGB texture takes tens of nanoseconds for one.
            areas = changed.map { layout.pixels(of: $0) }
        }
        let levels = drawn[texture]?.levels ?? Self.framebuffers(of: texture, Self.levelCount)
        drawn[texture] = Drawn(grid: grid, appearance: appearance, levels: levels)
        guard let first = levels.first else { return }
        glEnable(GLenum(GL_FRAMEBUFFER_SRGB))
        defer { glDisable(GLenum(GL_FRAMEBUFFER_SRGB)) }
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), first)
        glEnable(GLenum(GL_SCISSOR_TEST))
        glClearColor(0, 0, 0, 0)
        for area in areas {
            area.scissor(height: whole.height)
            glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
        }
        brushes.grids.draw(areas, of: grid, surface: whole, appearance: appearance)
        brushes.mipmaps.draw(texture, size: whole, levels: levels, areas: areas)
    }

    /// Framebuffers that draw into the first levels of a texture; whoever takes them releases them.
    static func framebuffers(of texture: UInt32, _ count: Int) -> [GLuint] {
        var names = [GLuint](repeating: 0, count: count)
        glGenFramebuffers(GLsizei(count), &names)
        for (level, name) in names.enumerated() {
            glBindFramebuffer(GLenum(GL_FRAMEBUFFER), name)
            glFramebufferTexture2D(
                GLenum(GL_FRAMEBUFFER), GLenum(GL_COLOR_ATTACHMENT0), GLenum(GL_TEXTURE_2D),
                texture,
                GLint(level))
        }
        return names
    }

    static func release(_ framebuffers: [GLuint]) {
        var names = framebuffers
        glDeleteFramebuffers(GLsizei(names.count), &names)
    }
}

/// What all panels of a headset are drawn with.
final class HeadsetBrushes {
    let grids: GridRenderer
    let mipmaps: MipmapRenderer
    /// Whether each drawing waits for the driver, so that it can be timed.
    var finishes = false

    init(font: Font) throws {
        grids = try GridRenderer(font: font, targetIsLinear: true)
        mipmaps = try MipmapRenderer()
    }
}
