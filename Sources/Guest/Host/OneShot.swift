public import GLSL

/// Checks programs one by one in a guest of their own, for `phosphor check`; waits for the answer.
public enum OneShot {
    /// What a check found.
    public struct Result: Sendable, Equatable {
        /// `good`, `error`, `hung` or `crashed`.
        public var verdict: Verdict
        /// All that there is to say, the driver's messages first, then what glslang adds; for `good` the
        /// driver's warnings alone.
        public var diagnostics: [Diagnostic]
    }

    /// What the guests' OpenGL says of itself, for `phosphor doctor`.
    ///
    /// - Throws: `GuestError` where no guest can be started.
    public static func probe(configuration: GuestConfiguration = .init()) throws -> GLInfo {
        let guest = try BlockingGuest(configuration, deadlines: .software, width: 16, height: 16)
        guard let info = guest.guest.info else {
            throw GuestError("The guest says nothing of its OpenGL.")
        }
        return info
    }

    /// What a guest can do that it should not, found by trying; for `phosphor doctor`.
    ///
    /// - Throws: `GuestError` where no guest can be started.
    public static func trySandbox(configuration: GuestConfiguration = .init()) throws
        -> [SandboxTrial]
    {
        try BlockingGuest(configuration, deadlines: .software, width: 16, height: 16).trySandbox()
    }

    /// Compiles and links a program, draws nothing.
    ///
    /// - Throws: `GuestError` where no guest can be started.
    public static func check(
        _ program: AssembledProgram, configuration: GuestConfiguration = .init()
    ) throws -> Result {
        let guest = try BlockingGuest(
            configuration, deadlines: configuration.deadlines ?? configuration.openingDeadlines,
            width: 16,
            height: 16)
        switch try guest.attempt(program, compileOnly: true, state: DrawState()) {
        case .message(.compiled(_, true, let logs)):
            // Of a success's log only the warnings: what is in no known format would be read as an error.
            let warnings = program.diagnostics(logs).filter { $0.severity == .warning }
            return Result(verdict: .good(Timings()), diagnostics: warnings)
        case .message(.compiled(_, false, let logs)):
            let errors = program.driverErrors(logs)
            guest.guest.finishJob()
            let merged = program.merge(driver: errors, glslang: program.diagnostics(guest.lint()))
            return Result(verdict: .error(merged), diagnostics: merged)
        case .message(.failed(_, let reason)):
            let errors = [Diagnostic(message: reason)]
            return Result(verdict: .error(errors), diagnostics: errors)
        case .message:
            return Result(
                verdict: .crashed("its guest went mad"),
                diagnostics: [
                    Diagnostic(message: "The guest answered what was not asked.")
                ])
        case .died(let verdict):
            return Result(verdict: verdict, diagnostics: [Diagnostic(message: verdict.words)])
        }
    }
}

extension Verdict {
    /// What a revision did, in a sentence for people; empty for what says nothing beyond its name.
    public var words: String {
        switch self {
        case .hung(let phase): "hung: it took too long while \(phase)"
        case .crashed(let cause): "crashed the driver: \(cause)"
        case .slow(let milliseconds, let budget, let isEstimate):
            "slow: \(isEstimate ? "about " : "")\(Self.figure(milliseconds)) ms, budget \(Self.figure(budget))"
        case .error(let diagnostics), .runaway(let diagnostics): diagnostics.first?.message ?? ""
        case .good, .superseded: ""
        }
    }

    /// Milliseconds: whole from 10 on, with a digit behind the point below.
    private static func figure(_ value: Double) -> String {
        let value = min(max(0, value), 1e12)
        let tenths = Int((value * 10).rounded())
        return value >= 9.95 || tenths % 10 == 0
            ? String(Int(value.rounded())) : "\(tenths / 10).\(tenths % 10)"
    }
}
