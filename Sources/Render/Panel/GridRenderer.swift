import CEpoxy
public import TextGrid

/// Draws grids as panels over whatever the bound framebuffer shows.
///
/// Text stands on whole pixels and is blended premultiplied. Needs a current context when it is
/// made and drawn with; after a context reset make a new one. Leaves no blending, program or vertex
/// array behind.
public final class GridRenderer {
    /// All glyphs drawn so far; shared by all panels.
    public let atlas: GlyphAtlas

    private let font: Font
    private let programs: PanelPrograms
    private var builder = PanelBuilder()
    private var scratch: PanelCache?

    /// Makes the programs and an empty atlas.
    ///
    /// - Parameters:
    ///   - targetIsLinear: whether the target encodes to sRGB by itself (`GL_FRAMEBUFFER_SRGB` on),
    ///     as a headset's texture may; false for a window.
    ///   - atlasSize: width and height of the atlas at first.
    ///   - atlasLimit: how far it grows.
    public init(
        font: Font, targetIsLinear: Bool = false, atlasSize: Int = 512, atlasLimit: Int = 4096
    ) throws {
        self.font = font
        atlas = GlyphAtlas(font: font, size: atlasSize, limit: atlasLimit)
        programs = try PanelPrograms(linear: targetIsLinear)
    }

    /// The cell's size at a text size in pixels.
    public func metrics(textSize: Int, lineHeight: Double = 1.45) -> CellMetrics {
        font.metrics(pixelSize: textSize, lineHeight: lineHeight)
    }

    private func metrics(_ appearance: Appearance) -> CellMetrics {
        metrics(textSize: appearance.textSize, lineHeight: appearance.lineHeight)
    }

    /// Where a grid's panel and cells lie when its top left corner is at (`x`, `y`).
    public func layout(_ grid: Grid, x: Int, y: Int, appearance: Appearance) -> PanelLayout {
        PanelLayout(
            x: x, y: y, columns: grid.columns, rows: grid.rows,
            metrics: metrics(appearance))
    }

    /// Draws a panel with its top left corner at (`x`, `y`), in pixels from the surface's top left.
    ///
    /// - Parameters:
    ///   - surface: the bound framebuffer's size; the viewport is set to it.
    ///   - cache: kept by the caller, one a panel. While grid and appearance (but for its opacity)
    ///     stay the same, drawing then costs three draw calls and nothing else. Without one the
    ///     panel is built each time.
    public func draw(
        _ grid: Grid, x: Int, y: Int, surface: (width: Int, height: Int), appearance: Appearance,
        cache: PanelCache? = nil
    ) {
        guard appearance.opacity > 0, surface.width > 0, surface.height > 0 else { return }
        let layout = layout(grid, x: x, y: y, appearance: appearance)
        let frame = PanelProgram.Frame(layout, surface: surface, appearance)
        begin(frame)
        defer { end() }
        let target = cache ?? scratchCache()
        if cache != nil, isCurrent(target, grid, appearance) {
            glBindVertexArray(target.vertexArray)
            draw(target.counts, frame)
            return
        }
        target.builds += 1
        let generation = atlas.generation
        build(grid, appearance, layout.metrics) { parts in
            target.upload(parts)
            target.counts = PanelRanges(
                inner: parts[0].count, edge: parts[1].count, text: parts[2].count)
            glBindVertexArray(target.vertexArray)
            draw(target.counts, frame)
        }
        let isWhole = generation == atlas.generation
        target.grid = isWhole ? grid : nil
        target.appearance = isWhole ? appearance : nil
        target.generation = atlas.generation
    }

