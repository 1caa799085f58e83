import Glibc

/// A pose as people write it: metres, and yaw, pitch and roll in degrees; positive is left, up, and counter-clockwise.
public struct ScriptedPose: Sendable, Equatable {
    /// Metres: x right, y up, z towards the viewer.
    public var position: SIMD3<Float>
    /// Degrees: yaw, pitch, roll.
    public var angles: SIMD3<Float>

    /// Makes a pose.
    public init(
        _ x: Float, _ y: Float, _ z: Float, yaw: Float = 0, pitch: Float = 0, roll: Float = 0
    ) {
        (position, angles) = (SIMD3(x, y, z), SIMD3(yaw, pitch, roll))
    }

    /// The pose as everything else has it.
    public var pose: Pose {
        let radians = angles * (.pi / 180)
        return Pose(
            position: position,
            orientation: Quaternion(yaw: radians.x, pitch: radians.y, roll: radians.z))
    }

    /// A share of the way to another one, angle by angle: from 0 to 360 degrees is a whole turn.
    func towards(_ other: ScriptedPose, _ share: Float) -> ScriptedPose {
        var result = self
        result.position += share * (other.position - position)
        result.angles += share * (other.angles - angles)
        return result
    }
}

/// What a simulated headset is told that its user does at a moment.
public struct SimulatedMoment: Sendable, Equatable {
    /// The point between the eyes.
    public var head: Pose
    /// Both hands, left first.
    public var hands: [HandState]

    /// A moment; without hands, no controller is awake.
    public init(head: Pose, hands: [HandState] = [HandState(), HandState()]) {
        (self.head, self.hands) = (head, hands)
    }
}

/// What can go wrong with a simulated headset, or happen to it.
public enum SimulatedFault: Sendable, Equatable {
    /// The runtime is gone, for this reason.
    case lost(String)
    /// The runtime hangs: neither beats nor answers come any more.
    case hang
    /// Somebody has ended the session in the headset.
    case exit
    /// Somebody else has the controllers (a menu of the runtime), or no longer.
    case focus(Bool)
    /// The user sees the picture, or has put the headset down: frames come that should not be rendered.
    case visible(Bool)
    /// The headset knows where it is, or does not.
    case tracking(Bool)
    /// The compositor gives images back, or holds on to them.
    case images(Bool)
    /// Another refresh rate.
    case rate(Double)
    /// The user has moved tracking space to where the head is now, looking along minus z.
    case recentre
}
