public import GLSL

/// What the command `status` tells: the program's state in one line of JSON.
public struct Status: Equatable, Sendable {
    /// An error of the current revision, or another verdict that belongs to a line.
    public struct Problem: Equatable, Sendable {
        /// The stage, as `frag`; nil where the whole program is meant.
        public var stage: String?
        /// The file, as the user named it.
        public var file: String?
        /// The line, from 1.
        public var line: Int?
        /// The column, from 1, in bytes of UTF-8.
        public var column: Int?
        /// What is wrong.
        public var message: String

        /// Makes one from its parts.
        public init(stage: String?, file: String?, line: Int?, column: Int?, message: String) {
            (self.stage, self.file, self.line, self.column) = (stage, file, line, column)
            self.message = message
        }

        /// Makes one from a diagnostic.
        public init(_ diagnostic: Diagnostic) {
            self.init(
                stage: diagnostic.stage?.rawValue, file: diagnostic.file, line: diagnostic.line,
                column: diagnostic.column, message: diagnostic.message)
        }
    }

    /// How the host's own frames came.
    public struct Host: Equatable, Sendable {
        /// Frames since the start.
        public var frames: Int
        /// Those that came too late.
        public var missed: Int
        /// The longest interval between two, in milliseconds.
        public var longestMilliseconds: Double
        /// How often the graphics driver was reset under it, and its context made anew.
        public var resets: Int

        /// Makes the host's figures.
        public init(
            frames: Int = 0, missed: Int = 0, longestMilliseconds: Double = 0, resets: Int = 0
        ) {
            (self.frames, self.missed, self.resets) = (frames, missed, resets)
            self.longestMilliseconds = longestMilliseconds
        }
    }

    /// What became of guests.
    public struct Guest: Equatable, Sendable {
        /// Guests that were started in place of dead ones.
        public var restarts: Int
        /// How their pictures come: `memfd`, or `shared (memory objects)`; nil where nothing is said of it.
        public var frames: String?

        /// Makes the guests' figures.
        public init(restarts: Int = 0, frames: String? = nil) {
            (self.restarts, self.frames) = (restarts, frames)
        }
    }

    /// The headset and how its frames come.
    public struct Headset: Equatable, Sendable {
        /// off, none, idle, synchronized, visible or focused.
        public var phase: String
        /// Runtime and device, by name; nil without one.
        public var name: String?
        /// Why there is none; nil where there is one.
        public var reason: String?
        /// Frames a second, as the runtime wants them.
        public var refreshRate: Double?
        /// Frames shown.
        public var frames = 0
        /// Frames that came too late.
        public var missed = 0
        /// 99 of 100 of the last intervals between two frames are shorter, in milliseconds.
        public var p99Milliseconds: Double?
        /// The present scale of the sketch's picture a side.
        public var scale: Double?
        /// Whether that follows the budget.
        public var isScaleAutomatic = true
        /// Pictures of the sketch a frame: 1 on a screen, 2 around the user.
        public var views: Int?
        /// Whether the headset has the depth of what is shown.
        public var depth = false
        /// How frames come from the guest: memfd, or shared images of some kind.
        public var images: String?
        /// The text's size in dmm.
        public var text: Double?
        /// Whether the desktop gives this program the keyboard.
        public var keyboard = true
        /// The head in the room: x, y, z in metres, then yaw and pitch in degrees.
        public var head: [Double] = []
        /// Likewise the editor's panel, then its width and height in metres; empty while it is hidden.
        public var panel: [Double] = []
        /// The last time that a panel was redrawn took so long.
        public var panelMilliseconds: Double?

        /// A headset in this phase, about which nothing else is known.
        public init(phase: String) { self.phase = phase }
    }

    /// The current revision.
    public var revision: Int
    /// Its verdict: trying, good, error, slow, runaway, hung, crashed or superseded.
    public var verdict: String
    /// The revision on screen; nil for none.
    public var shown: Int?
    /// The good revision most recently shown; nil for none.
    public var lastGood: Int?
    /// The dialect, as `shadertoy`.
    public var dialect: String
    /// What is wrong with the current revision.
    public var errors: [Problem]
    /// GPU time of a frame; nil where nothing was measured.
    public var gpuMilliseconds: Double?
    /// What a frame may take; nil for no limit.
    public var budgetMilliseconds: Double?
    /// The host's frames.
    public var host: Host
    /// The guests.
    public var guest: Guest
    /// The sketch's file or folder; nil for one that was never saved.
    public var file: String?
    /// The stage whose text is edited, as `frag`.
    public var stage: String?
    /// Whether there is unsaved text.
    public var modified: Bool
    /// Whether the editor is shown.
    public var editor: Bool
    /// Whether the sketch's time stands still.
    public var paused: Bool
    /// The sketch's time in seconds.
    public var time: Double
    /// The picture's width and height in pixels.
    public var size: [Int]
    /// Whether the current revision runs only when asked, since it was running when the program ended.
    public var quarantined: Bool
    /// How the journal does: on, waiting or off, with the reason; nil where nothing is said of it.
    public var journal: String?
    /// How many messages stand in the editor's lines now.
    public var messages: Int
    /// What the program has to say beside all this, for people.
    public var notice: String?
    /// The revision that a panic shows; nil for none, then it is black.
    public var pinned: Int?
    /// Whether a panic hides what is shown.
    public var panic: Bool
    /// What became of what the sketch keeps from frame to frame: `none`, `kept`, or `restarted: ` and why.
    public var state: String
    /// Whether loops are counted: `on`, `off`, or `partly: ` and why; nil where it is not known.
    public var loopGuard: String?
    /// What the sketch on screen hears, `silence`; nil where it does not listen.
    public var sound: String?
    /// The headset.
    public var headset: Headset

