import Terminal

/// What became of a command.
enum Outcome {
    /// It is done; with the reply that it prints, if any.
    case done(String? = nil)
    /// It failed, for this reason.
    case failed(String)
    /// It is not done before something happens.
    case waiting(Wait)
}

/// A command's waiting for a state: looked at again whenever the host's loop has woken.
struct Wait {
    /// When to look again at the latest, in nanoseconds; nil where only events matter.
    var deadline: UInt64?
    /// What became of it by now; nil while it still waits.
    var check: (_ now: UInt64) -> Outcome?
}

/// A row of commands from one place: a script, a connection, the console, a key.
///
/// Commands run one after the other; one that waits holds up those behind it, but nobody else.
final class CommandSession {
    /// A command and where it stands.
    struct Item {
        var command: Command
        var line: Int
    }

    private var items: ArraySlice<Item>
    private var current: (item: Item, wait: Wait)?
    private let reply: (String) -> Void
    private let failed: (_ item: Item, _ message: String) -> Void
    private let finished: () -> Void
    private(set) var isFinished = false

    /// - Parameters:
    ///   - reply: takes what commands print.
    ///   - failed: takes the first failure, after which no more commands run.
    ///   - finished: called once, after the last command that succeeded.
    init(
        _ items: [Item], reply: @escaping (String) -> Void,
        failed: @escaping (_ item: Item, _ message: String) -> Void,
        finished: @escaping () -> Void = {}
    ) {
        self.items = items[...]
        (self.reply, self.failed, self.finished) = (reply, failed, finished)
    }

    /// When it must be looked at again at the latest.
    var deadline: UInt64? { current?.wait.deadline }

    /// Runs commands until one has to wait.
    func advance(now: UInt64, perform: (Command) -> Outcome) {
        while !isFinished {
            let item: Item
            let outcome: Outcome
            if let waiting = current {
                guard let result = waiting.wait.check(now) else { return }
                current = nil
                (item, outcome) = (waiting.item, result)
            } else if let next = items.popFirst() {
                (item, outcome) = (next, perform(next.command))
            } else {
                isFinished = true
                return finished()
            }
            switch outcome {
            case .done(let text):
                if let text { reply(text) }
            case .failed(let message):
                isFinished = true
                return failed(item, message)
            case .waiting(let wait):
                current = (item, wait)
            }
        }
    }
}
