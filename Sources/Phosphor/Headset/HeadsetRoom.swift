import Guest
import Headset
import Render
import Terminal

/// Where the user and the panels are, and how a headset shows them: all that outlives a headset's coming and going.
///
/// Commands and hands change it, each frame of the headset is drawn from it (`HeadsetScene`), and it has nothing of GL.
/// Without a headset it is the window's camera for sketches that surround their viewer.
final class HeadsetRoom {
    /// A headset that shows what there is.
    struct Session: Equatable {
        var name: String
        var refreshRate: Double
        /// The full size of an eye's picture.
        var full: ImageSize
        /// Whether it moves pictures by their depth.
        var takesDepth: Bool
    }

    /// The headset; nil while there is none.
    var session: Session?
    var phase = HeadsetPhase.idle
    /// Whether one is wanted, and why there is none.
    var isWanted = false
    var reason: String?
    var statistics = FrameStatistics()
    /// The last intervals between two frames, in nanoseconds, and how many were noted: for the 99th percentile.
    var intervals = [UInt64](repeating: 0, count: 512)
    var intervalsNoted = 0
    private var framesOfSession = 0

    // In tracking space.
    var views = HeadViews(eyes: [], isTracked: false)
    var stand: PanelStand
    /// Whether tracking space was moved: panels are put before the head once it is seen in the new one.
    var mustRecentre = false
    /// From tracking space as it was to what it is now, for who keeps poses: as the head went, which stays in the room.
    var spaceMove: Pose?
    /// Where panels stood when the program ended: they are put there when the head is first seen.
    var rememberedPlaces: [String: HeadsetMemory.Place]
    var screen: FlatScreen?
    /// Where the screen stood when the program ended, if it had been moved.
    var rememberedScreen: HeadsetMemory.Place?
    /// Whether the user has been seen since the headset came.
    var isSettled = false
    /// Whether the user was put where the sketch begins, as a head in a room; a headset that returns goes on from there.
    var hasBegun = false
    /// How each panel lies on its texture.
    var layouts: [PanelKind: PanelLayout] = [:]
    /// What panels are drawn at: pixels an em.
    var textPixels = 0

    // Hands, left first.
    var hands = [HandState(), HandState()]
    var menus = [HeldMenu(), HeldMenu()]
    var pointers = [Pointer(), Pointer()]
    var aimed: [Aimed?] = [nil, nil]
    /// Where hands point at the screen of a flat sketch.
    var screenPoints: [SIMD3<Float>?] = [nil, nil]
    /// The hand whose trigger is down on something.
    var pressing: Int?
    /// Hands that hold a panel by its edge, for want of a squeeze.
    var holdsByEdge = [false, false]
    /// Whether a thumbstick has turned already and not come back since.
    var hasTurned = false
    /// Where the mouse is on a panel of the mirror; the headset shows it on the panel itself.
    var mousePoint: PanelPoint?
    /// Where it is beside them, and until when that is shown: whoever has not moved it does not look for it.
    var mouseMark: (mark: MouseMark, until: UInt64)?
    /// The button with which the mouse has taken a panel; 1 resizes, 2 moves.
    var carryingButton: Int?
    /// Whether the panel in hand goes where the head looks, and where that was.
    var followed: Quaternion?

    // The sketch's world.
    var rig = Rig()
    var start: (position: SIMD3<Float>?, scale: Float?) = (nil, nil)
    var heldKeys: [Int32: Command.Heading] = [:]
    var lastMoved: UInt64?
    /// The window's camera: yaw and pitch in radians; and whether the mouse turns it now.
    var look = SIMD2<Float>()
    var isLooking = false
    /// Whether somebody has moved the window's camera: until then a sketch shows a window what it likes.
    var isFlying = false

    // The sketch's picture.
    var scale = ResolutionScale()
    /// Whether the last request is older than the last beat.
    var isPictureDue = false
    /// The eyes for the next request.
    var nextViews = HeadViews(eyes: [], isTracked: false)
    var asked = AskedViews()
    /// The size of what one eye is shown, as last asked for.
    var eyeSize = ImageSize(width: 1, height: 1)
    /// Whether the newest picture is one of a world.
    var isWorldShown = false
    /// Whether it came with its depth, and the headset has that.
    var isDepthShown = false

