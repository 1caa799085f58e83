/// What a guest is doing, as it says itself in its ring.
///
/// The watchdog gives each phase a deadline.
public enum GuestPhase: UInt32, Sendable, Comparable {
    /// Waiting for a message.
    case idle = 0
    /// The driver compiles the stages.
    case compiling
    /// The driver links the program.
    case linking
    /// The trial's small first draw, in which some drivers compile once more.
    case firstDraw
    /// Samples of the trial's frame from all over it, where the first draw leaves open how long the whole may take.
    case partDraw
    /// The trial's whole frame.
    case wholeDraw
    /// A frame for the picture.
    case drawing
    /// glslang looks at a program that the driver refused.
    case linting

    /// The phase in words that fit after "while".
    public var words: String {
        switch self {
        case .idle: "waiting"
        case .compiling: "compiling"
        case .linking: "linking"
        case .firstDraw: "drawing the first pixels"
        case .partDraw: "drawing a part of the first frame"
        case .wholeDraw: "drawing the first whole frame"
        case .drawing: "drawing"
        case .linting: "looking for more errors"
        }
    }

    /// Phases compare in the order in which a trial goes through them.
    public static func < (a: GuestPhase, b: GuestPhase) -> Bool { a.rawValue < b.rawValue }
}
