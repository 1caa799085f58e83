import CSystem
import Editor
import FoundationEssentials
import GLSL
import Guest
import Journal
import Logging
import Terminal

/// What the host works on: the sketch in hand, the panels over it, and what everybody asked for.
///
/// All of it belongs to the main thread. Commands change it (`Workspace+…Commands`), guests' events change it
/// (`Workspace+Verdicts`), and each frame is drawn from what it then says (`Panels`). It never waits.
final class Workspace {
    /// Who gets the keys.
    enum Focus { case picture, editor, console }

    /// What stands over the panels and takes the keys before them.
    enum Overlay {
        case none
        case help(scroll: Int)
        case chooser(Chooser)
        case saveAs(LinePrompt)
        case question(Question)
    }

    /// A question in the panel's line above the status.
    struct Question {
        var text: String
        /// Commands by the letter that answers.
        var answers: [Character: () -> Void]
    }

    /// What waits for Ctrl+Enter; keys go on to where they went before.
    struct Confirmation {
        var text: String
        var confirm: () -> Void
    }

    let surface: any Surface
    let supervisor: Supervisor
    let mailbox: Mailbox
    /// Where sources too large for a frame are assembled.
    let assembler = Mailbox()
    /// Counts assemblies, so that only the newest is taken.
    var assembly = 0
    let log: Logger
    var settings: Settings {
        didSet {
            sketch.editor.calmSeconds = settings.calmSeconds
            if settings.includePaths != oldValue.includePaths { readIncludesAgain(sketch) }
        }
    }
    var memory: Memory
    var sketch: OpenSketch { didSet { sketch.editor.calmSeconds = settings.calmSeconds } }
    /// Sketches opened before in this run, by path: nothing that was typed is lost by opening another.
    var parked: [String: OpenSketch] = [:]
    /// A number a trial, so that revisions of different sketches are not mistaken for each other.
    var trials: [Int: (sketch: OpenSketch, revision: RevisionID)] = [:]
    var nextTrial = 1
    /// Counts the changes from one sketch to another: what lives from frame to frame stays within one.
    var sketchNumber = 1
    var clock = SketchClock()
    var statistics = FrameStatistics()
    var console = Console()
    var isEditorShown = false
    var isConsoleShown = false
    var focus = Focus.picture
    var overlay = Overlay.none
    var confirmation: Confirmation?
    /// When the panels began to open, for the 120 ms that it takes.
    var panelOpened: UInt64 = 0
    var notice: (text: String, until: UInt64)?
    /// Whether a panic hides what is shown, and the revision that is then shown in its place; black without one.
    var isPanicking = false
    var pinned: Pin?
    var errorList = ErrorList()
    var mouse = PictureMouse()
    var pictureKeys = PictureKeys()
    /// Who had the focus when a key went down: its repeats and its release are theirs.
    var keyOwners: [Int32: Focus] = [:]
    var pointer: (x: Double, y: Double) = (0, 0)
    /// The panel on which a mouse button went down.
    var draggedPanel: PanelKind?
    var screenshotTickets: [Int: ScreenshotRequest] = [:]
    var nextScreenshot = 0
    /// The state that the picture on screen was drawn for, by its tag.
    ///
    /// It may go back: a trial's picture is of the state that was the newest when the trial began.
    var newestPicture: UInt64 = 0
    /// The number of the picture that was taken note of last.
    var arrivedSequence: UInt64 = 0
    /// The trial whose picture was taken last.
    var trialOnScreen: Int?
    /// Its last nine GPU times, in milliseconds.
    var timesOnScreen: [Double] = []
    /// What scrolling a panel of whole rows has left over: a thumbstick gives parts of a row each beat.
    var scrollRest: (kind: PanelKind?, rows: Double) = (nil, 0)
    /// The last press of a mouse button, for double and triple clicks.
    var lastClick: (time: UInt64, point: PanelPoint?, count: Int) = (0, nil, 0)
    /// States that pictures were asked for so far; the last one's tag.
    var picturesAsked: UInt64 = 0
    /// How many that were when a value was set last: events are on for one picture.
    var eventsSetAt: UInt64 = 0
    /// Until when somebody else waits for what a buffer holds, in nanoseconds.
    var bufferAskedUntil: UInt64 = 0
    var consoleSessions: [CommandSession] = []
    /// Files being read or written: `wait` lets a key's command come to its end.
    var filesUnderWay = 0
    /// Saves that no command waits for, and whether the program ends after them.
    var pendingSaves: [Outcome] = []
    var quitsWhenSaved = false
    /// GPU times of the last frames shown, newest last, in milliseconds.
    var gpuTimes: [Double] = []
    var isSubmissionDue = true
    var showsLive: Bool
    var exitStatus: Int32?
    /// How often the host's own context was lost and made anew, and whether a drill wants it lost now.
    var hostResets = 0
    var isHostResetDrilled = false
    /// Where every edit and verdict is kept; nil where nothing is, as in benchmarks.
    let journal: Journal?
    var journalState = JournalState.on
    /// What is done once the journal has on the disk that a trial is about to run.
    var permits: [Int: () -> Void] = [:]
    /// The trial of a good revision that stands in for one that is held or bad, until it is on screen.
    var standIn: Int?
    /// What is watched on the disk for open sketches.
    var watching = Watching()
    /// Whether somebody answered that unsaved text may go.
    var discardsUnsaved = false
    /// Whether what is open is remembered for the next start; benchmarks leave the user's memory alone.
    var remembers = true
    private var isMemoryDirty = true
    private var memoryDue: UInt64 = 0
    /// Where panels were last drawn, for the pointer.
    var arrangement = PanelArrangement()
    /// Where the user and the panels are in a headset, and how it shows things.
    let room: HeadsetRoom
    /// What looks for headsets and has one; nil where there is no loop, as in some benchmarks.
    weak var headsets: HeadsetLink?
    /// For each trial, whether its picture surrounds the user.
    var surroundingsOfTrials: [Int: Surroundings] = [:]
    /// The trials whose programs read sound.
    var listeningTrials: Set<Int> = []
    /// For each trial, the pictures and meshes that it draws with.
    var resourcesOfTrials: [Int: Set<UInt64>] = [:]

