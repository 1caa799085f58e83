public import GLSL

/// What became of a revision.
public enum Verdict: Sendable, Equatable {
    /// Its whole trial frame is in the ring.
    case good(Timings)
    /// The compiler, the linker or the driver refuses it.
    case error([Diagnostic])
    /// It takes longer for a frame than its budget allows.
    ///
    /// An estimate is from a part of a frame, where the whole would have taken too long to draw.
    case slow(milliseconds: Double, budget: Double, isEstimate: Bool = false)
    /// A loop passed the guard's limit.
    case runaway([Diagnostic])
    /// It missed a deadline and its guest was killed; the phase in words that fit after "while".
    case hung(phase: String)
    /// It took its guest down; the cause in words.
    case crashed(String)
    /// A newer revision overtook it before it was tried to the end.
    case superseded

    /// The verdict's name, as `status` and `wait` have it.
    public var name: String {
        switch self {
        case .good: "good"
        case .error: "error"
        case .slow: "slow"
        case .runaway: "runaway"
        case .hung: "hung"
        case .crashed: "crashed"
        case .superseded: "superseded"
        }
    }
}

/// Which of the two guests.
public enum GuestRole: String, Sendable, CaseIterable {
    /// The one whose frames are shown.
    case front
    /// The one that tries new revisions.
    case back
}

/// What the supervisor has to tell its host.
public enum GuestEvent: Sendable, Equatable {
    /// A guest's context stands.
    case ready(GLInfo)
    /// What became of a revision. Every submitted revision gets exactly one, and a shown one may later still
    /// turn out to hang or to crash.
    case verdict(revision: Int, Verdict)
    /// All errors of a refused revision: the driver's, and those that glslang adds. Comes after the verdict,
    /// unless a newer revision overtook it.
    case lint(revision: Int, [Diagnostic])
    /// Loops of the revision on screen, which kept to the guard's limit in its trial, pass it by now; told once.
    case tripped(revision: Int, [Diagnostic])
    /// From now on `picture` is of this revision.
    case shown(revision: Int)
    /// A guest died or was killed, with the cause in words and the revision it worked on.
    case died(role: GuestRole, cause: String, revision: Int?)
    /// Something that the user should read.
    case notice(String)
}

/// How a revision is to be tried.
public struct TryOptions: Sendable, Equatable {
    /// Stop after linking; it is never shown.
    public var compileOnly = false
    /// The clock for the trial frame; nil for that of the frame requested last.
    public var state: DrawState?
    /// A sketch is being opened: the long deadlines hold, and it is shown as soon as it is good.
    public var isOpening = false
    /// It is compiled at once, but draws nothing before `Supervisor.permit`, or 50 ms after it is ready to.
    public var waitsForPermission = false
    /// What a frame may take, in milliseconds of GPU time; nil for any time.
    ///
    /// What is opened, or comes while nothing is shown, is never refused for its time.
    public var budgetMilliseconds: Double?
    /// Which sketch it is of: what lives from frame to frame is handed over within a sketch only.
    public var sketch = 0
    /// Which resource (`Supervisor.provide`) goes by which name of its textures and meshes.
    public var resources: [String: UInt64] = [:]

    /// The usual way.
    public init(
        compileOnly: Bool = false, state: DrawState? = nil, isOpening: Bool = false,
        waitsForPermission: Bool = false, budgetMilliseconds: Double? = nil, sketch: Int = 0,
        resources: [String: UInt64] = [:]
    ) {
        (self.compileOnly, self.state, self.isOpening) = (compileOnly, state, isOpening)
        self.waitsForPermission = waitsForPermission
        self.budgetMilliseconds = budgetMilliseconds
        (self.sketch, self.resources) = (sketch, resources)
    }
}
