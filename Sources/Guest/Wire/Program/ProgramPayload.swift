import CSystem
import GLSL
import Glibc

/// A program as a guest gets it: the texts and what is to be done with them; line maps and file names stay with the host.
///
/// It travels in a sealed file beside its message, since it may be longer than a packet.
struct ProgramPayload: Equatable, Sendable {
    /// One pass: its stages, and the plans of what it draws.
    struct Pass: Equatable, Sendable {
        var name: String
        var stages: [Text]
        var target = TargetPlan()
        var draw: DrawPlan?
        var dispatch: DispatchPlan?
        var bindings: [UniformBinding] = []
    }

    /// One stage's text.
    struct Text: Equatable, Sendable {
        var stage: Stage
        var text: String
        /// How the stage tells that a loop of it passed the guard's limit; nil where nothing counts.
        var channel: GuardReport.Channel?
    }

    /// A value that people tweak, and what it is until they do.
    struct Value: Equatable, Sendable {
        var name: String
        var initial: [Double]
    }

    /// A picture or a mesh of the sketch's own.
    struct Part: Equatable, Sendable {
        var name: String
        /// Which resource it is; 0 where there is none.
        var resource: UInt64
    }

    var views: Int
    var passes: [Pass]
    /// Where the camera stands that nobody moves; nil for where somebody's eyes are who stands at the origin.
    var eye: SIMD3<Float>?
    var values: [Value] = []
    var textures: [Part] = []
    var meshes: [Part] = []
    var buffers: [BufferPlan] = []
    var images: [ImagePlan] = []

    init(views: Int = 1, passes: [Pass]) { (self.views, self.passes) = (views, passes) }

    /// - Parameter resources: which resource goes by which of the program's names.
    init(_ program: AssembledProgram, resources: [String: UInt64] = [:]) {
        views = program.views
        eye = program.startingPlace.eyePosition
        passes = program.passes.map { pass in
            Pass(
                name: pass.name,
                stages: pass.stages.map {
                    Text(stage: $0.stage, text: $0.text, channel: $0.loopGuard?.channel)
                },
                target: pass.target, draw: pass.draw, dispatch: pass.dispatch,
                bindings: pass.bindings)
        }
        values = program.values.map { Value(name: $0.name, initial: $0.initial) }
        textures = program.textures.map { Part(name: $0.name, resource: resources[$0.name] ?? 0) }
        meshes = program.meshes.map { Part(name: $0.name, resource: resources[$0.name] ?? 0) }
        (buffers, images) = (program.buffers, program.images)
    }

    /// The version of what is in the file; messages have their own.
    static let version: UInt8 = 2

    /// Puts it into a new sealed file, which the caller closes.
    ///
    /// - Throws: `GuestError` where it is more than a guest takes, in words for who wrote it.
    func frozen() throws(GuestError) -> Int32 {
        try checkLimits()
        // Counted before encoding, which cuts a text that is longer than a whole program may be.
        let length = passes.flatMap(\.stages).reduce(0) { $0 + $1.text.utf8.count }
        let bytes = length <= WireLimits.program ? encoded() : []
        guard length <= WireLimits.program, bytes.count <= WireLimits.program else {
            throw GuestError(
                "The program is \(length) bytes long, all its stages together; \(WireLimits.program) are "
                    + "allowed, since drivers take minutes for longer ones. Make it shorter.")
        }
        return try SealedFile.make(bytes, name: "phosphor-program", what: "A program's shared file")
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
