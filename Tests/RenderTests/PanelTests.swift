import CEpoxy
import Render
import TestSupport
import Testing
import TextGrid

extension Drawing {
    /// What panels do beyond looking right: caching, tiny atlases, blending, linear targets.
    @Suite struct PanelTests {
        private let grid = SamplePanel.editor(columns: 60, rows: 12)
        private let look = GridRenderer.Appearance(textSize: 12)

        private func draw(
            on stage: Stage, _ grid: Grid, _ look: GridRenderer.Appearance,
            cache: PanelCache? = nil,
            x: Int = 10
        ) -> Pixels {
            stage.clear(0.3, 0.1, 0.5)
            stage.renderer.draw(
                grid, x: x, y: 6, surface: stage.size, appearance: look, cache: cache)
            return stage.pixels()
        }

        @Test func anUnchangedPanelIsBuiltOnce() throws {
            try Stage.with(width: 520, height: 260) { stage in
                let cache = PanelCache()
                let first = draw(on: stage, grid, look, cache: cache)
                #expect(draw(on: stage, grid, look, cache: cache) == first)
                #expect(cache.builds == 1)
                var fading = look
                fading.opacity = 0.5
                #expect(draw(on: stage, grid, fading, cache: cache) != first, "it fades")
                #expect(draw(on: stage, grid, look, cache: cache, x: 40) != first, "it moves")
                #expect(cache.builds == 1, "fading and moving need no building")
                #expect(draw(on: stage, grid, look) == first, "without a cache it looks the same")
            }
        }

        @Test("what is redrawn in parts looks like what is drawn at once", arguments: 0..<20)
        func parts(seed: Int) throws {
            var random = Seeded(seed: seed)
            let grid = SamplePanel.editor(columns: 72, rows: 12)
            try Stage.with(width: 540, height: 260) { stage in
                var look = look
                look.shadow = false
                look.backing = [0, 0.5, 0.92][seed % 3]
                var new = grid
                for _ in 0...random.below(6) {
                    let styles = [
                        Style(.error), Style(.accent, on: .bar), Style(.text, on: .errorLine),
                    ]
                    new.write(
                        ["x", "wide words", "字", "_"][random.below(4)], column: random.below(72),
                        row: random.below(12), style: styles[random.below(3)])
                }
                if random.below(2) == 0 {
                    new.ornaments = [
                        .init(
                            x: Float(random.below(71)), y: Float(random.below(12)), width: 0.12,
                            height: 1,
                            ink: .accent)
                    ]
                }
                let layout = stage.renderer.layout(new, x: 0, y: 0, appearance: look)
                let areas = try #require(new.areasChanged(from: grid)).map { layout.pixels(of: $0) }
                func whole(_ grid: Grid) {
                    stage.clear(0, 0, 0, 0)
                    stage.renderer.draw(grid, x: 0, y: 0, surface: stage.size, appearance: look)
                }
                whole(new)
                let expected = stage.pixels()
                whole(grid)
                glEnable(GLenum(GL_SCISSOR_TEST))
                for area in areas {
                    area.scissor(height: stage.size.height)
                    glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
                }
                stage.renderer.draw(areas, of: new, surface: stage.size, appearance: look)
                let seen = stage.pixels()
                let first = (0..<stage.size.width * stage.size.height).first {
                    let (x, y) = ($0 % stage.size.width, $0 / stage.size.width)
                    return seen[x, y] != expected[x, y]
                }.map { ($0 % stage.size.width, $0 / stage.size.width) }
                #expect(first == nil, "they differ at \(String(describing: first)): \(areas)")
            }
        }

