import Glibc

extension PanelStand {
    /// Who holds what: both hands, and the mouse.
    struct Holds: Sendable, Equatable {
        var left: Hold?
        var right: Hold?
        /// The index of the panel.
        var mouse: Int?

        subscript(hand: Int) -> Hold? {
            get { hand == 0 ? left : right }
            set { if hand == 0 { left = newValue } else { right = newValue } }
        }

        mutating func letGo(of index: Int) {
            if left?.index == index { left = nil }
            if right?.index == index { right = nil }
            if mouse == index { mouse = nil }
        }

        func holds(_ index: Int) -> Bool {
            left?.index == index || right?.index == index || mouse == index
        }
    }

    /// A grip on a panel.
    struct Hold: Sendable, Equatable {
        var index: Int
        /// The panel's pose as the hand has it.
        var pose: Pose
        /// Metres an em, from before.
        var em: Float
        /// Of a grip at a corner: how far from the panel's middle it was, in metres.
        var arm: Float?
    }

    /// Takes hold of what a hand points at: a panel's picture or rim is carried along, a corner resizes.
    ///
    /// - Parameter hand: 0 for the left one, 1 for the right one.
    /// - Returns: the panel, or nil where the hand points at none.
    @discardableResult
    public mutating func grab(hand: Int, aim: Pose) -> Int? {
        defer { checkInvariants() }
        guard aim.isUsable, let hit = hit(Ray(aim: aim)), let index = index(of: hit.id) else {
            return nil
        }
        let away = hit.point - panels[index].pose.position
        holds[hand] = Hold(
            index: index, pose: aim.inverse * panels[index].pose, em: panels[index].em,
            arm: hit.edges.isCorner ? max(length(away), 1e-3) : nil)
        return hit.id
    }

    /// What a hand holds.
    public func held(hand: Int) -> Int? { holds[hand].map { panels[$0.index].id } }

    /// Has what a hand holds follow it: upright, and no nearer to the eyes or farther than `distances` says.
    public mutating func move(hand: Int, aim: Pose, eyes: SIMD3<Float>) {
        defer { checkInvariants() }
        guard let hold = holds[hand], aim.isUsable, eyes.isUsable else { return }
        let index = hold.index
        if let arm = hold.arm {
            guard let met = Ray(aim: aim).meetsPlane(of: panels[index].pose) else { return }
            let now = (met.x * met.x + met.y * met.y).squareRoot()
            setEm(index, hold.em * now / arm, eyes: eyes)
        } else {
            panels[index].pose = kept(aim * hold.pose, eyes: eyes)
            // As large as it is, as long as it can be read there.
            panels[index].em = sane(em: hold.em, index, eyes: eyes)
            panels[index].isMoved = true
        }
    }

    /// Pushes what a hand holds away along its aim, or pulls it nearer; call `move` afterwards, as every frame.
    ///
    /// What is pushed grows with its distance from the eyes, so that its text stays as large as it looks.
    /// - Parameter amount: a share of the distance: 0.1 is a tenth farther. A stick held for a while adds up evenly
    ///   with `stick * seconds`.
    public mutating func push(hand: Int, _ amount: Float, aim: Pose, eyes: SIMD3<Float>) {
        defer { checkInvariants() }
        guard var hold = holds[hand], hold.arm == nil, amount.isFinite, aim.isUsable,
            eyes.isUsable
        else { return }
        let before = length(panels[hold.index].pose.position - eyes)
        let along = hold.pose.position
        hold.pose.position = along * exp(amount.clamped(to: -1...1))
        let now = length(aim.transform(hold.pose.position) - eyes)
        // At a limit nothing goes on in secret, which would have to be taken back before the panel moved again.
        guard
            Self.distances.contains(now) || abs(now - before) < 1e-6
                || (now - before > 0) == (now < Self.distances.lowerBound)
        else { return }
        let pose = kept(aim * hold.pose, eyes: eyes)
        hold.em = panels[hold.index].em * length(pose.position - eyes) / max(before, 1e-3)
        holds[hand] = hold
        panels[hold.index].pose = pose
        panels[hold.index].isMoved = true
        panels[hold.index].em = sane(em: hold.em, hold.index, eyes: eyes)
    }

    /// Lets go; what was held stays where it is.
    public mutating func release(hand: Int, eyes: SIMD3<Float>) {
        defer { checkInvariants() }
        guard let hold = holds[hand] else { return }
        holds[hand] = nil
        settle(hold.index, eyes: eyes)
    }

    /// Makes a panel larger or smaller, text and all, as far as legibility goes; 1.1 is a tenth larger.
    public mutating func scale(_ id: Int, by factor: Float, eyes: SIMD3<Float>) {
        defer { checkInvariants() }
        guard let index = index(of: id), factor.isFinite, factor > 0, eyes.isUsable else { return }
        setEm(index, panels[index].em * factor, eyes: eyes)
        for hand in 0...1 where holds[hand]?.index == index { holds[hand]?.em = panels[index].em }
        if !holds.holds(index) { settle(index, eyes: eyes) }
    }

    /// A pose upright and within the limits of distance.
    func kept(_ pose: Pose, eyes: SIMD3<Float>) -> Pose {
        var pose = pose.upright
        let away = pose.position - eyes
        let distance = length(away)
        if distance < 1e-4 {
            pose.position = eyes + pose.orientation.forward * Self.distances.lowerBound
        } else {
            pose.position = eyes + away * (distance.clamped(to: Self.distances) / distance)
        }
        return pose
    }

    /// Sets metres an em within the limits of what can be read, and of what fits.
    func sane(em: Float, _ index: Int, eyes: SIMD3<Float>) -> Float {
        let distance = max(length(panels[index].pose.position - eyes), 1e-3)
        let (low, high) = (
            Legibility.metres(dmm: Legibility.range.lowerBound, distance: distance),
            Legibility.metres(dmm: Legibility.range.upperBound, distance: distance)
        )
        return min(em.clamped(to: low...high), Self.largest / panels[index].ems.max())
    }

    private mutating func setEm(_ index: Int, _ em: Float, eyes: SIMD3<Float>) {
        panels[index].em = sane(em: em, index, eyes: eyes)
        panels[index].isMoved = true
    }

    /// After the user has put a panel somewhere: notes its size, and where the others go that are brought up later.
    mutating func settle(_ index: Int, eyes: SIMD3<Float>) {
        guard panels[index].isMoved, !holds.holds(index), eyes.isUsable else { return }
        panels[index].zoom =
            panels[index].dmm(from: eyes).clamped(to: Legibility.range) / textSize
        guard panels[index].seat == .middle else { return }
        let pose = Pose.facing(eyes, from: panels[index].pose.position)
        arrangements += 1
        arrangement = Arrangement(
            eyes: eyes, yaw: pose.orientation.yaw, pitch: pose.orientation.pitch,
            distance: length(pose.position - eyes))
    }
}
