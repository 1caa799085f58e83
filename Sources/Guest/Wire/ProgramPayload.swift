import CSystem
import GLSL
import Glibc

/// A program as a guest gets it: the texts alone, for line maps and file names stay with the host.
///
/// It travels in a sealed file beside its message, since it may be longer than a packet.
struct ProgramPayload: Equatable, Sendable {
    /// One pass's stages.
    struct Pass: Equatable, Sendable {
        var name: String
        var isPersistent: Bool
        var stages: [Text]
    }

    /// One stage's text.
    struct Text: Equatable, Sendable {
        var stage: Stage
        var text: String
        /// How the stage tells that a loop of it passed the guard's limit; nil where nothing counts.
        var channel: GuardReport.Channel?
    }

    var views: Int
    var passes: [Pass]
    /// Where the camera stands that nobody moves; nil for where somebody's eyes are who stands at the origin.
    var eye: SIMD3<Float>?

    init(views: Int = 1, passes: [Pass]) { (self.views, self.passes) = (views, passes) }

    init(_ program: AssembledProgram) {
        views = program.views
        eye = program.startingPlace.eyePosition
        passes = program.passes.map { pass in
            Pass(
                name: pass.name, isPersistent: pass.target.isPersistent,
                stages: pass.stages.map {
                    Text(stage: $0.stage, text: $0.text, channel: $0.loopGuard?.channel)
                })
        }
    }

    init(decoding bytes: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(bytes)
        let version: UInt8 = try reader.integer()
        guard version == WireLimits.version else { throw .version(version) }
        views = try reader.size("number of views", in: 0...2)
        passes = []
        for _ in 0..<(try reader.size("number of passes", in: 0...64)) {
            var pass = Pass(name: try reader.text(), isPersistent: try reader.flag(), stages: [])
            for _ in 0..<(try reader.size("number of stages", in: 0...6)) {
                guard let stage = Stage(order: Int(try reader.integer(UInt8.self))) else {
                    throw .value("stage")
                }
                pass.stages.append(
                    Text(
                        stage: stage, text: try reader.text(limit: WireLimits.program),
                        channel: try reader.channel()))
            }
            passes.append(pass)
        }
        if try reader.flag() {
            eye = SIMD3(try reader.float(), try reader.float(), try reader.float())
        }
        try reader.finish()
    }

    /// The file's bytes.
    func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.integer(WireLimits.version)
        writer.size(views)
        writer.size(passes.count)
        for pass in passes {
            writer.text(pass.name)
            writer.flag(pass.isPersistent)
            writer.size(pass.stages.count)
            for stage in pass.stages {
                writer.integer(UInt8(stage.stage.order))
                writer.text(stage.text, limit: WireLimits.program)
                writer.channel(stage.channel)
            }
        }
        writer.flag(eye != nil)
        if let eye { for index in 0..<3 { writer.number(eye[index]) } }
        return writer.bytes
    }

    /// Puts it into a new sealed file, which the caller closes.
    func frozen() throws(GuestError) -> Int32 {
        // Counted before encoding, which cuts a text that is longer than a whole program may be.
        let length = passes.flatMap(\.stages).reduce(0) { $0 + $1.text.utf8.count }
        let bytes = length <= WireLimits.program ? encoded() : []
        guard length <= WireLimits.program, bytes.count <= WireLimits.program else {
            throw GuestError(
                "The program is \(length) bytes long, all its stages together; \(WireLimits.program) are "
                    + "allowed, since drivers take minutes for longer ones. Make it shorter.")
        }
        let descriptor = phosphor_memfd("phosphor-program", bytes.count)
        guard descriptor >= 0 else {
            throw GuestError(system: "A program's shared file could not be made")
        }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                write(descriptor, raw.baseAddress?.advanced(by: written), raw.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            written += count
        }
        guard written == bytes.count, phosphor_memfd_freeze(descriptor) == 0 else {
            let error = GuestError(system: "A program's shared file could not be written")
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Reads it from a sealed file, which stays open.
    init(reading descriptor: Int32) throws(WireError) {
        let size = Int(phosphor_memfd_sealed_size(descriptor))
        guard (1...WireLimits.program).contains(size) else {
            throw .value("size of the program's file")
        }
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = bytes.withUnsafeMutableBytes { raw in
                pread(
                    descriptor, raw.baseAddress?.advanced(by: filled), size - filled, off_t(filled))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .short }
            filled += count
        }
        try self.init(decoding: bytes[...])
    }
}
