public import GLSL

/// Editing commands, selection, find prompt and viewport over a sketch's texts.
///
/// Input goes in through `type`, `insert`, `perform` and the mouse; what is seen comes out of `snapshot`. Times are
/// seconds on any one clock that does not run backwards; the same clock is meant by `now`. Belongs to the main
/// thread.
public final class EditorController {
    /// The texts that are edited; setting another drops what is known of the old one.
    public var sketch: SketchText {
        didSet {
            oldValue.onChange = nil
            find = nil
            tracked = []
            goalColumn = nil
            followsCaret = false
            rows.forget()
            listen()
        }
    }
    /// A message on the caret's own line waits for this long without a key, so that nobody is corrected in mid-word.
    public var calmSeconds = 0.4
    /// The part that a file's name in a diagnostic means; nil for a file that is none of the sketch's.
    public var partOfFile: (String) -> SketchPart? = { _ in nil }
    /// The find prompt; nil where it is closed.
    public internal(set) var find: FindState?
    /// What was searched for last, for the next opening of the prompt and for F3 with the prompt closed.
    var lastQuery = ""
    /// The diagnostics with their places, which follow edits.
    var tracked: [TrackedDiagnostic] = []
    /// When the last key came; messages on the caret's line wait for a pause, and the caret is lit at first.
    var lastKey = -Double.infinity
    /// The column that moving up and down tries to keep.
    var goalColumn: Int?
    /// Whether the next snapshot brings the caret into view; scrolling by hand lets it out of view.
    var followsCaret = true
    /// How the last snapshot divided the panel, by which mouse positions are read.
    var layout = PanelLayout()
    /// What the rows of the last snapshot were drawn from.
    var rows = RowCache()
    /// Where a drag began: the whole clicked word or line stays selected.
    var dragOrigin: Range<Int>?
    var dragUnit = DragUnit.cluster
    /// Parts of a row that the wheel has turned and that do not make a whole one yet.
    var scrollRest = 0.0
    var tokens: [Token] = []
    /// Whether the last snapshot showed guessed colours, since lexing from the top is not done yet.
    public internal(set) var isCatchingUp = false

    /// The revision of the last snapshot; another one now means that a key was pressed.
    var lexedRevision: RevisionID?

    /// How far a drag's selection grows at a time.
    enum DragUnit { case cluster, word, line }

    /// An editor over a sketch.
    public init(sketch: SketchText) {
        self.sketch = sketch
        listen()
    }

    /// Spaces that one step of indentation takes.
    public static let indentWidth = 4

    private func listen() {
        sketch.onChange = { [weak self] part, change in self?.follow(change, in: part) }
    }

    // MARK: Shared by the commands

    var buffer: GapBuffer { sketch.buffer }

    var selection: Selection {
        get { sketch.selection }
        set {
            sketch.selection = newValue
            followsCaret = true
        }
    }

    /// Makes a change with the caret or selection that follows it; false where nothing changes.
    @discardableResult
    func commit(
        _ change: ChangeSet, _ after: Selection, _ kind: Stroke.Kind, at seconds: Double,
        range: Range<Int>? = nil, joins: Bool = false
    ) -> Bool {
        let stroke = Stroke(
            kind: kind, range: range ?? change.touched ?? 0..<0, seconds: seconds)
        goalColumn = nil
        followsCaret = true
        return sketch.edit(change, after: after, stroke: stroke, joins: joins) != nil
    }

    /// Replaces a range and puts the caret behind what is new.
    @discardableResult
    func replace(
        _ range: Range<Int>, with new: [UInt8], _ kind: Stroke.Kind, at seconds: Double,
        joins: Bool = false
    ) -> Bool {
        let end = range.lowerBound + new.count
        // For the next key, what was typed ends at the caret; what was deleted ends where it began to be deleted.
        let reach = new.isEmpty ? range : range.lowerBound..<end
        return commit(
            ChangeSet(buffer, replace: range, with: new), Selection(end), kind, at: seconds,
            range: reach, joins: joins)
    }

    /// Places the caret at a line and column, both from 1, the column in bytes as compilers count; out of range is clamped.
    public func goto(line: Int, column: Int = 1) {
        let line = min(max(1, line), buffer.lineCount) - 1
        let range = buffer.lineRange(line)
        let offset = buffer.withLine(line) { Clusters.border(at: max(1, column) - 1, in: $0) }
        selection = Selection(range.lowerBound + offset)
        goalColumn = nil
    }

    /// The caret's line and column, both from 1, the column in bytes.
    public var caret: (line: Int, column: Int) {
        let head = selection.head
        let line = buffer.line(at: head)
        return (line + 1, head - buffer.lineStart(line) + 1)
    }
}
