/// What one controller points at from frame to frame: which panel it is on, and whom a held trigger belongs to.
///
/// A press belongs to the panel under it until it ends, wherever the ray goes; a press beside all panels belongs to the
/// picture likewise. A hand gives a little when its finger closes, so a press stays where it began until the ray has
/// moved by a third of a degree.
public struct Pointer: Sendable {
    /// What became of the pointer with the last `update`.
    public struct Step: Sendable, Equatable {
        /// Where it is: on a panel, on the plane of the panel that a press belongs to, or on none.
        public var hit: PanelHit?
        /// Whether the press belongs to the picture, or would.
        public var isOnPicture: Bool
        /// The trigger went down, or up, with this step.
        public var isPress = false
        /// See `isPress`.
        public var isRelease = false
        /// It came onto another panel: time for a small tick.
        public var isEntry = false
    }

    /// How far a ray must move before a press becomes a drag, in radians.
    public static let slack: Float = 0.006
    private var wasPressed = false
    private var captured: Int?
    private var begin: (hit: PanelHit, direction: SIMD3<Float>)?
    private var last: PanelHit?

    /// A pointer that has been nowhere.
    public init() {}

    /// Takes in where the controller points now, and whether its trigger is held; nil for a hand that is not tracked,
    /// which ends a press.
    public mutating func update(_ ray: Ray?, isPressed: Bool, stand: PanelStand) -> Step {
        let isPressed = isPressed && ray != nil
        var step = Step(hit: nil, isOnPicture: false)
        (step.isPress, step.isRelease) = (isPressed && !wasPressed, !isPressed && wasPressed)
        defer { wasPressed = isPressed }
        guard let ray else {
            // A release is told with the place where it was last seen.
            step.hit = step.isRelease ? last : nil
            step.isOnPicture = step.isRelease && captured == nil
            (captured, begin, last) = (nil, nil, nil)
            return step
        }
        if isPressed && wasPressed || step.isRelease {
            if let id = captured {
                step.hit = steady(ray, stand.hit(ray, on: id)) ?? (stand[id] == nil ? nil : last)
            }
            step.isOnPicture = captured == nil
        } else {
            step.hit = stand.hit(ray)
            step.isOnPicture = step.hit == nil
            step.isEntry = step.hit.map { $0.id != last?.id } ?? false
            if step.isPress {
                captured = step.hit?.id
                begin = step.hit.map { ($0, ray.direction) }
            }
        }
        last = step.hit
        if step.isRelease { (captured, begin) = (nil, nil) }
        return step
    }

    /// The place where the press began, until the ray has left it for good.
    private mutating func steady(_ ray: Ray, _ hit: PanelHit?) -> PanelHit? {
        guard let begin else { return hit }
        if length(ray.direction - begin.direction) < Self.slack { return begin.hit }
        self.begin = nil
        return hit
    }
}
