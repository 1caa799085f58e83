import CSystem
import Glibc

/// A file's descriptor with an owner, who closes it.
final class OwnedFile: Sendable {
    let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
}

/// What became of what the shown program keeps from frame to frame.
public enum StateReport: Sendable, Equatable {
    /// It keeps nothing.
    case none
    /// It goes on over swaps and deaths.
    case kept
    /// It began anew, or a part of it did, with the reason in words.
    case restarted(String)

    /// As `status` has it.
    public var words: String {
        switch self {
        case .none: "none"
        case .kept: "kept"
        case .restarted(let reason): "restarted: \(reason)"
        }
    }
}

/// What the host knows of the state that guests keep; the bytes themselves it never reads.
struct KeptStates {
    /// Bytes that a revision keeps, by revision, as its guest said; none for those that keep nothing.
    var bytes: [Int: Int] = [:]
    /// The process that has the state of what is shown.
    var holder: Int32?
    /// The sketch that it is of.
    var sketch = 0
    /// The newest copy, and the sketch that it is of.
    var snapshot: (file: OwnedFile, sketch: Int)?
    /// When the last copy was asked for, and how long it took.
    var asked: UInt64 = 0
    var took: UInt64 = 0
    /// A copy under way is of before a rewind.
    var isOutdated = false
    /// Revisions in whose copying a guest died.
    var uncopyable: Set<Int> = []
    /// Guests in a row that died of taking a copy over.
    var failedRestores = 0
    /// Why the next begins anew; nil while nothing was lost.
    var loss: String?
    var report = StateReport.none
}

/// A swap under way that takes state along, or the return of a front that lost it.
///
/// No frame is asked for from the first step to the last, so that none is lost and none drawn twice.
struct Handover {
    enum Step: Equatable {
        /// The front finishes what it draws.
        case waiting
        /// The front copies, since then.
        case copying(since: UInt64)
        /// The new front takes it over.
        case restoring
        /// The new front has it and waits for the next frame to be asked for.
        case restored
        /// The new front draws that.
        case drawing
    }

    let entry: Supervisor.Entry
    /// The guest that shows it from then on.
    let index: Int
    var step = Step.waiting
    /// When the copying began; the whole must not take longer than the configuration says.
    var began: UInt64?
}
