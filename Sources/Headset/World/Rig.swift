import Glibc

/// Where the floor that the user stands on is in the sketch's world: locomotion and world scale.
///
/// Tracking space is put into the world by a place, a turn about the vertical, and a scale. It enters the guest's view
/// matrices and nothing else: panels, hands and the compositor's layers stay in tracking space.
public struct Rig: Sendable, Equatable {
    /// Where tracking space's origin is in the world.
    public private(set) var position = SIMD3<Float>()
    /// Its turn about the vertical in radians, positive to the left.
    public private(set) var yaw: Float = 0
    /// Units of the world to a metre of the user's: at 10, the user is a giant to whom the world looks a tenth as large.
    public private(set) var scale: Float = 1
    /// What `reset` goes back to.
    private var start = Start()
    /// Metres a second of the user's, in the world's directions.
    private var velocity = SIMD3<Float>()

    private struct Start: Sendable, Equatable {
        /// Where the eyes begin; nil where the sketch names no place.
        var eyes: SIMD3<Float>?
        var scale: Float = 1
    }

    /// Walking speed, in metres a second of the user's.
    public static let walkingSpeed: Float = 1.8
    /// Flying speed likewise.
    public static let flyingSpeed: Float = 3
    /// The angle of one snap turn, in radians.
    public static let snapAngle: Float = .pi / 6
    /// How long a start and a stop take, as the time constant of the way there, in seconds.
    public static let softness: Float = 0.12
    /// What a thumbstick gives while nobody touches it.
    public static let deadZone: Float = 0.15
    /// The least and the greatest scale.
    public static let scales: ClosedRange<Float> = 0.001...1000

    /// A rig whose world is tracking space itself.
    public init() {}

    /// The starting place that a sketch names: where the eyes begin, and how large the user is.
    public init(eyes: SIMD3<Float>?, scale: Float?) {
        if let eyes, eyes.isFinite { start.eyes = eyes }
        if let scale, scale.isFinite, scale > 0 { start.scale = scale.clamped(to: Self.scales) }
        reset()
    }

    /// Goes back to the starting place, scale and direction, as for eyes at tracking space's origin.
    public mutating func reset() {
        (position, yaw, scale, velocity) = (start.eyes ?? .zero, 0, start.scale, .zero)
    }

    /// Likewise for a head that may be anywhere in the room: it is put at the starting place, looking along minus z.
    ///
    /// Where the sketch names no place, it stands over the world's origin at its own height.
    public mutating func reset(head: Pose) {
        reset()
        yaw = -head.orientation.yaw
        let height: Float = start.eyes == nil ? 0 : head.position.y
        position -= turn.rotate(SIMD3(head.position.x, height, head.position.z) * scale)
    }

    private var turn: Quaternion { Quaternion(yaw: yaw) }

    /// A point of tracking space in the world.
    public func worldPoint(_ point: SIMD3<Float>) -> SIMD3<Float> {
        position + turn.rotate(point * scale)
    }

    /// A pose of tracking space in the world.
    public func worldPose(of pose: Pose) -> Pose {
        Pose(
            position: worldPoint(pose.position),
            orientation: (turn * pose.orientation).normalized)
    }

    /// The view matrix of an eye in the world, for the guest; column after column.
    public func viewMatrix(for eye: EyeView) -> SIMD16<Float> { worldPose(of: eye.pose).viewMatrix }

    /// Walks on the floor: stick up is where the head faces, stick right is its right.
    ///
    /// Call it every frame while somebody may walk, with a stick of zero, too: a start and a stop are soft.
    /// - Parameters:
    ///   - stick: -1 to 1 each, as `HandState.stick`, or made of keys.
    ///   - headYaw: the head's turn in tracking space, in radians.
    ///   - seconds: since the last call.
    public mutating func walk(stick: SIMD2<Float>, headYaw: Float, seconds: Float) {
        let stick = Self.shaped(stick)
        let direction = Quaternion(yaw: yaw + headYaw).rotate(SIMD3(stick.x, 0, -stick.y))
        travel(Self.walkingSpeed * direction, seconds: seconds)
    }

    /// Steps at once: metres of the user's to the right, up and backwards of where the head faces.
    public mutating func step(_ way: SIMD3<Float>, headYaw: Float) {
        guard way.isFinite else { return }
        position += Quaternion(yaw: yaw + headYaw).rotate(way) * scale
    }

    /// Flies: stick up is where the head looks, up and down as well; `rise` goes straight up, from -1 to 1.
    public mutating func fly(
        stick: SIMD2<Float>, head: Quaternion, rise: Float = 0, seconds: Float
    ) {
        let stick = Self.shaped(stick)
        let looking = turn * head
        let side = Quaternion(yaw: looking.yaw).rotate(SIMD3(stick.x, 0, 0))
        let up = SIMD3<Float>(0, rise.isFinite ? rise.clamped(to: -1...1) : 0, 0)
        travel(
            Self.flyingSpeed * (looking.forward * stick.y + side + up), seconds: seconds)
    }

    /// The way to a wanted speed, exact for any length of frame, so that the rate makes no difference.
    private mutating func travel(_ wanted: SIMD3<Float>, seconds: Float) {
        guard seconds > 0, seconds.isFinite, wanted.isFinite else { return }
        // A pause of the program is not a journey.
        let seconds = min(seconds, 0.25)
        let rest = exp(-seconds / Self.softness)
        let gone = wanted * seconds + (velocity - wanted) * (Self.softness * (1 - rest))
        velocity = wanted + (velocity - wanted) * rest
        if length(velocity) < 1e-3 && wanted == .zero { velocity = .zero }
        position += gone * scale
    }

    /// Turns by one step about the head itself, which stays where it is in the world.
    public mutating func snapTurn(right: Bool, head: Pose) {
        turn(by: right ? -Self.snapAngle : Self.snapAngle, about: head.position)
    }

    /// Turns about a point of tracking space, in radians, positive to the left.
    public mutating func turn(by angle: Float, about point: SIMD3<Float>) {
        guard angle.isFinite else { return }
        let before = worldPoint(point)
        yaw = remainder(yaw + angle, 2 * .pi)
        position += before - worldPoint(point)
        // What is under way goes on in the direction that the user faces.
        velocity = Quaternion(yaw: angle).rotate(velocity)
    }

    /// Sets the scale; the point between the eyes stays where it is in the world.
    public mutating func setScale(_ value: Float, eyes: SIMD3<Float>) {
        guard value.isFinite, value > 0 else { return }
        let before = worldPoint(eyes)
        scale = value.clamped(to: Self.scales)
        position += before - worldPoint(eyes)
    }

    /// A stick without its dead zone, finer in the middle, of length 1 at most.
    static func shaped(_ stick: SIMD2<Float>) -> SIMD2<Float> {
        let size = (stick * stick).sum().squareRoot()
        guard size.isFinite, size > deadZone else { return .zero }
        let share = min((size - deadZone) / (1 - deadZone), 1)
        return stick / size * (share * share)
    }
}

extension SIMD3<Float> {
    /// Whether no component is infinite or not a number.
    var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}