    /// Whether this window, or whatever else, has the keyboard.
    var hasKeyboard = true
    /// The last key that was a command, and until when that is said.
    var chord: (text: String, until: UInt64)?
    var calm = CalmFigures()
    /// How long the last redraw of a panel took, in milliseconds.
    var panelMilliseconds: Double?
    /// Whether that waits for the driver to be through with it, as a benchmark wants it.
    var measuresPanels = false

    init(_ memory: HeadsetMemory) {
        stand = PanelStand(textSize: Float(memory.text))
        rememberedPlaces = memory.panels
        rememberedScreen = memory.panels[Self.screenName]
        if let fixed = memory.scale { scale.setFixed(Float(fixed)) }
        addPanels()
    }

    /// Whether somebody sees a headset that shows what there is, and the window mirrors it; otherwise all goes on in
    /// the window, at its size.
    var isShown: Bool { session != nil && (phase == .visible || phase == .focused) }

    /// Whether the headset does not know where it is.
    var isTrackingLost: Bool { isShown && !views.eyes.isEmpty && !views.isTracked }

    /// The head in tracking space; without a headset, the window's camera.
    var head: Pose {
        if isShown { return views.head }
        // Where a sketch names no place, the eyes of somebody who stands at the origin.
        return Pose(
            position: start.position == nil ? SIMD3(0, Self.eyeHeight, 0) : .zero,
            orientation: Quaternion(yaw: look.x, pitch: look.y))
    }

    /// How high eyes are, in metres.
    static let eyeHeight: Float = 1.6

    /// Turns the window's camera as the mouse is dragged.
    func look(byPixels pixels: SIMD2<Float>) {
        isFlying = true
        look.x -= pixels.x * 0.004
        look.y = min(max(look.y - pixels.y * 0.004, -1.5), 1.5)
    }

    /// Takes in where the eyes are; the first time, panels and world are put where they belong.
    func take(_ views: HeadViews) {
        let before = isSettled ? self.views.head : nil
        self.views = views
        guard views.isTracked else { return }
        if mustRecentre {
            mustRecentre = false
            spaceMove = before.map { views.head.level * $0.level.inverse }
            if isSettled { recentre() }
        }
        let isFirst = !isSettled
        isSettled = true
        if !hasBegun { goToStart() }
        guard isFirst else { return }
        for (name, place) in rememberedPlaces {
            guard let kind = PanelKind.named(name) else { continue }
            stand.place(kind.rawValue, at: place.pose)
            guard let size = place.size, let now = self.size(of: kind) else { continue }
            stand.scale(kind.rawValue, by: size / now, eyes: head.position)
        }
        // From here on the stand knows better, and it outlives sessions.
        rememberedPlaces = [:]
    }

    /// How much larger a panel's text is than one that is put somewhere begins with; text as a whole left aside.
    func size(of kind: PanelKind) -> Float? {
        stand[kind.rawValue].map {
            $0.em / Legibility.metres(dmm: stand.textSize, distance: stand.distance)
        }
    }

    /// Panels and screen before the user again; of pictures under way nobody knows where they belong.
    func recentre() {
        stand.recentre(head: head)
        screen?.place(head: head)
        (rememberedPlaces, rememberedScreen) = ([:], nil)
        // Nobody holds anything any more.
        (followed, carryingButton) = (nil, nil)
    }

    /// A new session begins, or one has ended.
    func change(to session: Session?) {
        letGo()
        self.session = session
        (phase, isSettled, mustRecentre, spaceMove) = (.idle, false, false, nil)
        // What the user has put somewhere stays there, as panels do.
        if screen?.isMoved != true { screen = nil }
        views = HeadViews(eyes: [], isTracked: false)
        framesOfSession = 0
        asked.forget()
        scale.forget()
        if session != nil, scale.isAutomatic, scale.value == 1, GLQuery.isSoftware {
            // From the full size it would take half a minute to get down to what processors can draw.
            scale.setFixed(0.4)
            scale.setAutomatic()
        }
    }

