/// Where the desktop's mouse is beside the panels, for somebody who sees the window from inside the headset only.
///
/// The window shows what the left eye sees, or a flat sketch's picture, so a place on it is a direction from that eye,
/// or a place on the screen. It is kept in tracking space and stays there while the head turns: the next move of the
/// mouse says anew where it is.
public struct MouseMark: Sendable, Equatable {
    /// The place on the window, from its lower left, 0 to 1.
    public let share: SIMD2<Float>
    /// Where it is in a world that has no screen.
    private let point: SIMD3<Float>

    /// Metres from the eye where there is nothing to stand on: beyond the panels, and near enough for both eyes.
    public static let distance: Float = 3

    /// A mark for a place on the window while it mirrors an eye.
    public init(share: SIMD2<Float>, view: EyeView) {
        self.share = share.clamped(lowerBound: SIMD2(0, 0), upperBound: SIMD2(1, 1))
        point = Ray(through: self.share, of: view).point(at: Self.distance)
    }

    /// Where to draw it, and how what it lies on stands.
    ///
    /// A panel in between carries it, since a dot that is seen through a panel has no place for two eyes.
    public func place(on screen: FlatScreen?, stand: PanelStand, eyes: SIMD3<Float>) -> (
        point: SIMD3<Float>, surface: Pose
    ) {
        let goal = screen?.point(share) ?? point
        let ray = Ray(origin: eyes, direction: goal - eyes)
        if let hit = stand.hit(ray, withRim: false), hit.distance < length(goal - eyes),
            let panel = stand[hit.id]
        {
            return (hit.point, panel.pose)
        }
        return (goal, screen?.pose ?? Pose.facing(eyes, from: goal))
    }
}
