import Foundation
import Testing
import TextGrid

/// Figures, not verdicts; printed where `PHOSPHOR_TIMING` is set.
///
/// Use a release build.
@Suite struct TimingTests {
    static let isWanted = ProcessInfo.processInfo.environment["PHOSPHOR_TIMING"] != nil

    @Test(.enabled(if: isWanted, "set PHOSPHOR_TIMING")) func fillingAScreen() {
        let line = String(repeating: "vec3 p = q; ", count: 9)
        let other = String(repeating: "vec3 pé= q; ", count: 9)
        for (name, text) in [("ASCII", line), ("other", other)] {
            var times: [Double] = []
            for _ in 0..<200 {
                let time = ContinuousClock().measure {
                    var grid = Grid(columns: 110, rows: 40)
                    for row in 0..<40 { grid.write(text, column: 1, row: row) }
                    precondition(grid[1, 39].text == "v")
                }
                times.append(Double(time.components.attoseconds) / 1e12)
            }
            times.sort()
            print("grid of 110x40, \(name): p50 \(times[100]) us, p99 \(times[198]) us")
        }
    }
}
