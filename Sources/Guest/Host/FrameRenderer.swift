public import GLSL

/// Draws exact frames of one program into memory, for `phosphor render`; waits for each and never skips one.
public final class FrameRenderer {
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// What the guest's OpenGL says of itself.
    public let info: GLInfo?
    /// The GPU's time for the newest frame in nanoseconds; nil where it is not known.
    public private(set) var gpuNanoseconds: UInt64?
    /// Loops that passed the guard's limit in a frame, each once: what was drawn is not what the text says.
    public private(set) var runaways: [Diagnostic] = []
    private let program: AssembledProgram
    private let guest: BlockingGuest
    private var request: UInt64 = 0

    /// Compiles a program and draws it once.
    ///
    /// - Parameters:
    ///   - resources: pictures and meshes, by the names that the program has for them.
    ///   - values: what its values are, where they are not as its source begins.
    /// - Throws: `GuestError` where the size is not possible, no guest starts, or the program is not good; then with
    ///   the compilers' diagnostics.
    public init(
        _ program: AssembledProgram, width: Int, height: Int,
        resources: [String: Resource] = [:], values: [String: [Double]] = [:],
        configuration: GuestConfiguration = .init()
    ) throws {
        (self.width, self.height, self.program) = (width, height, program)
        guest = try BlockingGuest(
            configuration, deadlines: configuration.openingDeadlines, width: width, height: height)
        info = guest.guest.info
        guest.introduce(resources, values)
        switch try guest.attempt(
            program, compileOnly: false, state: DrawState(), resources: resources.mapValues(\.id))
        {
        case .message(.tried): guest.guest.finishJob()
        case .message(.stopped(_, _, .tripped(let loops))):
            throw GuestError("A loop does not end.", diagnostics: program.runaways(loops))
        case .message(.compiled(_, _, let logs)):
            let errors = program.driverErrors(logs)
            guest.guest.finishJob()
            let merged = program.merge(driver: errors, glslang: program.diagnostics(guest.lint()))
            throw GuestError("The program does not compile.", diagnostics: merged)
        case .message(.failed(_, let reason)): throw GuestError(reason)
        case .message: throw GuestError("The guest answered what was not asked.")
        case .died(let verdict): throw GuestError(verdict.words)
        }
    }

    /// What the first rows of a buffer hold after the newest frame; nil where the guest died.
    public func readBuffer(_ name: String, first: Int = 0, rows: Int = 16) -> BufferReading? {
        guest.readBuffer(name, first: first, rows: rows)
    }

    /// Sets what the program's values are from the next frame on.
    public func setValues(_ values: [String: [Double]]) { guest.introduce([:], values) }

    /// Draws one frame: RGBA, a byte a component, bottom row first.
    ///
    /// - Throws: `GuestError` where the guest hangs or dies; there is no frame then, and none after it.
    public func frame(_ state: DrawState) throws -> [UInt8] {
        try withFrame(state) { Array($0) }
    }

    /// Draws one frame and lends its pixels, `4 * width * height` bytes of RGBA, bottom row first.
    public func withFrame<Value>(
        _ state: DrawState, _ body: (UnsafeRawBufferPointer) throws -> Value
    ) throws -> Value {
        request += 1
        switch guest.draw(request: request, state: state) {
        case .message(.drawn(_, let slot, _, let gpu, let tripped)):
            guard let ring = guest.guest.ring, ring.busy == slot,
                ring.holds(revision: 1, request: request, in: slot)
            else { throw GuestError("Frame \(state.frame) came back damaged.") }
            guest.guest.finishJob()
            gpuNanoseconds = gpu
            if !tripped.isEmpty {
                runaways += program.runaways(tripped).filter { !runaways.contains($0) }
            }
            return try body(.init(start: ring.pixels(of: slot), count: ring.layout.pictureBytes))
        case .message(.failed(_, let reason)): throw GuestError(reason)
        case .message: throw GuestError("The guest answered what was not asked.")
        case .died(let verdict):
            throw GuestError("Frame \(state.frame) is lost. \(verdict.words)")
        }
    }
}
