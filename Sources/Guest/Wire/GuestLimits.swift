/// What holds a guest back, as it found it in force at its start.
public struct GuestLimits: Sendable, Codable, Equatable {
    /// The kernel's version of Landlock by which it has no file system but the drivers'; 0 for none.
    public var landlock = 0
    /// Whether seccomp denies it new sockets, programs, processes, and others' memory.
    public var hasSeccomp = false
    /// Whether the user turned the sandbox off (`PHOSPHOR_SANDBOX=off`).
    public var isSandboxOff = false
    /// Its priority, from -20 to 19, higher being less urgent.
    public var nice = 0
    /// Whether the kernel, out of memory, ends it before anything else.
    public var isFirstToGo = false
    /// Whether a crash leaves a core file.
    public var dumpsCore = false
    /// How long entering the sandbox took, in microseconds.
    public var sandboxMicroseconds = 0
    /// Whether its GPU work gives way to the host's (EGL_IMG_context_priority); false where the driver has no ranks.
    public var hasLowContextPriority = false

    /// Limits of nothing at all.
    public init() {}
}

/// One thing that a guest tried that it must not be able to do, for `phosphor doctor`.
public struct SandboxTrial: Sendable, Equatable {
    /// What was tried, in words.
    public var what: String
    /// Whether it was denied.
    public var isDenied: Bool
    /// What the kernel said.
    public var answer: String
}

extension WireWriter {
    mutating func limits(_ limits: GuestLimits) {
        size(limits.landlock)
        flag(limits.hasSeccomp)
        flag(limits.isSandboxOff)
        size(limits.nice + 20)
        flag(limits.isFirstToGo)
        flag(limits.dumpsCore)
        size(limits.sandboxMicroseconds)
        flag(limits.hasLowContextPriority)
    }

    mutating func trials(_ trials: [SandboxTrial]) {
        size(trials.count)
        for trial in trials {
            text(trial.what)
            flag(trial.isDenied)
            text(trial.answer)
        }
    }
}

extension WireReader {
    mutating func limits() throws(WireError) -> GuestLimits {
        var limits = GuestLimits()
        limits.landlock = try size("version of Landlock", in: 0...1000)
        limits.hasSeccomp = try flag()
        limits.isSandboxOff = try flag()
        limits.nice = try size("priority", in: 0...39) - 20
        limits.isFirstToGo = try flag()
        limits.dumpsCore = try flag()
        limits.sandboxMicroseconds = try size("time", in: 0...100_000_000)
        limits.hasLowContextPriority = try flag()
        return limits
    }

    mutating func trials() throws(WireError) -> [SandboxTrial] {
        var trials: [SandboxTrial] = []
        for _ in 0..<(try size("number of trials", in: 0...32)) {
            trials.append(
                SandboxTrial(what: try text(), isDenied: try flag(), answer: try text()))
        }
        return trials
    }
}
