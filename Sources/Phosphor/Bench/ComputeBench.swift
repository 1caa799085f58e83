import GLSL
import Guest

/// An edit of a compute stage that moves particles, which stay where they are.
struct ComputeBench {
    let effort: Double

    func run(_ report: inout BenchReport) throws {
        let isSoftware = try OneShot.probe(configuration: HostSetup.guestConfiguration).isSoftware
        let count = isSoftware ? 100_000 : 1_000_000
        report.title(
            "compute: milliseconds from a key in a compute stage to the picture, 640x360, \(count) particles kept"
        )
        print("  the floor keeps nothing: it compiles, links, runs and draws once, with zeros")
        let bench = try BenchHost(texts: Self.texts(count), name: "compute")
        var (before, kept, edits) = (0.0, 0, 0)
        let keys = try KeySamples(
            bench, part: SketchPart(.compute), samples: max(3, Int(20 * effort)),
            bare: { Self.planned($0, count) }
        ) { isThere in
            let age = try Self.age(bench)
            if isThere {
                edits += 1
                if age >= before, age > 0 { kept += 1 }
            } else {
                before = age
            }
        }
        keys.tell("compute", "\(count) particles", &report)
        report.add(
            "compute", "edits that kept them", ["kept": Double(kept), "of": Double(edits)])
        guard kept == edits else {
            throw Failure("\(edits - kept) of \(edits) edits lost the particles")
        }
    }

    private static let group = 64

    private static func texts(_ count: Int) -> [SketchPart: String] {
        [
            SketchPart(.compute): KeystrokeBench.typedLine + """
                )
                // @groups \(groups(count))
                layout(local_size_x = \(group)) in;
                // Place, and in z the frames that it has seen.
                layout(std430, binding = 0) buffer Motes { vec4 motes[\(count)]; };
                void main() {
                    uint i = gl_GlobalInvocationID.x;
                    if (i >= \(count)u) return;
                    vec4 m = motes[i];
                    float way = iTime + float(i) * 0.001;
                    motes[i] = vec4(fract(m.xy + 0.002 * vec2(cos(way), sin(way))), m.z + 1.0, iTime);
                }

                """,
            SketchPart(.fragment): """
            layout(std430, binding = 0) readonly buffer Motes { vec4 motes[\(count)]; };
            out vec4 color;
            void main() {
                ivec2 at = ivec2(gl_FragCoord.xy);
                vec4 m = motes[(at.y * 640 + at.x) % \(count)];
                color = vec4(m.xy, fract(m.z * 0.01), 1.0);
            }

            """,
        ]
    }

    private static func groups(_ count: Int) -> Int { (count + group - 1) / group }

    /// The program as the floor needs it, which reads no comments and no layouts.
    private static func planned(_ program: AssembledProgram, _ count: Int) -> AssembledProgram {
        var program = program
        for index in program.passes.indices {
            program.passes[index].dispatch = .groups(groups(count), 1, 1)
        }
        program.buffers = [BufferPlan(name: "Motes", bytes: 16 * count)]
        return program
    }

    /// How many frames the first particle has seen, by the guest that draws.
    private static func age(_ bench: BenchHost) throws -> Double {
        var reading: BufferReading?
        bench.supervisor.readBuffer("Motes", rows: 1)
        try bench.run {
            reading = bench.supervisor.takeReading()
            return reading != nil
        }
        return reading?.rows.first?.first?[2] ?? 0
    }
}
