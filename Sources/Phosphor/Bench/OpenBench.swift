import CSystem
import Editor
import GLSL
import Guest
import Terminal

/// Memory, descriptors and GL objects while one sketch is opened after the other.
struct OpenBench {
    let effort: Double

    func run(_ report: inout BenchReport) throws {
        let count = max(20, Int(100 * effort))
        report.title("open: \(count) sketches opened one after another, 640x360")
        print("  goal: flat from the tenth on; the host keeps the text of each, to come back to")
        let bench = try BenchHost(sketch: KeystrokeBench.trivial, name: "open.frag")
        try bench.runUntilShown()
        let workspace = bench.workspace
        var early: ProcessLook?
        var times: [Double] = []
        for number in 1...count {
            let path = try write(number, to: bench.cache)
            let start = phosphor_now()
            let outcome = workspace.perform(.open(path), now: start)
            try bench.run {
                if case .waiting(let wait) = outcome { _ = wait.check(phosphor_now()) }
                let sketch = workspace.sketch
                return sketch.file.path == path && sketch.shown == sketch.text.current
            }
            times.append(Double(phosphor_now() - start) / 1e6)
            if number == 10 { early = try ProcessLook(bench) }
        }
        let all = Samples(times)
        report.add(
            "open", "milliseconds to the picture", ["p50": all.median, "p99": all.percentile(99)])
        try early?.tell(
            "open", until: ProcessLook(bench), first: 10, steps: count - 10, each: 90, &report)
        report.add(
            "open", "guests that died", ["deaths": Double(bench.supervisor.statistics.deaths)])
    }

    /// A sketch of a text that no other has: one file, one with a storage buffer, or a folder of two passes.
    private func write(_ number: Int, to folder: String) throws -> String {
        func write(_ text: String, _ path: String) throws {
            try AtomicFile.write(Array(text.utf8), to: path)
        }
        let path = "\(folder)/sketches/\(number)"
        switch number % 3 {
        case 0:
            try AtomicFile.makeFolder(path)
            try write(
                "out vec4 color;\nvoid main() { color = vec4(fract(iTime + \(number).0)); }\n",
                path + "/back.frag")
            try write(
                """
                uniform sampler2D back;
                out vec4 color;
                void main() { color = texelFetch(back, ivec2(gl_FragCoord.xy), 0); }

                """, path + "/image.frag")
            return path
        case 1:
            try AtomicFile.makeFolder(folder + "/sketches")
            try write(
                """
                layout(std430, binding = 0) buffer Sums { uint sum[4096]; };
                out vec4 color;
                void main() {
                    atomicAdd(sum[int(gl_FragCoord.x)], \(number)u);
                    color = vec4(fract(float(sum[int(gl_FragCoord.x)]) * 0.001));
                }

                """, path + ".frag")
        default:
            try AtomicFile.makeFolder(folder + "/sketches")
            try write(
                KeystrokeBench.trivial.replacing("sin(iTime)", with: "sin(iTime + \(number).0)"),
                path + ".frag")
        }
        return path + ".frag"
    }
}