    /// Nobody sees the headset any more: whatever hands and mouse hold there stays where it is.
    func letGo() {
        stand.drop(eyes: head.position)
        for hand in 0...1 { stand.release(hand: hand, eyes: head.position) }
        screen?.release()
        (hands, aimed, pressing) = ([HandState(), HandState()], [nil, nil], nil)
        (pointers, holdsByEdge) = ([Pointer(), Pointer()], [false, false])
        menus = [HeldMenu(), HeldMenu()]
        screenPoints = [nil, nil]
        (followed, mousePoint, mouseMark, carryingButton) = (nil, nil, nil, nil)
        (isPictureDue, lastMoved) = (false, nil)
    }

    /// Notes a beat's frame.
    func count(now: UInt64, last: UInt64?) {
        guard let session else { return }
        // The first ones come while everything is made.
        guard framesOfSession > 30 else {
            framesOfSession += 1
            return statistics.forgive(counting: true)
        }
        statistics.count(now: now, period: UInt64(1e9 / session.refreshRate))
        if let last {
            intervals[intervalsNoted % intervals.count] = now - last
            intervalsNoted += 1
        }
    }

    /// What 99 of 100 intervals do not pass, in milliseconds.
    var p99: Double? {
        let known = intervals.prefix(intervalsNoted).sorted()
        return known.isEmpty ? nil : Double(known[(known.count * 99 + 99) / 100 - 1]) / 1e6
    }
}

/// A place that a controller points at on a panel.
struct Aimed: Equatable {
    var kind: PanelKind
    var column: Int
    var row: Int
    /// The point itself.
    var hit: PanelHit
}

/// What a picture was asked for.
struct AskedView {
    /// The eyes, in tracking space.
    var views: HeadViews
    /// Where depth begins and ends, in metres of tracking space.
    var planes: ClosedRange<Float>
}

/// The eyes that pictures were asked for, by the tag of the request.
///
/// A picture may come long after: a trial is drawn for the state that was the newest when it began.
struct AskedViews {
    private var slots = [AskedView?](repeating: nil, count: 2048)
    private var tags = [UInt64](repeating: 0, count: 2048)

    /// Keeps the eyes of a request, whose tag is never 0, with the units of the world to a metre.
    mutating func keep(_ views: HeadViews, scale: Float, tag: UInt64) {
        let index = Int(tag % UInt64(slots.count))
        let (near, far) = (FieldOfView.near / scale, FieldOfView.far / scale)
        (slots[index], tags[index]) = (AskedView(views: views, planes: near...far), tag)
    }

    /// The eyes of a request; nil where they are forgotten, or from before tracking space was moved.
    subscript(tag: UInt64) -> AskedView? {
        let index = Int(tag % UInt64(slots.count))
        return tags[index] == tag ? slots[index] : nil
    }

    /// Poses from before mean nothing any more.
    mutating func forget() {
        for index in slots.indices { (slots[index], tags[index]) = (nil, 0) }
    }
}

/// What is remembered of a headset from one start to the next.
struct HeadsetMemory: Codable, Sendable, Equatable {
    /// A panel's place in tracking space: metres, then radians.
    struct Place: Codable, Sendable, Equatable {
        var x, y, z, yaw, pitch: Float
        /// How much larger its text is than that of a panel which was put somewhere and left alone; nil in older files.
        var size: Float?

        init(_ pose: Pose, size: Float) {
            self.size = size
            (x, y, z) = (pose.position.x, pose.position.y, pose.position.z)
            (yaw, pitch) = (pose.orientation.yaw, pose.orientation.pitch)
        }

        var pose: Pose {
            Pose(position: SIMD3(x, y, z), orientation: Quaternion(yaw: yaw, pitch: pitch))
        }
    }

    /// Size of text in dmm.
    var text = Double(Legibility.standard)
    /// The picture's scale; nil follows the budget.
    var scale: Double?
    /// Panels that were put somewhere, by name.
    var panels: [String: Place] = [:]
}

extension Pose {
    /// Without pitch and roll, which differ from moment to moment where up and down do not.
    fileprivate var level: Pose {
        Pose(position: position, orientation: Quaternion(yaw: orientation.yaw))
    }
}
