import CEpoxy
import Foundation
import Render
import Testing
import TextGrid

extension Drawing {
    /// Figures, not verdicts: what drawing costs.
    ///
    /// Printed where `PHOSPHOR_TIMING` is set; use a release build.
    @Suite struct TimingTests {
        static let isWanted = ProcessInfo.processInfo.environment["PHOSPHOR_TIMING"] != nil

        private func median(of rounds: Int = 100, _ body: (Int) -> Void, after: () -> Void = {})
            -> String
        {
            var times: [Double] = []
            for round in 0..<rounds {
                let time = ContinuousClock().measure { body(round) }
                after()
                times.append(Double(time.components.attoseconds) / 1e15)
            }
            times.sort()
            return String(
                format: "p50 %7.3f ms, p99 %7.3f ms", times[rounds / 2], times[rounds * 99 / 100])
        }

        @Test(.enabled(if: isWanted, "set PHOSPHOR_TIMING")) func panelOf110By40() throws {
            try Stage.with(width: 1280, height: 1100) { stage in
                var full = SamplePanel.editor(columns: 110, rows: 40)
                for row in 17..<39 {
                    full.write(String(repeating: "vec3 p = q; ", count: 9), column: 5, row: row)
                }
                let plain = GridRenderer.Appearance()
                var (thin, flat) = (plain, plain)
                thin.backing = 0
                flat.shadow = false
                flat.hairline = false
                for (name, grid, look) in [
                    ("full", full, plain), ("no shadow", full, flat), ("outlined", full, thin),
                    ("blank", Grid(columns: 110, rows: 40), flat),
                ] {
                    let cache = PanelCache()
                    var grid = grid
                    func draw() {
                        stage.renderer.draw(
                            grid, x: 20, y: 20, surface: stage.size, appearance: look, cache: cache)
                    }
                    draw()
                    let rebuilt = median(
                        { round in
                            grid[3, 20] = Cell(round % 2 == 0 ? "a" : "b")
                            draw()
                        }, after: glFinish)
                    print("panel, \(name), changed, calls only: \(rebuilt)")
                    let same = median({ _ in draw() }, after: glFinish)
                    print("panel, \(name), same, calls only:    \(same)")
                    let whole = median { _ in
                        draw()
                        glFinish()
                    }
                    print("panel, \(name), same, to the end:    \(whole)")
                }
            }
        }

        @Test(.enabled(if: isWanted, "set PHOSPHOR_TIMING")) func firstFrame() throws {
            try Stage.with(width: 1280, height: 720) { stage in
                var font: Font?
                let opened = try ContinuousClock().measure { font = try bundledFont() }
                var panels: GridRenderer?
                let made = try ContinuousClock().measure {
                    panels = try GridRenderer(font: #require(font))
                }
                let grid = SamplePanel.editor()
                let drawn = ContinuousClock().measure {
                    panels?.draw(
                        grid, x: 9, y: 9, surface: stage.size, appearance: .init(), cache: nil)
                    glFinish()
                }
                print("panel, first: font \(opened), renderer \(made), first draw \(drawn)")
                var picture: PictureRenderer?
                let idle = try ContinuousClock().measure {
                    picture = try PictureRenderer()
                    picture?.drawIdle(time: 0, surface: stage.size)
                    glFinish()
                }
                print("picture, first: idle picture \(idle)")
            }
        }

        @Test(.enabled(if: isWanted, "set PHOSPHOR_TIMING")) func pictures() throws {
            try Stage.with(width: 1280, height: 1100) { stage in
                let renderer = try PictureRenderer()
                let texture = SamplePanel.Backdrop.colors.texture(width: 1280, height: 1100)
                let half = SamplePanel.Backdrop.colors.texture(width: 900, height: 700)
                for (name, draw) in [
                    ("idle", { renderer.drawIdle(time: 3, surface: stage.size) }),
                    ("own size", { renderer.draw(texture, surface: stage.size) }),
                    ("filtered", { renderer.draw(half, surface: stage.size) }),
                ] {
                    let time = median { _ in
                        draw()
                        glFinish()
                    }
                    print("picture, \(name): \(time)")
                }
            }
        }
    }
}
