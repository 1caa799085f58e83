import ArgumentParser
import FoundationEssentials
import GLSL
import Glibc
import Guest
import Render

/// `phosphor render`: a sketch as PNG files, frame by exact frame.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Render a sketch into PNG files.",
        discussion: """
            Frame n shows the sketch at exactly start + n / fps seconds; no frame is skipped, however long it takes. \
            Frames are counted from 0, whatever the start. In the file's name, %d (or %04d) becomes the frame's number.

              phosphor render waves.frag --out 'frame-%04d.png' --frames 120 --fps 60
              phosphor render waves.frag --out still.png --start 2.5 --size 3840x2160
            """)

    @Argument(help: "A shader file, or a folder with one file a stage.", completion: .file())
    var sketch: String

    @Option(help: "The files' names, with %d for the frame's number.")
    var out: String

    @Option(help: "How many frames.")
    var frames = 1

    @Option(help: "Size in pixels.")
    var size = PixelSize(width: 1280, height: 720)

    @Option(help: "Frames a second of the sketch's time.")
    var fps = 60.0

    @Option(help: "The first frame's time, in seconds.")
    var start = 0.0

    func validate() throws {
        guard frames >= 1 else { throw ValidationError("--frames is 1 or more.") }
        guard fps > 0, fps <= 10_000 else {
            throw ValidationError("--fps is more than 0 and at most 10000.")
        }
        guard start >= 0, start <= 1e7 else {
            throw ValidationError("--start is from 0 to 10000000, in seconds.")
        }
        guard let pattern = FramePattern(out) else {
            throw ValidationError(
                "--out may have one %d, as in 'frame-%04d.png', and %% for a per cent sign.")
        }
        if frames > 1, !pattern.hasNumber {
            throw ValidationError(
                "\(frames) frames need a number in their names, as in --out 'frame-%04d.png'.")
        }
    }

    func run() throws {
        guard let pattern = FramePattern(out) else { return }
        let program: AssembledProgram
        switch try SketchLoading.program(sketch).1 {
        // What is rendered is exposed to endless loops as what is shown.
        case .success(let assembled):
            program = LoopGuard.guarded(assembled)
        case .failure(let error): throw Self.failure(error.diagnostics, sketch)
        }
        let resources = SketchLoading.resources(of: program, sketch)
        for problem in SketchLoading.problems(of: program, resources, sketch) {
            complain(CheckCommand.line(problem, sketch))
        }
        let renderer: FrameRenderer
        do {
            renderer = try FrameRenderer(
                program, width: size.width, height: size.height,
                resources: resources.resources(of: program),
                configuration: HostSetup.guestConfiguration)
        } catch let error as GuestError {
            guard error.diagnostics.isEmpty else { throw Self.failure(error.diagnostics, sketch) }
            throw Failure(error.description)
        }
        let showsProgress = isatty(2) != 0
        let date = SketchClock.date(Date())
        for index in 0..<frames {
            var state = DrawState()
            state.time = start + Double(index) / fps
            state.timeDelta = 1 / fps
            // What begins with the first frame begins here: feedback has nothing from before.
            state.frame = index
            state.frameRate = fps
            state.date = date
            let path = Folders.absolute(pattern.name(index))
            do {
                guard
                    var pixels = Pixels(
                        width: size.width, height: size.height, rgba: try renderer.frame(state))
                else { throw Failure("it came back in the wrong size") }
                pixels.flip()
                try AtomicFile.makeFolder(Folders.parent(of: path))
                try AtomicFile.write(pixels.pngData(), to: path)
            } catch {
                if showsProgress { complain("") }
                throw Failure("frame \(index) is lost, and those after it: \(error)")
            }
            if showsProgress { progress(index + 1) }
        }
        if showsProgress { complain("") }
        for var runaway in renderer.runaways {
            // The files are there, only not with all that the text says.
            runaway.severity = .warning
            complain(CheckCommand.line(runaway, sketch))
        }
        print(
            frames == 1
                ? pattern.name(0)
                : "\(frames) frames: \(pattern.name(0)) to \(pattern.name(frames - 1))")
    }

    private func progress(_ done: Int) {
        let filled = done * 30 / frames
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        let text = "\r\(bar) \(done)/\(frames)"
        _ = text.withCString { write(2, $0, strlen($0)) }
    }

    private static func failure(_ diagnostics: [Diagnostic], _ sketch: String) -> Failure {
        let lines = diagnostics.map { CheckCommand.line($0, sketch) }.joined(separator: "\n")
        return Failure("\(sketch) does not compile:\n\(lines)")
    }
}

/// A file name with one place for a number, as printf(3) writes it.
struct FramePattern {
    private var before = ""
    private var after = ""
    private var digits = 0
    private(set) var hasNumber = false

    /// Nil where the pattern has two numbers, or a `%` that is none.
    init?(_ pattern: String) {
        var rest = Substring(pattern)
        while let character = rest.popFirst() {
            var piece = String(character)
            if character == "%" {
                let width = rest.prefix { $0.isASCII && $0.isNumber }
                rest = rest.dropFirst(width.count)
                switch rest.popFirst() {
                case "%" where width.isEmpty: break
                case "d" where !hasNumber && width.count < 3:
                    hasNumber = true
                    digits = Int(width) ?? 0
                    continue
                default: return nil
                }
                piece = "%"
            }
            if hasNumber { after += piece } else { before += piece }
        }
    }

    func name(_ number: Int) -> String {
        guard hasNumber else { return before }
        let text = String(number)
        return before + String(repeating: "0", count: max(0, digits - text.count)) + text + after
    }
}