    /// Makes a status; what is not given is unknown or none.
    public init(
        revision: Int, verdict: String, shown: Int? = nil, lastGood: Int? = nil,
        dialect: String, errors: [Problem] = [], gpuMilliseconds: Double? = nil,
        budgetMilliseconds: Double? = nil, host: Host = Host(), guest: Guest = Guest(),
        file: String? = nil, stage: String? = nil, modified: Bool = false, editor: Bool = false,
        paused: Bool = false, time: Double = 0, size: [Int] = [], quarantined: Bool = false,
        journal: String? = nil, messages: Int = 0, notice: String? = nil, pinned: Int? = nil,
        panic: Bool = false, state: String = "none", loopGuard: String? = nil, sound: String? = nil,
        headset: Headset = Headset(phase: "off")
    ) {
        (self.revision, self.verdict, self.shown, self.lastGood) =
            (revision, verdict, shown, lastGood)
        (self.dialect, self.errors) = (dialect, errors)
        (self.gpuMilliseconds, self.budgetMilliseconds) = (gpuMilliseconds, budgetMilliseconds)
        (self.host, self.guest) = (host, guest)
        (self.file, self.stage, self.modified, self.editor) = (file, stage, modified, editor)
        (self.paused, self.time, self.size, self.notice) = (paused, time, size, notice)
        (self.pinned, self.panic) = (pinned, panic)
        (self.quarantined, self.journal) = (quarantined, journal)
        (self.messages, self.state) = (messages, state)
        (self.loopGuard, self.sound) = (loopGuard, sound)
        self.headset = headset
    }
}

extension Status {
    /// The status as one line of JSON, without a newline; unknown numbers are null.
    public var line: String {
        var json = JSONLine()
        json.add("revision", revision)
        json.add("verdict", verdict)
        json.add("shown", shown)
        json.add("lastGood", lastGood)
        json.add("dialect", dialect)
        json.add("errors", errors.map(\.json))
        json.add("gpuMilliseconds", gpuMilliseconds)
        json.add("budgetMilliseconds", budgetMilliseconds)
        json.add("host", host.json)
        json.add("guest", guest.json)
        json.add("file", file)
        json.add("stage", stage)
        json.add("modified", modified)
        json.add("editor", editor)
        json.add("paused", paused)
        json.add("time", time)
        json.add("size", size)
        json.add("quarantined", quarantined)
        json.add("journal", journal)
        json.add("messages", messages)
        json.add("notice", notice)
        json.add("pinned", pinned)
        json.add("panic", panic)
        json.add("state", state)
        json.add("guard", loopGuard)
        if sound != nil { json.add("sound", sound) }
        json.add("headset", headset.json)
        return json.object
    }
}

extension Status.Problem {
    fileprivate var json: JSONLine {
        var json = JSONLine()
        json.add("stage", stage)
        json.add("file", file)
        json.add("line", line)
        json.add("column", column)
        json.add("message", message)
        return json
    }
}

extension Status.Host {
    fileprivate var json: JSONLine {
        var json = JSONLine()
        json.add("frames", frames)
        json.add("missed", missed)
        json.add("longestMilliseconds", longestMilliseconds)
        json.add("resets", resets)
        return json
    }
}

extension Status.Guest {
    fileprivate var json: JSONLine {
        var json = JSONLine()
        json.add("restarts", restarts)
        json.add("frames", frames)
        return json
    }
}

extension Status.Headset {
    fileprivate var json: JSONLine {
        var json = JSONLine()
        json.add("phase", phase)
        json.add("name", name)
        json.add("reason", reason)
        json.add("refreshRate", refreshRate)
        json.add("frames", frames)
        json.add("missed", missed)
        json.add("p99Milliseconds", p99Milliseconds)
        json.add("scale", scale)
        json.add("autoScale", isScaleAutomatic)
        json.add("views", views)
        json.add("depth", depth)
        json.add("images", images)
        json.add("text", text)
        json.add("keyboard", keyboard)
        json.add("head", head)
        json.add("panel", panel)
        json.add("panelMilliseconds", panelMilliseconds)
        return json
    }
}
