import Glibc

/// The screen taken along, pushed and pulled: by a hand, by the mouse, by keys.
///
/// It keeps its size in metres, so that it looks smaller from farther away; text has to be read everywhere, a picture
/// does not.
extension FlatScreen {
    /// Nearest and farthest distance of its middle from the eyes, in metres.
    public static let distances: ClosedRange<Float> = 1.2...12
    /// How far the rim reaches by which a controller without a squeeze takes it, as a share of its width.
    static let rim: Float = 0.05

    /// A grip on it.
    struct Hold: Sendable, Equatable {
        /// 0 left, 1 right; nil for the mouse.
        var hand: Int?
        /// Its pose as the hand has it.
        var pose = Pose.identity
    }

    /// Whether a hand has hold of it.
    public func isHeld(by hand: Int) -> Bool { hold.map { $0.hand == hand } ?? false }
    /// Whether the mouse has hold of it.
    public var isCarried: Bool { hold.map { $0.hand == nil } ?? false }

    /// Where a ray meets the screen or the rim around it; nil beside both.
    public func meets(_ ray: Ray) -> (isRim: Bool, point: SIMD3<Float>)? {
        guard let met = ray.meetsPlane(of: pose) else { return nil }
        let beyond = max(abs(met.x) - size.x / 2, abs(met.y) - size.y / 2)
        guard beyond <= Self.rim * width else { return nil }
        return (beyond > 0, ray.point(at: met.distance))
    }

    /// Takes hold of it by what a hand points at; whether it does point there, and nobody else holds it.
    @discardableResult
    public mutating func grab(hand: Int, aim: Pose) -> Bool {
        guard hold == nil, aim.isUsable, meets(Ray(aim: aim)) != nil else { return false }
        hold = Hold(hand: hand, pose: aim.inverse * pose)
        return true
    }

    /// Takes hold of it with the mouse; whether nobody else has.
    @discardableResult
    public mutating func carry() -> Bool {
        guard hold == nil else { return false }
        hold = Hold()
        return true
    }

    /// Lets go; it stays where it is.
    public mutating func release() { hold = nil }

    /// Has it follow the hand that holds it, upright.
    public mutating func move(hand: Int, aim: Pose, eyes: SIMD3<Float>) {
        guard let hold, hold.hand == hand, aim.isUsable, eyes.isUsable else { return }
        pose = (aim * hold.pose).upright
        keepAway(from: eyes)
    }

    /// Pushes it away from the eyes, or pulls it nearer; 0.1 is a tenth farther.
    ///
    /// A hand that holds it holds it there from then on: call this after `move`.
    public mutating func push(_ amount: Float, aim: Pose? = nil, eyes: SIMD3<Float>) {
        guard amount.isFinite, eyes.isUsable else { return }
        pose.position = eyes + (pose.position - eyes) * exp(amount.clamped(to: -1...1))
        keepAway(from: eyes)
        if let aim, aim.isUsable { hold?.pose = aim.inverse * pose }
    }

    /// Moves it on the sphere about the eyes, facing them; angles in radians, right and up positive.
    public mutating func drag(right: Float, up: Float, eyes: SIMD3<Float>) {
        guard right.isFinite, up.isFinite, eyes.isUsable else { return }
        let now = Pose.facing(eyes, from: pose.position).orientation
        let turned = Quaternion(
            yaw: now.yaw - right, pitch: (now.pitch + up).clamped(to: -1.2...1.2))
        pose = Pose(
            position: eyes + length(pose.position - eyes) * turned.forward, orientation: turned)
        keepAway(from: eyes)
    }

    /// Puts it somewhere by a program's will, so many times as wide as it comes up.
    public mutating func place(at place: Pose, size: Float) {
        guard place.isUsable, size.isFinite, size > 0 else { return }
        pose = place.upright
        (width, isMoved) = ((Self.standardWidth * size).clamped(to: Self.widths), true)
        fit()
    }

    /// How many times as wide it is as it comes up.
    public var relativeSize: Float { width / Self.standardWidth }

    private mutating func keepAway(from eyes: SIMD3<Float>) {
        isMoved = true
        let away = pose.position - eyes
        let distance = length(away)
        pose.position =
            distance < 1e-4
            ? eyes + pose.orientation.forward * Self.distances.lowerBound
            : eyes + away * (distance.clamped(to: Self.distances) / distance)
    }
}
