import CSystem
import Editor
import GLSL

/// From a key to the editor's snapshot, with no GL at all.
struct EditBench {
    let effort: Double

    func run(_ report: inout BenchReport) {
        report.title("edit: microseconds from a key to the editor's snapshot, 100x40 cells")
        print("  goal: p99 under 50")
        for (name, size) in [("100 KB", 100_000), ("10 MB", 10_000_000)] {
            let line =
                "    float value = length(p.xy) * 0.5 + sin(iTime * 3.0); // a line like any other\n"
            let text = String(repeating: line, count: size / line.utf8.count)
            let editor = EditorController(sketch: SketchText(parts: [.fragment: text]))
            let lines = size / line.utf8.count
            var (typing, jumping): ([Double], [Double]) = ([], [])
            let chrome = EditorChrome()
            var random = SplitMix(seed: 7)
            for index in 0..<max(200, Int(4000 * effort)) {
                // A run of typing in one place, then somewhere else: the move is no keystroke, and not counted.
                if index % 40 == 0 {
                    editor.goto(line: Int(random.next() % UInt64(lines)) + 1, column: 5)
                    _ = editor.snapshot(
                        columns: 100, rows: 40, now: 0, focused: true, chrome: chrome)
                }
                let key = ["a", "1", ";", " ", "(", "\n"][index % 6]
                let start = phosphor_now()
                _ = editor.type(key, at: Double(index) * 0.1)
                _ = editor.snapshot(
                    columns: 100, rows: 40, now: Double(index) * 0.1, focused: true, chrome: chrome)
                let taken = Double(phosphor_now() - start) / 1e3
                if index % 40 == 0 { jumping.append(taken) } else { typing.append(taken) }
            }
            let (steady, first) = (Samples(typing), Samples(jumping))
            report.add(
                "edit", "\(name), typing",
                ["p50": steady.median, "p99": steady.percentile(99), "max": steady.maximum])
            report.add(
                "edit", "\(name), first key elsewhere",
                ["p50": first.median, "p99": first.percentile(99), "max": first.maximum])
        }
    }
}

/// A small random generator with a seed, for samples that can be had again (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
