public import GLSL

/// What the frame around the text tells: tabs, file, verdict, figures.
///
/// The host fills it in for each snapshot.
public struct EditorChrome: Equatable, Sendable {
    /// What is known of a part.
    public enum TabState: Equatable, Sendable { case missing, present, broken }

    /// What became of the current revision.
    public enum Verdict: Equatable, Sendable {
        /// On its way for so many seconds.
        case trying(seconds: Double)
        case good
        /// So many errors.
        case error(count: Int)
        /// Too slow: its time and the budget.
        case slow(milliseconds: Double, budget: Double)
        case runaway
        case hung
        case crashed
        case superseded
        /// Nothing has been asked for yet.
        case idle
    }

    /// States of the parts' tabs; for those not named, the sketch and its diagnostics tell.
    public var tabs: [SketchPart: TabState] = [:]
    /// The file's name, as shown at the right of the tabs.
    public var fileTitle = ""
    /// Whether there is unsaved text.
    public var isModified = false
    /// The dialect's name.
    public var dialect = ""
    /// What became of the current revision.
    public var verdict = Verdict.idle
    /// The revision whose picture is on screen.
    public var shownRevision: RevisionID?
    /// The revision in the editor.
    public var currentRevision: RevisionID?
    /// The GPU time of a frame.
    public var gpuMilliseconds: Double?
    /// What a frame may take; nil where there is no limit.
    public var budgetMilliseconds: Double?
    /// GPU times of recent frames, oldest first, for the plot.
    public var recentGPUMilliseconds: [Double] = []
    /// The host's frames a second; 0 where it is not known.
    public var rate = 0.0
    /// The host's late frames.
    public var late = 0
    /// The time of day, or whatever is to stand at the right end.
    public var clock = ""
    /// A sentence for the user, shown before the figures.
    public var notice: String?
    /// A question that waits for a key, shown in a row above the status line.
    public var question: String?
    /// Whether the sketch's time stands still.
    public var isPaused = false

    /// A frame that tells nothing yet.
    public init() {}
}
