public import GLSL

/// One command of the language that console, scripts, `phosphor send`, key bindings and tests share.
///
/// A command is a value: `CommandParser` makes it from a line, `description` prints its canonical line, and parsing that
/// line gives the same command back. What each does is said by `CommandHelp`.
public enum Command: Equatable, Sendable {
    // Sketches
    case new(template: String?)
    case open(String?)
    case save(String?)
    case saveAs
    case quit
    case quitAsk

    // Text
    case stage(Stage)
    case goto(line: Int, column: Int)
    case type(String)
    case paste(String)
    case replace(String)
    case text
    case edit(String)
    case undo
    case redo
    case rollback(Int?)
    case history

    // Picture
    case show(ShowMode)
    case accept
    case panic
    case rewind
    case pause(Switch)
    case time(Double)
    case timeRun
    case set(name: String, value: String)
    /// GPU milliseconds a frame; nil takes the limit away.
    case budget(Double?)
    case screenshot(String?)

    // Panels
    case editor(Switch)
    case console(Switch)
    case helpPanel(Switch)
    case escape
    case error(Direction)
    case textSize(Adjustment)
    case backing(Adjustment)
    case theme(String)
    case fullscreen(Switch)

    // Input
    case key(String)
    case mouse(x: Double, y: Double, pressed: Bool?)
    case resize(width: Int, height: Int)

    // Scripts
    case wait(WaitState, seconds: Double?)
    case sleep(Double)
    case say(String)
    case status
    case errors
    case help(topic: String?)
}

extension Command {
    /// What a thing that can be on or off is told.
    public enum Switch: String, CaseIterable, Sendable {
        case on, off, toggle

        /// The state that follows from the present one.
        public func applied(to state: Bool) -> Bool {
            switch self {
            case .on: true
            case .off: false
            case .toggle: !state
            }
        }
    }

    /// How a number is changed: `+n` and `-n` by a step, `=n` to a value, `reset` to its default.
    public enum Adjustment: Equatable, Sendable {
        case by(Double)
        case to(Double)
        case reset

        /// The value that follows from the present one; the caller clamps it to what the setting allows.
        public func applied(to value: Double, standard: Double) -> Double {
            switch self {
            case .by(let step): value + step
            case .to(let target): target
            case .reset: standard
            }
        }
    }

    /// Which good revisions come on screen.
    public enum ShowMode: String, CaseIterable, Sendable {
        /// Each one.
        case live
        /// Only when asked by `accept`.
        case cut
    }

    /// Where the next of several things is looked for.
    public enum Direction: String, CaseIterable, Sendable {
        case next, previous
    }

    /// What `wait` waits for: a verdict of the current revision, or that nothing is pending.
    public enum WaitState: String, CaseIterable, Sendable {
        case good, error, slow, runaway, hung, crashed, idle
    }
}