        @Test func aChangeIsSeen() throws {
            try Stage.with(width: 520, height: 260) { stage in
                let cache = PanelCache()
                let first = draw(on: stage, grid, look, cache: cache)
                var changed = grid
                changed[20, 5] = Cell("W", Style(.error))
                #expect(draw(on: stage, changed, look, cache: cache) != first)
                #expect(draw(on: stage, grid, look, cache: cache) == first)
                changed = grid
                changed.ornaments[0].opacity = 0.2
                #expect(draw(on: stage, changed, look, cache: cache) != first)
                for change: (inout GridRenderer.Appearance) -> Void in [
                    { $0.theme = .light }, { $0.backing = 0.4 }, { $0.textSize = 13 },
                    { $0.hairline = false }, { $0.cornerRadius = 30 }, { $0.shadow = false },
                ] {
                    var other = look
                    change(&other)
                    #expect(draw(on: stage, grid, other, cache: cache) != first)
                }
                #expect(draw(on: stage, grid, look, cache: cache) == first)
            }
        }

        @Test(arguments: [0.92, 0.2]) func aTinyAtlasDrawsTheSame(backing: Double) throws {
            var look = look
            look.backing = backing
            let expected = try Stage.with(width: 520, height: 260) { draw(on: $0, grid, look) }
            try Stage.with(width: 520, height: 260, atlasSize: 64, atlasLimit: 64) { stage in
                let cache = PanelCache()
                for _ in 0..<3 { #expect(draw(on: stage, grid, look, cache: cache) == expected) }
                #expect(stage.renderer.atlas.size == 64)
                #expect(stage.renderer.atlas.generation > 0, "it overflowed")
            }
        }

        @Test func aGrowingAtlasKeepsWhatWasDrawn() throws {
            let expected = try Stage.with(width: 520, height: 260) { draw(on: $0, grid, look) }
            try Stage.with(width: 520, height: 260, atlasSize: 32, atlasLimit: 2048) { stage in
                let cache = PanelCache()
                #expect(draw(on: stage, grid, look, cache: cache) == expected)
                #expect(stage.renderer.atlas.size > 32)
                let glyphs = stage.renderer.atlas.rasterized
                var large = look
                large.textSize = 40
                _ = draw(on: stage, grid, large)
                #expect(stage.renderer.atlas.rasterized > glyphs)
                #expect(draw(on: stage, grid, look, cache: cache) == expected)
                #expect(cache.builds == 1 && stage.renderer.atlas.generation == 0)
            }
        }

        @Test func aGlyphLargerThanTheAtlasIsDrawn() throws {
            var look = look
            look.textSize = 72
            var word = Grid(columns: 5, rows: 1)
            word.write("gl█W", column: 0, row: 0)
            let expected = try Stage.with(width: 300, height: 160) { draw(on: $0, word, look) }
            try Stage.with(width: 300, height: 160, atlasSize: 16, atlasLimit: 16) { stage in
                #expect(draw(on: stage, word, look) == expected)
            }
        }

        @Test func resettingTheAtlasRebuildsPanels() throws {
            try Stage.with(width: 520, height: 260, atlasSize: 128, atlasLimit: 128) { stage in
                let (one, other) = (PanelCache(), PanelCache())
                var large = look
                large.textSize = 30
                let first = draw(on: stage, grid, look, cache: one)
                for _ in 0..<3 {
                    _ = draw(on: stage, grid, large, cache: other)
                    #expect(draw(on: stage, grid, look, cache: one) == first)
                }
            }
        }

        /// Drawn onto nothing, as a headset's layer is, a panel is premultiplied: no channel is
        /// above alpha.
        @Test func onClearGroundItIsPremultiplied() throws {
            try Stage.with(width: 520, height: 260) { stage in
                stage.clear(0, 0, 0, 0)
                stage.renderer.draw(grid, x: 10, y: 6, surface: stage.size, appearance: look)
                let pixels = stage.pixels()
                for y in 0..<pixels.height {
                    for x in 0..<pixels.width {
                        let pixel = pixels[x, y]
                        // Each layer rounds to a byte by itself.
                        let limit = Int(pixel.w) + 3
                        #expect(
                            Int(pixel.x) <= limit && Int(pixel.y) <= limit && Int(pixel.z) <= limit)
                    }
                }
                #expect(pixels[250, 200].w > 230, "the backing's own alpha")
                #expect(pixels[0, 259].w == 0, "nothing beyond the shadow")
            }
        }

