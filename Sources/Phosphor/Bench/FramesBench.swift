import CEpoxy
import CSystem
import GLSL
import Guest
import Render

/// A frame's way from a guest to the host's screen: pictures that they share, beside the copy through memory.
///
/// Two supervisors draw the same program; their frames alternate, since the machine's speed drifts.
struct FramesBench {
    let effort: Double
    /// Both eyes of a headset at full size.
    static let (width, height) = (2880, 1600)

    /// Little to draw, so that the way is most of what is measured.
    private static let text = """
        void mainImage(out vec4 color, in vec2 pixel) {
            color = vec4(fract(pixel / 64.0 + iTime), 0.5, 1.0);
        }
        """

    func run(_ report: inout BenchReport) throws {
        report.title(
            "frames: milliseconds from asking to the host's finished frame, \(Self.width)x\(Self.height)"
        )
        print("  goal: shared pictures take no longer than those through memory")
        let context = try EGLContext()
        // What it measures with holds GL objects, and these go before the context.
        try withExtendedLifetime(context) { try compare(&report) }
    }

    private func compare(_ report: inout BenchReport) throws {
        if GLQuery.isSoftware {
            print(
                "  on software GL pictures are shared for this measurement only (PHOSPHOR_FRAMES)")
        }
        let ways = try [true, false].map { try Way(shares: $0, text: Self.text) }
        defer { for way in ways { way.end() } }
        if case .memory(let why) = ways[0].supervisor.frames {
            return print("  pictures cannot be shared on this machine: \(why)")
        }
        var times: [[Double]] = [[], []]
        for index in 0..<max(8, Int(120 * effort)) {
            for which in index % 2 == 0 ? [0, 1] : [1, 0] {
                let time = try ways[which].frame(index)
                // The first frames still warm up.
                if index > 3 { times[which].append(time) }
            }
        }
        let ratios = Samples(zip(times[0], times[1]).map { $0 / $1 })
        for (name, values) in [("shared", times[0]), ("memfd", times[1])] {
            let samples = Samples(values)
            report.add(
                "frames", name,
                [
                    "p50": samples.median, "p99": samples.percentile(99), "max": samples.maximum,
                    "frames": Double(samples.count),
                ])
        }
        report.add(
            "frames", "shared / memfd, in pairs",
            ["median": ratios.median, "p90": ratios.percentile(90)])
    }

    /// One supervisor with its program shown, and the host's drawing of its pictures.
    private final class Way {
        let supervisor: Supervisor
        private let renderer: PictureRenderer
        private let screen: Framebuffer
        private var texture: Texture?
        private var shared: Picture?
        private var poller = Poller()

        init(shares: Bool, text: String) throws {
            var configuration = HostSetup.guestConfiguration
            configuration.environment["PHOSPHOR_FRAMES"] = shares ? "shared" : "memfd"
            // The standby would only take processor time.
            configuration.warmAfter = 1e6
            supervisor = try Supervisor(
                configuration: configuration, width: FramesBench.width, height: FramesBench.height)
            renderer = try PictureRenderer()
            screen = try Framebuffer(width: FramesBench.width, height: FramesBench.height)
            let program = try Assembler.assemble(
                SketchSource(
                    stages: [.fragment: StageText(text: text, file: "frames.frag")], name: "frames")
            ).get()
            supervisor.start()
            supervisor.shareImages()
            supervisor.submit(1, program: program)
            try run("a first picture", supervisor.pictureSequence > 0)
            if shares { try run("shared pictures", supervisor.isSharingSettled) }
        }

        /// Milliseconds of one frame: asked for, drawn by the guest, and drawn from by the host.
        func frame(_ index: Int) throws -> Double {
            try run("a guest with time", supervisor.canTakeFrame(now: phosphor_now()))
            let start = phosphor_now()
            let request = supervisor.requestFrame(DrawState(time: Double(index) / 60, frame: index))
            try run("a frame", take() >= request)
            if let texture {
                screen.bind()
                renderer.draw(texture, surface: (FramesBench.width, FramesBench.height))
            }
            glFinish()
            return Double(phosphor_now() - start) / 1e6
        }

        /// Takes the newest picture as the host does; its request.
        private func take() -> UInt64 {
            guard let picture = supervisor.picture else { return 0 }
            defer { supervisor.releasePicture() }
            if let image = picture.texture {
                (texture, shared) = (image, picture)
            } else if picture.request > 0 {
                if texture == nil {
                    texture = Texture(width: picture.width, height: picture.height)
                }
                texture?.upload(
                    width: picture.width, height: picture.height, pixels: picture.pixels)
            }
            return picture.request
        }

        private func run(_ what: String, _ condition: @autoclosure () throws -> Bool) throws {
            let end = phosphor_now() + 60_000_000_000
            while true {
                for event in supervisor.pump(now: phosphor_now()) {
                    if case .verdict(_, let verdict) = event, verdict.name != "good" {
                        throw Failure("the benchmark's program is \(verdict.name)")
                    }
                }
                if try condition() { return }
                guard phosphor_now() < end else {
                    throw Failure("the benchmark waited 60 s for \(what)")
                }
                _ = poller.wait(for: supervisor.descriptors, until: phosphor_now() + 1_000_000)
            }
        }

        func end() {
            (texture, shared) = (nil, nil)
            supervisor.stopSharing()
            supervisor.shutdown()
        }
    }
}