    init(
        surface: any Surface, supervisor: Supervisor, mailbox: Mailbox, log: Logger,
        settings: Settings,
        memory: Memory, sketch: OpenSketch, journal: Journal? = nil
    ) {
        (self.surface, self.supervisor, self.mailbox, self.log) = (
            surface, supervisor, mailbox, log
        )
        (self.settings, self.memory, self.sketch) = (settings, memory, sketch)
        self.journal = journal
        room = HeadsetRoom(memory.headset)
        if journal == nil { journalState = .off("the settings want none") }
        showsLive = settings.showsLive
        supervisor.showsAtOnce = showsLive
        self.memory.opened(sketch.file.path)
        console.actions = EditAction.allCases.map(\.name)
        sketch.editor.calmSeconds = settings.calmSeconds
        recordInJournal(sketch)
    }

    /// Time by the machine's clock, in seconds, as the editor counts it.
    func seconds(_ now: UInt64) -> Double { Double(now) / 1e9 }

    /// Seconds since 1970.
    var wallSeconds: Double { Date().timeIntervalSince1970 }

    /// Tells somebody who is here for the first time how to begin.
    func greet() {
        notify(
            "\(surface.toggleKeyName) opens the editor · F1 shows all keys", now: phosphor_now(),
            seconds: 20)
    }

    /// Lists files for the console's completion, in the background, whenever the console opens.
    func listFilesForConsole() {
        let folder = settings.sketchFolder
        let recent = memory.recent
        mailbox.perform({
            SketchLibrary.list(recent: recent, own: folder).map(\.path)
                + ((try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []).sorted()
        }) { [weak self] names in
            self?.console.files = { prefix in names.filter { $0.hasPrefix(prefix) } }
        }
    }

    /// Says something for a few seconds where the user looks.
    func notify(_ text: String, now: UInt64, seconds: Double = 4) {
        notice = (text, now + UInt64(seconds * 1e9))
        log.info("\(text)")
    }

    /// Whether nothing is under way: the current text has its verdict, all pictures asked for are written.
    var isIdle: Bool {
        !isSubmissionDue && filesUnderWay == 0 && standIn == nil
            && screenshotTickets.values.allSatisfy { $0.result != nil }
            && (sketch.current?.verdict != nil || sketch.current == nil)
    }

    /// Puts `other` in the place of the sketch in hand, which stays as it is until it is opened again.
    func replaceSketch(with other: OpenSketch) {
        remember()
        // Its picture may stay on screen for a while, but no longer as this sketch's.
        sketch.shown = nil
        sketch.resources = SketchResources()
        parked[sketch.file.path] = sketch
        parked[other.file.path] = nil
        sketch = other
        other.wantsStandIn = true
        sketchNumber += 1
        watching.isDue = true
        recordInJournal(other)
        (mouse, pictureKeys) = (PictureMouse(), PictureKeys())
        clock.rewind()
        overlay = .none
        confirmation = nil
        isSubmissionDue = true
        memory.opened(other.file.path)
        remember()
        surface.setTitle("\(other.file.name) · Phosphor")
    }

    /// Notes caret and scroll of the sketch in hand, to be written down soon.
    func remember() {
        memory.places[sketch.file.path] = Memory.Place(
            caret: sketch.text.selection.head, firstLine: sketch.text.scroll.line)
        isMemoryDirty = true
    }

    /// Writes down what is to be remembered, in the background: once a second while things change, and at the end.
    func pumpMemory(now: UInt64, isLast: Bool = false) {
        guard remembers, isMemoryDirty, isLast || now >= memoryDue else { return }
        isMemoryDirty = false
        memoryDue = now + 1_000_000_000
        let memory = memory
        mailbox.perform({ memory.save() }) { [weak self] problem in
            if let problem { self?.log.warning("What was open cannot be remembered: \(problem)") }
        }
    }
}

/// The pointer as Shadertoy's iMouse tells it: in pixels from the bottom left.
struct PictureMouse {
    private(set) var isDown = false
    /// Where the pointer was last, pressed or not; nil before it was ever seen.
    private(set) var pointer: SIMD2<Float>?
    private var position = SIMD2<Float>(0, 0)
    private var click = SIMD2<Float>(0, 0)
    private var clickedNow = false

    mutating func press(x: Float, y: Float) {
        isDown = true
        clickedNow = true
        (position, click) = (SIMD2(x, y), SIMD2(x, y))
        pointer = position
    }

    mutating func move(x: Float, y: Float) {
        pointer = SIMD2(x, y)
        if isDown { position = SIMD2(x, y) }
    }

    mutating func release() { isDown = false }

    /// xy: where the button was last held; zw: where it went down, z positive while held, w in the first frame only.
    mutating func value() -> SIMD4<Float> {
        defer { clickedNow = false }
        return SIMD4(
            position.x, position.y, isDown ? click.x : -click.x, clickedNow ? click.y : -click.y)
    }
}
