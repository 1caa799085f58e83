import Glibc

extension PanelStand {
    /// A point, and a direction from it, that the seats are counted from.
    struct Arrangement: Sendable, Equatable {
        /// Where the eyes were.
        var eyes: SIMD3<Float>
        /// Where the middle is: yaw and pitch from there.
        var yaw: Float
        var pitch: Float
        var distance: Float

        /// A pose on the sphere about the eyes that faces them; angles from the middle, right and up positive.
        func pose(right: Float, up: Float, distance: Float) -> Pose {
            let orientation = Quaternion(
                yaw: yaw - right, pitch: (pitch + up).clamped(to: -1.4...1.4))
            return Pose(
                position: eyes + distance * orientation.forward, orientation: orientation)
        }

        /// The middle.
        var pose: Pose { pose(right: 0, up: 0, distance: distance) }
    }

    /// Angles between two panels, and before the middle: how much nearer, of its distance.
    private static let gap: Float = 1.6 * .pi / 180
    private static let nearer: Float = 0.85

    /// Has the next panel that is brought up begin a new arrangement; what stands stays where it is.
    public mutating func forgetArrangement() { arrangement = nil }

    /// Begins a new arrangement where the user looks; what stands stays where it is.
    mutating func arrange(head: Pose) {
        arrangements += 1
        arrangement = Arrangement(
            eyes: head.position, yaw: head.orientation.yaw,
            pitch: (head.orientation.pitch - Self.lowering).clamped(to: Self.pitches),
            distance: distance)
    }

    /// Puts a panel into its seat of the arrangement.
    mutating func seat(_ index: Int) {
        guard let arrangement else { return }
        let nearness: Float = panels[index].seat == .front ? Self.nearer : 1
        let distance = arrangement.distance * nearness
        let place = seatAngles(index)
        panels[index].pose = arrangement.pose(
            right: place.x, up: place.y, distance: distance)
        panels[index].em = Legibility.metres(dmm: dmm(of: index), distance: distance)
        panels[index].isMoved = false
        panels[index].arrangement = arrangements
    }

    /// The size of a panel's text in dmm, in its seat.
    func dmm(of index: Int) -> Float {
        (textSize * panels[index].zoom).clamped(to: Legibility.range)
    }

    /// Half the angles that a panel takes up from the eyes.
    private func half(_ index: Int) -> SIMD2<Float> {
        let tangents = panels[index].ems * (dmm(of: index) / 2000)
        return SIMD2(atan(tangents.x), atan(tangents.y))
    }

    /// Where a panel's middle is, in angles from the arrangement's, right and up positive.
    private func seatAngles(_ index: Int) -> SIMD2<Float> {
        let first = panels.firstIndex { $0.seat == .middle }
        let middle = first.map(half) ?? SIMD2(0.45, 0.28)
        let own = half(index)
        // What stands in the same seat before it, whether shown or not: a place must not depend on what else is open.
        var taken: Float = 0
        for other in 0..<index where panels[other].seat == panels[index].seat {
            taken += 2 * half(other).y + Self.gap
        }
        let up = middle.y - taken - own.y
        let pitch = arrangement?.pitch ?? 0
        // Looked up or down at, things of one width take up more of a turn.
        let aside =
            Self.turn(middle, pitch: pitch) + Self.gap + Self.turn(own, pitch: pitch + up)
        return switch panels[index].seat {
        case .middle, .front: SIMD2(0, 0)
        case .below: SIMD2(0, -(middle.y + Self.gap + taken + own.y))
        case .above: SIMD2(0, middle.y + Self.gap + taken + own.y)
        case .right: SIMD2(aside, up)
        case .left: SIMD2(-aside, up)
        }
    }

    /// By how much one turns from the middle of a panel to that of its corners which is farther, where it stands at a
    /// pitch and faces the eyes.
    private static func turn(_ half: SIMD2<Float>, pitch: Float) -> Float {
        atan2(tan(half.x), max(cos(pitch) - tan(half.y) * abs(sin(pitch)), 0.2))
    }

    /// Whether a panel is where the user can use it: near enough, more or less before them, and its front seen.
    public func isWithinReach(_ panel: WorldPanel, head: Pose) -> Bool {
        panel.arrangement != nil && isAtHand(panel.pose, eyes: head.position, head: head)
    }

    /// Likewise for a pose that faces `eyes`; of the head's turn only the yaw counts, so that a glance down does not.
    func isAtHand(_ pose: Pose, eyes: SIMD3<Float>, head: Pose) -> Bool {
        let away = pose.position - head.position
        let distance = length(away)
        guard distance <= Self.reach.distance, distance >= Self.distances.lowerBound / 2 else {
            return false
        }
        let yaw = atan2(-away.x, -away.z)
        let turn = remainder(yaw - head.orientation.yaw, 2 * .pi)
        // Within 70 degrees of its front: beyond that text cannot be read.
        let front = (pose.orientation.forward * away).sum() / distance
        return abs(turn) <= Self.reach.angle && front > 0.34
    }
}

extension Pose {
    /// The same place and direction without roll.
    var upright: Pose {
        Pose(
            position: position,
            orientation: Quaternion(
                yaw: orientation.yaw, pitch: orientation.pitch.clamped(to: -1.4...1.4)))
    }

    /// A place that faces a point, upright; plus z leads there.
    static func facing(_ point: SIMD3<Float>, from place: SIMD3<Float>) -> Pose {
        let away = place - point
        let flat = (away.x * away.x + away.z * away.z).squareRoot()
        let yaw = flat > 1e-6 ? atan2(-away.x, -away.z) : 0
        return Pose(
            position: place,
            orientation: Quaternion(
                yaw: yaw, pitch: atan2(away.y, max(flat, 1e-6)).clamped(to: -1.4...1.4)))
    }
}

extension Float {
    /// The nearest value of a range.
    func clamped(to range: ClosedRange<Float>) -> Float {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
