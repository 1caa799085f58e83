import CEpoxy
import Foundation
import Render
import Testing
import TextGrid

extension Drawing {
    /// Figures, not verdicts: what panels cost the processor. Prints where `PHOSPHOR_TIMING` is set; use a release build.
    @Suite struct TimingTests {
        @Test(
            .enabled(
                if: ProcessInfo.processInfo.environment["PHOSPHOR_TIMING"] != nil,
                "set PHOSPHOR_TIMING"))
        func panelOf110By40() throws {
            let stage = try Stage(width: 1280, height: 1100)
            let cache = PanelCache()
            var grid = SamplePanel.editor(columns: 110, rows: 40)
            for row in 17..<39 {
                grid.write(String(repeating: "vec3 p = q; ", count: 9), column: 5, row: row)
            }
            for backing in [0.92, 0.0] {
                let look = GridRenderer.Appearance(textSize: 18, backing: backing)
                func measure(_ name: String, changing: Bool, finish: Bool) {
                    var times: [Duration] = []
                    for round in 0..<200 {
                        if changing { grid[3, 20] = Cell(round % 2 == 0 ? "a" : "b") }
                        let duration = ContinuousClock().measure {
                            stage.renderer.draw(
                                grid, x: 20, y: 20, surface: stage.size, appearance: look,
                                cache: cache)
                            if finish { glFinish() }
                        }
                        if !finish { glFinish() }
                        times.append(duration)
                    }
                    times.sort()
                    print("backing \(backing), \(name): p50 \(times[100]), p99 \(times[198])")
                }
                measure("rebuilt, CPU only", changing: true, finish: false)
                measure("unchanged, CPU only", changing: false, finish: false)
                measure("unchanged, drawn to the end", changing: false, finish: true)
            }
            let idle = try PictureRenderer()
            let whole = ContinuousClock().measure {
                for round in 0..<50 { idle.drawIdle(time: Double(round), surface: stage.size) }
                glFinish()
            }
            print("idle picture \(stage.size): \(whole / 50)")
            let texture = SamplePanel.Backdrop.colors.texture(width: 1280, height: 1100)
            let picture = ContinuousClock().measure {
                for _ in 0..<50 { idle.draw(texture, surface: stage.size) }
                glFinish()
            }
            print("picture \(stage.size): \(picture / 50)")
        }
    }
}