        @Test func cornersAreRoundAndTheHairlineIsThere() throws {
            try Stage.with(width: 520, height: 260) { stage in
                var look = look
                look.shadow = false
                let pixels = draw(on: stage, grid, look)
                let (background, height) = (
                    pixels[0, 0], stage.renderer.layout(grid, x: 0, y: 0, appearance: look).height
                )
                #expect(pixels[10, 6] == background && pixels[11, 7] == background, "cut off")
                #expect(pixels[10, 6 + height - 1] == background)
                #expect(pixels[10, 100] != pixels[11, 100], "the hairline")
                #expect(pixels[10, 100].y > pixels[11, 100].y)
                look.cornerRadius = 0
                #expect(draw(on: stage, grid, look)[10, 6] != background, "a corner of radius 0")
            }
        }

        /// A target that encodes to sRGB by itself must end up with the same bytes where nothing is
        /// blended.
        @Test func aLinearTargetGetsTheSameColors() throws {
            try Stage.with(width: 80, height: 60) { stage in
                var blocks = Grid(columns: 3, rows: 1)
                blocks.write("█", column: 0, row: 0, style: Style(.number))
                blocks.write("█", column: 1, row: 0, style: Style(.rgb(0x204060)))
                let look = GridRenderer.Appearance(textSize: 20, backing: 1, shadow: false)
                var seen: [[SIMD4<UInt8>]] = []
                for format in [GL_RGBA8, GL_SRGB8_ALPHA8] {
                    let target = try Framebuffer(width: 80, height: 60, format: GLenum(format))
                    target.bind()
                    let isLinear = format == GL_SRGB8_ALPHA8
                    let renderer = try GridRenderer(font: bundledFont(), targetIsLinear: isLinear)
                    if isLinear { glEnable(GLenum(GL_FRAMEBUFFER_SRGB)) }
                    renderer.draw(blocks, x: 4, y: 4, surface: (80, 60), appearance: look)
                    glDisable(GLenum(GL_FRAMEBUFFER_SRGB))
                    let pixels = Pixels.read(width: 80, height: 60)
                    seen.append([pixels[20, 18], pixels[32, 18], pixels[44, 18]])
                }
                for (plain, linear) in zip(seen[0], seen[1]) {
                    for channel in 0..<4 {
                        #expect(abs(Int(plain[channel]) - Int(linear[channel])) <= 2)
                    }
                }
                #expect(seen[0][0] == SIMD4(0xff, 0xc4, 0x6b, 255))
                #expect(seen[0][1] == SIMD4(0x20, 0x40, 0x60, 255))
            }
        }

        @Test func stylesAreKept() throws {
            try Stage.with(width: 300, height: 80) { stage in
                func seen(_ style: Style) -> Pixels {
                    var word = Grid(columns: 6, rows: 1)
                    word.write("mow", column: 1, row: 0, style: style)
                    return draw(on: stage, word, GridRenderer.Appearance(textSize: 24))
                }
                let styles = [
                    Style(), Style(.text, on: .panel, .bold), Style(.text, on: .panel, .underline),
                    Style(.text, on: .panel, .errorUnderline), Style(.text, on: .panel, .inverse),
                    Style(.text, on: .panel, .dim), Style(.text, on: .accent),
                    Style(.text, on: .selection),
                    Style(.error), Style(.text, on: .rgb(0x0000ff)),
                ]
                let pictures = styles.map(seen)
                for (index, picture) in pictures.enumerated() {
                    for other in pictures[(index + 1)...] { #expect(picture != other) }
                }
            }
        }

        @Test func zeroOpacityAndEmptySurfacesDrawNothing() throws {
            try Stage.with(width: 100, height: 60) { stage in
                var unseen = look
                unseen.opacity = 0
                stage.clear(0.3, 0.1, 0.5)
                let empty = stage.pixels()
                #expect(draw(on: stage, grid, unseen) == empty)
                stage.renderer.draw(grid, x: 0, y: 0, surface: (0, 0), appearance: look)
                #expect(stage.pixels() == empty)
            }
        }
    }
}
