/// The console panel: what was asked and answered, and a line to ask the next thing.
///
/// The console runs nothing itself. Keys go in, a submitted line comes out, replies are appended, and `snapshot` gives
/// the picture of it all. Lines are kept whole and broken to the panel's width only when drawn, so a resize loses
/// nothing. Limitations: no selection and no colours of a program's own; a shell is another panel.
public final class Console {
    /// What a line is, from which its ink follows.
    public enum Kind: Hashable, Sendable { case command, reply, error, notice }

    struct Line: Equatable {
        var kind: Kind
        var text: String
    }

    /// Lines above the prompt, oldest first.
    var lines: [Line] = []
    var prompt = PromptLine()
    /// Rows that the view is scrolled up from its end.
    var scrollOffset = 0
    /// The size of the latest snapshot, by which pages and anchored scrolling count.
    var lastColumns = 80
    var lastRows = 24
    /// Set by every key, so that the caret stays lit while somebody types.
    var restartsBlink = true
    var blinkStart = 0.0

    private let limit: Int
    private var history: [String] = []
    /// The place in the history that up and down have reached; `history.count` is the line being written.
    private var historyIndex = 0
    private var draft = ""

    /// Gives the paths that begin with a prefix, for completion; a folder ends in `/`.
    public var files: (String) -> [String] = { _ in [] }

    /// The names that `edit` takes, for completion.
    public var actions: [String] = []

    /// An empty console that keeps so many lines.
    public init(limit: Int = 10_000) {
        self.limit = max(1, limit)
    }

    /// The text of the prompt's line.
    public var input: String { prompt.text }

    /// How many lines stand above the prompt.
    public var lineCount: Int { lines.count }

    /// Types text at the prompt's caret; several lines become one.
    public func type(_ text: String) {
        prompt.insert(text)
        touch()
    }

    /// Appends a reply, which may have several lines.
    public func append(reply: String) { append(reply, .reply) }

    /// Appends an error's message.
    public func append(error: String) { append(error, .error) }

    /// Appends something that nobody asked for, but should know.
    public func append(notice: String) { append(notice, .notice) }

    /// Appends a command that came from elsewhere (a script, a key), as if it had been typed here.
    public func append(command: String) { append(command, .command) }

    /// Forgets all lines; the prompt and its history stay.
    public func clear() {
        lines.removeAll()
        scrollOffset = 0
    }

    /// Scrolls by rows, up for positive numbers; typing goes back to the end.
    public func scroll(rows: Int) {
        let room = max(0, height(of: lines[...]) + promptRows().count - lastRows)
        scrollOffset = max(0, min(room, scrollOffset + rows))
    }

    func touch() {
        scrollOffset = 0
        restartsBlink = true
    }

    func append(_ text: String, _ kind: Kind) {
        let isEnd: (Character) -> Bool = { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        var parts = text.split(omittingEmptySubsequences: false, whereSeparator: isEnd)
        if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
        let added = parts.map { Line(kind: kind, text: String($0)) }
        lines.append(contentsOf: added)
        // A tenth at once, since taking one from the front of an array moves all others.
        if lines.count > limit + limit / 10 { lines.removeFirst(lines.count - limit) }
        // Somebody who reads further up keeps the same rows before their eyes.
        if scrollOffset > 0 {
            scrollOffset += height(of: added[...])
            scroll(rows: 0)
        }
    }

    // MARK: History

    func submit() -> String {
        let text = prompt.text
        prompt.set("")
        touch()
        append(text, .command)
        let isBlank = text.allSatisfy { $0 == " " }
        if !isBlank, history.last != text { history.append(text) }
        if history.count > 1000 { history.removeFirst() }
        historyIndex = history.count
        return text
    }

    func recall(_ step: Int) {
        let target = historyIndex + step
        guard target >= 0, target <= history.count else { return }
        if historyIndex == history.count { draft = prompt.text }
        historyIndex = target
        prompt.set(target == history.count ? draft : history[target])
        touch()
    }
}
