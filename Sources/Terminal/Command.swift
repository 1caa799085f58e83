public import GLSL

/// One command of the language that console, scripts, `phosphor send`, key bindings and tests share.
///
/// A command is a value: `CommandParser` makes it from a line, `description` prints its canonical line, and parsing that
/// line gives the same command back. What each does is said by `CommandHelp`.
public enum Command: Equatable, Sendable {
    // Sketches
    /// A dated sketch from a template by its name; nil for the standard one.
    case new(template: String?)
    /// Opens a file or folder; nil asks by the chooser.
    case open(String?)
    /// Saves here, or under another name.
    case save(String?)
    /// Asks for the name.
    case saveAs
    /// Leaves at once.
    case quit
    /// Asks where text is unsaved.
    case quitAsk

    // Text
    case stage(SketchPart)
    /// Moves the caret; line and column count from 1.
    case goto(line: Int, column: Int)
    /// Goes the way of real keys: a revision a character, with auto-indent.
    case type(String)
    /// Inserts literally, as one revision.
    case paste(String)
    /// Takes a file's text in place of the part's.
    case replace(String)
    /// Prints the part's text.
    case text
    /// One of the editor's actions by its name, as `move word-left`.
    case edit(String)
    case undo
    case redo
    /// The last good revision, or one by its number, as an undoable edit.
    case rollback(Int?)
    case history

    // Picture
    case show(ShowMode)
    /// Shows the current revision now; accepts a slow one.
    case accept
    /// Black, or the pinned revision; again, the picture.
    case panic
    /// What is on screen is what a panic shows from now on.
    case pin
    /// A panic is black again.
    case unpin
    case rewind
    case pause(Switch)
    /// Freezes time at so many seconds.
    case time(Double)
    /// Lets frozen time go on.
    case timeRun
    /// One of the sketch's values; several numbers are parted by blanks. Nil takes it back to its beginning.
    case set(name: String, value: String?)
    /// Lists the sketch's values.
    case values
    /// Rows of a storage buffer or of a capture; nil takes the first ones, and as many as usual.
    case buffer(name: String, from: Int?, rows: Int?)
    /// GPU milliseconds a frame; nil takes the limit away.
    case budget(Double?)
    /// Lets the sketch's comment, the settings or the machine decide on the budget.
    case budgetAuto
    /// Whether this sketch's loops are counted; nil only tells.
    case loopGuard(Switch?)
    /// Writes the next composed frame; nil for a dated file.
    case screenshot(String?)

    // Panels
    case editor(Switch)
    case console(Switch)
    /// The panel with keys and commands; `help` in words is another case.
    case helpPanel(Switch)
    /// Pops out one level: prompt, help, panel.
    case escape
    /// Goes to an error of the current revision.
    case error(Direction)
    /// In pixels.
    case textSize(Adjustment)
    /// How dark the panels' glass is, 0 to 1.
    case backing(Adjustment)
    case theme(String)
    case fullscreen(Switch)

    // Headset
    case headset(HeadsetOrder)
    /// The panel in hand: the one with the focus.
    case panel(PanelOrder)
    /// Metres to the right and backwards, as the head is turned.
    case walk(x: Double, z: Double)
    /// Degrees, to the left where positive.
    case turn(Double)
    /// As long as its key is held; without one, a step.
    case fly(Heading)
    /// Moves head and hands of the simulated headset, by a line of its own language.
    case simulate(String)

    // Input
    /// Presses and releases a chord, as `ctrl+z`.
    case key(String)
    /// Moves to a pixel from the window's top left, and presses or releases; nil only moves.
    case mouse(x: Double, y: Double, pressed: Bool?)
    /// In pixels, 1 to 16384.
    case resize(width: Int, height: Int)

    // Scripts
    /// Nil seconds mean 60.
    case wait(WaitState, seconds: Double?)
    /// Does nothing for so many seconds.
    case sleep(Double)
    /// Prints its text as a reply.
    case say(String)
    /// Brings about what must not matter, to see that it does not.
    case drill(Drill)
    /// Prints `Status.line`.
    case status
    /// Prints all errors, one a line.
    case errors
    /// Prints all commands, or explains one by its name.
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

    /// What a headset is told.
    public enum HeadsetOrder: Equatable, Sendable {
        /// Looks for one, or lets it go.
        case on, off
        /// Panels and screen stand before the user again.
        case recentre
        /// Back to where the sketch begins.
        case reset
        /// Asks the desktop for the keyboard.
        case call
        /// Pixels of the sketch's picture a side, 0.25 to 1 of the full; `reset` follows the budget.
        case scale(Adjustment)
        /// The text's size in dmm (1 mm at 1 m), 12 to 50.
        case text(Adjustment)
        /// How large the user is in the sketch's world, 0.01 to 100.
        case world(WorldSize)
        /// Writes what an eye is shown, of a simulated headset: 0 left, 1 right.
        case picture(String, eye: Int)
    }

    /// How the world's size is changed.
    public enum WorldSize: Equatable, Sendable {
        case larger, smaller, reset
        case to(Double)
    }

    /// What the panel in hand does in the headset.
    public enum PanelOrder: Equatable, Sendable {
        /// It follows where the head looks until it is let go.
        case grab(Switch)
        /// Metres away, towards the user where negative.
        case push(Double)
        /// By a factor.
        case scale(Double)
        /// Metres to the right and up.
        case move(x: Double, y: Double)
        /// All panels stand where they come up at first.
        case reset
    }

    /// Where a flight goes.
    public enum Heading: String, CaseIterable, Sendable {
        case forward, back, left, right, up, down
    }

    /// What a drill does, and to whom.
    public enum Drill: String, CaseIterable, Sendable {
        case resetHost = "reset host"
        case resetFront = "reset front"
        case resetBack = "reset back"
        case killFront = "kill front"
        case killBack = "kill back"
        case stopFront = "stop front"
        case stopBack = "stop back"
    }

    /// What `wait` waits for: a verdict of the current revision, or that nothing is pending.
    public enum WaitState: String, CaseIterable, Sendable {
        case good, error, slow, runaway, hung, crashed, idle
    }
}