    /// Draws some parts of a panel, and nothing else, with its top left corner at the surface's.
    ///
    /// - Parameters:
    ///   - areas: none of which overlaps another one.
    ///   - surface: the bound framebuffer's size; the viewport is set to it.
    public func draw(
        _ areas: [PixelArea], of grid: Grid, surface: (width: Int, height: Int),
        appearance: Appearance
    ) {
        guard appearance.opacity > 0, surface.width > 0, surface.height > 0 else { return }
        let layout = layout(grid, x: 0, y: 0, appearance: appearance)
        let frame = PanelProgram.Frame(layout, surface: surface, appearance)
        begin(frame)
        glEnable(GLenum(GL_SCISSOR_TEST))
        defer {
            end()
            glDisable(GLenum(GL_SCISSOR_TEST))
        }
        let target = scratchCache()
        build(grid, appearance, layout.metrics) { parts in
            // Only what lies in them: on software GL a rectangle of which nothing is left costs almost as much as one.
            let shares = parts.map { part in
                areas.map { area in ContiguousArray(part.lazy.filter { $0.touches(area) }) }
            }
            target.upload(shares.flatMap { $0 })
            target.grid = nil
            glBindVertexArray(target.vertexArray)
            atlas.bind(unit: 0)
            var first = 0
            for (program, shares) in zip([programs.inner, programs.edge, programs.text], shares) {
                for (area, share) in zip(areas, shares) {
                    area.scissor(height: surface.height)
                    draw(program, frame, first: first, count: share.count)
                    first += share.count
                }
            }
        }
    }

    private func begin(_ frame: PanelProgram.Frame) {
        glViewport(0, 0, GLsizei(frame.surface.width), GLsizei(frame.surface.height))
        glDisable(GLenum(GL_DEPTH_TEST))
        glDisable(GLenum(GL_CULL_FACE))
        glDisable(GLenum(GL_SCISSOR_TEST))
        glEnable(GLenum(GL_BLEND))
        glBlendEquation(GLenum(GL_FUNC_ADD))
        glBlendFunc(GLenum(GL_ONE), GLenum(GL_ONE_MINUS_SRC_ALPHA))
    }

    private func end() {
        glBindVertexArray(0)
        glDisable(GLenum(GL_BLEND))
        glUseProgram(0)
    }

    private func scratchCache() -> PanelCache {
        if let scratch { return scratch }
        let cache = PanelCache()
        scratch = cache
        return cache
    }

    private func isCurrent(_ cache: PanelCache, _ grid: Grid, _ appearance: Appearance) -> Bool {
        guard cache.generation == atlas.generation, let old = cache.appearance else { return false }
        return old.isBuiltLike(appearance) && cache.grid == grid
    }

    /// Builds a panel and has it sent: inner rectangles, the edge's, text; in more than one piece where the atlas cannot
    /// hold all its glyphs at once.
    private func build(
        _ grid: Grid, _ appearance: Appearance, _ metrics: CellMetrics,
        send: ([ContiguousArray<Instance>]) -> Void
    ) {
        builder.begin(grid, appearance, metrics)
        var grounds = [builder.inner, builder.edge]
        func flush(_ builder: inout PanelBuilder) {
            send(grounds + [builder.text])
            grounds = [[], []]
            builder.text.removeAll(keepingCapacity: true)
            atlas.reset()
        }
        let passes: [PanelBuilder.Pass] =
            appearance.outlineStrength > 0 ? [.outlines, .glyphs] : [.glyphs]
        for pass in passes {
            if pass == .outlines {
                for ornament in grid.ornaments where ornament.layer == .front {
                    builder.addFrontOutline(ornament)
                }
            }
            builder.addText(
                grid, pass, metrics: metrics, atlas: atlas, flush: flush)
        }
        for ornament in grid.ornaments where ornament.layer == .front { builder.addFront(ornament) }
        send(grounds + [builder.text])
    }

    private func draw(_ counts: PanelRanges, _ frame: PanelProgram.Frame) {
        draw(programs.inner, frame, first: 0, count: counts.inner)
        draw(programs.edge, frame, first: counts.inner, count: counts.edge)
        if counts.text > 0 { atlas.bind(unit: 0) }
        draw(programs.text, frame, first: counts.inner + counts.edge, count: counts.text)
    }

    private func draw(_ program: PanelProgram, _ frame: PanelProgram.Frame, first: Int, count: Int)
    {
        guard count > 0 else { return }
        program.use(frame)
        glDrawArraysInstancedBaseInstance(
            GLenum(GL_TRIANGLE_STRIP), 0, 4, GLsizei(count), GLuint(first))
    }
}
