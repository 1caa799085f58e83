import Guest

/// From the key's event to the host's frame with the new program's picture.
///
/// The floor is a bare context in a process of its own that compiles, links, draws and finishes the same text, on the
/// same machine in the same run; samples of the two alternate, since the machine's speed drifts.
struct KeystrokeBench {
    let effort: Double

    static let trivial = """
        void mainImage(out vec4 color, in vec2 pixel) {
            vec2 uv = pixel / iResolution.xy;
            color = vec4(uv, 0.5 + 0.5 * sin(iTime), 1.0);
        }

        """

    func run(_ report: inout BenchReport) throws {
        report.title(
            "keystroke: milliseconds from key to picture, 640x360, texts not seen before, fresh cache"
        )
        print("  goal: p50 no more than 1.15 times the floor for the first two")
        for (name, text, samples) in try Self.shaders() {
            try measure(name, text, samples: max(3, Int(Double(samples) * effort)), &report)
        }
    }

    /// The three shaders, and how many samples each gets.
    static func shaders() throws -> [(name: String, text: String, samples: Int)] {
        func shipped(_ name: String) throws -> String {
            guard let share = Folders.share else {
                throw Failure("the shipped sketches are not found; see `phosphor doctor`")
            }
            return String(decoding: try AtomicFile.read("\(share)/shaders/\(name)"), as: UTF8.self)
        }
        return [
            ("trivial", trivial, 40), ("87 lines", try shipped("clouds.frag"), 20),
            ("457 lines", try shipped("city.frag"), 8),
        ]
    }

    /// The line that a sample's key is typed into: it changes what the program computes, wherever it uses the time.
    static let typedLine = "#define iTime (iTime + 0.0000"

    private func measure(_ name: String, _ text: String, samples: Int, _ report: inout BenchReport)
        throws
    {
        let bench = try BenchHost(sketch: Self.typedLine + ")\n" + text, name: "bench.frag")
        let keys = try KeySamples(bench, samples: samples)
        keys.tell("keystroke", name, &report)
        guard keys.steps.allSatisfy({ !$0.isEmpty }) else { return }
        report.add(
            "keystroke", "\(name), in the guest",
            list: zip(["compile", "link", "first draw", "whole draw"], keys.steps).map {
                ($0, Samples($1).median)
            })
    }
}
