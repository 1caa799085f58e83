/// All panels of the world: where they stand, and what the user does with them.
///
/// A value, in tracking space, and nothing of it looks at the head by itself: a panel is brought up where the user looks
/// and stays there. `toggle` and `show` take the head's pose at that moment. Nothing here allocates, but for `add`.
///
/// Places are those of an *arrangement*: the editor in the middle, the others around it on a sphere about where the eyes
/// were, all facing that point. Whatever the user moves leaves the arrangement and stands for itself, until it is out of
/// reach when it is brought up again, or `recentre` calls all of them.
///
/// Locomotion does not concern panels: they stand in tracking space and go along with it.
public struct PanelStand: Sendable {
    /// Nearest and farthest distance of a panel from the eyes, in metres.
    public static let distances: ClosedRange<Float> = 0.4...6
    /// How large a panel may be on its longer side, in metres.
    public static let largest: Float = 8
    /// How far away, in metres, and how far from where the head faces, in radians, a panel still counts as at hand.
    public static let reach: (distance: Float, angle: Float) = (3, .pi / 3)
    /// Where a panel is brought up, in metres from the eyes: near enough to reach for, far enough for relaxed eyes.
    public static let standardDistance: Float = 1.35
    /// How far below the eyes' height the middle is, in radians: 4 degrees, so that a console below is not too low.
    public static let lowering: Float = 4 * .pi / 180
    /// How far up and down the middle goes after a head that looks up or down, in radians.
    public static let pitches: ClosedRange<Float> = (-20 * .pi / 180)...(15 * .pi / 180)

    /// All panels, in the order in which they were added.
    public internal(set) var panels: [WorldPanel] = []
    /// The size of text in dmm that panels are brought up with; see `setTextSize`.
    public internal(set) var textSize: Float
    /// How far from the eyes panels are brought up, in metres.
    public let distance: Float

    var arrangement: Arrangement?
    var arrangements = 0
    var holds = Holds()

    /// A stand without panels.
    public init(textSize: Float = Legibility.standard, distance: Float = standardDistance) {
        self.textSize = textSize.clamped(to: Legibility.range)
        self.distance = distance.clamped(to: 1.2...1.5)
    }

    /// Adds a panel, hidden; one with a number that is taken replaces seat and shape of that one.
    ///
    /// - Parameter ems: width and height of its picture in ems of its text; see `Legibility.ems`.
    public mutating func add(id: Int, seat: PanelSeat, ems: SIMD2<Float>) {
        defer { checkInvariants() }
        if let index = index(of: id) {
            panels[index].seat = seat
            setEms(id, ems)
        } else {
            panels.append(WorldPanel(id: id, seat: seat, ems: ems))
        }
    }

    /// A panel by its number.
    public subscript(id: Int) -> WorldPanel? { index(of: id).map { panels[$0] } }

    func index(of id: Int) -> Int? { panels.firstIndex { $0.id == id } }

    /// Shows a hidden panel or hides a shown one; whether it is shown afterwards.
    @discardableResult
    public mutating func toggle(_ id: Int, head: Pose) -> Bool {
        guard let index = index(of: id) else { return false }
        if panels[index].isShown {
            hide(id)
        } else {
            show(id, head: head)
        }
        return panels[index].isShown
    }

    /// Shows a panel: where it was, while that is within reach, and otherwise where the user looks now.
    public mutating func show(_ id: Int, head: Pose) {
        defer { checkInvariants() }
        guard let index = index(of: id), !panels[index].isShown, head.isUsable else { return }
        panels[index].isShown = true
        let current = arrangement.map { isAtHand($0.pose, eyes: $0.eyes, head: head) } ?? false
        if panels[index].isMoved && isWithinReach(panels[index], head: head) { return }
        if !current { arrange(head: head) }
        seat(index)
    }

    /// Hides a panel, which keeps its place; whoever holds it lets go.
    public mutating func hide(_ id: Int) {
        defer { checkInvariants() }
        guard let index = index(of: id) else { return }
        holds.letGo(of: index)
        panels[index].isShown = false
    }

    /// Puts a panel somewhere by a program's will, and leaves it there; roll is taken out.
    public mutating func place(_ id: Int, at pose: Pose) {
        defer { checkInvariants() }
        guard let index = index(of: id), pose.isUsable else { return }
        if panels[index].arrangement == nil {
            panels[index].em = Legibility.metres(dmm: textSize, distance: distance)
        }
        panels[index].pose = pose.upright
        panels[index].isMoved = true
        panels[index].arrangement = arrangements
    }

    /// Brings all panels to their places about where the user looks now; sizes stay.
    ///
    /// Also for `HeadsetEvent.recentred`, after which no place from before means anything.
    public mutating func recentre(head: Pose) {
        defer { checkInvariants() }
        guard head.isUsable else { return }
        holds = Holds()
        arrange(head: head)
        for index in panels.indices {
            panels[index].isMoved = false
            if panels[index].isShown { seat(index) }
        }
    }

    /// Gives a panel's picture another shape, as text with more columns or rows has.
    ///
    /// A panel in its place takes the place anew; one that was moved keeps its upper edge, where text begins.
    public mutating func setEms(_ id: Int, _ ems: SIMD2<Float>) {
        defer { checkInvariants() }
        guard let index = index(of: id) else { return }
        let before = panels[index].height
        let ems = WorldPanel.sane(ems)
        guard ems != panels[index].ems else { return }
        panels[index].ems = ems
        guard panels[index].arrangement != nil else { return }
        if panels[index].isMoved || holds.holds(index) {
            let drop = (before - panels[index].height) / 2
            panels[index].pose.position += panels[index].pose.orientation.rotate(
                SIMD3(0, drop, 0))
        } else if panels[index].isShown, panels[index].arrangement == arrangements {
            seat(index)
        }
    }

    /// Sets the size of all text in dmm, as far as `Legibility.range` goes; what it is now.
    @discardableResult
    public mutating func setTextSize(_ wanted: Float) -> Float {
        defer { checkInvariants() }
        let size = wanted.isFinite ? wanted.clamped(to: Legibility.range) : textSize
        let before = textSize
        for index in panels.indices where panels[index].arrangement != nil {
            textSize = before
            let old = dmm(of: index)
            textSize = size
            panels[index].em *= dmm(of: index) / old
        }
        textSize = size
        for index in panels.indices where panels[index].isShown && !panels[index].isMoved {
            if panels[index].arrangement == arrangements { seat(index) }
        }
        return size
    }

    /// Calls `body` with each panel that is shown, farthest first, as layers want them.
    public func forEachShown(
        backToFrontFrom eyes: SIMD3<Float>, _ body: (WorldPanel) throws -> Void
    ) rethrows {
        // So few panels that looking for the next one each time is the fastest, and needs no memory.
        var limit = (Float.infinity, Int.max)
        while true {
            var next: (Float, Int)?
            for index in panels.indices where panels[index].isShown {
                let key = (length(panels[index].pose.position - eyes), index)
                if key < limit, next.map({ key > $0 }) ?? true { next = key }
            }
            guard let found = next else { return }
            try body(panels[found.1])
            limit = found
        }
    }
}
