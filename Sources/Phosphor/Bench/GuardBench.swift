import CSystem
import GLSL
import Guest

/// A frame's time with counted loops over that without, on shaders that look like what people write.
///
/// The two programs' frames alternate, since the machine's speed drifts.
struct GuardBench {
    let effort: Double

    static let names = [
        "raymarcher", "fbm", "mandelbrot", "julia", "voronoi", "pathtracer", "blur", "truchet",
        "text", "volume", "particles", "matrix",
    ]

    func run(_ report: inout BenchReport) throws {
        report.title("guard: frame time with counted loops over frame time without, 320x180")
        print("  goal: median no more than 1.05, worst 1.15")
        var ratios: [Double] = []
        for name in Self.names { ratios.append(try measure(name, &report)) }
        for (name, text, _) in try KeystrokeBench.shaders() where name != "trivial" {
            ratios.append(try measure(name, text, &report))
        }
        let all = Samples(ratios)
        report.add("guard", "all", ["median": all.median, "worst": all.maximum])
    }

    private func measure(_ name: String, _ report: inout BenchReport) throws -> Double {
        guard let share = Folders.share else {
            throw Failure("the shipped sketches are not found; see `phosphor doctor`")
        }
        let path = "\(share)/shaders/bench/\(name).frag"
        return try measure(
            name, String(decoding: try AtomicFile.read(path), as: UTF8.self), &report)
    }

    private func measure(_ name: String, _ text: String, _ report: inout BenchReport) throws
        -> Double
    {
        let file = StageText(text: text, file: name)
        let plain = try Assembler.assemble(SketchSource(stages: [.fragment: file], name: name))
            .get()
        let guarded = LoopGuard.guarded(plain)
        let counted = guarded.passes.flatMap(\.stages).reduce(0) {
            $0 + ($1.loopGuard?.loops.count ?? 0)
        }
        let renderers = try [plain, guarded].map {
            try FrameRenderer(
                $0, width: 320, height: 180, configuration: HostSetup.guestConfiguration)
        }
        // A pair's ratio is what counts: both fall into the same moment of the machine.
        var times: [[Double]] = [[], []]
        for index in 0..<max(6, Int(40 * effort)) {
            for which in index % 2 == 0 ? [0, 1] : [1, 0] {
                let state = DrawState(time: 1 + Double(index) / 60, frame: index)
                let start = phosphor_now()
                try renderers[which].withFrame(state) { _ in }
                let wall = Double(phosphor_now() - start) / 1e6
                let time = renderers[which].gpuNanoseconds.map { Double($0) / 1e6 } ?? wall
                // The first frames still warm up.
                if index > 2 { times[which].append(time) }
            }
        }
        let ratio = Samples(zip(times[1], times[0]).map { $0 / $1 }).median
        report.add(
            "guard", name,
            [
                "ratio": ratio, "guarded ms": Samples(times[1]).median,
                "plain ms": Samples(times[0]).median, "counted loops": Double(counted),
                "loops": Double(Self.loops(in: plain)),
            ])
        return ratio
    }

    /// The loops' keywords in the user's own text, macros' included.
    private static func loops(in program: AssembledProgram) -> Int {
        program.passes.flatMap(\.stages).filter { !$0.isGenerated }.reduce(0) { count, stage in
            let bytes = Array(stage.text.utf8)
            return count
                + Lexer.tokens(of: stage.text).count {
                    $0.kind == .keyword
                        && (bytes[$0.range].elementsEqual("for".utf8)
                            || bytes[$0.range].elementsEqual("while".utf8))
                }
        }
    }
}
